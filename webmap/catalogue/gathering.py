"""Gather every string that people are shown, from templates, pages, rules, enums and tables."""

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from cases.lawpack.schema import UNLESS_SAID
from cases.workflow.registry import SECTIONS
from webmap.catalogue.prose import Said, enum_words, labels, refusals, sentences, table_words
from webmap.interpreting import SAID, is_telling

ROOT = Path(__file__).parents[2]

_MARKED: dict[str, Any] = {
    "_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2),
}  # fmt: skip
_TEMPLATES = {"trimmed": "true", "newstyle_gettext": "true"}

_COMMAND_LINE = (
    "cases/anchors.py", "cases/clock/", "cases/digests.py", "cases/history.py",
    "cases/importing/", "cases/lawpack/", "cases/letters/facts.py", "cases/mail/",
    "cases/moving_in/", "cases/once.py", "cases/permissions.py", "cases/published.py",
    "webmap/catalogue/", "webmap/cli/", "webmap/worker/", "webmap/city_settings.py",
    "webmap/mail_settings.py", "webmap/partners.py", "webmap/pay_settings.py", "webmap/secret.py",
    "webmap/setting_errors.py", "webmap/settings.py", "webmap/text_settings.py",
    # programs are spoken to in English too
    "webmap/api/", "webmap/open311/", "webmap/plan_api/", "webmap/report_api/",
    "webmap/ogc/asking.py", "webmap/ogc/collections.py", "webmap/ogc/document.py",
    "webmap/ogc/features.py", "webmap/ogc/schemas.py",
)  # fmt: skip
"""What speaks in the terminal, the log or to programs alone, where all is English."""
_OF_COLUMNS = (
    "cases/fines/column_checks.py",
    "cases/desk/tallied.py",
    "cases/fines/columns.py",
    "cases/owners/spellings.py",
)
"""What counts a million at once for a test or a bench, or holds patterns: no page shows it."""
_OF_PDF = ("cases/letters/binding.py", "cases/letters/clean.py", "cases/letters/drawn.py",
           "cases/letters/tagging.py", "cases/letters/tags.py")  # fmt: skip
"""What speaks the language of PDF; why one is not bound in, a packet's template says."""
_SHOWN_ELSEWHERE = (
    "geo/places.py",
    "geo/addresses.py",
    "geo/streets/engine.py",
    "cases/mail/message.py",
    "data/town/notes.py",
    "reports/owners/grounds.py",
    "reports/owners/joining.py",
    "reports/owners/webs.py",
    "reports/routes/check.py",
    "reports/routes/check_drives.py",
    "reports/routes/check_rules.py",
    "reports/routes/due_stops.py",
    "reports/routes/editing.py",
    "reports/routes/from_town.py",
    "reports/routes/planning.py",
    "reports/routes/redrive.py",
    "reports/routes/replan.py",
    "reports/routes/rest_of_day.py",
    "reports/routes/under_way.py",
)
"""What pages show of the other rooms, and of what else speaks in the log."""
_IN_TERMINAL_ALONE = ("reports/answers/files/", "reports/routes/", "reports/journal.py",
                      "reports/open_data.py", "reports/offline_map.py")  # fmt: skip
"""What of the reports writes files alone, or is named above."""
_LAW = (
    "category", "title", "corrected_by", "source", "public_record_notice", "says",
    "what", "pack.notice", "heard_though_corrected", "fixed.name", "moving.name", "bodies.name",
    "also",
)  # fmt: skip
"""What pages and letters tell of a law pack; the text of a provision and what a notice says of how
long it stands are the law's own words."""
_DATA = {
    **{f"data/law/{file.name}": _LAW for file in sorted((ROOT / "data" / "law").glob("*.toml"))},
    "data/checklists.toml": ("lines",),
    "data/look/stages.json": ("label", "cases", "plain"),
    "data/look/ages.json": ("label",),
}
"""What is said in the data we ship, by its name, or that of its list too; a town's own law is shown
as it wrote it."""


def gathered() -> Catalog:
    """Return a catalogue of every string that people are shown, with where it stands."""
    catalog = Catalog(project="Lotline", charset="utf-8", fuzzy=False)
    for message, locations, context in _all():
        catalog.add(message, locations=list(locations), context=context)
    return catalog


