"""Keep each language's catalogue beside the strings it translates, and compile it for the pages."""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from webmap.catalogue.gathering import ROOT, gathered
from webmap.languages import LANGUAGES

TRANSLATIONS = ROOT / "webmap" / "translations"
SOURCE = "en"
_STYLE: dict[str, Any] = {
    "width": 100, "include_lineno": False, "ignore_obsolete": True, "sort_output": True,
}  # fmt: skip


def translated() -> list[str]:
    """Return the languages that have a catalogue, which is all but that of the source."""
    return [each for each in LANGUAGES if each != SOURCE]


def kept(language: str) -> Catalog:
    """Read a language's catalogue as it is kept."""
    with _file(language, "po").open("rb") as source:
        return read_po(source, locale=language)


def renew(language: str) -> tuple[int, int]:
    """Take new strings into a language's catalogue and drop those that are gone.

    Returns
    -------
    tuple of int
        How many are new, and how many went.
    """
    catalog, template = kept(language), gathered()
    before, now = _ids(catalog), _ids(template)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    with _file(language, "po").open("wb") as target:
        write_po(target, catalog, **_STYLE)
    return len(now - before), len(before - now)


def compile_all(folder: Path = TRANSLATIONS) -> None:
    """Write what the pages read, for each language."""
    for language in translated():
        write_compiled(kept(language), folder, language=language)


def write_compiled(catalog: Catalog, folder: Path, *, language: str) -> None:
    """Write a catalogue where the pages look for a language's."""
    target = folder / language / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, catalog)


def _file(language: str, kind: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / f"messages.{kind}"


def _ids(catalog: Catalog) -> set[tuple[str | None, object]]:
    return {(message.context, message.id) for message in catalog if message.id}
