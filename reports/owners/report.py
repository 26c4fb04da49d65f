"""Answer whose parcels come back: landlords' webs in order, or one web with all its evidence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from geo.layers import ParcelPeriod
from reports.answers.answer import (
    Answer,
    Cases,
    Cell,
    Column,
    Feature,
    Figure,
    Kind,
    Layer,
    Look,
    Row,
    Step,
    Table,
)
from reports.answers.options import OptionError, Question
from reports.answers.watching import Watch
from reports.caseload import TownFacts, town_facts
from reports.owners.one_web import one_web
from reports.owners.suggested import suggested_tables
from reports.owners.web import Web
from reports.owners.webs import Webs, webs

MOST_ROWS = 2_000
LOOKED_AT, MOST_SUGGESTED = 200, 100
"""Of how many owners, those with the most cases, suggestions are listed, and how many of them."""
DRAWN = 8
"""How many webs the map tells apart by colour."""
COLORS = (
    "#b2182b", "#2166ac", "#1b7837", "#762a83", "#b35806", "#01665e", "#c51b7d", "#4d4d4d",
)  # fmt: skip
"""Dark on light ground, and told apart by most eyes; the legend has the names."""
MEANS = (
    "Owners on the roll, now and before, and whoever answers in a case are one web where their "
    "names are equal but for order and punctuation and their letters go to one place, where a "
    "company bears one full name, or where a person has confirmed it. Nothing that is only alike "
    "links: it is suggested. Verified cases count for whoever answers in them, else for the owner "
    "of the day."
)
PLAIN_AND_LAW = (
    "Many cases of one owner are no repeat in law: that needs a finding against the same violator "
    "under the same provision, which a person confirms. Both are told apart here."
)
COLUMNS = (
    Column(key="name", words="Owner", means="As it is written most often."),
    Column(key="in_window", words="Cases", kind=Kind.COUNT,
           means="Verified, opened in the years looked at."),
    Column(key="open", words="Open", kind=Kind.COUNT,
           means="Those in which a violation is open as the records stand now."),
    Column(key="all", words="In all", kind=Kind.COUNT, means="Verified cases of any year."),
    Column(key="parcels", words="Parcels now", kind=Kind.COUNT, means="Owned on the roll today."),
    Column(key="names", words="Names", kind=Kind.COUNT, means="Spellings that are linked."),
    Column(key="owners", words="Owners in law", kind=Kind.COUNT,
           means="Companies of one landlord are several owners in law."),
    Column(key="violations", words="Violations", kind=Kind.COUNT, means="Those that stood."),
    Column(key="repeats", words="Repeats in law", kind=Kind.COUNT,
           means="Confirmed by a person: same violator, same provision, within the law's years."),
    Column(key="waiting", words="To confirm", kind=Kind.COUNT,
           means="A prior of the same violator counts, and nobody has confirmed the repeat."),
    Column(key="owed", words="Owed", kind=Kind.CENTS,
           means="By the ledger, without fines that still run."),
    Column(key="exempt", words="Exempt", means="Some of its places are for the office alone."),
)  # fmt: skip


def make(connection: sa.Connection, question: Question, *, watch: Watch) -> Answer:
    """Answer the question, as `reports.registry` has it."""
    watch.at("Reading rolls and respondents", 0)
    town = town_facts(connection)
    on = question.day("date") or question.on
    found = webs(connection, on=on, years=question.whole("years"))
    watch.at("Telling webs apart", 0.6)
    code = question.text("owner")
    if code is not None:
        web = found.of(code)
        if web is None or (question.flag("outside") and web.exempt):
            msg = f"No owner is known here by “{code[:20]}”: choose one from the list."
            raise OptionError(msg, of="owner")
        return one_web(connection, town, question, found, web, on=on)
    least = question.whole("at_least")
    listed = [
        web for web in found.ranked
        if web.figures.in_window >= least and not (question.flag("outside") and web.exempt)
    ]  # fmt: skip
    return _ranking(connection, town, question, found, listed)


def _ranking(
    connection: sa.Connection,
    town: TownFacts,
    question: Question,
    found: Webs,
    listed: Sequence[Web],
) -> Answer:
    places = places_of(connection, listed[:DRAWN])
    return Answer(
        report=question.report, title="Repeat owners", town=town.name, note=town.note,
        on=found.on, made_at=question.now, asked=question.told(), means=MEANS,
        says=tuple(_says(found, listed)), figures=_figures(found, listed),
        tables=(
            _table(listed[:MOST_ROWS], question),
            *suggested_tables(found, listed[:LOOKED_AT], names_both=True, most=MOST_SUGGESTED),
        ),
        layers=(_layer(listed[:DRAWN], places),) if places else (),
        cautions=tuple(_cautions(found, listed)),
    )  # fmt: skip


def _says(found: Webs, listed: Sequence[Web]) -> Iterator[str]:
    many = f"{found.years} years" if found.years != 1 else "year"
    yield f"Owners with that many cases in the {many} up to {found.on}: {len(listed):,}."
    if not listed:
        return
    worst = listed[0]
    yield (
        f"The most are of {worst.name}: {worst.figures.in_window:,} "
        f"{'case' if worst.figures.in_window == 1 else 'cases'}, {worst.figures.open_cases:,} "
        f"open; parcels owned now: {_now(worst):,}."
    )
    wide = sum(len(web.names) > 1 for web in listed)
    if wide:
        yield f"Of them on record under more than one name: {wide:,}."
    waiting = sum(web.figures.waiting_repeats for web in listed)
    if waiting:
        yield f"Violations that may be repeats in law, for a person to confirm: {waiting:,}."


def _now(web: Web) -> int:
    return sum(held.now for held in web.parcels)


def _figures(found: Webs, listed: Sequence[Web]) -> tuple[Figure, ...]:
    ids = Cases(sorted({each for web in listed for each in web.case_ids}))
    return (
        Figure(key="cases", value=len(ids), words="cases of repeat owners", cases=ids,
               means="Verified cases of the owners listed, of any year."),
        Figure(key="owners", value=len(listed), words="repeat owners",
               means="Webs with as many cases in the years looked at as asked for, or more."),
        Figure(key="repeats", value=sum(web.figures.repeats for web in listed),
               words="repeats in law, confirmed",
               means="Same violator, same provision, within the law's years."),
        Figure(key="unowned", value=found.unowned, words="verified cases of no owner",
               means="Nobody answers in them and no owner of the day is known."),
    )  # fmt: skip


def _cautions(found: Webs, listed: Sequence[Web]) -> Iterator[str]:
    yield PLAIN_AND_LAW
    if found.nameless:
        yield f"{found.nameless:,} records name nobody who could be told from a namesake."
    if len(listed) > MOST_ROWS:
        yield f"Only the {MOST_ROWS:,} owners with the most cases are listed."


def _table(listed: Sequence[Web], question: Question) -> Table:
    return Table(
        key="owners", title="Repeat owners", columns=COLUMNS,
        means="The most cases in the years looked at first.",
        rows=tuple(_row(web, question) for web in listed),
    )  # fmt: skip


def _row(web: Web, question: Question) -> Row:
    figures = web.figures
    cells: dict[str, Cell] = {
        "name": web.name, "in_window": figures.in_window, "open": figures.open_cases,
        "all": figures.cases, "parcels": _now(web), "names": len(web.names),
        "owners": web.owners, "violations": figures.violations, "repeats": figures.repeats,
        "waiting": figures.waiting_repeats, "owed": figures.owed_cents,
        "exempt": "exempt" if web.exempt else None,
    }  # fmt: skip
    return Row(
        key=web.code, cells=cells, cases={"all": Cases(web.case_ids)},
        of={"name": ("owner", f"{web.code}|{question.written().get('date', '')}")},
    )  # fmt: skip


def places_of(connection: sa.Connection, listed: Sequence[Web]) -> dict[int, tuple[float, float]]:
    """Return where the parcels of some webs lie that they own now, in degrees, by parcel."""
    ids = {held.parcel_id for web in listed for held in web.parcels if held.now}
    spot = sa.func.ST_PointOnSurface(ParcelPeriod.geom)
    columns: tuple[Any, ...] = (
        ParcelPeriod.parcel_id, sa.func.ST_X(spot).label("lon"), sa.func.ST_Y(spot).label("lat"),
    )  # fmt: skip
    query = sa.select(*columns).where(
        ParcelPeriod.valid_to.is_(None),
        ParcelPeriod.parcel_id == sa.any_(sa.literal(sorted(ids), sa.ARRAY(sa.BigInteger))),
    )
    return {row.parcel_id: (row.lon, row.lat) for row in connection.execute(query)}


def _layer(listed: Sequence[Web], places: Mapping[int, tuple[float, float]]) -> Layer:
    features = [
        mark_of(held.parcel_no, places[held.parcel_id], [web.name, f"Parcel {held.parcel_no}"],
                key=web.code, step=at)
        for at, web in enumerate(listed)
        for held in web.parcels
        if held.now and held.parcel_id in places
    ]  # fmt: skip
    legend = [Step(words=web.name, color=COLORS[at], radius=6) for at, web in enumerate(listed)]
    return Layer(
        key="parcels", title="Parcels of the owners with the most cases", look=Look.DISCS,
        features=features, legend=legend,
    )  # fmt: skip


def mark_of(
    parcel_no: str, place: tuple[float, float], says: Sequence[str], *, key: str, step: int
) -> Feature:
    """Return a parcel as a mark of a map."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [*place]},
        "properties": {
            "key": key, "parcel": parcel_no, "says": [*says], "step": step, "radius": 6,
        },
    }  # fmt: skip
