"""Bar the collecting of what a case owes, as a bankruptcy or counsel does, and allow it again."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import OutOfOrderError, advance, lock_open_case, record
from cases.errors import CaseError
from cases.models import Appeal, CollectionBlock
from cases.rows import insert
from cases.workflow.appeal import RUNNING
from cases.workflow.casefile import CaseAction, CaseStatus
from geo.compiled import Compiled


class BlockKind(StrEnum):
    """What bars collection."""

    BANKRUPTCY = "bankruptcy"
    """The automatic stay (11 U.S.C. s. 362); it does not stop a fine from accruing."""
    COUNSEL = "counsel"


class BlockError(CaseError):
    """A block is said to be what it cannot be."""


def block(
    connection: sa.Connection,
    *,
    case_id: int,
    kind: BlockKind,
    reference: str,
    since: date,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Bar collection and recording; gives the block's identity. The fine goes on accruing.

    Parameters
    ----------
    reference
        The number of the bankruptcy case, or counsel's letter.
    since
        The day it took effect, which may lie before the day it is written down.

    Raises
    ------
    BlockError
        It names no paper, or the case is under this very block already.
    OutOfOrderError
        It is to take effect on a day to come.
    """
    case = lock_open_case(connection, case_id, on=moment.on)
    step = advance(CaseStatus.OPEN, CaseAction.BLOCK, actor=actor, reason=reason)
    paper = _named(reference)
    if since > moment.on:
        msg = f"The block is said to begin on {since}, and it is {moment.on}: enter it on that day."
        raise OutOfOrderError(msg)
    same = sa.and_(CollectionBlock.kind == kind, CollectionBlock.reference == paper)
    if connection.scalar(sa.select(open_blocks(case_id).where(same).exists())):
        msg = f"Case {case.number} is under the block of {paper} already; it stands until lifted."
        raise BlockError(msg)
    values = {
        "case_id": case_id, "kind": kind, "reference": paper, "since": since, "reason": reason,
        "who": actor.name,
    }  # fmt: skip
    block_id = insert(connection, CollectionBlock, **values)
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, reason=reason,
        block=block_id, block_kind=str(kind), paper=paper, since=since.isoformat(),
    )  # fmt: skip
    return block_id


def unblock(
    connection: sa.Connection, *, block_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Lift a block; the case stays barred while another is open.

    Raises
    ------
    BlockError
        There is no such block, or it was lifted.
    """
    query = sa.select(CollectionBlock.__table__).where(CollectionBlock.id == block_id)
    found = connection.execute(query).first()
    if found is None:
        msg = f"There is no block with the identity {block_id}: pick one of the case's open blocks."
        raise BlockError(msg)
    lock_open_case(connection, found.case_id, on=moment.on)
    step = advance(CaseStatus.OPEN, CaseAction.UNBLOCK, actor=actor, reason=reason)
    row = connection.execute(query).one()
    if row.until is not None:
        msg = f"The block of {row.reference} was lifted on {row.until}: there is nothing to lift."
        raise BlockError(msg)
    lifted = sa.update(CollectionBlock).where(CollectionBlock.id == block_id)
    connection.execute(lifted.values(until=moment.on))
    record(
        connection, step, case_id=row.case_id, actor=actor, moment=moment, reason=reason,
        block=block_id, block_kind=row.kind, paper=row.reference,
    )  # fmt: skip


def is_blocked(connection: sa.Connection, case_id: int) -> bool:
    """Tell whether anything bars collecting what a case owes, and recording it.

    A block that was not lifted does, and an appeal that runs.
    """
    return bool(_BLOCKED.first(connection, case_id=case_id).blocked)


def blocked_among(connection: sa.Connection, case_ids: Collection[int]) -> set[int]:
    """Return those of some cases that `is_blocked` tells of."""
    ids = sa.any_(sa.literal(sorted(case_ids), sa.ARRAY(sa.BigInteger)))
    running = [str(each) for each in RUNNING]
    query = sa.union(
        sa.select(CollectionBlock.case_id).where(
            CollectionBlock.until.is_(None), CollectionBlock.case_id == ids
        ),
        sa.select(Appeal.case_id).where(Appeal.status.in_(running), Appeal.case_id == ids),
    )
    return set(connection.scalars(query))


def open_blocks(case_id: int | sa.BindParameter[int]) -> sa.Select[Any]:
    """Select the blocks of a case that nobody has lifted."""
    query = sa.select(CollectionBlock.__table__).order_by(CollectionBlock.id)
    return query.where(CollectionBlock.case_id == case_id, CollectionBlock.until.is_(None))


_APPEALED = sa.exists().where(
    Appeal.case_id == sa.bindparam("case_id"),
    Appeal.status == sa.any_(sa.literal([str(each) for each in RUNNING], sa.ARRAY(sa.Text))),
)
_BLOCKED = Compiled(
    sa.select(sa.or_(open_blocks(sa.bindparam("case_id")).exists(), _APPEALED).label("blocked"))
)


def _named(reference: str) -> str:
    if not reference.strip():
        msg = "A block names no paper: give the number of the bankruptcy case or counsel's letter."
        raise BlockError(msg)
    return reference.strip()
