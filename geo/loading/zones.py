"""Take in zones: officers' beats, wards, neighbourhoods, the town's outline, parks and water."""

import numpy as np
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

    So does one that somebody drew, named or gave to an officer here (``drawn_on``): the file's row
    of it falls out and says so, for a boundary that people have worked by must not move back
    unnoticed because a file is older than it. A request to replace what was drawn takes the file's.

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
    if not request.replace_drawn:
        _leave_drawn(connection, rows)
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
    if request.replace_drawn:
        of_this_file = sa.update(Zone).where(Zone.import_run_id == run_id)
        connection.execute(of_this_file.values(drawn_on=None))
    return finish_run(
        connection,
        rows,
        run_id=run_id,
        kind=ZONES.name,
        merged=rows.merged,
        unchanged=kept.unchanged,
        notes=[*source.notes, *notes, kept.told("zone", "zones")],
    )


def _leave_drawn(connection: sa.Connection, rows: Rows) -> None:
    """Take out the rows of zones that were drawn here."""
    query = sa.select(Zone.kind, Zone.code, Zone.drawn_on).where(Zone.drawn_on.is_not(None))
    drawn = {(row.kind, row.code): row.drawn_on for row in connection.execute(query)}
    days = [drawn.get(key) for key in zip(rows.frame["kind"], rows.keys, strict=True)]
    rows.reject(
        np.array([day is not None for day in days], dtype=bool),
        code="drawn_here",
        reason=[
            f"it was drawn here on {day} and stays so; --replace-drawn takes the file's"
            for day in days
            if day is not None
        ],
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
