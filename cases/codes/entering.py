"""Find who holds a code, and do what a form of theirs asks, once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.codes.giving import Scope
from cases.codes.keys import hashed
from cases.errors import CaseError
from cases.models import Case, Respondent, RespondentCode, RespondentForm
from cases.once import UnusableKeyError
from cases.queries import CASE
from cases.workflow.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of a respondent's page, as it was sent.

    Attributes
    ----------
    key
        By which it is known when it is sent again.
    deed
        What it asks for, by name.
    said
        The SHA-256 of all that was filled in.
    """

    key: UUID
    deed: str
    said: bytes


class ReadsOnlyError(CaseError):
    """Something is to be done by a code that only reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a code, of which case.

    Attributes
    ----------
    name
        The respondent's; a code that only reads is for anybody, and its page names nobody.
    until
        The last day on which they answered for the place; None while they do.
    """

    code_id: int
    scope: Scope
    respondent_id: int
    name: str
    case_id: int
    number: str
    until: date | None

    @property
    def acts(self) -> bool:
        """Whether the case may be answered by this code."""
        return self.scope is Scope.ACTS

    def has_left(self, on: date) -> bool:
        """Whether somebody else answers for the place by a day, as after a sale."""
        return self.until is not None and self.until < on

    @property
    def actor(self) -> Actor:
        """Who a command is told acts.

        Raises
        ------
        ReadsOnlyError
            The code only reads.
        """
        self.require_acting()
        return Actor(self.name, Role.RESPONDENT)

    def require_acting(self) -> None:
        """Refuse a code that only reads.

        Raises
        ------
        ReadsOnlyError
            It does.
        """
        if not self.acts:
            msg = "This code only reads. Use the code in the letter that was mailed to you."
            raise ReadsOnlyError(msg)


def holder_by_code(connection: sa.Connection, code: str) -> Holder | None:
    """Return who holds a code, as `cases.codes.spelling.read` gives it.

    None where it is unknown or taken back, and of a code that only reads also where nobody may read
    the case, or no longer: which of these it is, nobody is told.
    """
    return _holder(connection, RespondentCode.sha256 == hashed(code))


def holder_by_id(connection: sa.Connection, code_id: int) -> Holder | None:
    """Return who holds a code that was entered before, as `holder_by_code` does."""
    return _holder(connection, RespondentCode.id == code_id)


def once(
    connection: sa.Connection, do: Callable[[], None], *, form: Form, holder: Holder, moment: Moment
) -> bool:
    """Do what a form asks unless it was done by its key before; tell whether it was done now.

    Whoever sends the same in this moment waits here until the transaction ends.

    Raises
    ------
    ReadsOnlyError
        The code only reads.
    UnusableKeyError
        Something else was said by this key before.
    """
    holder.require_acting()
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(str(form.key), 0))
    connection.execute(sa.select(lock))
    if is_done(connection, form=form, holder=holder):
        return False
    do()
    values = {
        "key": form.key, "code_id": holder.code_id, "deed": form.deed, "said": form.said,
        "done_at": moment.now,
    }  # fmt: skip
    connection.execute(sa.insert(RespondentForm).values(values))
    return True


def is_done(connection: sa.Connection, *, form: Form, holder: Holder) -> bool:
    """Tell whether what a form asks was done before.

    Raises
    ------
    UnusableKeyError
        Something else was said by this key before.
    """
    at = RespondentForm
    query = sa.select(at.code_id, at.deed, at.said).where(at.key == form.key)
    found = connection.execute(query).first()
    if found is None:
        return False
    if (found.code_id, found.deed, found.said) != (holder.code_id, form.deed, form.said):
        msg = (
            "Something else was sent from this page before, and that is on record. What stands "
            "here now was not sent: look over it, and send it once more if the town should have it."
        )
        raise UnusableKeyError(msg)
    return True


def _holder(connection: sa.Connection, which: sa.ColumnElement[bool]) -> Holder | None:
    at = RespondentCode
    columns: tuple[Any, ...] = (
        at.id, at.scope, at.respondent_id, Respondent.name, Respondent.case_id, Respondent.until,
        Case.number,
    )  # fmt: skip
    shown = sa.or_(at.scope == Scope.ACTS, sa.exists().where(CASE.c.id == Case.id))
    query = (
        sa.select(*columns)
        .join(Respondent, Respondent.id == at.respondent_id)
        .join(Case, Case.id == Respondent.case_id)
        .where(which, at.revoked_at.is_(None), Case.voided_on.is_(None), shown)
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    return Holder(
        code_id=row.id, scope=Scope(row.scope), respondent_id=row.respondent_id, name=row.name,
        case_id=row.case_id, number=row.number, until=row.until,
    )  # fmt: skip
