"""Keep what people confirm of owners: which keys are one owner's, which are not; read it back.

A confirmation is of two owners and of no single case, so its own append-only table is the record.
A case's history tells of it when it has a consequence there: the event that confirms a repeat
carries who confirmed the identity, when and why. Written into every case of both owners it would
link a stranger's name to cases it changes nothing in.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from cases.actors import Actor, Moment
from cases.errors import CaseError
from cases.models import OwnerConfirmation
from cases.owners.confirmations import (
    Confirmation,
    ConfirmedDifferent,
    ConfirmedOneLandlord,
    ConfirmedSame,
    Identities,
)
from cases.owners.parties import Party
from cases.workflow.registry import NoReasonError, NotNowError
from cases.workflow.roles import Role

_LOCK = 7_011_623
_MAY = frozenset({Role.CLERK, Role.MANAGER})


class Verdict(StrEnum):
    """What a person said of two owners."""

    SAME = "same"
    DIFFERENT = "different"
    ONE_LANDLORD = "one_landlord"
    WITHDRAWN = "withdrawn"


class NotTwoOwnersError(CaseError):
    """Nothing can be confirmed of these two: one names nobody, or their keys are equal already."""


class NothingConfirmedError(CaseError):
    """Nothing is confirmed of two owners that could be withdrawn."""


def confirm_same(
    connection: sa.Connection,
    a: Party,
    b: Party,
    *,
    reason: str,
    evidence: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Confirm that two records name one owner; gives the confirmation's identity.

    Parameters
    ----------
    reason
        Why that is so.
    evidence
        What it was seen by: a deed, a registration, what somebody said.

    Raises
    ------
    NotTwoOwnersError, NotNowError, NoReasonError
        There are no two owners to confirm it of, this person may not, or no ground is given.
    ContradictionError
        It cannot be true together with what was confirmed before; that is named.
    """
    return _say(
        connection, a, b, verdict=Verdict.SAME, reason=reason, evidence=evidence, actor=actor,
        moment=moment,
    )  # fmt: skip


