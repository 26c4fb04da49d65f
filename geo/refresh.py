"""Compare two years of a town's parcels: what became of each, and where its land went.

Surveyors redraw the whole town from one year to the next, so that no two outlines are equal and
how alike they are tells little. What counts is which ground a parcel of the one year shares with
which of the other, and under what number.
"""

from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

SAME_GROUND = 0.5
"""Two parcels share ground where one of them is half or more within the other."""
SOME_GROUND = 0.02
SLIVER_M = 0.5
SLIVER_M2 = 0.25
"""Or where they share more than 2 % of one, and more than 0.25 m2 after 0.5 m are taken off all
around, which a line that only shifted does not leave."""
SHIFTED_M = 1.0
"""An outline nowhere further from the other than this is the same, drawn anew."""
WORTH_FOLLOWING = 0.1
"""A part of a parcel smaller than this is not followed to whom it went."""

LINEAGE = ("parent", "child", "share")


class Fate(StrEnum):
    """What became of a parcel."""

    UNCHANGED = "unchanged"
    RESHAPED = "reshaped"
    RENUMBERED = "renumbered"
    SPLIT = "split"
    MERGED = "merged"
    REGROUPED = "regrouped"
    VANISHED = "vanished"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What became of the parcels of one year in the next.

    Attributes
    ----------
    fates
        The `Fate` of each parcel number of the earlier year.
    new
        The parcel numbers of the later year whose ground belonged to no parcel.
    lineage
        ``parent``, ``child``, ``share``: the part of the parent's area that became part of the
        child, from 0.1 to 1; of a parcel that goes on also what it gave to others.
    """

    fates: pd.Series
    new: tuple[str, ...]
    lineage: pd.DataFrame

    def of(self, fate: Fate) -> list[str]:
        """Return the numbers of the parcels with a fate, in order."""
        return sorted(self.fates.index[self.fates == fate])

    def children(self, number: str) -> pd.Series:
        """Return what became of a parcel's ground: the share by number, the largest first."""
        mine = self.lineage[self.lineage["parent"] == number]
        return mine.set_index("child")["share"].sort_values(ascending=False)


def compare(before: gpd.GeoSeries, after: gpd.GeoSeries) -> Comparison:
    """Compare two years of parcels.

    Parameters
    ----------
    before, after
        The outlines by parcel number, valid and not empty, in one projected CRS in metres.

    Notes
    -----
    A parcel goes on where its number does and one of the two outlines is half or more within the
    other. Of any other, what went to each parcel of the later year is followed where it is a tenth
    or more of it: to none, it vanished; to one, it was renumbered if nobody else's ground is in
    there, and merged otherwise; to several, it was split if they are made of it alone, and
    regrouped otherwise. A number taken for other ground is no sign of anything.
    """
    shared = _shared(before, after)
    goes_on = shared[(shared["parent"] == shared["child"]) & (shared["most"] >= SAME_GROUND)]
    followed = shared[(shared["share"] >= WORTH_FOLLOWING) & ~shared.index.isin(goes_on.index)]
    fates = dict.fromkeys(before.index, Fate.VANISHED) | _parted(shared, followed)
    fates |= _redrawn(before, after, numbers=list(goes_on["parent"]))
    settled = set(shared["child"])
    return Comparison(
        fates=pd.Series(fates, dtype=object),
        new=tuple(no for no in after.index if no not in settled),
        lineage=followed[list(LINEAGE)].sort_values(["parent", "child"], ignore_index=True),
    )


def _parted(shared: pd.DataFrame, followed: pd.DataFrame) -> dict[str, Fate]:
    """Say what became of whatever parts are followed, as if it did not go on itself."""
    alone = shared.groupby("child")["parent"].nunique().eq(1)
    parts = followed.assign(alone=alone.reindex(followed["child"]).to_numpy()).groupby("parent")
    counted = parts["alone"].agg(["size", "all"])
    return {
        str(parent): _fate(int(several), alone=bool(every))
        for parent, several, every in counted.itertuples()
    }


def _fate(parts: int, *, alone: bool) -> Fate:
    if parts == 1:
        return Fate.RENUMBERED if alone else Fate.MERGED
    return Fate.SPLIT if alone else Fate.REGROUPED


def _redrawn(before: gpd.GeoSeries, after: gpd.GeoSeries, *, numbers: list[str]) -> dict[str, Fate]:
    apart = shapely.hausdorff_distance(np.asarray(before[numbers]), np.asarray(after[numbers]))
    fates = [Fate.UNCHANGED if each < SHIFTED_M else Fate.RESHAPED for each in apart]
    return dict(zip(numbers, fates, strict=True))


def _shared(before: gpd.GeoSeries, after: gpd.GeoSeries) -> pd.DataFrame:
    """Return the ground shared: parent, child, its share of the parent, and of the smaller."""
    old, new = np.asarray(before), np.asarray(after)
    at, met = shapely.STRtree(new).query(old, predicate="intersects")
    ground = shapely.area(shapely.intersection(old[at], new[met]))
    of_old, of_new = ground / shapely.area(old)[at], ground / shapely.area(new)[met]
    most = np.maximum(of_old, of_new)
    doubtful = np.flatnonzero((most > SOME_GROUND) & (most < SAME_GROUND))
    whole = shapely.intersection(old[at][doubtful], new[met][doubtful])
    left = shapely.area(shapely.buffer(whole, -SLIVER_M))
    keep = most >= SAME_GROUND
    keep[doubtful[left > SLIVER_M2]] = True
    return pd.DataFrame(
        {
            "parent": before.index.to_numpy()[at[keep]],
            "child": after.index.to_numpy()[met[keep]],
            "share": np.minimum(of_old[keep], 1.0),
            "most": most[keep],
        }
    )
