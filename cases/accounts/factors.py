"""Ask for a code from the telephone too (TOTP, RFC 6238), or for one kept for its loss."""

import hmac
import secrets
from datetime import datetime
from typing import Any

import pyotp
import sqlalchemy as sa

from cases.accounts import journal
from cases.accounts.errors import AccountError, ForeignSealError, WrongCodeError
from cases.accounts.members import Member
from cases.accounts.sealing import Seal
from cases.accounts.sessions import hashed
from cases.models import RecoveryCode, Staff

STEP_SECONDS = 30
DRIFT = 1
"""A telephone's clock may be this many steps behind or before."""
CODES = 8
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_secret() -> str:
    """Return a secret for a telephone to share."""
    return pyotp.random_base32()


def address(secret: str, person: Member, *, town: str) -> str:
    """Return what a telephone reads from the square picture (an otpauth address)."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.login, issuer_name=f"Lotline {town}")


def confirm(
    connection: sa.Connection, person: Member, *, secret: str, code: str, seal: Seal, now: datetime
) -> list[str]:
    """Ask for codes from now on, once somebody's telephone has shown one.

    Returns
    -------
    list of str
        The codes that stand in for a lost telephone, shown this once.

    Raises
    ------
    WrongCodeError
        The code is not what the secret gives now.
    """
    step = _step_of(secret, code, now=now)
    if step is None:
        raise WrongCodeError(_NOT_NOW, about="code")
    sealed = seal.close(secret, of=person.id)
    values = {"totp_secret": None, "totp_sealed": sealed, "totp_since": now, "totp_last_step": step}
    connection.execute(sa.update(Staff).where(Staff.id == person.id).values(**values))
    journal.write(connection, "second_factor_set", staff_id=person.id, actor=person.name, now=now)
    return _new_codes(connection, person)


def drop(connection: sa.Connection, person: Member, *, by: str, now: datetime) -> None:
    """Ask no codes of somebody any more."""
    values = dict.fromkeys(("totp_secret", "totp_sealed", "totp_since", "totp_last_step"))
    connection.execute(sa.update(Staff).where(Staff.id == person.id).values(**values))
    connection.execute(sa.delete(RecoveryCode).where(RecoveryCode.staff_id == person.id))
    journal.write(connection, "second_factor_dropped", staff_id=person.id, actor=by, now=now)


def kept(connection: sa.Connection, person: Member) -> int:
    """Return how many codes somebody has left for the loss of the telephone."""
    left = sa.select(sa.func.count()).where(
        RecoveryCode.staff_id == person.id, RecoveryCode.used_at.is_(None)
    )
    return int(connection.execute(left).scalar_one())


def require(
    connection: sa.Connection, person: Member, code: str, *, seal: Seal, now: datetime
) -> None:
    """Take a code of somebody's telephone, or one kept for its loss; each is taken once.

    What lay open, or under an older key, is sealed with the newest at this occasion.

    Raises
    ------
    WrongCodeError
        It is neither, or was used, or is of somebody who has no access any more.
    ForeignSealError
        It is none of those kept, and what the telephone shares cannot be opened here.
    """
    known = connection.execute(
        sa.select(Staff.id, Staff.totp_secret, Staff.totp_sealed, Staff.totp_last_step)
        .where(Staff.id == person.id, Staff.active)
        .with_for_update()
    ).first()
    if known is None:
        raise WrongCodeError(_NOT_NOW, about="code")
    refused: AccountError = WrongCodeError(_NOT_NOW, about="code")
    try:
        step = _shown(known, code, seal=seal, now=now)
    except ForeignSealError as error:
        step, refused = None, error
    if step is not None:
        taken = sa.update(Staff).where(Staff.id == person.id).values(totp_last_step=step)
        connection.execute(taken)
        _seal_anew(connection, known, seal=seal)
    elif not _take_kept(connection, person, code, now=now):
        raise refused


def seal_all(connection: sa.Connection, *, seal: Seal) -> list[str]:
    """Seal with the newest key what lies open or under an older one.

    Returns
    -------
    list of str
        The sign-in names of those whose secret no key here opens.
    """
    foreign = []
    for row in connection.execute(
        sa.select(Staff.id, Staff.login, Staff.totp_secret, Staff.totp_sealed)
        .where(Staff.totp_since.is_not(None))
        .order_by(Staff.id)
        .with_for_update()
    ).all():
        try:
            _seal_anew(connection, row, seal=seal)
        except ForeignSealError:
            foreign.append(row.login)
    return foreign


def _shown(known: Any, code: str, *, seal: Seal, now: datetime) -> int | None:
    """Return the step of a code that a telephone shows and that was not taken yet."""
    secret = _secret(known, seal=seal)
    step = _step_of(secret, code, now=now) if secret else None
    return step if step is not None and step > (known.totp_last_step or 0) else None


def _secret(known: Any, *, seal: Seal) -> str | None:
    if known.totp_sealed is None:
        secret: str | None = known.totp_secret
        return secret
    return seal.open(known.totp_sealed, of=known.id)


def _seal_anew(connection: sa.Connection, known: Any, *, seal: Seal) -> None:
    if known.totp_sealed is not None and seal.is_newest(known.totp_sealed, of=known.id):
        return
    if (secret := _secret(known, seal=seal)) is not None:
        values = {"totp_secret": None, "totp_sealed": seal.close(secret, of=known.id)}
        connection.execute(sa.update(Staff).where(Staff.id == known.id).values(**values))


def _step_of(secret: str, code: str, *, now: datetime) -> int | None:
    said = code.replace(" ", "")
    current = int(now.timestamp()) // STEP_SECONDS
    for step in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), said.encode()):
            return step
    return None


def _take_kept(connection: sa.Connection, person: Member, code: str, *, now: datetime) -> bool:
    said = code.replace(" ", "").replace("-", "").lower()
    mine = sa.update(RecoveryCode).where(
        RecoveryCode.staff_id == person.id,
        RecoveryCode.code_sha256 == hashed(said),
        RecoveryCode.used_at.is_(None),
    )
    if connection.execute(mine.values(used_at=now)).rowcount == 0:
        return False
    journal.write(connection, "recovery_code_used", staff_id=person.id, actor=person.name, now=now)
    return True


def _new_codes(connection: sa.Connection, person: Member) -> list[str]:
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(CODES)]
    connection.execute(sa.delete(RecoveryCode).where(RecoveryCode.staff_id == person.id))
    rows = [{"staff_id": person.id, "code_sha256": hashed(code)} for code in codes]
    connection.execute(sa.insert(RecoveryCode), rows)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


_NOT_NOW = (
    "That code is not the one your telephone shows now, or was used already: "
    "wait for the next one and type its six digits."
)
