"""Propose officers' zones that share the work evenly from the command line, and adopt them."""

from __future__ import annotations

import getpass
import json
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click

from webmap.cli.days import DAY
from webmap.cli.numbers import FiniteRange
from webmap.cli.progress import steps
from webmap.cli.routes_town import Town, open_town
from webmap.cli.stopping import ended_by_hand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cases.redrawing import Redrawn
    from cases.zone_drafts import Asked
    from reports.workload.adopting import Named
    from reports.workload.search import Watch
    from reports.workload.values import Proposal, ProposedZone

# What shares out is imported by what uses it: it costs seconds, help must not.
A_YEAR = timedelta(days=364)
BROKEN_OFF = "It was ended at the command line before zones were made."


@click.group()
def zones() -> None:
    """Propose zones that share the work evenly, and adopt them.

    Example: lotline zones balance --zones 5
    """


@zones.command()
@click.option("--from", "first", type=DAY, help="Share out the work from this day [a year ago].")
@click.option("--to", "last", type=DAY, help="Share out the work until this day [today].")
@click.option("--zones", "count", type=click.IntRange(1, 200), help="How many [as many as today].")
@click.option(
    "--keep", type=FiniteRange(0, 10), default=1.0, show_default=True,
    help="How much it counts that things stay as they are.",
)  # fmt: skip
@click.option(
    "--ratio", type=FiniteRange(1.01, 3), default=1.1, show_default=True,
    help="Largest share over the smallest, at the most.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True,
    help="The same seed gives the same zones.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="GeoJSON file to write."
)
def balance(
    first: date | None,
    last: date | None,
    count: int | None,
    keep: float,
    ratio: float,
    seed: int,
    out: Path | None,
) -> None:
    """Propose zones that share the work of some days evenly, and keep them as a draft.

    No zone changes before the draft is adopted, here or on the office's pages. Ctrl-C ends the
    search, and the best zones until then are the draft; a second Ctrl-C ends all.

    Example: lotline zones balance --from 2026-01-01 --zones 5 --out zones.geojson
    """
    from cases import zone_drafts  # noqa: PLC0415 - seconds of imports
    from reports.workload.written import proposal_from_json, proposal_to_geojson  # noqa: PLC0415

    with open_town() as town:
        until = last or town.today
        if until > town.today:
            msg = f"--to {until} is to come: end on {town.today} or before."
            raise click.UsageError(msg)
        try:
            asked = zone_drafts.Asked(
                zones=count or _today(town), first=first or _a_year_before(until), last=until,
                ratio=ratio, keeping=keep, seed=seed,
            )  # fmt: skip
        except zone_drafts.AskedError as error:
            raise click.UsageError(str(error)) from error
        draft_id = _make(town, asked)
        row = zone_drafts.draft(town.connection, draft_id)
    if row is None or row.proposal is None:
        raise click.ClickException(row.failed_because if row is not None else BROKEN_OFF)
    made = proposal_from_json(row.proposal)
    _tell(made)
    click.echo(f"It is draft {draft_id}. To put it in force: lotline zones adopt {draft_id}")
    if out is not None:
        out.write_text(json.dumps(proposal_to_geojson(made), indent=1) + "\n", encoding="utf-8")
        click.echo(f"Wrote {out}.")


@zones.command()
@click.argument("draft", type=click.IntRange(1, 2**63 - 1))
@click.option(
    "--officer", "officers", multiple=True, metavar="ZONE=NAME",
    help="Who has a zone; may be given again.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only say what follows from it.")
def adopt(draft: int, officers: Sequence[str], dry_run: bool) -> None:
    """Put the zones of a DRAFT in force, all or none, and say which cases change hands.

    What each zone was stays on record. Refused where zones were changed since they were proposed.

    Example: lotline zones adopt 12 --officer "Zone 3=K. Cole"
    """
    from cases import zone_drafts  # noqa: PLC0415 - seconds of imports
    from reports.workload.adopting import adopt_zones, foretell  # noqa: PLC0415
    from reports.workload.written import proposal_from_json  # noqa: PLC0415

    with open_town() as town:
        row = zone_drafts.draft(town.connection, draft)
        if row is None or row.proposal is None:
            msg = f"Draft {draft} has no zones: lotline zones balance"
            raise click.ClickException(msg)
        made = proposal_from_json(row.proposal)
        named, who = _named(made, officers), _who(town)
        if dry_run:
            done = foretell(town.connection, made, named=named, **who)
        else:
            done = adopt_zones(town.connection, draft, named=named, **who)
            town.connection.commit()
    _tell_hands(done, dry_run=dry_run)


