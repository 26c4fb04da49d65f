"""Tell in the reader's language what the rules said in English.

The rules know no language, and what they say is kept: an event's reason, a deadline's because, the
words of a refusal. So a sentence is known again here by what stands between its values, and said by
the catalogue; each value is told in turn. In English only days are written as people do.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations
from itertools import zip_longest

from flask_babel import get_translations

from cases.story import Line
from webmap.words import day, month

SAID = "said"
"""The context in the catalogue of a sentence that has values."""
LONGEST_RUN = 9
"""Sentences that one template of the rules holds at the most."""
LEAST_LETTERS = 6
"""Fewer letters between its values tell no sentence from another."""

_TYPED = (
    (re.compile(r"day_in_words\("), "day"),
    (re.compile(r"write_cents\("), "money"),
    (re.compile(r"days_in_words\("), "span"),
    (re.compile(r"_words\(|_said\(|\.replace\('_', ' '\)"), "word"),
    (re.compile(r"(?:^|\.)(?:kind|status|role|component)$"), "word"),
    (re.compile(r"(?:^|\.)party$"), "party"),
    (re.compile(r"^len\(|(?:^|[._])(?:days|minutes|metres|count|years|months)$"), "count"),
)
"""By what a value is reckoned, and the name of its place then."""
_DATE = r"[A-Z][a-z]+ \d{1,2}, \d{4}"
_SHAPES = {
    "day": rf"(?:{_DATE}|\d{{4}}-\d{{2}}-\d{{2}})",
    "span": f"{_DATE}(?: to {_DATE})?",
    "money": r"-?\$[\d,]+\.\d\d",
    "word": r"[\w' -]+?",
    "party": "respondent|representative|reporter|other",
    "count": r"\d[\d,]*",
}
"""What a value of such a name looks like."""
_EARLY, _LATE = f"(?:{_DATE}|.*?)", f"(?:{_DATE}|.*)"
"""Any other value; a day whole, whose comma would else end it."""
_OWN_WORDS = re.compile(
    r"(?:\w+_text|name|note|findings|number|paper|reference|who|whose|text|value|address|email"
    r"|seller|buyer|officer|contractor|recipient|respondent|representative|actor|place)\d*"
)
"""Values that people wrote, which are told as they wrote them."""
_PLACE = re.compile(r"%\((\w+)\)s")
_BREAK = re.compile(r"(?<=[.!?;:])\s+")
_BRACKETED = re.compile(r"(.+) \(([^()]*(?:\([^()]*\)[^()]*)*)\)([.,;:]?)", re.DOTALL)
_LAW_AFTER = re.compile(r"(.*?)(?: \[([^\[\]]*)\])?", re.DOTALL)
_BOTH = re.compile(r"(?<=[\d)]) and (?=\d+\.\d)")
"""What joins two sections in a citation, which stays as it is but for that."""
_CITED = re.compile(r"(Sec\. \S+ )?(.*)", re.DOTALL)
_COMMA = re.compile(r", (?!\d{4}\b)")
_ISO_DAY = re.compile(r"(?<![\w/-])\d{4}-\d{2}-\d{2}(?![\w/-])")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_A_DAY = re.compile(
    r"(?<![\w/-])(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?P<us>(?:{_MONTHS}|[A-Z][a-z]{{2}}) \d{{1,2}}, \d{{4}}))(?![\w/-])"
)
_A_MONTH = re.compile(rf"\b(?:{_MONTHS}) \d{{4}}\b")


@dataclass(frozen=True, slots=True)
class _Template:
    """A sentence with values: how it is known again, and what is said in its place.

    Parameters
    ----------
    mark
        The longest of what stands between its values: without it a pattern need not be tried.
    """

    mark: str
    patterns: tuple[re.Pattern[str], re.Pattern[str]]
    weight: int
    told: str

    def readings(self, said: str) -> Iterator[dict[str, str]]:
        """Yield the values in it where each ends as early as it may, and as late."""
        early, late = self.patterns
        if (match := early.fullmatch(said)) is not None:
            yield match.groupdict()
            last = late.fullmatch(said)
            if last is not None and last.groups() != match.groups():
                yield last.groupdict()


@dataclass(frozen=True, slots=True)
class _Found:
    """What some words are told as, and how many letters of them were known."""

    told: str
    known: int


def placeholder(expression: str) -> str:
    """Name the place of a value in a sentence after the Python that gives it."""
    for reckoned, name in _TYPED:
        if reckoned.search(expression):
            return name
    words = re.findall(r"[A-Za-z][A-Za-z_]*", re.sub(r"'[^']*'|\"[^\"]*\"", "", expression))
    return (words[-1] if words else "value").lower().strip("_")


def say(text: object) -> str:
    """Return what the rules said in the reader's language.

    Parameters
    ----------
    text
        English, as a rule, a refusal or the records have it. What no rule said stays as it is.
    """
    words = str(text)
    translations = get_translations()
    if not words or not _catalog(translations):
        return _ISO_DAY.sub(_day, words)
    return _BOTH.sub(f" {translations.gettext('and')} ", _found(translations, words).told)


def say_line(line: Line) -> str:
    """Return a line of a story in the reader's language; who did it, as it is."""
    law = f" [{say(line.source)}]" if line.source else ""
    return " ".join(map(say, line.sentences)) + f"{law} - {line.actor}"


