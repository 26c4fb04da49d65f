"""Take in addresses: points or rows of the roll, each tied to the parcel it stands on."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely
import sqlalchemy as sa

from geo.addresses import Address, parse
from geo.crs import WGS84
from geo.layers import ParcelPeriod, SitusAddress
from geo.loading.errors import ColumnError
from geo.loading.keyed import store_keyed
from geo.loading.kinds import ADDRESSES
from geo.loading.layer import Shapes
from geo.loading.placing import POINTS, locate, project
from geo.loading.reading import Source
from geo.loading.rows import Outcome, Rows
from geo.loading.runs import Request, begin_run, finish_run, read_asked
from geo.loading.street_names import remember_streets
from geo.loading.town import settle_town
from geo.loading.values import optional
from geo.locate import Locator
from geo.lookups import WholeTown

KEY = ("parcel_id", "label")
ZIP_DIGITS = 5


def load_addresses(connection: sa.Connection, request: Request) -> Outcome:
    """Load addresses in the caller's transaction.

    An address stands on the parcel its row names, or in which its point lies. Without a point it
    is put on a point inside its parcel. Rows that say the same of one parcel are merged.
    Addresses the file does not name stay.

    Raises
    ------
    ReadingError, ColumnError, CrsError
        The file as a whole cannot be taken in.
    """
    source = read_asked(connection, request, kind=ADDRESSES)
    _refuse_placeless(source)
    rows = Rows.of(source, key="label")
    request.progress("Checking", 0, len(rows))
    notes: list[str] = []
    crs = WGS84
    if rows.shapes is not None:
        crs, notes = locate(rows, kinds=POINTS, stored=source.crs, given=request.crs)
    addresses = _parsed(rows)
    parcels = _tied(connection, rows)
    fields = _fields(rows, addresses=addresses, parcels=parcels)
    if rows.shapes is None:
        rows.shapes = _points_in(connection, list(fields["parcel_id"]))
        rows.reject(
            shapely.is_missing(rows.shapes),
            code="no_shape",
            reason="its parcel is on record, but not as it is now: it has no outline",
        )
    settle_town(connection, rows, names=source.mapping.town, file_name=source.path.name)
    fields = fields.loc[rows.frame.index]
    first = ~fields.duplicated(list(KEY)).to_numpy()
    rows.keep(first)
    ground = project(rows, kinds=POINTS)
    fields = fields.loc[rows.frame.index]
    run_id = begin_run(connection, request, source, kind=ADDRESSES.name, crs=crs.to_string())
    kept = store_keyed(
        connection, SitusAddress.__table__, fields, ground=ground, key=KEY, run_id=run_id
    )
    remember_streets(connection, zip(fields["street_key"], fields["street"], strict=True))
    return finish_run(
        connection,
        rows,
        run_id=run_id,
        kind=ADDRESSES.name,
        merged=int((~first).sum()),
        unchanged=kept.unchanged,
        notes=[*source.notes, *notes, kept.told("address", "addresses")],
    )


def _refuse_placeless(source: Source) -> None:
    if not {"label", "street"} & set(source.frame.columns):
        msg = (
            f"No column of {source.path.name} is known to hold addresses. Name it as label, or "
            "name number and street, under [columns] in a mapping file; give it with --mapping."
        )
        raise ColumnError(msg)
    if source.shapes is None and "parcel_no" not in source.frame:
        msg = (
            f"{source.path.name} says of no address where it is: it needs points, columns of "
            "longitude and latitude, or parcel_no. Name them under [columns] in a mapping file."
        )
        raise ColumnError(msg)


def _parsed(rows: Rows) -> pd.Series:
    """Take the addresses apart; rejects ``no_address``."""
    spelt = rows.column("number").fillna("") + " " + rows.column("street").fillna("")
    label = rows.column("label")
    rows.frame = rows.frame.assign(label=label.where(label.notna(), spelt.str.strip()))
    units = optional(rows.column("unit"))
    read = [_address(text, unit=unit) for text, unit in zip(rows.keys, units, strict=True)]
    addresses = pd.Series(read, index=rows.frame.index, dtype=object)
    rows.reject(addresses.isna().to_numpy(), code="no_address", reason="it names no street")
    return addresses.loc[rows.frame.index]


def _address(text: str, *, unit: str | None) -> Address | None:
    address = parse(text)
    if address is None or address.unit is not None or unit is None:
        return address
    return parse(f"{text.partition(',')[0]} #{unit.lstrip('# ')}")


def _tied(connection: sa.Connection, rows: Rows) -> pd.Series:
    """Find each row's parcel; rejects ``no_such_parcel`` and ``not_in_a_parcel``."""
    town = WholeTown(connection)
    if "parcel_no" in rows.frame:
        numbers = rows.column("parcel_no").fillna("")
        found = [town.parcel_ids.get(number) for number in numbers]
        code, reason = "no_such_parcel", [f"no parcel is numbered {number}" for number in numbers]
    else:
        ties = Locator(town).by_points(np.asarray(shapely.get_coordinates(rows.shapes)))
        found = [tie.parcel_id for tie in ties]
        code, reason = "not_in_a_parcel", [str(tie.note) for tie in ties]
    parcels = pd.Series(found, index=rows.frame.index, dtype=object)
    missing = parcels.isna().to_numpy()
    why = [said for said, out in zip(reason, missing, strict=True) if out]
    rows.reject(missing, code=code, reason=why)
    return parcels.loc[rows.frame.index]


def _fields(rows: Rows, *, addresses: pd.Series, parcels: pd.Series) -> pd.DataFrame:
    kept = addresses.loc[rows.frame.index]
    names = ("label", "number_low", "number_high", "street", "unit", "street_key")
    zips = [
        code and code.zfill(ZIP_DIGITS) if code and code.isdigit() else code
        for code in optional(rows.column("zip"))
    ]
    return pd.DataFrame(
        {
            "parcel_id": list(parcels),
            **{name: [getattr(address, name) for address in kept] for name in names},
            "zip": zips,
        },
        index=rows.frame.index,
        dtype=object,
    )


def _points_in(connection: sa.Connection, parcel_ids: Sequence[int]) -> Shapes:
    """Choose a point inside each parcel as it is now; None where it is no more."""
    query = sa.select(
        ParcelPeriod.parcel_id, sa.func.ST_AsBinary(sa.func.ST_PointOnSurface(ParcelPeriod.geom))
    ).where(
        ParcelPeriod.valid_to.is_(None),
        ParcelPeriod.parcel_id == sa.any_(sa.literal(sorted(set(parcel_ids)))),
    )
    inside = {row[0]: bytes(row[1]) for row in connection.execute(query)}
    return np.asarray(shapely.from_wkb([inside.get(number) for number in parcel_ids]), dtype=object)
