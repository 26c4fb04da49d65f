"""Take in once what a resident reports himself, and let through what was held back."""

import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance
from cases.complaints import lock_complaint, move_complaint
from cases.documents.drawing import draw_later
from cases.errors import CaseError
from cases.models import Complaint, ResidentReport
from cases.receiving import RESIDENT, Report, receive
from cases.reporters import Identity
from cases.residents.codes import Codes, hashed
from cases.residents.photos import photos_of_report
from cases.residents.suspicion import Sign
from cases.residents.unsent import hold_files
from cases.wording import tidy
from cases.workflow.complaint import ComplaintAction, ComplaintStatus
from cases.workflow.roles import Role

SOMETHING_ELSE = "Something else"
"""The kind of what fits none, as the records call it in every language."""
A_RESIDENT = Actor(RESIDENT, Role.RESIDENT)


class NotHeldError(CaseError):
    """A complaint is to be let through that nothing holds back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What somebody sends, without who they are.

    Parameters
    ----------
    id
        What the sender's page called it: the same one again is the same report.
    about_case_id
        The case it is about, as its sender says; a clerk decides.
    sign
        Why it may be no report at all; None for no sign of that.
    """

    id: uuid.UUID
    report: Report
    about_case_id: int | None = None
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender is told of a report that is kept.

    Attributes
    ----------
    code
        By which they ask after it; None where the key that made it is known no more.
    said
        Its kind and its words as they were kept, of one that came before.
    """

    number: str
    code: str | None
    again: bool
    said: tuple[str, str | None] | None = None

    def differs_from(self, report: Report) -> bool:
        """Whether what is sent again says something else than what was kept."""
        return self.said not in {None, (report.category, tidy(report.description))}


def receipt_of(connection: sa.Connection, report_id: uuid.UUID, *, codes: Codes) -> Receipt | None:
    """Return the receipt of a report that was taken in; None where there was none."""
    columns: tuple[Any, ...] = (Complaint.number, Complaint.category, Complaint.description)
    query = (
        sa.select(*columns, ResidentReport.code_sha256)
        .join(Complaint, Complaint.id == ResidentReport.complaint_id)
        .where(ResidentReport.report_id == report_id)
    )
    found = connection.execute(query).first()
    if found is None:
        return None
    code = codes.code_of(report_id, kept=found.code_sha256)
    said = (found.category, found.description)
    return Receipt(found.number, code, again=True, said=said)


def take_in(
    connection: sa.Connection,
    sent: Sent,
    *,
    reporter: Identity,
    codes: Codes,
    law_pack_id: int,
    moment: Moment,
) -> Receipt:
    """Take a report in, once; sent again, even in this moment, it has the same receipt.

    Raises
    ------
    UnusableComplaintError, NotToldError
        As `cases.receiving.receive` says.
    """
    hold_files(connection)
    hold_report(connection, sent.id)
    if (before := receipt_of(connection, sent.id, codes=codes)) is not None:
        return before
    made = receive(
        connection, report=sent.report, reporter=reporter, law_pack_id=law_pack_id,
        actor=A_RESIDENT, moment=moment,
    )  # fmt: skip
    code = file_report(
        connection, complaint_id=made, report_id=sent.id, codes=codes,
        about_case_id=sent.about_case_id, held_because=sent.sign,
    )  # fmt: skip
    number = connection.scalar(sa.select(Complaint.number).where(Complaint.id == made))
    return Receipt(str(number), code, again=False)


def file_report(
    connection: sa.Connection,
    *,
    complaint_id: int,
    report_id: uuid.UUID,
    codes: Codes,
    about_case_id: int | None = None,
    held_because: Sign | None = None,
) -> str:
    """Tie a complaint to the name of its report, by which its photographs are kept; gives its code.

    From then on no photograph comes to it any more.
    """
    code = codes.code_of(report_id)
    assert code is not None  # noqa: S101 - a site has a key
    values: dict[str, Any] = {
        "complaint_id": complaint_id, "report_id": report_id, "code_sha256": hashed(code),
        "about_case_id": about_case_id, "held_because": held_because,
    }  # fmt: skip
    connection.execute(sa.insert(ResidentReport).values(values))
    for photo in connection.execute(photos_of_report(report_id)):
        draw_later(connection, sha256=photo.sha256)
    return code


def hold_report(connection: sa.Connection, report_id: uuid.UUID) -> None:
    """Have whoever sends the same report in this moment wait until the transaction ends."""
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(str(report_id), 0))
    connection.execute(sa.select(lock))


def release(connection: sa.Connection, *, complaint_id: int, actor: Actor, moment: Moment) -> None:
    """Let a complaint through that was held back; set aside it is by `cases.intake.dismiss`.

    Raises
    ------
    NotHeldError
        Nothing holds it back.
    """
    row = lock_complaint(connection, complaint_id, moment=moment)
    step = advance(ComplaintStatus(row.status), ComplaintAction.RELEASE, actor=actor)
    mine = ResidentReport.complaint_id == complaint_id
    held = sa.and_(mine, ResidentReport.held_because.is_not(None))
    free = sa.update(ResidentReport).where(held, ResidentReport.released_by.is_(None))
    because = connection.scalar(
        free.values(released_by=actor.name, released_on=moment.on).returning(
            ResidentReport.held_because
        )
    )
    if because is None:
        msg = f"Complaint {row.number} is not held back."
        raise NotHeldError(msg)
    move_complaint(connection, row, step, actor=actor, moment=moment, held=str(because))
