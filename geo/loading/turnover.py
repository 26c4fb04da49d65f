"""Take a later year's parcels over those on record: end what is no more, keep where land went.

A file of a day is of the whole town: a parcel that it does not hold is no more, and
`geo.refresh` tells what its ground became.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from geo.layers import (
    WEB_MERCATOR,
    Ownership,
    Parcel,
    ParcelFate,
    ParcelLineage,
    ParcelPeriod,
    ParcelRefresh,
    Town,
)
from geo.loading.errors import AsOfError, PartialFileError
from geo.loading.runs import Request
from geo.refresh import SAME_GROUND, Comparison, Fate, compare

MOST_TO_VANISH = 0.05
"""Where more than this part of the town's ground is in no parcel of a file, it is not whole."""
EXAMPLES = 5
"""How many parcels of each fate are told by number."""
GOES_ON = (Fate.UNCHANGED, Fate.RESHAPED)
NEW = "new"


@dataclass(frozen=True, kw_only=True)
class Turnover:
    """What a later year's file makes of the parcels on record.

    Attributes
    ----------
    as_of
        The day from which the file's facts hold.
    comparison
        What became of each parcel, by the number it had.
    parcel_ids
        The identities of the parcels on record, by the number they had.
    """

    as_of: date
    comparison: Comparison
    parcel_ids: Mapping[str, int]

    @property
    def ended(self) -> dict[str, int]:
        """The parcels that are no more: their identities by the number they had."""
        fates = self.comparison.fates
        return {no: self.parcel_ids[no] for no in fates.index[~fates.isin(GOES_ON)]}


