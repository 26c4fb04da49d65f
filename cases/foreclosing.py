"""Bring suit on a lien, withdraw it, or enter the judgment."""

from datetime import date

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import law_of_case
from cases.advancing import advance
from cases.blocking import is_blocked
from cases.imposing import end_by_judgment, is_ended_by_judgment
from cases.lien_terms import foreclosure_from
from cases.liens import LienError, lock_lien
from cases.models import Lien
from cases.parts import move
from cases.workflow.lien import LienAction, LienStatus
from cases.workflow.step import Guard


def foreclose(
    connection: sa.Connection,
    *,
    lien_id: int,
    court_case: str,
    authorization: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Begin foreclosure of a lien that stayed unpaid for the months of the law (s. 162.09(3)).

    A property that nobody has said to be no homestead counts as one.

    Parameters
    ----------
    court_case
        The number of the suit.
    authorization
        Who allowed it: in Florida the enforcement board or magistrate, by which order.

    Raises
    ------
    LienError
        The suit has no number.
    """
    row = lock_lien(connection, lien_id, moment=moment)
    rules = law_of_case(connection, row.case_id).liens
    due = row.recorded_on and foreclosure_from(rules, recorded_on=row.recorded_on, homestead=False)
    held = {
        Guard.FORECLOSURE_DUE: due is not None and due <= moment.on,
        Guard.NOT_HOMESTEAD: row.homestead is False
        or (rules is not None and rules.homestead_foreclosure),
        Guard.NOT_BLOCKED: not is_blocked(connection, row.case_id),
        Guard.AUTHORIZED: bool(authorization.strip()),
    }
    step = advance(LienStatus(row.status), LienAction.FORECLOSE, actor=actor, held=held)
    suit = _numbered(court_case)
    move(
        connection, Lien, row, step, actor=actor, moment=moment, values={"foreclosure_case": suit},
        instrument_no=row.instrument_no, court_case=suit, authorization=authorization,
    )  # fmt: skip


def withdraw_foreclosure(
    connection: sa.Connection, *, lien_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Take the suit back; the lien binds as before."""
    row = lock_lien(connection, lien_id, moment=moment)
    at = LienStatus(row.status)
    step = advance(at, LienAction.WITHDRAW_FORECLOSURE, actor=actor, reason=reason)
    move(
        connection, Lien, row, step, actor=actor, moment=moment, reason=reason,
        values={"foreclosure_case": None}, instrument_no=row.instrument_no,
        court_case=row.foreclosure_case,
    )  # fmt: skip


def adjudge(
    connection: sa.Connection,
    *,
    lien_id: int,
    judged_on: date,
    judgment: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Enter the judgment of foreclosure; the fine of the order ran until then (s. 162.09(3)).

    Parameters
    ----------
    judged_on
        The day judgment was rendered, which may lie before the day it is entered here.
    judgment
        As a clerk would cite it.

    Raises
    ------
    FineTermsError
        The fine cannot have ended on that day.
    """
    row = lock_lien(connection, lien_id, moment=moment)
    since = row.recorded_on or judged_on
    held = {Guard.COURT_SAID_SO: bool(judgment.strip()) and since <= judged_on <= moment.on}
    step = advance(LienStatus(row.status), LienAction.ADJUDGE, actor=actor, held=held)
    ends = row.order_id is not None and is_ended_by_judgment(
        connection, row.order_id, judged_on=judged_on
    )
    move(
        connection, Lien, row, step, actor=actor, moment=moment,
        values={"foreclosed_on": judged_on}, instrument_no=row.instrument_no,
        court_case=row.foreclosure_case, judgment=judgment, judged_on=judged_on.isoformat(),
    )  # fmt: skip
    if ends:
        end_by_judgment(
            connection, row.order_id, judged_on=judged_on, judgment=judgment, actor=actor,
            moment=moment,
        )  # fmt: skip


def _numbered(court_case: str) -> str:
    if not court_case.strip():
        msg = "The suit has no number: give the court's case number."
        raise LienError(msg)
    return court_case.strip()
