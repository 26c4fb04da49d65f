"""End a move: from the cut-over on, cases live here alone."""

from datetime import date

import sqlalchemy as sa

from cases.models import MovingCutOver
from cases.moving_in.errors import CutOverError
from cases.wording import day_in_words


def refuse_after_cut_over(connection: sa.Connection, system: str) -> None:
    """Refuse an export of a system from which the cut-over was made.

    Raises
    ------
    CutOverError
        Saying when and by whom.
    """
    query = sa.select(MovingCutOver.cut_over_on, MovingCutOver.actor)
    made = connection.execute(query.where(MovingCutOver.system == system)).first()
    if made is not None:
        msg = (
            f"The cut-over from {system} was made on {day_in_words(made.cut_over_on)} by "
            f"{made.actor}: its cases live here alone now, so no export is taken in any more. "
            "What is still missing is opened by hand."
        )
        raise CutOverError(msg)


def cut_over(connection: sa.Connection, system: str, *, run_id: int, on: date, actor: str) -> None:
    """End the move from a system with the export of a run, the last that is taken in."""
    values = {"system": system, "import_run_id": run_id, "cut_over_on": on, "actor": actor}
    connection.execute(sa.insert(MovingCutOver).values(values))
