"""Ask which documents hang on cases, which copies of them there are, and who names which file."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql import distinct_on

from cases.documents.copies import CopyKind
from cases.documents.kinds import MediaType
from cases.models import (
    Abatement,
    CaseDocument,
    Document,
    DocumentCopy,
    DocumentRedaction,
    Exhibit,
    Hearing,
    RedactionBox,
    ResidentPhoto,
    Respondent,
)


def documents_of_case(case_id: int) -> Select[Any]:
    """Select the documents of a case, as `documents_of_cases` does."""
    return documents_of_cases([case_id])


def documents_of_cases(case_ids: Sequence[int]) -> Select[Any]:
    """Select all that hangs on some cases, in the order it was added, withdrawn ones too.

    Columns: those of `cases.models.CaseDocument` and `cases.models.Document`, points as ``lon``,
    ``lat``, ``phone_lon``, ``phone_lat`` (EPSG:4326), and the hashes of the copies there are:
    ``thumbnail``, ``public_copy``, ``redacted_copy``. One statement, however many there are.
    """
    return (
        _rows()
        .where(CaseDocument.case_id == _among(case_ids, sa.BigInteger))
        .order_by(CaseDocument.case_id, CaseDocument.id)
    )


def document_by_client_id(client_id: uuid.UUID) -> Select[Any]:
    """Select what one upload became, by the number its client gave it."""
    return _rows().where(CaseDocument.client_id == client_id)


def public_documents_of_cases(case_ids: Sequence[int]) -> Select[Any]:
    """Select what the public may see of some cases, and by which file.

    Columns: ``id``, ``case_id``, ``kind``, ``caption``, ``media_type``, ``shown`` (the hash of the
    copy to show: the redacted one where there is one; a PDF itself) and ``thumbnail``. Neither
    who added it, nor where or when it was taken, nor the original of a picture.
    """
    return (
        _outside()
        .where(
            CaseDocument.case_id == _among(case_ids, sa.BigInteger),
            CaseDocument.audience == "public",
        )
        .order_by(CaseDocument.case_id, CaseDocument.id)
    )


def photographs_for(respondent_id: int, *, case_id: int) -> Select[Any]:
    """Select the photographs of a case, with the columns of `public_documents_of_cases`.

    Whom it is about sees those too that are not public, but no more of each than the public would,
    and none that another respondent sent; what came with a resident's report, only once it is
    public, unless they sent it themselves. Beside: ``inspection_id`` and ``violation_id``.
    """
    named = sa.select(Respondent.name).where(Respondent.case_id == case_id)
    others = named.where(Respondent.id != respondent_id)
    theirs = CaseDocument.added_by.in_(named.where(Respondent.id == respondent_id))
    reported = sa.exists().where(ResidentPhoto.sha256 == CaseDocument.sha256)
    return (
        _outside()
        .add_columns(CaseDocument.inspection_id, CaseDocument.violation_id)
        .where(
            CaseDocument.case_id == case_id, CaseDocument.kind == "photo",
            CaseDocument.status != "withdrawn", CaseDocument.added_by.not_in(others),
            Document.media_type != MediaType.PDF,
            sa.or_(CaseDocument.audience == "public", ~reported, theirs),
        )
        .order_by(CaseDocument.id)
    )  # fmt: skip


def _outside() -> Select[Any]:
    """Select what of documents may be seen by others than the staff, and by which file."""
    redacted, plain = _copy(CopyKind.REDACTED), _copy(CopyKind.PUBLIC)
    small = sa.case(
        (redacted.is_not(None), _copy(CopyKind.REDACTED_THUMBNAIL)),
        else_=_copy(CopyKind.THUMBNAIL),
    )
    whole = sa.case((Document.media_type == MediaType.PDF, Document.sha256))
    shown = sa.func.coalesce(redacted, plain, whole)
    drawn = sa.case(
        (Document.media_type == MediaType.HEIC, MediaType.JPEG), else_=Document.media_type
    )
    columns: tuple[Any, ...] = (
        CaseDocument.id, CaseDocument.case_id, CaseDocument.kind, CaseDocument.caption,
        drawn.label("media_type"), shown.label("shown"), small.label("thumbnail"),
    )  # fmt: skip
    return sa.select(*columns).join(Document, Document.sha256 == CaseDocument.sha256)


def redactions_of(sha256s: Sequence[str]) -> Select[Any]:
    """Select the boxes in force on some documents, with who blacked them out, when and why."""
    latest = (
        sa.select(DocumentRedaction)
        .ext(distinct_on(DocumentRedaction.of))
        .where(DocumentRedaction.of == _among(sha256s, sa.Text))
        .order_by(DocumentRedaction.of, DocumentRedaction.id.desc())
        .subquery()
    )
    return (
        sa.select(latest.c.of, latest.c.redacted_by, latest.c.redacted_on, RedactionBox.__table__)
        .join(RedactionBox, RedactionBox.redaction_id == latest.c.id)
        .order_by(latest.c.of, RedactionBox.number)
    )


def documents_named(sha256s: Sequence[str]) -> Select[Any]:
    """Select the stored documents among some digests: those of exhibits, photographs, papers."""
    return sa.select(Document.__table__).where(Document.sha256 == _among(sha256s, sa.Text))


def file_named(sha256: str) -> Select[Any]:
    """Select the stored file of a hash, an original or a copy: ``sha256`` and ``media_type``."""
    columns: tuple[Any, ...] = (Document.sha256, Document.media_type)
    copied: tuple[Any, ...] = (DocumentCopy.sha256, DocumentCopy.media_type)
    either = sa.union_all(
        sa.select(*columns).where(Document.sha256 == sha256),
        sa.select(*copied).where(DocumentCopy.sha256 == sha256),
    ).subquery()
    return sa.select(either).limit(1)


def files_named_in(case_ids: Sequence[int]) -> Select[Any]:
    """Select each file that hearings and abatements of some cases name, and whether it is stored.

    Columns: ``case_id``, ``what`` (exhibit, authorization, photo_before, photo_after), ``part_id``,
    ``sha256`` and ``media_type``, which is NULL where no document of that name was ever added.
    """
    exhibits = (
        sa.select(
            Hearing.case_id,
            sa.literal("exhibit").label("what"),
            Exhibit.id.label("part_id"),
            Exhibit.sha256,
        )
        .join(Hearing, Hearing.id == Exhibit.hearing_id)
        .where(Exhibit.sha256.is_not(None))
    )
    writings = sa.select(
        Hearing.case_id,
        sa.literal("authorization").label("what"),
        Hearing.id.label("part_id"),
        Hearing.representative_sha256.label("sha256"),
    ).where(Hearing.representative_sha256.is_not(None))
    photos = (
        sa.select(
            Abatement.case_id,
            sa.literal(what).label("what"),
            Abatement.id.label("part_id"),
            sa.func.unnest(column).label("sha256"),
        )
        for what, column in (
            ("photo_before", Abatement.photos_before),
            ("photo_after", Abatement.photos_after),
        )
    )
    named = sa.union_all(exhibits, writings, *photos).subquery()
    return (
        sa.select(named, Document.media_type)
        .outerjoin(Document, Document.sha256 == named.c.sha256)
        .where(named.c.case_id == _among(case_ids, sa.BigInteger))
        .order_by(named.c.case_id, named.c.what, named.c.part_id, named.c.sha256)
    )


def _rows() -> Select[Any]:
    hidden = {"phone_point", "taken_point", "sha256"}
    own = [column for column in CaseDocument.__table__.c if column.name not in hidden]
    file = [column for column in Document.__table__.c if column.name not in hidden]
    return sa.select(
        *own,
        Document.sha256,
        *file,
        sa.func.ST_X(Document.taken_point).label("lon"),
        sa.func.ST_Y(Document.taken_point).label("lat"),
        sa.func.ST_X(CaseDocument.phone_point).label("phone_lon"),
        sa.func.ST_Y(CaseDocument.phone_point).label("phone_lat"),
        _copy(CopyKind.THUMBNAIL).label("thumbnail"),
        _copy(CopyKind.PUBLIC).label("public_copy"),
        _copy(CopyKind.REDACTED).label("redacted_copy"),
    ).join(Document, Document.sha256 == CaseDocument.sha256)


def _copy(kind: CopyKind) -> sa.ScalarSelect[Any]:
    """Select the latest copy of a kind: of redacted ones, that of the redaction in force."""
    return (
        sa.select(DocumentCopy.sha256)
        .where(DocumentCopy.of == Document.sha256, DocumentCopy.kind == kind)
        .order_by(DocumentCopy.redaction_id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _among(values: Sequence[Any], kind: Any) -> sa.ColumnElement[Any]:
    return sa.any_(sa.literal(list(values), sa.ARRAY(kind)))
