"""Keep the PDFs of issued notices and of packets, and give the same bytes ever after."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases import rows
from cases.actors import Actor, Moment
from cases.advancing import lock_case, refuse_backdating
from cases.documents.kinds import MediaType
from cases.documents.store import Store
from cases.history import Deed, append
from cases.models import Document, Hearing, HearingPacket, NoticeLetter


def kept(connection: sa.Connection, *, notice_id: int, language: str) -> str | None:
    """Return the SHA-256 of the PDF that was kept of a notice; None where none is."""
    at = NoticeLetter
    query = sa.select(at.sha256).where(at.notice_id == notice_id, at.language == language)
    return connection.scalar(query)


def keep(
    connection: sa.Connection,
    store: Store,
    pdf: bytes,
    *,
    notice_id: int,
    language: str,
    name: str,
    actor: Actor,
    moment: Moment,
) -> str:
    """Keep the PDF of an issued notice; gives the SHA-256 of the one that is kept.

    Where one was kept before, or by somebody else at the same time, that one stays.

    Parameters
    ----------
    name
        What its file is called.

    Raises
    ------
    StoreError
        It cannot be stored.
    """
    sha256 = put(connection, store, pdf, name=name, moment=moment)
    row = {
        "notice_id": notice_id, "language": language, "sha256": sha256,
        "set_at": moment.now, "set_by": actor.name,
    }  # fmt: skip
    connection.execute(insert(NoticeLetter).values(row).on_conflict_do_nothing())
    return kept(connection, notice_id=notice_id, language=language) or sha256


def file_packet(
    connection: sa.Connection,
    store: Store,
    pdf: bytes,
    *,
    hearing_id: int,
    language: str,
    pages: int,
    name: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """File a packet of a hearing; gives its identity. The same bytes are filed once.

    Raises
    ------
    StoreError
        It cannot be stored.
    OutOfOrderError
        The day lies before the last event of the case.
    """
    of = sa.select(Hearing.case_id, Hearing.about).where(Hearing.id == hearing_id)
    hearing = connection.execute(of).one()
    hold(connection, hearing.case_id, moment=moment)
    sha256 = put(connection, store, pdf, name=name, moment=moment)
    row = {
        "hearing_id": hearing_id, "language": language, "sha256": sha256, "pages": pages,
        "filed_at": moment.now, "filed_by": actor.name,
    }  # fmt: skip
    same = (HearingPacket.hearing_id == hearing_id, HearingPacket.sha256 == sha256)
    known: int | None = connection.scalar(sa.select(HearingPacket.id).where(*same))
    if known is not None:
        return known
    said = {
        "hearing": hearing_id, "about": hearing.about, "pages": pages,
        "letter_language": language, "sha256": sha256,
    }  # fmt: skip
    deed = Deed(hearing.case_id, "packet_filed", moment.on, said)
    append(connection, [deed], actor=actor.name, recorded_at=moment.now)
    return rows.insert(connection, HearingPacket, **row)


def packets_of(hearing_ids: Sequence[int]) -> sa.Select[Any]:
    """Select the packets that were filed of some hearings, the latest first."""
    mine = sa.select(HearingPacket.__table__).where(HearingPacket.hearing_id.in_(hearing_ids))
    return mine.order_by(HearingPacket.id.desc())


def hold(connection: sa.Connection, case_id: int, *, moment: Moment) -> None:
    """Hold a case, open or closed, in whose history something is told.

    Raises
    ------
    OutOfOrderError
        The day lies before its last event.
    """
    refuse_backdating(connection, lock_case(connection, case_id), on=moment.on)


def put(connection: sa.Connection, store: Store, pdf: bytes, *, name: str, moment: Moment) -> str:
    """Put a PDF among the documents; gives its SHA-256."""
    sha256 = store.put(pdf)
    file = {
        "sha256": sha256, "media_type": MediaType.PDF, "byte_size": len(pdf),
        "stored_at": moment.now, "original_name": name,
    }  # fmt: skip
    connection.execute(insert(Document).values(file).on_conflict_do_nothing())
    return sha256
