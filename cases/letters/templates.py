"""Open the templates of letters: a town's own first, then those that come with Lotline."""

import contextlib
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader, Template, Undefined

from cases.errors import CaseError
from cases.letters.closing import require_closed
from cases.worded.sandbox import WRONG, fault_of, sandbox

BUNDLED = Path(__file__).parents[2] / "data" / "letters"
STYLE = "letter.css"
SEALS = ("seal.svg", "seal.png")


class LetterError(CaseError):
    """A letter cannot be written as its template has it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter as it is set.

    Parameters
    ----------
    pdf
        Its bytes.
    pages
        How many it has.
    places
        On which page, from 0, an element with an identity begins.
    """

    pdf: bytes
    pages: int
    places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Whose letters they are.

    Parameters
    ----------
    name
        The town's.
    contact
        How it is reached, line by line.
    own
        The folder of the town's own templates, style and seal; it need not exist.
    trial
        Texts that are looked at before they are in force, by the names of their templates.
    """

    name: str
    contact: tuple[str, ...] = ()
    own: Path
    trial: Mapping[str, str] = field(default_factory=dict)

    @property
    def seal(self) -> Path | None:
        """The picture of the town's seal, where it has laid one beside its templates."""
        return seal_in(self.own)

    def style(self, name: str = STYLE) -> str:
        """Return how letters look on paper (CSS), in the town's own way where it has one."""
        own = self.own / name
        return (own if own.is_file() else BUNDLED / name).read_text(encoding="utf-8")


def seal_in(folder: Path) -> Path | None:
    """Return the picture of the town's seal among its own templates; None where there is none."""
    return next((folder / each for each in SEALS if (folder / each).is_file()), None)


def write(
    site: Site,
    name: str,
    *,
    language: str,
    filters: Mapping[str, Callable[..., Any]],
    **values: Any,
) -> str:
    """Write a letter out, whole, as a piece of HTML.

    A template is text that a clerk may edit: it reads what it is given, and reaches nothing else.

    Parameters
    ----------
    name
        The template's, without its ending.
    filters
        How days, money and the law's sentences are written in this language.
    values
        What the letter is about; the `site`'s name and contact are given too.

    Raises
    ------
    LetterError
        The template asks for what there is not, or is none; or one that is tried leaves an element
        open.
    """
    said = {"name": site.name, "contact": site.contact}  # no folder, whose files could be read
    with _blaming(name, language):
        template = _template(site, name, language=language, filters=filters)
        letter = template.render(site=said, language=language, **values)
        if site.trial:
            require_closed(letter)
        return letter


def require_frame(name: str, text: str, *, language: str) -> None:
    """Hold a town's own text to the frame that brings the facts into the letter it replaces.

    Without it a notice would be sent that names neither the town, the place nor what is wrong.

    Raises
    ------
    LetterError
        It extends no template, or another than the one that comes with Lotline.
    """
    file = f"{name}.html"
    bundled = next(each / file for each in (BUNDLED / language, BUNDLED) if (each / file).is_file())
    asked = _FRAME.search(bundled.read_text(encoding="utf-8"))
    found = _FRAME.search(text)
    if asked and (found is None or found["frame"] != asked["frame"]):
        msg = (
            f"The letter's template {language}/{file} leaves out its first line, {asked[0]}, which "
            "brings the town, the case and what the law wants said. Put it back above your words."
        )
        raise LetterError(msg)


_FRAME = re.compile(r"\{%-?\s*extends\s+[\"'](?P<frame>[^\"']+)[\"']\s*-?%\}")


def check(
    site: Site, name: str, *, language: str, filters: Mapping[str, Callable[..., Any]]
) -> None:
    """Hold a template to its own grammar, where there is nothing yet to write it of.

    Raises
    ------
    LetterError
        It is no template, or asks for a filter there is not.
    """
    with _blaming(name, language):
        _template(site, name, language=language, filters=filters)


def _template(
    site: Site, name: str, *, language: str, filters: Mapping[str, Callable[..., Any]]
) -> Template:
    folders = [site.own / language, BUNDLED / language, BUNDLED]
    environment = sandbox(
        loader=ChoiceLoader([DictLoader(site.trial), FileSystemLoader(folders)]), escapes=True
    )
    environment.filters.update({called: _of_facts(each) for called, each in filters.items()})
    return environment.get_template(f"{name}.html")


def _of_facts(write: Callable[..., Any]) -> Callable[..., Any]:
    """Have a filter refuse what there is not by its name, before it looks at it."""

    @functools.wraps(write)
    def written(value: Any, *also: Any, **more: Any) -> Any:
        if isinstance(value, Undefined):
            str(value)
        return write(value, *also, **more)

    return written


@contextlib.contextmanager
def _blaming(name: str, language: str) -> Iterator[None]:
    """Say of whatever goes wrong in a template in which, and where."""
    try:
        yield
    except WRONG as error:
        where = f"{language}/{name}.html"
        what, line = fault_of(error, file=f"{name}.html")
        msg = f"The letter's template {where} cannot be written: {what}. Mend it there."
        if line is not None:
            msg = (
                f"The letter's template {where}, line {line}, cannot be written: {what}. "
                "Mend it there."
            )
        raise LetterError(msg) from error
