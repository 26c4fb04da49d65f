"""Put the manager's figures on the first page: each with its trend, its meaning and its list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from cases.desk.queues import Queue
from reports.counts import Count
from reports.frontpage import MEANS, Front, Kept, Trend
from reports.paces import Pace
from webmap.assets import AgeLook, age_looks
from webmap.auth.desk import Desk
from webmap.office.asking import Asked
from webmap.words import dollars

NONE = "\N{EN DASH}"
SHOWN = frozenset({Queue.OPEN, Queue.OVERDUE, Queue.UNASSIGNED, Queue.DORMANT})
"""The queues that stand among the figures, and so are no piles beside them."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A count that a share is made of, and the list of it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as the page shows it.

    Parameters
    ----------
    number
        What is large: a count, days, a share.
    means
        Its definition.
    trend
        How it was before, or what else belongs to it; "" for nothing.
    made_of
        The counts that a share is made of, the part before the whole.
    """

    key: str
    number: str
    words: str
    means: str
    href: str
    trend: str = ""
    made_of: Sequence[Counted] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: how far from its left it begins, and how wide it is."""

    look: AgeLook
    before: int
    count: Count
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The figures, in the order of the page."""

    front: Front
    flow: list[Figure]
    paces: list[Figure]
    stale: list[Figure]
    money: list[Figure]
    ages: list[Part]


def figures(desk: Desk) -> Shown:
    """Take the figures of today and put them into words."""
    kept: Kept = current_app.extensions["lotline_front"]
    found = kept.front(desk.connection, on=desk.today)
    return Shown(
        front=found,
        flow=[
            _count(found, "backlog"),
            _flow("opened", _("opened in 90 days"), found.trends["opened"]),
            _closed(found.trends),
            _rate(found.trends),
        ],
        paces=[
            _pace("inspected", _("to the first inspection"), found.paces),
            _pace("noticed", _("to the first notice"), found.paces),
            _pace("complied", _("to compliance"), found.paces),
        ],
        stale=[
            _count(found, "overdue"),
            _count(found, "unverified"),
            _count(found, "dormant"),
            _count(found, "unassigned"),
        ],
        money=[
            _count(found, "owing"),
            _count(found, "recorded"),
            _count(found, "foreclosing"),
        ],
        ages=list(_bar(found)),
    )


def link(count: Count) -> str:
    """Return the address of the list that a count counted."""
    return Asked(count.asked).link()


def _counted_words(key: str, n: int) -> str:
    """Return what so many of a count are."""
    words = {
        "backlog": ngettext("open case", "open cases", n),
        "overdue": _("overdue"),
        "unverified": _("never inspected"),
        "dormant": _("going stale"),
        "unassigned": _("without an officer"),
        "owing": ngettext("case owes", "cases owe", n),
        "recorded": ngettext("case with a recorded lien", "cases with a recorded lien", n),
        "foreclosing": ngettext(
            "case with a lien in foreclosure", "cases with a lien in foreclosure", n
        ),
    }
    return str(words[key])


def _count(found: Front, key: str) -> Figure:
    count = found.counts[key]
    trend = "" if count.cents is None else _sum(key, dollars(count.cents))
    if key == "backlog":
        trend = str(_("not ended, a violation verified or not"))
    if key in {"overdue", "unverified", "dormant", "unassigned"}:
        trend = _share(count.cases, found.counts["backlog"].cases)
    words = _counted_words(key, count.cases)
    return Figure(key, f"{count.cases:,}", words, MEANS[key], link(count), trend)


def _sum(key: str, sum_: str) -> str:
    if key == "owing":
        return str(_("%(sum)s on the ledger, without fines that still run", sum=sum_))
    return str(_("%(sum)s of principal as recorded", sum=sum_))


def _share(part: int, whole: int) -> str:
    if not whole:
        return ""
    return str(_("%(share)s%% of the open cases", share=round(100 * part / whole)))


def _flow(key: str, words: str, trend: Trend) -> Figure:
    before = _("%(count)s in the 90 days before", count=f"{trend.before.cases:,}")
    return Figure(key, f"{trend.now.cases:,}", words, MEANS[key], link(trend.now), str(before))


def _closed(trends: Mapping[str, Trend]) -> Figure:
    """Say of how many of the closed a share of compliance is taken, and how many it leaves out."""
    closed, after = trends["closed"], trends["verified"].now.cases
    figure = _flow("closed", _("closed in 90 days"), closed)
    made = _(
        "%(after)s after a violation was found, %(without)s without.", after=f"{after:,}",
        without=f"{closed.now.cases - after:,}",
    )  # fmt: skip
    return replace(figure, trend=f"{made} {figure.trend}")


def _rate(trends: Mapping[str, Trend]) -> Figure:
    """Say what share of the cases closed after a violation was corrected without a citation."""
    part, whole, closed = trends["voluntary"], trends["verified"], trends["closed"]
    now, before = _percent(part.now, whole.now), _percent(part.before, whole.before)
    left = closed.now.cases - whole.now.cases
    aside = ngettext(
        "The other %(num)s of the %(closed)s closed does not count: no violation was found in it, "
        "or it was opened by mistake.",
        "The other %(num)s of the %(closed)s closed do not count: no violation was found in them, "
        "or they were opened by mistake.", left, closed=f"{closed.now.cases:,}",
    )  # fmt: skip
    trend = _("Before: %(before)s.", before=before)
    made_of = (
        _counted(_("%(count)s corrected without a citation", count=f"{part.now.cases:,}"), part),
        _counted(_("of %(count)s closed after a violation", count=f"{whole.now.cases:,}"), whole),
    )
    return Figure(
        "voluntary", now, str(_("complied voluntarily")), MEANS["voluntary"], link(part.now),
        f"{aside} {trend}" if left else trend, made_of,
    )  # fmt: skip


def _counted(words: str, trend: Trend) -> Counted:
    return Counted(words, link(trend.now))


def _percent(part: Count, whole: Count) -> str:
    return f"{100 * part.cases / whole.cases:.0f}%" if whole.cases else NONE


def _pace(key: str, words: str, paces: Mapping[str, tuple[Pace, Pace]]) -> Figure:
    now, before = paces[key]
    if now.median is None:
        return Figure(key, NONE, words, MEANS[key], link(now.cases), str(_("No case in 90 days.")))
    earlier = _("Before: no case.")
    if before.median is not None:
        earlier = _(
            "Before: %(median)s, 9 in 10 within %(most)s.", median=_days(before.median),
            most=_days(before.ninetieth),
        )  # fmt: skip
    trend = _(
        "9 in 10 within %(most)s, of %(cases)s cases. %(earlier)s", most=_days(now.ninetieth),
        cases=f"{now.cases.cases:,}", earlier=earlier,
    )  # fmt: skip
    return Figure(key, _days(now.median), words, MEANS[key], link(now.cases), str(trend))


def _days(value: float | None) -> str:
    if value is None:
        return NONE
    days = round(value)
    return str(ngettext("%(num)s day", "%(num)s days", days))


def _bar(found: Front) -> Iterator[Part]:
    before = 0
    for look in age_looks():
        count = next(each for age, each in found.ages.items() if age == look["age"])
        yield Part(look, before, count, link(count))
        before += count.cases
