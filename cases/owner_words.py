"""Keep what people confirm of two owners, and take it back; nothing of it is ever edited."""

from collections.abc import Mapping

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.errors import CaseError
from cases.identities import Verdict, in_force, read_word, word
from cases.models import OwnerConfirmation
from cases.owners.confirmations import Identities
from cases.owners.parties import Party
from cases.permissions import Right, may
from cases.workflow.registry import NoReasonError, NotNowError

_LOCK = 7_011_623


class NotTwoOwnersError(CaseError):
    """Nothing can be confirmed of these two: one names nobody, or their keys are equal already."""


class NothingConfirmedError(CaseError):
    """Nothing is confirmed of two owners that could be withdrawn."""


def confirm(
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
    """Confirm of two records whether they name one owner; gives the confirmation's identity.

    Parameters
    ----------
    verdict
        ``SAME``: one owner, in law too. ``ONE_LANDLORD``: two owners in law behind whom one
        landlord stands, so that what the one did makes no repeat of the other.
        ``DIFFERENT``: two who are not suggested as one again.
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
    _permit(actor, reason=reason, evidence=evidence)
    (key_a, as_a), (key_b, as_b) = _two(a, b)
    _lock(connection)
    said = in_force(connection, around=(key_a, key_b))
    said.pop((key_a, key_b), None)
    new = read_word(verdict, key_a, key_b, by=actor.name, on=moment.on, reason=reason)
    Identities([*said.values(), *([new] if new else [])])  # refuses what contradicts
    values = {"key_a": key_a, "key_b": key_b, "party_a": as_a, "party_b": as_b}
    told = {"verdict": verdict, "reason": reason, "evidence": evidence}
    return _keep(connection, {**values, **told}, actor=actor, moment=moment)


def withdraw(
    connection: sa.Connection,
    word_id: int,
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
        This word was never said, or is in force no longer.
    NotNowError, NoReasonError
        This person may not, or gives no ground.
    """
    _permit(actor, reason=reason, evidence=evidence)
    _lock(connection)
    row = word(connection, word_id)
    if row is None:
        msg = (
            "This is not in force any more, so nothing can be withdrawn: somebody took it back or "
            "said otherwise since. Look at the list anew."
        )
        raise NothingConfirmedError(msg)
    values = {key: getattr(row, key) for key in ("key_a", "key_b", "party_a", "party_b")}
    told = {"verdict": Verdict.WITHDRAWN, "reason": reason, "evidence": evidence}
    return _keep(connection, {**values, **told}, actor=actor, moment=moment)


def _lock(connection: sa.Connection) -> None:
    """Wait for whoever says something of owners: two at once could say what cannot be true."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def _permit(actor: Actor, *, reason: str, evidence: str) -> None:
    if not may(actor.role, Right.CONFIRM_OWNERS):
        said = actor.role.replace("_", " ")
        msg = f"Who an owner is, is for the clerk or manager to confirm, not for the {said}."
        raise NotNowError(msg)
    if not (reason.strip() and evidence.strip()):
        msg = "A word on owners needs a reason and its evidence: say why, and what was seen."
        raise NoReasonError(msg)


def _two(a: Party, b: Party) -> list[tuple[str, str]]:
    """Return the keys of two owners in order, each with who it is as it was written."""
    two = []
    for party in (a, b):
        if party.key is None:
            msg = (
                f"{party.name!r} names nobody, or no place tells that owner from a namesake: give "
                "a name with a mailing address or a parcel."
            )
            raise NotTwoOwnersError(msg)
        two.append((party.key, party.words))
    two.sort()
    if two[0][0] == two[1][0]:
        msg = f"{a.name!r} and {b.name!r} share the key {two[0][0]!r}: they are one owner already."
        raise NotTwoOwnersError(msg)
    return two


def _keep(
    connection: sa.Connection, values: Mapping[str, str], actor: Actor, moment: Moment
) -> int:
    said = {"said_by": actor.name, "said_on": moment.on, "recorded_at": moment.now}
    query = sa.insert(OwnerConfirmation).values({**values, **said})
    return int(connection.execute(query.returning(OwnerConfirmation.id)).scalar_one())
