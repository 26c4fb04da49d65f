"""Tell what else in town a lien binds: the violator's other property, where the law says so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

import sqlalchemy as sa

from cases.adopted import every_law
from cases.exposure import joined_alike
from cases.models import Case, LienRelease, Respondent
from cases.money import write_cents
from cases.owners.names import name_key
from geo.layers import Ownership, Parcel, ParcelPeriod, WithheldParcel
from reports.answers.answer import Column, Feature, Kind, Layer, Look, Row, Step, Table
from reports.exposure.groups import cases_of
from reports.exposure.standing import StandingLien

NAMES_AT_ONCE = 500
"""Each is sought by its likeness, a millisecond or more; none of a county's queries takes long."""
BY_NAME = (
    "Other property is found by its owner's name alone, equal but for the order of its words: "
    "whoever only bears the same name is there too. Where the roll says that it is a homestead it "
    "is left out; where the roll does not say, it is there."
)
NOT_ADDED = (
    "A lien that binds several parcels stands beside each of them with its whole sum, which must "
    "not be added up over parcels."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A parcel that liens bind beside those that they were recorded against.

    Parameters
    ----------
    lon, lat
        A point on it, in degrees (EPSG:4326).
    homestead
        As the roll says; None where it does not.
    liens
        Those that bind it, in the order of recording.
    """

    parcel_no: str
    address: str | None
    owner: str
    homestead: bool | None
    lon: float
    lat: float
    liens: Sequence[StandingLien]


def bound_elsewhere(
    connection: sa.Connection, liens: Sequence[StandingLien], *, outside: bool = False
) -> list[Bound]:
    """Return the other parcels that liens bind now, by a query for each `NAMES_AT_ONCE` violators.

    As `cases.exposure.other_property` finds them for a case, for all at once: of a respondent's
    name on the roll, without homesteads and without what was released by name; nothing of a lien
    whose case is under no law here, or under one that binds no other property (in Florida it does,
    s. 162.09(3)).

    Parameters
    ----------
    outside
        Without exempt places.
    """
    keys = _violators(connection, liens)
    if not keys:
        return []
    by_key: dict[str, list[StandingLien]] = {}
    for lien in liens:
        for key in {*keys.get(lien.lien_id, {}).values()}:
            by_key.setdefault(key, []).append(lien)
    freed = _freed(connection)
    bound: dict[tuple[int, str], list[StandingLien]] = {}
    rows: dict[tuple[int, str], Any] = {}
    names = sorted({name for of_lien in keys.values() for name in of_lien})
    owned = {
        (row.parcel_id, row.owner_name): row  # once, though names of two queries are alike
        for some in batched(names, NAMES_AT_ONCE)
        for row in _owned(connection, some)
    }
    for row in owned.values():
        key = name_key(row.owner_name)
        if row.homestead is True or (outside and row.exempt):
            continue
        for lien in by_key.get(key, ()):
            if lien.parcel_id != row.parcel_id and (lien.lien_id, row.parcel_id) not in freed:
                bound.setdefault((row.parcel_id, key), []).append(lien)
                rows[row.parcel_id, key] = row
    told = [_bound(rows[each], within) for each, within in bound.items()]
    return sorted(told, key=lambda each: (-_total(each), each.parcel_no, each.owner))


def _bound(row: Any, liens: Sequence[StandingLien]) -> Bound:
    return Bound(
        parcel_no=row.parcel_no, address=row.situs_address, owner=row.owner_name,
        homestead=row.homestead, lon=row.lon, lat=row.lat, liens=liens,
    )  # fmt: skip


def _total(bound: Bound) -> int:
    return sum(each.total_cents for each in bound.liens)


def _violators(
    connection: sa.Connection, liens: Sequence[StandingLien]
) -> dict[int, dict[str, str]]:
    """Return by lien the names of its case's respondents and their keys, where the law binds."""
    laws = every_law(connection)
    cases = sorted({each.case_id for each in liens if each.case_id})
    of_case: dict[int, dict[str, str]] = {}
    query = (
        sa.select(Respondent.case_id, Respondent.name, Case.law_pack_id)
        .join(Case, Case.id == Respondent.case_id)
        .where(Respondent.case_id == sa.any_(sa.literal(cases, sa.ARRAY(sa.BigInteger))))
    )
    for row in connection.execute(query):
        rules = laws[row.law_pack_id].liens if row.law_pack_id in laws else None
        if rules is not None and rules.other_property and name_key(row.name):
            of_case.setdefault(row.case_id, {})[row.name] = name_key(row.name)
    return {
        each.lien_id: of_case[each.case_id]
        for each in liens
        if each.case_id is not None and each.case_id in of_case
    }


def _freed(connection: sa.Connection) -> set[tuple[int, int]]:
    columns = sa.select(LienRelease.lien_id, LienRelease.parcel_id)
    rows = connection.execute(columns.where(LienRelease.parcel_id.is_not(None)))
    return {(row.lien_id, row.parcel_id) for row in rows}


def _owned(connection: sa.Connection, names: Iterable[str]) -> Sequence[Any]:
    """Return what the roll has of some names, spelled in any order; others alike are among it."""
    spot = sa.func.ST_PointOnSurface(ParcelPeriod.geom)
    columns: tuple[Any, ...] = (
        Parcel.id.label("parcel_id"), Parcel.parcel_no, ParcelPeriod.situs_address,
        Ownership.owner_name, Ownership.homestead, sa.func.ST_X(spot).label("lon"),
        sa.func.ST_Y(spot).label("lat"),
        sa.exists().where(WithheldParcel.parcel_id == Parcel.id).label("exempt"),
    )  # fmt: skip
    alike = joined_alike(Ownership, Ownership.owner_name, names=names)
    query = (
        sa.select(*columns)
        .select_from(alike)
        .join(Parcel, Parcel.id == Ownership.parcel_id)
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .where(Ownership.valid_to.is_(None), ParcelPeriod.valid_to.is_(None))
        .distinct()
        .order_by(Parcel.parcel_no, Ownership.owner_name)
    )
    return connection.execute(query).all()


COLUMNS = (
    Column(key="address", words="Address"),
    Column(key="parcel_no", words="Parcel"),
    Column(key="owner", words="Owner on the roll"),
    Column(key="homestead", words="Homestead"),
    Column(key="liens", words="Liens", kind=Kind.COUNT, means="Recorded against other property of "
           "the same violator, and binding here too."),
    Column(key="instruments", words="Instruments", means="Of those liens."),
    Column(key="cases", words="Cases", kind=Kind.COUNT, means="The cases they come from."),
    Column(key="total", words="Together", kind=Kind.CENTS,
           means="Principal and what was added of those liens, the whole sum of each."),
)  # fmt: skip


def elsewhere_table(bound: Sequence[Bound]) -> Table:
    """Return a row a parcel that liens bind beside their own."""
    rows = [(f"{each.parcel_no}/{name_key(each.owner)}", each) for each in bound]
    return Table(
        key="elsewhere", title="Other property that liens bind", columns=COLUMNS,
        means="What else the violators own in town now, where the law of the case binds it; the "
        "most first.",
        rows=[_row(key, each) for key, each in rows],
        shapes={key: _point(each) for key, each in rows},
    )  # fmt: skip


def _row(key: str, bound: Bound) -> Row:
    cases = cases_of(bound.liens)
    of = ("parcel", bound.parcel_no)
    return Row(
        key=key, of={"address": of, "parcel_no": of}, cases={"cases": cases},
        cells={
            "address": bound.address, "parcel_no": bound.parcel_no, "owner": bound.owner,
            "homestead": "not said" if bound.homestead is None else "no",
            "liens": len(bound.liens), "cases": len(cases), "total": _total(bound),
            "instruments": ", ".join(each.instrument_no for each in bound.liens),
        },
    )  # fmt: skip


def elsewhere_layer(bound: Sequence[Bound]) -> Layer:
    """Return the same parcels as discs, apart from those that liens were recorded against."""
    return Layer(
        key="elsewhere", title="Other property that liens bind", look=Look.DISCS,
        features=[*_features(bound)], shown=False,
        legend=(Step(words="bound by a lien on other property", color="#b8860b", radius=6),),
    )  # fmt: skip


def _features(bound: Sequence[Bound]) -> Iterator[Feature]:
    for each in bound:
        says = [
            each.address or f"Parcel {each.parcel_no}", each.owner,
            f"Liens on other property: {write_cents(_total(each))}",
        ]  # fmt: skip
        key = f"{each.parcel_no}/{name_key(each.owner)}"
        properties = {"key": key, "says": says, "step": 0, "radius": 6}
        yield {"type": "Feature", "geometry": _point(each), "properties": properties}


def _point(bound: Bound) -> Feature:
    return {"type": "Point", "coordinates": [round(bound.lon, 6), round(bound.lat, 6)]}


def parcels_by_lien(bound: Sequence[Bound]) -> Mapping[int, int]:
    """Return how many other parcels each lien binds."""
    parcels: dict[int, set[str]] = {}
    for each in bound:
        for lien in each.liens:
            parcels.setdefault(lien.lien_id, set()).add(each.parcel_no)
    return {lien: len(numbers) for lien, numbers in parcels.items()}