def say_told(text: str) -> str:
    """Return what `say_line` does of a line that was kept as text."""
    said, dash, actor = text.rpartition(" - ")
    sentences, law = _LAW_AFTER.fullmatch(said).groups()  # type: ignore[union-attr] # always
    kept = f" [{say(law)}]" if law else ""
    return f"{say(sentences)}{kept}{dash}{actor}" if dash else say(text)


def say_citation(text: str) -> str:
    """Return a provision as it is cited, ``Sec. 30-36(a) Title``, its title told."""
    section, title = _CITED.fullmatch(text).groups()  # type: ignore[union-attr] # always
    return f"{section or ''}{say(title)}"


@lru_cache(maxsize=8192)
def _found(translations: GNUTranslations, words: str) -> _Found:
    """Tell some sentences, cut so that the most letters are known."""
    pieces = [piece for piece in _BREAK.split(words.strip()) if piece]
    best: list[_Found] = [_Found("", 0)]
    for end in range(1, len(pieces) + 1):
        ways = _endings(translations, pieces, best, end)
        best.append(max(ways, key=lambda found: found.known))
    return best[-1]


def _endings(
    translations: GNUTranslations, pieces: list[str], best: list[_Found], end: int
) -> Iterator[_Found]:
    """Yield the ways to tell the pieces up to one, by how many of them the last sentence takes."""
    for start in range(max(0, end - LONGEST_RUN), end):  # the longest first: it wins a draw
        said = " ".join(pieces[start:end])
        found = _known(translations, said)
        if found is None and start == end - 1:
            found = _Found(_dated(said), 0)
        if found is not None:
            before = best[start]
            yield _Found(f"{before.told} {found.told}".strip(), before.known + found.known)


def _known(translations: GNUTranslations, said: str) -> _Found | None:
    if (told := _word(translations, said)) is not None:
        return _Found(told, len(said))
    # A sentence's end is often the list's or the paragraph's that it stands in.
    if said[-1] in ";:." and (told := _word(translations, said[:-1])) is not None:
        return _Found(told + said[-1], len(said))
    if (told := _word(translations, f"{said}.")) is not None:
        return _Found(told.removesuffix("."), len(said))
    if said.startswith("that "):  # the second and later of what a step lacks
        return _known(translations, said.removeprefix("that "))
    return (
        _filled(translations, said)
        or _with_more(translations, said)
        or _ended_by_a_list(translations, said)
    )


def _ended_by_a_list(translations: GNUTranslations, said: str) -> _Found | None:
    """Tell a sentence with values whose end is that of the list that it stands in."""
    found = _filled(translations, said[:-1]) if said[-1] in ";:." else None
    return found and _Found(found.told + said[-1], found.known)


def _word(translations: GNUTranslations, said: str) -> str | None:
    """Look up words without values; how they begin, great or small, may be the page's."""
    catalog = _catalog(translations)
    first, rest = said[:1], said[1:]
    if (told := catalog.get(said)) is not None:
        return told or None
    if told := catalog.get(first.lower() + rest):
        return told[:1].upper() + told[1:]
    told = catalog.get(first.upper() + rest)
    return told[:1].lower() + told[1:] if told else None


def _filled(translations: GNUTranslations, said: str) -> _Found | None:
    """Tell a sentence with values by the template that knows most of it."""
    best: _Found | None = None
    lowered = said.lower()
    for template in _templates(translations):
        for values in template.readings(said) if template.mark in lowered else ():
            found = _fill(translations, template, values)
            if found and (best is None or found.known > best.known):
                best = found
    if best and said[:1].isupper():
        return _Found(best.told[:1].upper() + best.told[1:], best.known)
    return best


