"""Hang a document on a case, open it to the public, hold it back, withdraw it."""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from geoalchemy2 import Geography
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Actor, Moment
from cases.advancing import advance, lock_open_case, record
from cases.documents.camera import LonLat, is_a_place
from cases.documents.errors import OtherCaseError, PositionError, UploadError
from cases.documents.intake import TakenIn
from cases.documents.kinds import MediaType
from cases.models import (
    Case,
    CaseDocument,
    Document,
    DocumentCopy,
    Inspection,
    Violation,
)
from cases.parts import lock_part, move
from cases.sentences import UNTITLED
from cases.wording import tidy
from cases.workflow.document import DocumentAction, DocumentStatus
from cases.workflow.step import Guard, Step
from geo.layers import WGS84, ParcelPeriod


class DocumentKind(StrEnum):
    """What a document is to the case it hangs on."""

    PHOTO = "photo"
    EVIDENCE = "evidence"
    CORRESPONDENCE = "correspondence"
    APPLICATION = "application"
    NOTICE = "notice"
    SERVICE = "service"
    HEARING = "hearing"
    COURT = "court"
    MONEY = "money"
    OTHER = "other"


class Audience(StrEnum):
    """Who may see a document of a case."""

    STAFF = "staff"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhonePosition:
    """Where the phone itself said it was when it sent a photograph.

    Parameters
    ----------
    point
        Degrees east and north (EPSG:4326).
    accuracy_m
        Within how many metres, as the phone says; None where it does not.

    Raises
    ------
    PositionError
        That is no place on the globe, or the accuracy is no distance.
    """

    point: LonLat
    accuracy_m: float | None = None

    def __post_init__(self) -> None:
        """Refuse what is no position."""
        if not is_a_place(*self.point):
            msg = (
                f"The phone's position {self.point} is no place on the globe: give degrees east "
                "and north, or none where the phone has no fix."
            )
            raise PositionError(msg)
        if self.accuracy_m is not None and not 0 <= self.accuracy_m < float("inf"):
            msg = f"The phone's accuracy {self.accuracy_m} is no distance: give metres, or none."
            raise PositionError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """How a document is filed in a case.

    Parameters
    ----------
    inspection_id, violation_id
        What of the case it shows.
    phone
        Where the phone said it was.
    """

    kind: DocumentKind
    caption: str | None = None
    inspection_id: int | None = None
    violation_id: int | None = None
    phone: PhonePosition | None = None


def attach(
    connection: sa.Connection,
    taken: TakenIn,
    *,
    case_id: int,
    client_id: uuid.UUID,
    filing: Filing,
    actor: Actor,
    moment: Moment,
) -> int:
    """Hang a stored file on a case; gives the identity of the row that says so.

    The same upload sent again gives the same row and changes nothing, whatever became of the case
    meanwhile.

    Parameters
    ----------
    taken
        What `cases.documents.intake.take_in` told of the file.
    client_id
        What the client called this upload before it sent it.

    Raises
    ------
    UploadError
        Another upload has this client's number.
    OtherCaseError
        The inspection or the violation is of another case.
    """
    step = advance(None, DocumentAction.ADD, actor=actor)
    sent = {"case_id": case_id, "sha256": taken.sha256, "added_by": actor.name}
    if (before := _sent_before(connection, client_id, **sent)) is not None:
        return before
    lock_open_case(connection, case_id, on=moment.on)
    _require_of_case(connection, case_id, filing)
    phone = filing.phone.point if filing.phone else None
    away = connection.execute(_distances(case_id, taken.taken_point, phone)).one()
    keep(connection, taken, moment=moment)
    values = {
        **sent, "client_id": client_id, "status": step.to, "audience": Audience.STAFF,
        "kind": filing.kind, "caption": tidy(filing.caption), "added_on": moment.on,
        "inspection_id": filing.inspection_id, "violation_id": filing.violation_id,
        "phone_point": _point(phone), "distance_m": away.photo, "phone_distance_m": away.phone,
        "phone_accuracy_m": filing.phone.accuracy_m if filing.phone else None,
    }  # fmt: skip
    once = insert(CaseDocument).values(values).on_conflict_do_nothing(index_elements=["client_id"])
    added = connection.scalar(once.returning(CaseDocument.id))
    if added is None:
        before = _sent_before(connection, client_id, **sent)
        assert before is not None  # noqa: S101 - it came twice at once, and the other was first
        return before
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, case_document=added,
        document_kind=str(filing.kind), title=values["caption"] or taken.original_name or UNTITLED,
        sha256=taken.sha256, inspection=filing.inspection_id, violation=filing.violation_id,
        taken_where=_where(away.photo),
    )  # fmt: skip
    return int(added)


def publish(
    connection: sa.Connection, *, case_document_id: int, actor: Actor, moment: Moment
) -> None:
    """Open a document to the public: the copy of a picture, or a PDF as a whole."""
    row = lock_part(connection, CaseDocument, case_document_id, moment=moment)
    held = {Guard.PUBLIC_COPY: bool(connection.scalar(_fit_for_public(row.sha256)))}
    step = advance(DocumentStatus(row.status), DocumentAction.PUBLISH, actor=actor, held=held)
    _move(connection, row, step, {"audience": Audience.PUBLIC}, actor=actor, moment=moment)