@dataclass(frozen=True, slots=True)
class Part:
    """A parcel that took over a share of another's area."""

    parcel_id: int
    parcel_no: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A parcel that is no more, and who took over its ground, the largest part first."""

    parcel_id: int
    parcel_no: str
    fate: Fate
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Refresh:
    """A later year's parcels, taken in.

    Attributes
    ----------
    numbers
        The parcels of each fate, and the ``new``, by number in order.
    """

    run_id: int
    as_of: date
    numbers: Mapping[str, tuple[str, ...]]
    ended: tuple[Ended, ...]

    def told(self) -> Iterator[str]:
        """Yield for each fate how many parcels have it, with some of them and who followed them."""
        parts = {each.parcel_no: each.parts for each in self.ended}
        yield f"Compared with the parcels on record until {self.as_of}:"
        for fate, numbers in self.numbers.items():
            some = "; ".join(_followed(no, parts.get(no, ())) for no in numbers[:EXAMPLES])
            yield f"  {fate:<12}{len(numbers):>10,}  {some}".rstrip()


def _followed(number: str, parts: tuple[Part, ...]) -> str:
    told = ", ".join(f"{part.parcel_no} {part.share:.0%}" for part in parts)
    return f"{number} -> {told}" if told else number


def turn_over(
    connection: sa.Connection, parcels: pd.DataFrame, *, request: Request, run_id: int
) -> Turnover | None:
    """End the parcels that a file of a later year no longer holds, before the file is stored.

    Their periods and ownerships are closed, and where the file gives a number to other ground,
    whoever had it is called by its number and until when.

    Parameters
    ----------
    parcels
        One row a parcel of the file: parcel_no, mercator (EPSG:3857), sha.

    Returns
    -------
    Turnover or None
        None where the file is of no day, is said to be a part, or says what is on record.

    Raises
    ------
    AsOfError
        A period on record began on the file's day or after it.
    PartialFileError
        It leaves so much of the town without a parcel that it must be a part of it.
    """
    if request.as_of is None or request.partial:
        return None
    current = _current(connection)
    told = dict(zip(parcels["parcel_no"], parcels["sha"], strict=True))
    if not len(current) or told == dict(zip(current.index, current["sha"], strict=True)):
        return None
    _refuse_older(current, as_of=request.as_of)
    crs = pyproj.CRS.from_epsg(connection.execute(sa.select(Town.srid)).scalar_one())
    before = _outlines(current["mercator"], crs=crs)
    after = _outlines(parcels.set_index("parcel_no")["mercator"], crs=crs)
    request.progress("Comparing", 0, len(after))
    comparison = compare(before, after)
    _refuse_part(comparison, before, file_name=request.path.name)
    ids = {str(no): int(number) for no, number in current["parcel_id"].items()}
    turnover = Turnover(as_of=request.as_of, comparison=comparison, parcel_ids=ids)
    _end(connection, turnover.ended, on=request.as_of, run_id=run_id)
    taken = [no for no in turnover.ended if no in after.index]
    taken += _returned(connection, after, crs=crs)
    _call_otherwise(connection, taken, as_of=request.as_of, run_id=run_id)
    return turnover


def keep_turnover(
    connection: sa.Connection,
    turnover: Turnover,
    *,
    parcel_ids: Mapping[str, int],
    run_id: int,
) -> Refresh:
    """Keep what became of each parcel, once the file's own are stored.

    Parameters
    ----------
    parcel_ids
        The identities of the file's parcels, by number.
    """
    fates, lineage = turnover.comparison.fates, turnover.comparison.lineage
    numbers = {str(fate): tuple(turnover.comparison.of(fate)) for fate in Fate}
    connection.execute(
        sa.insert(ParcelRefresh).values(
            import_run_id=run_id, as_of=turnover.as_of, unchanged=len(numbers[Fate.UNCHANGED])
        )
    )
    told = [(turnover.parcel_ids[str(no)], str(fate), str(no)) for no, fate in fates.items()]
    told += [(parcel_ids[no], NEW, no) for no in turnover.comparison.new]
    _insert(
        connection,
        ParcelFate,
        (
            {"import_run_id": run_id, "parcel_id": parcel_id, "fate": fate, "parcel_no": no}
            for parcel_id, fate, no in told
            if fate != Fate.UNCHANGED
        ),
    )
    shares = [
        (turnover.parcel_ids[parent], parcel_ids[child], float(share))
        for parent, child, share in lineage.itertuples(index=False)
    ]
    _insert(
        connection,
        ParcelLineage,
        (
            {
                "parent_id": parent, "child_id": child, "share": share,
                "as_of": turnover.as_of, "import_run_id": run_id,
            }
            for parent, child, share in shares
        ),
    )  # fmt: skip
    connection.execute(_MOVE_ADDRESSES, {"run_id": run_id, "ended": list(turnover.ended.values())})
    return Refresh(
        run_id=run_id,
        as_of=turnover.as_of,
        numbers={**numbers, NEW: tuple(sorted(turnover.comparison.new))},
        ended=tuple(_told(turnover, parcel_ids)),
    )


def _told(turnover: Turnover, parcel_ids: Mapping[str, int]) -> Iterator[Ended]:
    for no, parcel_id in sorted(turnover.ended.items()):
        children = turnover.comparison.children(no)
        yield Ended(
            parcel_id=parcel_id,
            parcel_no=no,
            fate=turnover.comparison.fates[no],
            parts=tuple(
                Part(parcel_ids[str(child)], str(child), float(share))
                for child, share in children.items()
            ),
        )


def _current(connection: sa.Connection) -> pd.DataFrame:
    query = (
        sa.select(
            Parcel.parcel_no,
            Parcel.id,
            ParcelPeriod.valid_from,
            ParcelPeriod.content_sha,
            sa.func.ST_AsBinary(ParcelPeriod.geom_3857),
        )
        .join(Parcel, Parcel.id == ParcelPeriod.parcel_id)
        .where(ParcelPeriod.valid_to.is_(None))
    )
    rows = [tuple(row) for row in connection.execute(query)]
    names = ["parcel_no", "parcel_id", "valid_from", "sha", "mercator"]
    frame = pd.DataFrame(rows, columns=names, dtype=object).set_index("parcel_no")
    frame["mercator"] = shapely.from_wkb([bytes(each) for each in frame["mercator"]])
    return frame


def _outlines(mercator: pd.Series, *, crs: pyproj.CRS) -> gpd.GeoSeries:
    return gpd.GeoSeries(mercator, crs=WEB_MERCATOR).to_crs(crs)


def _refuse_older(current: pd.DataFrame, *, as_of: date) -> None:
    begun = current["valid_from"].dropna()
    if (late := begun[begun >= as_of]).size:
        msg = (
            f"This file is as of {as_of}, but {late.size:,} parcels on record, such as "
            f"{late.index[0]}, are as they are since {late.max()}. Load older files before newer "
            "ones; to load another file of the same day, undo the first (lotline import undo)."
        )
        raise AsOfError(msg)


def _refuse_part(comparison: Comparison, before: gpd.GeoSeries, *, file_name: str) -> None:
    vanished = comparison.of(Fate.VANISHED)
    areas = before.area.astype(float)
    ground = areas[vanished].sum() / areas.sum()
    if ground > MOST_TO_VANISH:
        msg = (
            f"{file_name} has no parcel where {len(vanished):,} of {len(before):,} on record lie, "
            f"{ground:.0%} of their ground, such as {vanished[0]}: with --as-of it must hold the "
            "whole town. Say --partial if it is a part, so that those it lacks stay as they are."
        )
        raise PartialFileError(msg)


def _end(connection: sa.Connection, ended: Mapping[str, int], *, on: date, run_id: int) -> None:
    mine = sa.any_(sa.literal(list(ended.values()), sa.ARRAY(sa.BigInteger)))
    for table in (ParcelPeriod, Ownership):
        connection.execute(
            sa.update(table)
            .where(table.parcel_id == mine, table.valid_to.is_(None))
            .values(valid_to=on, ended_by_run=run_id)
        )


def _returned(connection: sa.Connection, after: gpd.GeoSeries, *, crs: pyproj.CRS) -> list[str]:
    """Name the parcels that ended in an earlier year, and whose number the file gives to others.

    One that comes back on the ground where it lay goes on.
    """
    last = (
        sa.select(Parcel.parcel_no, sa.func.ST_AsBinary(ParcelPeriod.geom_3857))
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .ext(distinct_on(Parcel.id))
        .where(~sa.exists().where(_OPEN.parcel_id == Parcel.id, _OPEN.valid_to.is_(None)))
        .where(Parcel.parcel_no == sa.any_(sa.literal(list(after.index), sa.ARRAY(sa.Text))))
        .order_by(Parcel.id, ParcelPeriod.valid_to.desc())
    )
    rows = connection.execute(last).all()
    if not rows:
        return []
    lay = _outlines(
        pd.Series(shapely.from_wkb([bytes(wkb) for _, wkb in rows]), [no for no, _ in rows]),
        crs=crs,
    )
    was, now = np.asarray(lay), np.asarray(after[lay.index])
    shared = shapely.area(shapely.intersection(was, now))
    elsewhere = shared < SAME_GROUND * np.minimum(shapely.area(was), shapely.area(now))
    return [str(no) for no in lay.index[elsewhere]]


_OPEN = aliased(ParcelPeriod)


def _call_otherwise(
    connection: sa.Connection, numbers: list[str], *, as_of: date, run_id: int
) -> None:
    """Call parcels by their number and until when they had it, so that others may have it."""
    called = Parcel.parcel_no + f" (until {as_of})"
    connection.execute(
        sa.update(Parcel)
        .where(Parcel.parcel_no == sa.any_(sa.literal(numbers, sa.ARRAY(sa.Text))))
        .values(parcel_no=called, was_no=Parcel.parcel_no, renamed_by_run=run_id)
    )


def _insert(connection: sa.Connection, table: type, rows: Iterator[dict[str, object]]) -> None:
    if values := list(rows):
        connection.execute(sa.insert(table), values)


# An address goes with the ground it stands on; where a parcel has the same address already, or gets
# it of another, it stays behind.
_MOVE_ADDRESSES = sa.text("""
    WITH moving AS (
        SELECT DISTINCT ON (there.parcel_id, address.label) address.id, there.parcel_id
        FROM lotline.situs_address address
        JOIN lotline.parcel_period there
          ON there.valid_to IS NULL AND ST_Intersects(there.geom, address.geom)
        WHERE address.parcel_id = ANY(CAST(:ended AS bigint[]))
          AND NOT EXISTS (SELECT FROM lotline.situs_address other
                          WHERE other.parcel_id = there.parcel_id AND other.label = address.label)
        ORDER BY there.parcel_id, address.label, address.id
    ), once AS (
        SELECT DISTINCT ON (id) id, parcel_id FROM moving ORDER BY id, parcel_id
    )
    UPDATE lotline.situs_address SET
        parcel_id = once.parcel_id, was_on_parcel_id = situs_address.parcel_id,
        moved_by_run = :run_id
    FROM once WHERE once.id = situs_address.id
""")