@cache
def _all() -> tuple[tuple[Any, tuple[tuple[str, int], ...], str | None], ...]:
    """Read every file once: what each string says, where, and in which context."""
    catalog = Catalog()
    for file in files_of("webmap/templates", "*.html"):
        _marked(catalog, file, "jinja2")
    for file in _python("webmap"):
        _marked(catalog, file, "python")
        _unmarked(catalog, file, refusals)
    for file in (*_python("cases"), *(ROOT / each for each in _SHOWN_ELSEWHERE)):
        _unmarked(catalog, file, sentences)
        _unmarked(catalog, file, enum_words)
        _unmarked(catalog, file, table_words)
    for file in _of_reports():
        for find in (sentences, labels, table_words):
            _unmarked(catalog, file, find)
    _statuses(catalog)
    _add(catalog, UNLESS_SAID, "cases/lawpack/schema.py")
    for place, parts in _DATA.items():
        for part, said in _parts(_read(ROOT / place)):
            # A statute is cited in the law's own words.
            named = part.rpartition(".")[2]
            is_source = named == "source" or part.startswith(("methods.", "sources."))
            shown = named in parts or part in parts or is_source
            if shown and not (is_source and any(map(str.isdigit, said))):
                _add(catalog, said, place)
    return tuple((each.id, tuple(each.locations), each.context) for each in catalog if each.id)


def lost() -> list[str]:
    """Return each sentence of the rules too bare to be known again, with its file."""
    return [
        f"{_place(file)}: {said.words}"
        for file in _python("cases")
        for said in sentences(file.read_text())
        if said.has_values and not is_telling(said.words)
    ]


def _read(file: Path) -> Any:
    text = file.read_text()
    return tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)


def _parts(data: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in some data by its name and that of what it is in, however deep."""
    if isinstance(data, str):
        yield name, data
    elif isinstance(data, dict):
        for each, value in data.items():
            yield from _parts(value, f"{name.rpartition('.')[2]}.{each}" if name else each)
    elif isinstance(data, list):
        for value in data:
            yield from _parts(value, name)


def _python(room: str) -> Iterator[Path]:
    for file in files_of(room, "*.py"):
        place = file.relative_to(ROOT).as_posix()
        if not place.startswith((*_COMMAND_LINE, *_OF_COLUMNS, *_OF_PDF, "webmap/frontend/")):
            yield file


def _of_reports() -> Iterator[Path]:
    """Yield what asks and answers for the pages of reports."""
    for file in files_of("reports", "*.py"):
        if not file.relative_to(ROOT).as_posix().startswith(_IN_TERMINAL_ALONE):
            yield file


def pages_python() -> list[Path]:
    """Return the Python of the pages, without what speaks in the terminal alone."""
    return list(_python("webmap"))


def files_of(room: str, pattern: str) -> list[Path]:
    """Return the files of a room by their names' pattern."""
    return sorted((ROOT / room).rglob(pattern))


def _marked(catalog: Catalog, file: Path, method: str) -> None:
    source = BytesIO(file.read_bytes())
    options = _TEMPLATES if method == "jinja2" else {}
    for line, message, _comments, context in extract(method, source, _MARKED, (), options):
        _add(catalog, message, _place(file), line=line, context=context)


def _unmarked(catalog: Catalog, file: Path, find: Callable[[str], Iterable[Said]]) -> None:
    for said in find(file.read_text()):
        if not said.has_values or is_telling(said.words):
            context = SAID if said.has_values else None
            _add(catalog, said.words, _place(file), line=said.line, context=context)


def _statuses(catalog: Catalog) -> None:
    """Add each status in the context of what it is of, for in some languages that bends it."""
    for section, module in SECTIONS.items():
        place = f"{module.__name__.replace('.', '/')}.py"
        (statuses,) = {type(step.to) for step in module.STEPS}
        for status in statuses:
            _add(catalog, status.replace("_", " "), place, context=section)


def _place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _add(
    catalog: Catalog, message: Any, place: str, *, line: int = 0, context: str | None = None
) -> None:
    catalog.add(message, locations=[(place, line)], context=context)
