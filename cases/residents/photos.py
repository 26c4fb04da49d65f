"""Keep the photographs of what residents report, and hang them on the case it comes to feed."""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Actor, Moment
from cases.documents.attaching import DocumentKind, Filing, attach, keep
from cases.documents.copies import CopyKind
from cases.documents.errors import RefusedFileError, TooLargeError
from cases.documents.intake import TakenIn
from cases.documents.kinds import PICTURES, media_type_of
from cases.models import Case, Document, DocumentCopy, ResidentPhoto, ResidentReport

MOST_PHOTOS = 5
MOST_PHOTO_BYTES = 12 << 20
CAPTION = "From a report by a resident"


class TooManyPhotosError(RefusedFileError):
    """A report has as many photographs as are taken in."""


class NoPhotographError(RefusedFileError):
    """It is a file, but no photograph."""


class LatePhotoError(RefusedFileError):
    """The report was taken in before this photograph came."""


def require_photograph(data: bytes) -> None:
    """Refuse, before it is stored, what is no photograph or has more bytes than may be sent.

    Raises
    ------
    RefusedFileError
        It is not taken in; each reason has its own error.
    """
    if len(data) > MOST_PHOTO_BYTES:
        msg = (
            f"The photo has {len(data) / 2**20:.1f} MB; at most {MOST_PHOTO_BYTES >> 20} MB are "
            "taken in. Send it at a smaller size."
        )
        raise TooLargeError(msg)
    if media_type_of(data) not in PICTURES:
        msg = "Only photos are taken in here: JPEG, PNG or HEIC."
        raise NoPhotographError(msg)


def keep_photo(
    connection: sa.Connection, taken: TakenIn, *, report_id: uuid.UUID, moment: Moment
) -> None:
    """Keep a photograph of a report that is being written; the same one again changes nothing.

    Whoever sends for the same report in this moment has to be made wait first
    (`cases.residents.reporting.hold_report`).

    Raises
    ------
    TooManyPhotosError, LatePhotoError
        It is not kept.
    """
    kept = set(connection.scalars(sa.select(ResidentPhoto.sha256).where(_of(report_id))))
    if taken.sha256 in kept:
        return
    if connection.scalar(
        sa.select(ResidentReport.complaint_id).where(ResidentReport.report_id == report_id)
    ):
        msg = "This report was sent already: photos cannot be added to it any more."
        raise LatePhotoError(msg)
    if len(kept) >= MOST_PHOTOS:
        msg = f"A report takes {MOST_PHOTOS} photos at most."
        raise TooManyPhotosError(msg)
    keep(connection, taken, moment=moment)
    row = {"report_id": report_id, "sha256": taken.sha256, "kept_at": moment.now}
    connection.execute(insert(ResidentPhoto).values(row).on_conflict_do_nothing())


def photos_of_report(report_id: uuid.UUID) -> sa.Select[Any]:
    """Select the photographs of a report: ``sha256``, ``original_name``, in the order they came."""
    columns: tuple[Any, ...] = (ResidentPhoto.sha256, Document.original_name)
    return (
        sa.select(*columns)
        .join(Document, Document.sha256 == ResidentPhoto.sha256)
        .where(_of(report_id))
        .order_by(ResidentPhoto.kept_at, ResidentPhoto.sha256)
    )


def photos_of_complaint(complaint_id: int) -> sa.Select[Any]:
    """Select the photographs of a complaint: ``sha256``, ``thumbnail``, ``taken_at``, its size."""
    small = (
        sa.select(DocumentCopy.sha256)
        .where(DocumentCopy.of == Document.sha256, DocumentCopy.kind == CopyKind.THUMBNAIL)
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            Document.sha256,
            Document.original_name,
            Document.media_type,
            Document.taken_at,
            small.label("thumbnail"),
        )
        .select_from(ResidentReport)
        .join(ResidentPhoto, ResidentPhoto.report_id == ResidentReport.report_id)
        .join(Document, Document.sha256 == ResidentPhoto.sha256)
        .where(ResidentReport.complaint_id == complaint_id)
        .order_by(ResidentPhoto.kept_at, ResidentPhoto.sha256)
    )


def carry_photos(
    connection: sa.Connection, *, complaint_id: int, case_id: int, actor: Actor, moment: Moment
) -> None:
    """Hang a complaint's photographs on the case it feeds; a closed case takes none.

    They hang there once, however often it is asked.
    """
    open_ = sa.select(Case.id).where(
        Case.id == case_id, Case.closed_on.is_(None), Case.voided_on.is_(None)
    )
    if connection.scalar(open_) is None:
        return
    for photo in connection.execute(_whole(complaint_id)).mappings().all():
        name = uuid.uuid5(photo["report_id"], f"{photo['sha256']} {case_id}")
        attach(
            connection, _taken(photo), case_id=case_id, client_id=name,
            filing=Filing(kind=DocumentKind.PHOTO, caption=CAPTION), actor=actor, moment=moment,
        )  # fmt: skip


def _whole(complaint_id: int) -> sa.Select[Any]:
    columns = [each for each in Document.__table__.c if each.name != "taken_point"]
    return (
        sa.select(
            ResidentPhoto.report_id,
            *columns,
            sa.func.ST_X(Document.taken_point).label("lon"),
            sa.func.ST_Y(Document.taken_point).label("lat"),
        )
        .select_from(ResidentReport)
        .join(ResidentPhoto, ResidentPhoto.report_id == ResidentReport.report_id)
        .join(Document, Document.sha256 == ResidentPhoto.sha256)
        .where(ResidentReport.complaint_id == complaint_id)
        .order_by(ResidentPhoto.kept_at, ResidentPhoto.sha256)
    )


def _taken(photo: Any) -> TakenIn:
    """Return what was told of a file when it was taken in."""
    same = (
        "sha256", "media_type", "byte_size", "original_name", "width", "height", "taken_at",
        "taken_offset",
    )  # fmt: skip
    point = None if photo["lon"] is None else (photo["lon"], photo["lat"])
    return TakenIn(**{name: photo[name] for name in same}, taken_point=point)


def _of(report_id: uuid.UUID) -> sa.ColumnElement[bool]:
    return ResidentPhoto.report_id == report_id
