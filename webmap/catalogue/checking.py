"""Say what keeps a catalogue from being complete: strings missing or gone, placeholders at odds."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from webmap.catalogue.bare import in_pages, in_templates
from webmap.catalogue.gathering import gathered
from webmap.catalogue.keeping import kept

_PLACE = re.compile(r"%\((\w+)\)[sd]|(%%)|(\n)")


def faults(language: str) -> Iterator[str]:
    """Yield each fault of a language's catalogue in a sentence; nothing where it is complete."""
    catalog, template = kept(language), gathered()
    yield from _differing(catalog, template)
    for message in catalog:
        if message.id:
            yield from _wrong(message, catalog.num_plurals)


def bare_words() -> list[str]:
    """Return each string that no catalogue could reach, with its file and line."""
    return [*in_templates(), *in_pages()]


def _differing(catalog: Catalog, template: Catalog) -> Iterator[str]:
    has, needs = _known(catalog), _known(template)
    for key in sorted(needs.keys() - has.keys(), key=str):
        said = f"{needs[key].id!r} ({_place(needs[key])})"
        yield f"Not in the catalogue: {said}: script/translate renew."
    for key in sorted(has.keys() - needs.keys(), key=str):
        yield f"Said nowhere any more: {has[key].id!r}: script/translate renew."


def _wrong(message: Message, plurals: int) -> Iterator[str]:
    ids, told = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield f"Fuzzy: {message.id!r}."
    if not all(told):
        yield f"Not translated: {message.id!r} ({_place(message)})."
        return
    if isinstance(message.id, tuple) and len(told) != plurals:
        yield f"{len(told)} forms instead of {plurals}: {message.id!r}."
    for each in told:
        if _places(each) not in [_places(said) for said in ids]:
            yield f"Other placeholders than {message.id!r}: {each!r}."


def _forms(said: object) -> tuple[str, ...]:
    """Return what is said for one and for more, or the one thing that is said."""
    return tuple(map(str, said)) if isinstance(said, tuple | list) else (str(said or ""),)


def _places(words: str) -> list[str]:
    return sorted(found[0] for found in _PLACE.finditer(words))


def _known(catalog: Catalog) -> dict[tuple[str | None, object], Message]:
    return {(message.context, message.id): message for message in catalog if message.id}


def _place(message: Message) -> str:
    return ", ".join(place for place, _line in message.locations[:2])
