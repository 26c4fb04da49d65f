"""Tell one web of owners: its names and parcels, why they are linked, and who may belong to it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.models import Case
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
from reports.answers.options import Question
from reports.caseload import TownFacts, known_addresses
from reports.owners.joining import How
from reports.owners.suggested import suggested_tables
from reports.owners.web import Held, Web
from reports.owners.webs import SPELLED, Webs

MOST_SUGGESTED = 50
MOST_SHARED = 20
FILL, BEFORE = "#b2182b", "#9a9a9a"
MEANS = (
    "A web holds what equal names and places or a person's word link, and nothing that is only "
    "alike. What may belong to it is listed apart, the strongest first, each with what speaks for "
    "it: a person confirms or denies it, and nothing follows from it before."
)
LINKS = (
    Column(key="names", words="Who is linked"),
    Column(key="how", words="How"),
    Column(key="why", words="Why"),
)
PARCELS = (
    Column(key="address", words="Address"),
    Column(key="parcel_no", words="Parcel"),
    Column(key="stands", words="Owned"),
    Column(key="cases", words="Cases", kind=Kind.COUNT),
    Column(key="exempt", words="Exempt"),
)
SHARED = (
    Column(key="mailing", words="Letters go to"),
    Column(key="others", words="Others there", kind=Kind.COUNT),
    Column(key="names", words="Who"),
)


def one_web(
    connection: sa.Connection,
    town: TownFacts,
    question: Question,
    found: Webs,
    web: Web,
    *,
    on: date,
) -> Answer:
    """Return the answer that tells of one web."""
    parcels = _parcels(connection, web)
    return Answer(
        report=question.report, title=web.name, town=town.name, note=town.note, on=on,
        made_at=question.now, asked=question.told(), means=MEANS, says=tuple(_says(web)),
        figures=_figures(web),
        tables=(
            parcels, _links(found, web),
            *suggested_tables(found, [web], names_both=False, most=MOST_SUGGESTED),
            _shared(found, web), _by_year(connection, web),
        ),
        layers=tuple(_layers(connection, web)),
        cautions=("A place for letters that is shared is a relation and no proof of one owner.",),
    )  # fmt: skip


def _says(web: Web) -> Iterator[str]:
    figures = web.figures
    now = sum(held.now for held in web.parcels)
    yield (
        f"{figures.cases:,} verified {'case' if figures.cases == 1 else 'cases'}, "
        f"{figures.open_cases:,} of them open; {now:,} {'parcel' if now == 1 else 'parcels'} owned "
        "now."
    )
    if len(web.names) > 1:
        yield f"It stands on record under {len(web.names)} names."
    if web.owners > 1:
        yield f"In law these are {web.owners} owners: what was found of one is no prior of another."
    if figures.repeats:
        yield f"Repeats in law that are confirmed: {figures.repeats:,}."
    if figures.waiting_repeats:
        waiting = figures.waiting_repeats
        yield f"Violations that may be repeats in law, for a person to confirm: {waiting:,}."


def _figures(web: Web) -> tuple[Figure, ...]:
    return (
        Figure(key="cases", value=len(web.case_ids), words="verified cases",
               means="Of whoever of the web answers in them, or owned the parcel on the day.",
               cases=Cases(web.case_ids)),
        Figure(key="violations", value=web.figures.violations, words="violations that stood",
               means="Verified and not taken back."),
        Figure(key="owed", value=web.figures.owed_cents, kind=Kind.CENTS, words="owed",
               means="By the ledger, without fines that still run."),
    )  # fmt: skip


def _parcels(connection: sa.Connection, web: Web) -> Table:
    addresses = known_addresses(connection, [held.parcel_id for held in web.parcels])
    query = sa.select(Case.parcel_id, sa.func.array_agg(Case.id)).where(
        Case.id == sa.any_(sa.literal([*web.case_ids], sa.ARRAY(sa.BigInteger)))
    )
    counted = {row[0]: row[1] for row in connection.execute(query.group_by(Case.parcel_id))}
    rows = [
        _parcel(held, addresses.get(held.parcel_id), counted.get(held.parcel_id, []))
        for held in web.parcels
    ]
    rows.sort(key=lambda row: -int(row.cells["cases"] or 0))  # type: ignore[arg-type] # a count
    return Table(
        key="parcels", title="Its parcels", columns=PARCELS, rows=rows,
        means="Owned now or before, or where it answered in a case; the most cases first.",
    )  # fmt: skip


def _parcel(held: Held, address: str | None, ids: Sequence[int]) -> Row:
    cells: dict[str, Cell] = {
        "address": address, "parcel_no": held.parcel_no,
        "stands": "owned now" if held.now else "before, or answered there",
        "cases": len(ids), "exempt": "exempt" if held.exempt else None,
    }  # fmt: skip
    named: tuple[str, int | str] = ("parcel", held.parcel_no)
    return Row(
        key=held.parcel_no, cells=cells, cases={"cases": Cases(sorted(ids))},
        of={"address": named, "parcel_no": named},
    )  # fmt: skip


def _links(found: Webs, web: Web) -> Table:
    rows = [
        Row(key=str(at), cells={"names": "; ".join(each.names), "how": _HOW.get(each.how, each.how),
                                "why": each.words})
        for at, each in enumerate(found.links(web))
    ]  # fmt: skip
    return Table(
        key="links", title="Why these are one", columns=LINKS, rows=rows,
        means="Every link, with what it rests on.",
    )  # fmt: skip


_HOW = {
    SPELLED: "equal but for order and punctuation",
    How.NAME_ON_PARCEL: "one name on one parcel",
    How.COMPANY_NAME: "one full name of a company",
    How.CONFIRMED_SAME: "a person confirmed one owner",
    How.CONFIRMED_LANDLORD: "a person confirmed one landlord",
}


def _shared(found: Webs, web: Web) -> Table:
    rows = [
        Row(key=str(at), cells={
            "mailing": each.mailing, "others": len(each.others),
            "names": "; ".join(other.name for other in each.others[:MOST_SHARED]),
        })
        for at, each in enumerate(found.shared(web))
    ]  # fmt: skip
    return Table(
        key="shared", title="Who gets letters at the same place", columns=SHARED, rows=rows,
        means="The place of the fewest first; an agent's with hundreds says little.",
    )  # fmt: skip


def _by_year(connection: sa.Connection, web: Web) -> Table:
    year = sa.func.to_char(Case.opened_on, "YYYY")
    query = (
        sa.select(year, sa.func.array_agg(Case.id))
        .where(Case.id == sa.any_(sa.literal([*web.case_ids], sa.ARRAY(sa.BigInteger))))
        .group_by(year)
        .order_by(year)
    )
    rows = [
        Row(key=str(each or "unknown"), cells={"year": each or "unknown", "cases": len(ids)},
            cases={"cases": Cases(sorted(ids))})
        for each, ids in connection.execute(query)
    ]  # fmt: skip
    return Table(
        key="years", title="Cases by the year they were opened", rows=rows,
        columns=(Column(key="year", words="Year"),
                 Column(key="cases", words="Cases", kind=Kind.COUNT)),
        means="In the order of time.",
    )  # fmt: skip


def _layers(connection: sa.Connection, web: Web) -> Iterator[Layer]:
    now = {held.parcel_no: held.now for held in web.parcels}
    numbers = {held.parcel_id: held.parcel_no for held in web.parcels}
    spot = sa.func.ST_PointOnSurface(ParcelPeriod.geom)
    columns: tuple[Any, ...] = (
        ParcelPeriod.parcel_id, sa.func.ST_X(spot).label("lon"), sa.func.ST_Y(spot).label("lat"),
    )  # fmt: skip
    query = sa.select(*columns).where(
        ParcelPeriod.valid_to.is_(None), ParcelPeriod.parcel_id.in_(numbers)
    )
    features: list[Feature] = []
    for row in connection.execute(query):
        number = numbers[row.parcel_id]
        told = {"key": number, "says": [f"Parcel {number}"], "step": 0 if now[number] else 1,
                "radius": 6}  # fmt: skip
        at = {"type": "Point", "coordinates": [row.lon, row.lat]}
        features.append({"type": "Feature", "geometry": at, "properties": told})
    if features:
        yield Layer(
            key="parcels", title="Its parcels", look=Look.DISCS, features=features,
            legend=(Step(words="owned now", color=FILL, radius=6),
                    Step(words="before, or answered there", color=BEFORE, radius=6)),
        )  # fmt: skip