def confirm_different(
    connection: sa.Connection,
    a: Party,
    b: Party,
    *,
    reason: str,
    evidence: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Confirm that two records name two owners; takes and refuses what `confirm_same` does."""
    return _say(
        connection, a, b, verdict=Verdict.DIFFERENT, reason=reason, evidence=evidence,
        actor=actor, moment=moment,
    )  # fmt: skip


def confirm_one_landlord(
    connection: sa.Connection,
    a: Party,
    b: Party,
    *,
    reason: str,
    evidence: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Confirm that one landlord stands behind two owners, who in law are two.

    It makes no repeat of what the other did; takes and refuses what `confirm_same` does.
    """
    return _say(
        connection, a, b, verdict=Verdict.ONE_LANDLORD, reason=reason, evidence=evidence,
        actor=actor, moment=moment,
    )  # fmt: skip


def withdraw(
    connection: sa.Connection,
    a: Party,
    b: Party,
    *,
    reason: str,
    evidence: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Take back what is confirmed of two owners; that it was once confirmed stays on record.

    Raises
    ------
    NothingConfirmedError
        Nothing is confirmed of these two.
    """
    return _say(
        connection, a, b, verdict=Verdict.WITHDRAWN, reason=reason, evidence=evidence,
        actor=actor, moment=moment,
    )  # fmt: skip


def identities(connection: sa.Connection, *, around: Iterable[str | None]) -> Identities:
    """Read what is confirmed of some owners and in force, and of all that they were held against.

    What a town has confirmed of others is left unread, for it tells nothing of these.

    Parameters
    ----------
    around
        Keys of owners; None is nobody's.
    """
    return Identities(_in_force(connection, around=around).values())


def all_in_force(connection: sa.Connection) -> tuple[Confirmation, ...]:
    """Read every word on owners that is in force, for a report on all of them."""
    return tuple(_words(connection.execute(_EVERY)).values())


def _say(
    connection: sa.Connection,
    a: Party,
    b: Party,
    *,
    verdict: Verdict,
    reason: str,
    evidence: str,
    actor: Actor,
    moment: Moment,
) -> int:
    _permit(actor, reason=reason, evidence=evidence)
    key_a, key_b = _two_keys(a, b)
    # Two people at once could each say what cannot be true together.
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    said = _in_force(connection, around=(key_a, key_b))
    before = said.pop((key_a, key_b), None)
    if verdict is Verdict.WITHDRAWN and before is None:
        msg = f"Nothing is confirmed of {key_a!r} and {key_b!r}, so nothing can be withdrawn."
        raise NothingConfirmedError(msg)
    word = _read(verdict, key_a, key_b, actor.name, moment.on, reason)
    Identities([*said.values(), *([word] if word else [])])
    values = {
        "key_a": key_a, "key_b": key_b, "verdict": verdict, "said_by": actor.name,
        "said_on": moment.on, "recorded_at": moment.now, "reason": reason, "evidence": evidence,
    }  # fmt: skip
    query = sa.insert(OwnerConfirmation).values(values).returning(OwnerConfirmation.id)
    return int(connection.execute(query).scalar_one())


def _permit(actor: Actor, *, reason: str, evidence: str) -> None:
    if actor.role not in _MAY:
        said = actor.role.replace("_", " ")
        msg = f"Who an owner is, is for the clerk or manager to confirm, not for the {said}."
        raise NotNowError(msg)
    if not (reason.strip() and evidence.strip()):
        msg = "A word on owners needs a reason and its evidence: say why, and what was seen."
        raise NoReasonError(msg)


def _two_keys(a: Party, b: Party) -> tuple[str, str]:
    keys = []
    for party in (a, b):
        if party.key is None:
            msg = (
                f"{party.name!r} names nobody, or no place tells that owner from a namesake: give "
                "a name with a mailing address or a parcel."
            )
            raise NotTwoOwnersError(msg)
        keys.append(party.key)
    first, second = sorted(keys)
    if first == second:
        msg = f"{a.name!r} and {b.name!r} share the key {first!r}: they are one owner already."
        raise NotTwoOwnersError(msg)
    return first, second


def _in_force(
    connection: sa.Connection, *, around: Iterable[str | None]
) -> dict[tuple[str, str], Confirmation]:
    keys = sorted({each for each in around if each})
    return _words(connection.execute(_LATEST, {"keys": keys}))


def _words(rows: Iterable[sa.Row[Any]]) -> dict[tuple[str, str], Confirmation]:
    found = {}
    for row in rows:
        word = _read(
            Verdict(row.verdict), row.key_a, row.key_b, row.said_by, row.said_on, row.reason
        )
        if word is not None:
            found[row.key_a, row.key_b] = word
    return found


def _read(
    verdict: Verdict, key_a: str, key_b: str, by: str, on: date, reason: str
) -> Confirmation | None:
    if verdict is Verdict.WITHDRAWN:
        return None
    return _KINDS[verdict](key_a, key_b, by=by, on=on, reason=reason)


_KINDS: Mapping[Verdict, Callable[..., Confirmation]] = {
    Verdict.SAME: ConfirmedSame,
    Verdict.DIFFERENT: ConfirmedDifferent,
    Verdict.ONE_LANDLORD: ConfirmedOneLandlord,
}


_REACHED = sa.select(
    sa.func.unnest(sa.bindparam("keys", type_=sa.ARRAY(sa.Text))).label("key")
).cte("reached", recursive=True)
_HELD_AGAINST = _REACHED.union(
    sa.select(
        sa.case(
            (OwnerConfirmation.key_a == _REACHED.c.key, OwnerConfirmation.key_b),
            else_=OwnerConfirmation.key_a,
        )
    ).where(
        sa.or_(OwnerConfirmation.key_a == _REACHED.c.key, OwnerConfirmation.key_b == _REACHED.c.key)
    )
)
"""Every key that a chain of confirmations of any kind leads to, whichever way each is written."""
_EVERY = (
    sa.select(OwnerConfirmation.__table__)
    .ext(distinct_on(OwnerConfirmation.key_a, OwnerConfirmation.key_b))
    .order_by(OwnerConfirmation.key_a, OwnerConfirmation.key_b, OwnerConfirmation.id.desc())
)
"""The latest word on each two owners."""
_LATEST = _EVERY.where(OwnerConfirmation.key_a.in_(sa.select(_HELD_AGAINST.c.key)))