def _make(town: Town, asked: Asked) -> int:
    """Keep what is asked, make it in this process, and give the draft."""
    from cases import zone_drafts  # noqa: PLC0415
    from webmap.worker.balancing import make_claimed  # noqa: PLC0415

    who = _who(town)
    draft_id = zone_drafts.ask_zones(town.connection, asked, key=uuid4(), **who)
    zone_drafts.claim(town.connection, draft_id, now=who["moment"].now)
    town.connection.commit()
    engine = town.connection.engine
    try:
        with _watching() as watch:
            make_claimed(engine, town.settings.streets, draft_id, asked, watch=watch)
    except KeyboardInterrupt:
        with engine.begin() as connection:
            now = datetime.now(town.zone)
            zone_drafts.fail(connection, draft_id, because=BROKEN_OFF, now=now)
        raise
    return draft_id


@contextmanager
def _watching() -> Iterator[Watch]:
    from reports.workload.search import Watch  # noqa: PLC0415

    with ended_by_hand() as ended, steps(percent=True) as tell:
        yield Watch(lambda step, share: tell(step, round(100 * share), 100), ended.is_asked)


def _a_year_before(day: date) -> date:
    """Return the first of a year's days, or the calendar's first."""
    return day - min(A_YEAR, day - date.min)


def _today(town: Town) -> int:
    """Return how many zones there are today; as many as officers where there are none."""
    from cases.accounts.members import in_role  # noqa: PLC0415
    from cases.workflow.roles import Role  # noqa: PLC0415
    from geo.places import zones as zones_of  # noqa: PLC0415

    there = len(town.connection.execute(zones_of()).all())
    return there or len(town.connection.execute(in_role(Role.OFFICER)).all()) or 1


def _who(town: Town) -> dict[str, Any]:
    from cases.actors import Actor, Moment  # noqa: PLC0415
    from cases.workflow.roles import Role  # noqa: PLC0415

    now = datetime.now(town.zone)
    return {
        "actor": Actor(getpass.getuser(), Role.MANAGER),
        "moment": Moment(on=town.today, now=now),
    }


def _named(made: Proposal, said: Sequence[str]) -> Named:
    """Return who has which zone as ``Zone 3=K. Cole`` says it."""
    kept = [each for each in made.zones if each.shape is not None]
    places = {each.name: at for at, each in enumerate(kept)}
    named = {}
    for words in said:
        zone, sep, officer = words.partition("=")
        if not sep or zone.strip() not in places:
            msg = f"--officer {words!r}: say ZONE=NAME; the zones are {', '.join(places)}."
            raise click.UsageError(msg)
        named[places[zone.strip()]] = (zone.strip(), officer.strip() or None)
    return named


def _tell(made: Proposal) -> None:
    for each in made.zones:
        click.echo(_zone_words(each))
    before = "" if made.ratio_before is None else f"; today it is {made.ratio_before:.2f}"
    if made.ratio is not None:
        click.echo(f"The largest share of the work is {made.ratio:.2f} of the smallest{before}.")
    if made.reported is not None:
        was_reported = "" if made.reported_before is None else f"; today {made.reported_before:.2f}"
        click.echo(f"As the report of hours counts, it is {made.reported:.2f}{was_reported}.")
    was = made.driven_before
    driven = "" if was is None else f"; today it is {was.all:.0f} min"
    click.echo(f"Driving takes {made.driven.all:.0f} min a day{driven}.")
    click.echo(
        f"Open cases that change hands: {made.moved_cases:,}. Parcels that change zones: "
        f"{made.moved_parcels:,}."
    )
    for note in made.notes:
        click.echo(note)


def _zone_words(zone: ProposedZone) -> str:
    whose = f"{zone.name} ({zone.officer or 'nobody'})"
    today = "new" if zone.before is None else f"today {zone.before.work:,.0f} h"
    if zone.after is None:
        return f"{whose}: ends; {today}"
    share = zone.after
    return (
        f"{whose}: {share.work:,.0f} h of work ({today}), {share.drive_minutes:.0f} min of driving "
        f"a day; open cases: {share.open_cases:,}, parcels: {share.parcels:,}"
    )


def _tell_hands(done: Redrawn, *, dry_run: bool) -> None:
    from cases.handings import exchanges  # noqa: PLC0415

    for each in exchanges(done.hands):
        before, after = each.before or "nobody", each.after or "nobody"
        click.echo(f"From {before} to {after}: {_counted(len(each.hands))}")
    for name in done.ended:
        click.echo(f"{name} is no officer's zone any more; it stays on record.")
    what, lie = ("complaint", "lies") if done.reports == 1 else ("complaints", "lie")
    lie = "would lie" if dry_run else lie
    click.echo(f"{done.reports:,} {what} that nobody has decided {lie} in another zone.")
    would = "would change hands" if dry_run else "changed hands"
    click.echo(f"{_counted(len(done.hands))} {would}.")
    click.echo("Nothing was changed." if dry_run else "The zones are in force.")


def _counted(cases: int) -> str:
    return f"{cases:,} open {'case' if cases == 1 else 'cases'}"
