"""Read what a centreline says of a street: its name, its width, its way, its speed."""

import hashlib

import numpy as np
import pandas as pd
import shapely

from geo.addresses import street_key, street_name
from geo.loading.rows import Rows
from geo.loading.values import numbers, optional

USUAL_RANK = 3
RANKS = (1, 2, 3, 4)
FASTEST_KMH = 200
KMH_PER_MPH = 1.609344
ONEWAYS = {
    **dict.fromkeys(("", "0", "no", "n", "false", "b", "two-way"), 0),
    **dict.fromkeys(("1", "yes", "y", "true", "ft", "one-way"), 1),
    **dict.fromkeys(("-1", "tf"), -1),
}
"""How one-way streets are written: as digitised (FT, "from to") or against it (TF)."""


def name_nameless(rows: Rows) -> None:
    """Give each street without a key one made of its name and line, the same at every import."""
    keys = rows.frame[rows.key]
    lines = np.asarray(shapely.to_wkb(rows.shapes))
    made = [
        "line/" + hashlib.sha256(f"{name}\0".encode() + line).hexdigest()[:20]
        for name, line in zip(optional(rows.column("name")), lines, strict=True)
    ]
    filled = keys.where(keys.notna(), pd.Series(made, index=keys.index, dtype="str"))
    rows.frame = rows.frame.assign(**{rows.key: filled})


def street_fields(rows: Rows) -> pd.DataFrame:
    """Read every street's fields, typed as they are stored.

    Rejects ``bad_rank`` (not 1 to 4), ``bad_oneway`` and ``bad_speed``. A street without a rank
    is an ordinary one (3), without a way open both ways, without a speed left without.
    """
    rank, unread = numbers(rows.column("rank"))
    rows.reject(
        unread | ~(np.isnan(rank) | np.isin(rank, RANKS)),
        code="bad_rank",
        reason="its rank is not 1 (main street) to 4 (alley); see [values.rank] of the mapping",
    )
    oneway = rows.column("oneway").fillna("").str.lower()
    rows.reject(
        ~oneway.isin(ONEWAYS).to_numpy(),
        code="bad_oneway",
        reason="its way is not 0, 1 or -1; see [values.oneway] of the mapping",
    )
    _reject_bad_speeds(rows)
    names = [None if name is None else street_name(name) for name in optional(rows.column("name"))]
    rank, _ = numbers(rows.column("rank"))
    oneway = rows.column("oneway").fillna("").str.lower()
    return pd.DataFrame(
        {
            "source_key": rows.keys,
            "name": names,
            "street_key": [None if name is None else street_key(name) for name in names],
            "rank": [int(value) for value in np.nan_to_num(rank, nan=USUAL_RANK)],
            "oneway": [ONEWAYS[word] for word in oneway],
            "maxspeed_kmh": [int(speed) or None for speed in np.nan_to_num(_speeds(rows))],
        },
        index=rows.frame.index,
        dtype=object,
    )


def _reject_bad_speeds(rows: Rows) -> None:
    unread = numbers(rows.column("maxspeed_kmh"))[1] | numbers(rows.column("maxspeed_mph"))[1]
    speeds = np.nan_to_num(_speeds(rows))
    rows.reject(
        unread | (speeds < 0) | (speeds > FASTEST_KMH),
        code="bad_speed",
        reason=f"its speed is not a number up to {FASTEST_KMH} km/h",
    )


def _speeds(rows: Rows) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    kmh, _ = numbers(rows.column("maxspeed_kmh"))
    mph, _ = numbers(rows.column("maxspeed_mph"))
    return np.round(np.where(np.isnan(kmh), mph * KMH_PER_MPH, kmh))
