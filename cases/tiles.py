"""Name the tiles of cases and keep the grid of counts behind their low zooms up to date."""

from pathlib import Path

import sqlalchemy as sa

from cases.models import CaseGridStale
from geo.layers import LayerChange
from geo.tiles import TileSource

CASES = TileSource(
    name="cases",
    function="tile_cases",
    generation_of="cases",
    layers=("case", "case_grid", "lien"),
    dated=True,
)
OFFICE_CASES = TileSource(
    name="staff",
    function="tile_cases",
    schema="office",
    generation_of="cases",
    layers=("case", "case_grid", "lien"),
    dated=True,
)
"""What staff see: every case that has not ended, published or not."""
LIENS = TileSource(
    name="liens",
    function="tile_lien_grid",
    generation_of="cases",
    layers=("lien_grid",),
    dated=True,
    deepest=13,
)
"""How many liens are near each other; closer up the tiles of cases hold the lots they bind."""
REFRESH = Path(__file__).with_name("tiles.sql")
_LOCK = 7_011_622


def refresh_grid(connection: sa.Connection) -> None:
    """Count anew the cells whose cases changed, and every cell above them up to the whole world.

    Runs in the caller's transaction under a lock, so that two refreshes follow each other. What
    other transactions have marked but not yet committed stays marked for the next refresh. Costs
    next to nothing where no cell is stale.
    """
    if not connection.scalar(sa.select(sa.exists(sa.select(CaseGridStale.cx)))):
        return
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    connection.exec_driver_sql(REFRESH.read_text(encoding="utf-8"))
    _gather_bumps(connection)


def _gather_bumps(connection: sa.Connection) -> None:
    """Fold the bumps of each layer into one row; the sum, which is the generation, stays."""
    taken = sa.delete(LayerChange).returning(LayerChange.layer, LayerChange.bumps).cte("taken")
    total = sa.select(taken.c.layer, sa.func.sum(taken.c.bumps)).group_by(taken.c.layer)
    connection.execute(
        sa.insert(LayerChange).from_select([LayerChange.layer, LayerChange.bumps], total)
    )
