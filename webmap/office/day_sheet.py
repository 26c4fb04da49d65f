"""Set an officer's day as a PDF to take along: the map, then the stops in order."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time, tzinfo
from textwrap import shorten
from typing import Any

import sqlalchemy as sa
from flask_babel import force_locale, gettext

from cases.field.hazards import TWO_OFFICERS
from cases.letters.templates import Paper, Site, write
from cases.visiting.due import to_visit
from cases.visiting.kinds import Kind
from cases.visiting.values import Due as LastDay
from cases.visiting.values import ToVisit
from cases.visits.about import About, Abouts, abouts
from geo.extent import ground_in
from reports.distance import miles
from reports.routes.day_map import draw_day, extent_of_day
from reports.routes.on_paper import DayOnPaper, Errand, LeftOnPaper
from reports.routes.plan import Drive, Risk, Visit
from webmap.interpreting import say
from webmap.languages import LOCALES
from webmap.office.visit_worth import kind_words
from webmap.words import clock, day, plain, weekday

NAME, STYLE, MAP = "route_sheet", "route_sheet.css", "map.svg"
MOST_LEFT, MOST_STORY, LONGEST_LINE = 40, 3, 115
TALL = 9
"""A stop of so many lines to tick or to read may be parted between two pages."""
FILTERS: Mapping[str, Callable[..., Any]] = {
    "clock": clock,
    "day": day,
    "plain": plain,
    "say": say,
    "weekday": weekday,
}

_RISKY = {risk: at for at, risk in enumerate((Risk.APPOINTMENT, Risk.LEGAL_DATE, Risk.MUST))}

type Due = Mapping[str, ToVisit]


def set_day(
    connection: sa.Connection, told: DayOnPaper, *, site: Site, language: str, zone: tzinfo
) -> Paper:
    """Set a day as it is, with what the records say now of each stop.

    Parameters
    ----------
    zone
        The town's time zone.

    Raises
    ------
    LetterError
        The town's own template of it cannot be written.
    """
    from cases.letters.pdf import set_pdf  # noqa: PLC0415 - seconds of imports

    on = told.route.shift.day
    found = to_visit(connection, first=on, last=on, zone=zone)
    due = {each.key: each for each in (*found.visits, *found.unplaced)}
    # A plan that tells of a stop the number of its case alone means whatever is due there.
    due |= {str(each.case_id): each for each in due.values()}
    known = _known(connection, told, zone=zone)
    extent = extent_of_day(told.route)
    ground = ground_in(connection, extent)
    with force_locale(LOCALES[language]):
        drawn = draw_day(told.route, ground, extent, feet=_feet, words=_ends())
        values = {**_figures(told), "calls": list(_calls(told, known, due)), **_left(told, due)}
        files = {MAP: drawn.encode()}
        if site.seal is not None:
            files[site.seal.name] = site.seal.read_bytes()
        said = write(
            site, NAME, language=language, filters=FILTERS, map=MAP,
            seal=site.seal.name if site.seal else None, **values,
        )  # fmt: skip
        title = " · ".join(filter(None, (gettext("Route sheet"), values["officer"], weekday(on))))
    return set_pdf(
        said, title=title, language=language, author=site.name,
        style=site.style() + site.style(STYLE), pictures=files,
    )  # fmt: skip


def _known(connection: sa.Connection, told: DayOnPaper, *, zone: tzinfo) -> Abouts:
    errands = [errand for there in told.errands for errand in there]
    return abouts(
        connection,
        case_ids=sorted({each.case_id for each in errands if each.case_id is not None}),
        complaint_ids=sorted(
            {each.complaint_id for each in errands if each.complaint_id is not None}
        ),
        on=told.route.shift.day, zone=zone,
    )  # fmt: skip


def _figures(told: DayOnPaper) -> dict[str, Any]:
    """Return what the first page says, and the way home."""
    route = told.route
    shift, lunch = route.shift, route.lunch
    return {
        "officer": shift.officer, "on": shift.day, "starts": say(shift.start_place.label),
        "ends": say(shift.end_place.label), "begins": _hour(shift.start),
        "finish": _hour(route.finish),
        "drive_seconds": route.total_seconds, "distance": miles(route.total_metres),
        "service_seconds": route.service_seconds, "estimated": told.estimated,
        "lunch": lunch and {
            "start": _hour(lunch.start), "end": _hour(lunch.end), "after": lunch.after
        },
        "last_seconds": route.drives[-1].seconds, "last_far": miles(route.drives[-1].metres),
    }  # fmt: skip


def _calls(told: DayOnPaper, known: Abouts, due: Due) -> Iterator[dict[str, Any]]:
    """Yield what is told of each stop."""
    route = told.route
    # The last drive leads home.
    for visit, drive, errands in zip(route.visits, route.drives[:-1], told.errands, strict=True):
        here = {
            (each.case_id, each.complaint_id): about for each in errands
            if (about := known.of(each.case_id, each.complaint_id)) is not None
        }  # fmt: skip
        yield _call(visit, drive, errands=errands, here=list(here.values()), known=known, due=due)


def _call(
    visit: Visit,
    drive: Drive,
    *,
    errands: Sequence[Errand],
    here: Sequence[About],
    known: Abouts,
    due: Due,
) -> dict[str, Any]:
    warned = {each.id: each for about in here for each in about.hazards}
    checks = [_check(each) for about in here for each in about.violations]
    lines = [] if checks else list(dict.fromkeys(line for about in here for line in about.lines))
    story = list(_story(here))
    people = {(each.name, each.address): each for about in here for each in about.respondents}
    return {
        "label": visit.stop.label, "arrive": _hour(visit.arrive), "begin": _hour(visit.start),
        "leave": _hour(visit.leave), "drive_seconds": drive.seconds, "far": miles(drive.metres),
        "errands": [_errand(each, known, due) for each in errands],
        "hazards": [
            {"kind": each.kind, "note": each.note, "until": each.until}
            for each in warned.values()
        ],
        "needs_two": bool({each.kind for each in warned.values()} & TWO_OFFICERS),
        "people": [
            {"name": each.name, "kind": each.kind, "address": each.address}
            for each in people.values()
        ],
        "story": story, "checks": checks, "lines": lines,
        "tall": max(len(checks) + len(lines), len(story) + len(errands)) > TALL,
    }  # fmt: skip


def _errand(errand: Errand, known: Abouts, due: Due) -> dict[str, Any]:
    about = known.of(errand.case_id, errand.complaint_id)
    is_known = errand.subject_id is not None
    visit = due.get(errand.key if is_known else str(errand.case_id))
    kind = errand.kind if is_known or visit is None else visit.kind
    said = visit.due if visit is not None else None
    return {
        "kind": kind_words(kind), "number": errand.number,
        "is_complaint": errand.complaint_id is not None, "category": about and about.category,
        "due": said and _due(said),
        "not_due": visit is None and is_known,
        "notice": _notice(errand, kind, about),
    }  # fmt: skip


def _due(said: LastDay) -> dict[str, Any]:
    source = say(said.source).rstrip(".")
    return {"by": said.by, "because": str(said.because), "source": source}


def _notice(errand: Errand, kind: str, about: About | None) -> dict[str, Any] | None:
    """Return the notice that is to be brought, where that is what the visit is for."""
    if about is None or kind not in {Kind.POSTING, Kind.SERVICE_BY_HAND}:
        return None
    found = next((each for each in about.notices if each.id == errand.subject_id), None)
    return found and {"kind": found.kind, "recipient": found.recipient}


def _check(row: Any) -> dict[str, Any]:
    return {
        "section": row.section or row.citation, "title": row.title or row.citation,
        "comply_by": row.comply_by, "status": row.status,
    }  # fmt: skip


def _story(here: Sequence[About]) -> Iterator[dict[str, Any]]:
    """Yield the last lines of a stop's cases, with their numbers where there are several."""
    lines = [(line, about.number) for about in here for line in about.story]
    lines.sort(key=lambda each: each[0].on or date.min, reverse=True)
    for line, number in lines[:MOST_STORY]:
        words = " ".join(say(each) for each in line.sentences)
        said = shorten(words, LONGEST_LINE, placeholder=" …")
        yield {"on": line.on, "text": said, "number": number if len(here) > 1 else ""}


def _left(told: DayOnPaper, due: Due) -> dict[str, Any]:
    where = {each.number: each.address for each in due.values() if each.address}
    kept = [
        {
            "label": where.get(each.label, each.label), "numbers": ", ".join(each.numbers),
            "reason": each.reason and str(each.reason), "because": say(each.because),
            "risk": each.risk and str(each.risk),
        }
        for each in sorted(told.left, key=_risk)
    ]  # fmt: skip
    return {"left": kept[:MOST_LEFT], "more_left": max(len(kept) - MOST_LEFT, 0)}


def _risk(left: LeftOnPaper) -> int:
    return len(_RISKY) if left.risk is None else _RISKY.get(left.risk, len(_RISKY))


def _ends() -> dict[str, str]:
    said = {
        "start": gettext("Starts here"), "end": gettext("Ends here"),
        "both": gettext("Starts and ends here"),
    }  # fmt: skip
    return {end: str(words) for end, words in said.items()}


def _hour(seconds: int) -> time:
    minutes = seconds // 60
    return time(minutes // 60 % 24, minutes % 60)


def _feet(length: int) -> str:
    return str(gettext("%(n)s ft", n=f"{length:,}"))
