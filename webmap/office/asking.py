"""Read which list of cases was asked for out of its address, and write such addresses."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from cases.desk.lists import SORTS, Filter
from cases.desk.passed import Age, Days, End, LienNow
from cases.desk.queues import WAITING, Queue
from cases.stages import Stage
from webmap.arguments import AskedError, number_of, one_of, ring_of, ring_text, whole
from webmap.interpreting import say
from webmap.words import day

SPANS = ("opened", "closed", "inspected", "noticed", "complied", "given")
TO = ".."
"""Between the first and the last of some days, as an address carries them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """A list's filter, order and page; ``sort`` is "" for the order that suits the queue."""

    filter: Filter
    sort: str = ""
    page: int = 1

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> Self:
        """Return what the query string asks for.

        Raises
        ------
        AskedError
            When a value is none that could be.
        """
        queue = one_of(args, "queue", ["", *Queue]) or Queue.OPEN
        return cls(
            filter=Filter(
                queue=Queue(queue),
                stage=one_of(args, "stage", ["", *Stage]),
                category=args.get("category", "")[:200],
                section=args.get("section", "")[:60],
                zone=whole(args, "zone"),
                officer=args.get("officer", "")[:200],
                area=ring_of(args.get("area", "")),
                age=_member(args, "age", Age),
                end=_member(args, "end", End),
                lien=_member(args, "lien", LienNow),
                owing=bool(one_of(args, "owing", ["", "1"])),
                drawing=whole(args, "drawing"),
                had_by=args.get("had_by", "")[:200],
                given_by=args.get("given_by", "")[:200],
                booked=bool(one_of(args, "booked", ["", "1"])),
                unplaced=bool(one_of(args, "unplaced", ["", "1"])),
                counted=_counted(args.get("counted", "")),
                **{name: _days(args, name) for name in SPANS},
            ),
            sort=one_of(args, "sort", ["", *SORTS]) or "",
            page=whole(args, "page") or 1,
        )

    @property
    def usual_order(self) -> str:
        """The order that suits the queue where none is asked for."""
        return "moved" if self.filter.queue is Queue.DORMANT else "due"

    @property
    def order(self) -> str:
        """The order of the list."""
        return self.sort or self.usual_order

    @property
    def area_text(self) -> str:
        """The area as the query string carries it."""
        return ring_text(self.filter.area)

    @property
    def query(self) -> str:
        """What is asked, as the query string carries it; page 1."""
        return self._query({})

    def link(self, endpoint: str = "office.cases", **change: Any) -> str:
        """Return the address of a page that asks the same but for a change; page 1 unless named."""
        query = self._query(change)
        return f"{url_for(endpoint)}?{query}" if query else url_for(endpoint)

    @property
    def narrowed(self) -> Iterator[tuple[str, str, str]]:
        """What narrows the list beside its sentence: each part of the address, and its words."""
        asked = self.filter
        spans = ((name, getattr(asked, name)) for name in SPANS)
        had_by = asked.had_by if asked.drawing or asked.given or asked.given_by else ""
        told = [
            *((name, _span_text(days), _span_words(name, days)) for name, days in spans),
            ("end", asked.end or "", _end_words(asked.end)),
            ("owing", "1" if asked.owing else "", _("something owed")),
            ("drawing", str(asked.drawing or ""), _("handed over when a zone was drawn")),
            ("had_by", had_by, _("%(officer)s had them before", officer=had_by)),
            ("given_by", asked.given_by, _("by %(who)s", who=asked.given_by)),
            ("booked", "1" if asked.booked else "", _("with an appointment")),
            ("unplaced", "1" if asked.unplaced else "", _("with no place on the map")),
            ("counted", _counted_text(asked.counted), _counted_words(asked.counted)),
            ("area", self.area_text, _("the area drawn")),
        ]
        return ((name, value, words) for name, value, words in told if value)

    @property
    def heading(self) -> str:
        """What the list is: its queue, and whatever narrows it as a figure or a drawing asked."""
        told = [words for name, _value, words in self.narrowed if name != "area"]
        told += [words for lien, words in lien_choices() if lien == self.filter.lien]
        queue = say(WAITING[self.filter.queue].words)
        if not told:
            return queue
        return f"{_('Cases') if self.filter.queue is Queue.EVERY else queue}: {', '.join(told)}"

    def _query(self, change: dict[str, Any]) -> str:
        values = dataclasses.asdict(self.filter) | {
            "area": self.area_text,
            **{name: _span_text(getattr(self.filter, name)) for name in SPANS},
            "counted": _counted_text(self.filter.counted),
            "owing": "1" if self.filter.owing else "",
            "booked": "1" if self.filter.booked else "",
            "unplaced": "1" if self.filter.unplaced else "",
            "queue": self.filter.queue if self.filter.queue != Queue.OPEN else "",
            "sort": self.sort if self.sort != self.usual_order else "",
            **change,
        }
        return urlencode({key: str(value) for key, value in values.items() if value})


def _counted(text: str) -> tuple[int, str] | None:
    if not text:
        return None
    report, _between, figure = text[:300].partition(":")
    return number_of(report), figure


def _counted_text(counted: tuple[int, str] | None) -> str:
    return ":".join(map(str, counted)) if counted else ""


def _counted_words(counted: tuple[int, str] | None) -> str:
    if counted is None:
        return ""
    return str(_("as report %(number)s counted them", number=counted[0]))


def _member[E: StrEnum](args: MultiDict[str, str], key: str, kind: type[E]) -> E | None:
    value = one_of(args, key, ["", *kind])
    return kind(value) if value else None


def _days(args: MultiDict[str, str], key: str) -> Days | None:
    text = args.get(key, "")
    if not text:
        return None
    first, _between, last = text.partition(TO)
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        msg = f"“{text[:60]}” are no days: give the first and the last, as 2026-01-01..2026-03-31."
        raise AskedError(msg) from None


def _span_text(days: Days | None) -> str:
    return TO.join(each.isoformat() for each in days) if days else ""


def _span_words(name: str, days: Days | None) -> str:
    if days is None:
        return ""
    what = {
        "opened": _("opened"),
        "closed": _("closed"),
        "inspected": _("first inspected"),
        "noticed": _("first given notice"),
        "complied": _("corrected"),
        "given": _("given to their officer"),
    }[name]
    first, last = map(day, days)
    if first == last:
        return str(_("%(what)s on %(day)s", what=what, day=first))
    return str(_("%(what)s from %(first)s to %(last)s", what=what, first=first, last=last))


def _end_words(end: End | None) -> str:
    if end is None:
        return ""
    words = {
        End.VERIFIED: _("ended, a violation found"),
        End.VOLUNTARY: _("corrected without a citation"),
    }
    return str(words[end])


def lien_choices() -> list[tuple[LienNow, str]]:
    """Return how a lien may stand, each with its words."""
    return [
        (LienNow.RECORDED, _("lien recorded")),
        (LienNow.FORECLOSING, _("lien being foreclosed")),
        (LienNow.LATELY, _("lien satisfied lately")),
    ]