def hold_back(
    connection: sa.Connection, *, case_document_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Close a document to the public again."""
    row = lock_part(connection, CaseDocument, case_document_id, moment=moment)
    at = DocumentStatus(row.status)
    step = advance(at, DocumentAction.HOLD_BACK, actor=actor, reason=reason)
    _move(
        connection, row, step, {"audience": Audience.STAFF}, actor=actor, moment=moment,
        reason=reason,
    )  # fmt: skip


def withdraw(
    connection: sa.Connection, *, case_document_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Say that a document should not have been added; it stays, marked, and staff alone see it."""
    row = lock_part(connection, CaseDocument, case_document_id, moment=moment)
    at = DocumentStatus(row.status)
    step = advance(at, DocumentAction.WITHDRAW, actor=actor, reason=reason)
    values = {
        "audience": Audience.STAFF, "withdrawn_on": moment.on, "withdrawn_by": actor.name,
        "withdrawn_because": reason,
    }  # fmt: skip
    _move(connection, row, step, values, actor=actor, moment=moment, reason=reason)


def title_of(connection: sa.Connection, row: sa.Row[Any]) -> str:
    """Say what a document of a case is called: its caption, else as its sender called the file."""
    name = sa.select(Document.original_name).where(Document.sha256 == row.sha256)
    return str(row.caption or connection.scalar(name) or UNTITLED)


def _move(
    connection: sa.Connection,
    row: sa.Row[Any],
    step: Step,
    values: dict[str, Any],
    *,
    actor: Actor,
    moment: Moment,
    reason: str | None = None,
) -> None:
    move(
        connection, CaseDocument, row, step, actor=actor, moment=moment, values=values,
        reason=reason, document_kind=row.kind, title=title_of(connection, row), sha256=row.sha256,
    )  # fmt: skip


def _sent_before(connection: sa.Connection, client_id: uuid.UUID, **sent: Any) -> int | None:
    columns = [CaseDocument.__table__.c[name] for name in sent]
    query = sa.select(CaseDocument.id, *columns).where(CaseDocument.client_id == client_id)
    row = connection.execute(query).first()
    if row is None:
        return None
    if any(getattr(row, name) != value for name, value in sent.items()):
        msg = (
            f"The upload {client_id} is on record already, of another file, for another case or "
            "by somebody else: send this one under a number of its own."
        )
        raise UploadError(msg)
    return int(row.id)


def _require_of_case(connection: sa.Connection, case_id: int, filing: Filing) -> None:
    parts: tuple[tuple[str, Any, int | None], ...] = (
        ("inspection", Inspection, filing.inspection_id),
        ("violation", Violation, filing.violation_id),
    )
    for what, part, part_id in parts:
        if part_id is None:
            continue
        if connection.scalar(sa.select(part.case_id).where(part.id == part_id)) != case_id:
            msg = f"There is no {what} {part_id} in this case: name one of the case, or none."
            raise OtherCaseError(msg)


def _distances(case_id: int, photo: LonLat | None, phone: LonLat | None) -> sa.Select[Any]:
    """Select how many metres the two points lie from the parcel; 0 within, NULL where not known."""
    parcel = sa.cast(ParcelPeriod.geom, Geography)
    told = [
        sa.func.ST_Distance(parcel, sa.cast(_point(place), Geography)).label(name)
        for name, place in (("photo", photo), ("phone", phone))
    ]
    lot = ParcelPeriod.id == Case.parcel_period_id
    return sa.select(*told).select_from(Case).outerjoin(ParcelPeriod, lot).where(Case.id == case_id)


def _point(place: LonLat | None) -> sa.ColumnElement[Any]:
    if place is None:
        return sa.null()
    return sa.func.ST_SetSRID(sa.func.ST_MakePoint(*place), WGS84)


def keep(connection: sa.Connection, taken: TakenIn, *, moment: Moment) -> None:
    """Enter a stored file, once for all cases it hangs on."""
    values = {
        "sha256": taken.sha256, "media_type": taken.media_type, "byte_size": taken.byte_size,
        "width": taken.width, "height": taken.height, "taken_at": taken.taken_at,
        "taken_offset": taken.taken_offset, "taken_point": _point(taken.taken_point),
        "stored_at": moment.now, "original_name": taken.original_name,
    }  # fmt: skip
    connection.execute(insert(Document).values(values).on_conflict_do_nothing())


def _where(metres: float | None) -> str | None:
    if metres is None:
        return None
    return "on the parcel" if metres == 0 else f"{max(1, round(metres))} m from the parcel"


def _fit_for_public(sha256: str) -> sa.Select[Any]:
    whole = sa.exists().where(Document.sha256 == sha256, Document.media_type == MediaType.PDF)
    copied = sa.exists().where(
        DocumentCopy.of == sha256, DocumentCopy.kind.in_(("public", "redacted"))
    )
    return sa.select(whole | copied)