def _fill(
    translations: GNUTranslations, template: _Template, values: dict[str, str]
) -> _Found | None:
    told = {name: _value(translations, name, value) for name, value in values.items()}
    if any(value is None for value in told.values()):
        return None
    words = template.told % {name: value.told for name, value in told.items() if value}
    return _Found(words, template.weight + sum(value.known for value in told.values() if value))


def _value(translations: GNUTranslations, name: str, value: str) -> _Found | None:
    """Tell a value by what its place takes; None where it cannot stand there."""
    kind = name.rstrip("0123456789")
    if kind in {"word", "party"}:
        said = _word(translations, value)
        return _Found(said, len(value)) if said else None
    if kind in {"day", "money", "count"} or _A_DAY.fullmatch(value):
        return _Found(_dated(value), len(value))
    if not value.strip() or _OWN_WORDS.fullmatch(name):
        return _Found(_A_DAY.sub(_day, value), 0)
    lead, trail = value[: len(value) - len(value.lstrip())], value[len(value.rstrip()) :]
    found = _found(translations, value.strip())
    return _Found(lead + found.told + trail, found.known)


def _with_more(translations: GNUTranslations, said: str) -> _Found | None:
    """Tell words that others follow, in brackets or after commas; the first must be known."""
    if bracketed := _BRACKETED.fullmatch(said):
        first, more, end = bracketed.groups()
        if head := _known(translations, first):
            inner = _found(translations, more)
            return _Found(f"{head.told} ({inner.told}){end}", head.known + inner.known)
    first, *more = _COMMA.split(said, maxsplit=1)
    if not (first and more and more[0]):
        return None
    head, tail = _known(translations, first), _found(translations, more[0])
    return head and _Found(f"{head.told}, {tail.told}", head.known + tail.known)


@lru_cache(maxsize=8)
def _templates(translations: GNUTranslations) -> tuple[_Template, ...]:
    """Return the sentences with values."""
    return tuple(
        _template(said.removeprefix(f"{SAID}\4"), told)
        for said, told in _catalog(translations).items()
        if isinstance(said, str) and said.startswith(f"{SAID}\4") and told and is_telling(said)
    )


def _template(said: str, told: str) -> _Template:
    literals = [literal.replace("%%", "%") for literal in _PLACE.split(said.strip())[::2]]
    mark = max(literals, key=len).lower()
    # What is put between other words may begin with a blank, which its place keeps.
    patterns = _pattern(said.strip(), _EARLY), _pattern(said.strip(), _LATE)
    return _Template(mark, patterns, sum(map(len, literals)), told.strip())


def _pattern(said: str, rest: str) -> re.Pattern[str]:
    parts = _PLACE.split(said)
    pattern = ""
    for literal, name in zip_longest(parts[::2], parts[1::2]):
        pattern += re.escape(literal.replace("%%", "%"))
        if name:
            shape = _SHAPES.get(name.rstrip("0123456789"), rest)
            pattern += f"(?P<{name}>{shape})"
    return re.compile(pattern, re.DOTALL | re.IGNORECASE)


def is_telling(said: str) -> bool:
    """Tell whether a sentence with values can be known again by what stands between them."""
    parts = _PLACE.split(said)
    literals = "".join(parts[::2])
    typed = {name.rstrip("0123456789") for name in parts[1::2]} & set(_SHAPES)
    begins = len(re.match(r"[^\W\d_]*", said)[0])  # type: ignore[index] # matches nothing at least
    letters = sum(map(str.isalpha, literals))
    return letters >= LEAST_LETTERS or begins >= LEAST_LETTERS - 2 or bool(typed and letters)


def _catalog(translations: GNUTranslations) -> dict[str, str]:
    catalog: dict[str, str] = translations._catalog  # type: ignore[attr-defined] # noqa: SLF001
    return catalog


def _dated(words: str) -> str:
    """Write the days and months in words that are told as they are."""
    return _A_MONTH.sub(_month, _A_DAY.sub(_day, words))


def _day(found: re.Match[str]) -> str:
    for form in ("%Y-%m-%d", "%B %d, %Y", "%b %d, %Y"):
        with suppress(ValueError):
            return day(_read(found[0], form))
    return found[0]


def _month(found: re.Match[str]) -> str:
    with suppress(ValueError):
        return month(_read(found[0], "%B %Y"))
    return found[0]


def _read(text: str, form: str) -> date:
    return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
