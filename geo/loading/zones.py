"""Take in zones: officers' beats, wards, neighbourhoods, the town's outline, parks and water."""

import json
import math
from collections.abc import Iterator

import numpy as np
import pandas as pd
import sqlalchemy as sa

from geo.former import code_before, is_former
from geo.layers import Zone
from geo.loading.keyed import store_keyed
from geo.loading.kinds import ZONES
from geo.loading.placing import AREAS, locate, mend, project, unite
from geo.loading.reading import FACT
from geo.loading.rows import Outcome, Rows, merge_same_key, reject_bad_keys
from geo.loading.runs import Request, begin_run, finish_run, read_asked
from geo.loading.town import settle_town
from geo.loading.values import numbers, optional

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
    point at the zone and not at its outline. Zones the file does not name stay. Numbers that the
    mapping names under ``[facts]`` are kept with the zone; a file whose mapping names none leaves
    those on record.

    So does one that somebody drew, named, gave to an officer (``drawn_on``) or ended here: the
    file's row of it falls out and says so, for a boundary that people have worked by must not move
    back unnoticed because a file is older than it. A request to replace what was drawn takes the
    file's.

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
        notes=[*source.notes, *notes, kept.told("zone", "zones"), *_unread(rows)],
    )


def _unread(rows: Rows) -> Iterator[str]:
    _told, bad = _facts(rows)
    if bad:
        yield f"{bad:,} facts of zones are no numbers and were left out."


def _leave_drawn(connection: sa.Connection, rows: Rows) -> None:
    """Take out the rows of zones that were drawn here, and of those that ended here."""
    drawn = _ended(connection)
    query = sa.select(Zone.kind, Zone.code, Zone.drawn_on)
    for row in connection.execute(query):
        was_drawn = row.drawn_on is not None
        drawn[row.kind, row.code] = f"was drawn here on {row.drawn_on}" if was_drawn else None
    why = [drawn.get(key) for key in zip(rows.frame["kind"], rows.keys, strict=True)]
    rows.reject(
        np.array([each is not None for each in why], dtype=bool),
        code="drawn_here",
        reason=[
            f"it {each} and stays so; --replace-drawn takes the file's"
            for each in why
            if each is not None
        ],
    )


def _ended(connection: sa.Connection) -> dict[tuple[str, str], str | None]:
    """Return what became of the officers' zones that ended here, by the key a file has for each."""
    query = sa.select(Zone.code, Zone.drawn_on).where(is_former()).order_by(Zone.drawn_on)
    return {
        ("officer", code_before(row.code)): f"ended here on {row.drawn_on}"
        for row in connection.execute(query)
    }


def _facts(rows: Rows) -> tuple[list[str], int]:
    """Return the numbers a file tells of each zone as JSON, and how many are none.

    Nothing where the mapping names no facts, so that a file without them leaves those on record.
    """
    names = [name for name in map(str, rows.frame.columns) if name.startswith(FACT)]
    told: list[dict[str, float]] = [{} for _ in range(len(rows.frame))]
    bad = 0
    for name in names:
        read, wrong = numbers(rows.frame[name])
        bad += int(wrong.sum())
        for each, value in zip(told, read.tolist(), strict=True):
            if math.isfinite(value):
                each[name.removeprefix(FACT)] = value
    return [json.dumps(each, sort_keys=True) for each in told] if names else [], bad


def _as_stored(rows: Rows) -> pd.DataFrame:
    names = optional(rows.column("name"))
    facts, _bad = _facts(rows)
    return pd.DataFrame(
        {
            "kind": list(rows.frame["kind"]),
            "code": rows.keys,
            "name": [name or code for name, code in zip(names, rows.keys, strict=True)],
            "officer_name": optional(rows.column("officer_name")),
            **({"facts": facts} if facts else {}),
        },
        index=rows.frame.index,
        dtype=object,
    )
