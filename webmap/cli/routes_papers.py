"""Write each officer's day of a plan beside it: the sheet as PDF, the calendar, the route."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cases.visiting.values import ToVisit
    from reports.routes.on_paper import DayOnPaper
    from reports.routes.plan import Plan
    from webmap.settings import Settings


def write_papers(
    plan: Plan,
    folder: Path,
    *,
    settings: Settings,
    visits: Mapping[str, Sequence[ToVisit]] | None = None,
) -> Iterator[Path]:
    """Write the papers of a plan and yield each; the town's first language is theirs.

    One officer's one day is ``sheet.pdf`` and ``plan.ics``. Of several each has its own,
    ``2026-03-02-m-rivera.pdf`` and so on, its route as GPX and GeoJSON too.

    Parameters
    ----------
    folder
        Where the plan itself was written.
    visits
        What is due at each stop; where it is not told, by the numbers of its cases.
    """
    from geo.database import open_database  # noqa: PLC0415 - seconds of imports
    from webmap.application import create_app  # noqa: PLC0415
    from webmap.languages import offered  # noqa: PLC0415

    # Whoever planned may have let the database go, which then stops.
    with open_database(settings.home, settings.environ):
        app = create_app(settings)
        try:
            with app.test_request_context("/"):
                first = next(iter(offered()))
                yield from _written(plan, folder, visits=visits or {}, language=first)
        finally:
            app.extensions["lotline"].close()


def _written(
    plan: Plan, folder: Path, *, visits: Mapping[str, Sequence[ToVisit]], language: str
) -> Iterator[Path]:
    from flask import current_app  # noqa: PLC0415
    from flask_babel import force_locale  # noqa: PLC0415

    from cases.visits.about import cases_numbered  # noqa: PLC0415
    from geo import places  # noqa: PLC0415
    from reports.routes.on_paper import of_plan  # noqa: PLC0415
    from webmap.languages import LOCALES  # noqa: PLC0415
    from webmap.office.day_calendar import to_ical  # noqa: PLC0415
    from webmap.office.day_sheet import set_day  # noqa: PLC0415
    from webmap.office.paper import site_of  # noqa: PLC0415

    now = current_app.extensions["lotline_clock"].now()
    zone = now.tzinfo
    with (
        current_app.extensions["lotline"].app.connect() as connection,
        force_locale(LOCALES[language]),
    ):
        numbers = sorted({number for each in plan.visits for number in each.stop.case_numbers})
        ids = {each.number: each.id for each in connection.execute(cases_numbered(numbers))}
        site = site_of(connection.execute(places.town()).first())
        days = of_plan(plan, visits=visits, ids=ids)
        for name, told in zip(names(days), days, strict=True):
            paper = set_day(connection, told, site=site, language=language, zone=zone)
            yield _kept(folder / f"{name or 'sheet'}.pdf", paper.pdf)
            yield _kept(folder / f"{name or 'plan'}.ics", to_ical(told, zone=zone, stamp=now))
            if name:
                yield from _for_programs(told, folder / name)


def names(days: Sequence[DayOnPaper]) -> Iterator[str]:
    """Yield what the files of each day are called; "" where there is but one."""
    from reports.routes.on_paper import in_file_name  # noqa: PLC0415 - seconds of imports

    seen: Counter[str] = Counter()
    for told in days:
        shift = told.route.shift
        name = f"{shift.day}-{in_file_name(shift.officer)}".strip("-")
        seen[name] += 1
        again = f"-{seen[name]}" if seen[name] > 1 else ""
        yield f"{name}{again}" if len(days) > 1 else ""


def _for_programs(told: DayOnPaper, stem: Path) -> Iterator[Path]:
    from reports.routes.sheet import to_geojson, to_gpx  # noqa: PLC0415

    yield _kept(stem.with_name(f"{stem.name}.gpx"), to_gpx(told.plan).encode())
    yield _kept(stem.with_name(f"{stem.name}.geojson"), json.dumps(to_geojson(told.plan)).encode())


def _kept(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
