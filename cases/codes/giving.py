"""Give a respondent a code, and take one back."""

import secrets
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Actor, Moment
from cases.codes.keys import CodeKeys, hashed
from cases.errors import CaseError
from cases.history import Deed, append
from cases.letters.keeping import hold
from cases.models import Respondent, RespondentCode
from cases.parts import NoSuchPartError
from cases.permissions import Right, may
from cases.wording import tidy

_SALT = 16


class Scope(StrEnum):
    """What a code lets its holder do."""

    ACTS = "acts"  # read the case and answer it: in what went to the respondent alone
    READS = "reads"  # read what anybody may: on what is posted where anybody passes


class CodeError(CaseError):
    """A code cannot be given or taken back."""


def give(
    connection: sa.Connection,
    keys: CodeKeys,
    *,
    respondent_id: int,
    scope: Scope,
    actor: Actor,
    moment: Moment,
) -> str:
    """Return the code in force of a respondent, made where there is none.

    All letters to one respondent carry the same, so that any of them opens the page.

    Raises
    ------
    CodeError
        It was made by a key the server no longer has, or this person may not.
    """
    _require_desk(actor)
    for _ in range(2):
        row = connection.execute(_in_force(respondent_id, scope)).first()
        if row is not None:
            return _spelled(keys, row)
        salt = secrets.token_bytes(_SALT)
        code = keys.code(salt)
        made = {
            "respondent_id": respondent_id, "scope": scope, "salt": salt, "sha256": hashed(code),
            "made_at": moment.now, "made_by": actor.name,
        }  # fmt: skip
        once = insert(RespondentCode).values(made).on_conflict_do_nothing()
        if connection.execute(once.returning(RespondentCode.id)).first() is not None:
            return code
    msg = "A code is being made for this respondent just now: try again."  # pragma: no cover
    raise CodeError(msg)  # pragma: no cover


def revoke(
    connection: sa.Connection, *, code_id: int, because: str, actor: Actor, moment: Moment
) -> None:
    """Take a code back: it opens nothing more, and the next letter carries another.

    Raises
    ------
    CodeError
        It was taken back before, nothing says why, or this person may not.
    NoSuchPartError
        There is no such code.
    """
    _require_desk(actor)
    reason = tidy(because)
    if reason is None:
        msg = "Say why the code is taken back."
        raise CodeError(msg)
    found = connection.execute(_named().where(RespondentCode.id == code_id)).first()
    if found is None:
        msg = f"There is no code with the identity {code_id}."
        raise NoSuchPartError(msg)
    hold(connection, found.case_id, moment=moment)
    values = {"revoked_at": moment.now, "revoked_by": actor.name, "revoked_because": reason}
    mine = (RespondentCode.id == code_id, RespondentCode.revoked_at.is_(None))
    taken = sa.update(RespondentCode).where(*mine).values(values).returning(RespondentCode.id)
    if connection.execute(taken).first() is None:
        msg = "This code was taken back before."
        raise CodeError(msg)
    said = {"recipient": found.name, "scope": found.scope, "because": reason}
    deed = Deed(found.case_id, "code_revoked", moment.on, said)
    append(connection, [deed], actor=actor.name, recorded_at=moment.now)


def codes_of(case_id: int) -> sa.Select[Any]:
    """Select the codes of a case's respondents, the latest first; none tells the code itself.

    Columns: those of `cases.models.RespondentCode`, ``case_id`` and ``name``.
    """
    return _named().where(Respondent.case_id == case_id).order_by(RespondentCode.id.desc())


def _named() -> sa.Select[Any]:
    columns: tuple[Any, ...] = (Respondent.case_id, Respondent.name)
    return sa.select(RespondentCode.__table__, *columns).join(
        Respondent, Respondent.id == RespondentCode.respondent_id
    )


def _in_force(respondent_id: int, scope: Scope) -> sa.Select[bytes, bytes]:
    at = RespondentCode
    mine = (at.respondent_id == respondent_id, at.scope == scope, at.revoked_at.is_(None))
    return sa.select(at.salt, at.sha256).where(*mine)


def _spelled(keys: CodeKeys, row: sa.Row[bytes, bytes]) -> str:
    code = keys.find(row.salt, row.sha256)
    if code is None:
        msg = (
            "This respondent's code was made with a secret key the server no longer has, so it "
            "cannot be printed again: take it back, and a new one is made."
        )
        raise CodeError(msg)
    return code


def _require_desk(actor: Actor) -> None:
    if not may(actor.role, Right.NOTE_CONTACT):
        msg = (
            f"A code is given and taken back by staff who work the cases, not by the {actor.role}."
        )
        raise CodeError(msg)
