"""Take in zones: officers' beats, wards, neighbourhoods, the town's outline, parks and water."""

import pandas as pd
import sqlalchemy as sa

from geo.layers import Zone
from geo.loading.keyed import store_keyed
from geo.loading.kinds import ZONES
from geo.loading.placing import AREAS, locate, mend, project, unite
from geo.loading.rows import Outcome, Rows, merge_same_key, reject_bad_keys
from geo.loading.runs import Request, begin_run, finish_run, read_asked
from geo.loading.town import settle_town
from geo.loading.values import optional

ZONE_KINDS = (
    "officer",
    "council",
    "neighborhood",
    "ward",
    "police",
    "town",
    "park",
    "water",
    "other",
)
KEY = ("kind", "code")


def load_zones(connection: sa.Connection, request: Request) -> Outcome:
    """Load a layer of zones in the caller's transaction.

    A zone is known by its kind and code; one that differs from the record replaces it, for cases
    point at the zone and not at its outline. Zones the file does not name stay.

    Raises
    ------
    ReadingError, ColumnError, CrsError
        The file as a whole cannot be taken in.
    """
    source = read_asked(connection, request, kind=ZONES)
    rows = Rows.of(source, key="code")
    request.progress("Checking", 0, len(rows))
    rows.frame = rows.frame.assign(kind=rows.column("kind").fillna("other").str.lower())
    reject_bad_keys(rows, rule=source.mapping.keys)
    rows.reject(
        ~rows.frame["kind"].isin(ZONE_KINDS).to_numpy(),
        code="unknown_kind",
        reason=f"its kind is none of {', '.join(ZONE_KINDS)}",
    )
    crs, notes = locate(rows, kinds=AREAS, stored=source.crs, given=request.crs)
    mend(rows)
    settle_town(connection, rows, names=source.mapping.town, file_name=source.path.name)
    group = merge_same_key(rows, keys=KEY, merge=source.mapping.merge_same_key)
    unite(rows, group=group)
    run_id = begin_run(connection, request, source, kind=ZONES.name, crs=crs.to_string())
    ground = project(rows, kinds=AREAS)
    kept = store_keyed(
        connection, Zone.__table__, _as_stored(rows), ground=ground, key=KEY, run_id=run_id
    )
    return finish_run(
        connection,
        rows,
        run_id=run_id,
        kind=ZONES.name,
        merged=rows.merged,
        unchanged=kept.unchanged,
        notes=[*source.notes, *notes, kept.told(ZONES.name)],
    )


def _as_stored(rows: Rows) -> pd.DataFrame:
    names = optional(rows.column("name"))
    return pd.DataFrame(
        {
            "kind": list(rows.frame["kind"]),
            "code": rows.keys,
            "name": [name or code for name, code in zip(names, rows.keys, strict=True)],
            "officer_name": optional(rows.column("officer_name")),
        },
        index=rows.frame.index,
        dtype=object,
    )
