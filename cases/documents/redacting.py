"""Black out parts of a picture for the public, each under the section that exempts it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance
from cases.documents.attaching import title_of
from cases.documents.copies import CopyKind, keep_copies, media_type_of_document
from cases.documents.errors import NotAPictureError, RedactionError
from cases.documents.kinds import PICTURES
from cases.documents.pixels import redraw
from cases.documents.store import Store
from cases.models import CaseDocument, DocumentRedaction, RedactionBox
from cases.parts import NoSuchPartError, lock_part, move
from cases.workflow.document import DocumentAction, DocumentStatus
from cases.workflow.step import Guard

_ROUNDING = 1e-6
_A_NUMBER = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A part of a picture to black out, in fractions of its width and height as it is looked at.

    Parameters
    ----------
    exemption
        The section that exempts it: ``s. 119.071(4)(d), Florida Statutes``.

    Raises
    ------
    RedactionError
        It lies outside the picture, or covers nothing.
    """

    left: float
    top: float
    width: float
    height: float
    exemption: str

    def __post_init__(self) -> None:
        """Refuse what is no part of a picture."""
        across, down = self.left + self.width, self.top + self.height
        inside = self.left >= 0 and self.top >= 0 and max(across, down) <= 1 + _ROUNDING
        if not (inside and self.width > 0 and self.height > 0 and across == across):  # noqa: PLR0124 - NaN
            msg = (
                f"A box from {self.left}, {self.top} of {self.width} by {self.height} is no part "
                "of the picture: give fractions of its width and height, from 0 to 1."
            )
            raise RedactionError(msg)

    @property
    def cites(self) -> bool:
        """Whether the exemption names a section, by its number."""
        return bool(_A_NUMBER.search(self.exemption))


def redact(
    connection: sa.Connection,
    store: Store,
    *,
    case_document_id: int,
    boxes: Sequence[Box],
    actor: Actor,
    moment: Moment,
) -> int:
    """Draw a picture anew with parts of it black; gives the redaction's identity.

    From now on the public sees this copy of the document, on whichever case it hangs, and none
    made before. The original stays.

    Raises
    ------
    NotAPictureError
        It is a PDF.
    """
    _require_picture(connection, case_document_id)
    row = lock_part(connection, CaseDocument, case_document_id, moment=moment)
    held = {Guard.EXEMPTION_CITED: bool(boxes) and all(box.cites for box in boxes)}
    step = advance(DocumentStatus(row.status), DocumentAction.REDACT, actor=actor, held=held)
    media_type = media_type_of_document(connection, row.sha256)
    drawn = redraw(
        store.get(row.sha256),
        media_type=media_type,
        boxes=[(box.left, box.top, box.width, box.height) for box in boxes],
    )
    redaction_id = _insert(connection, row, boxes, actor=actor, moment=moment)
    keep_copies(
        connection, store, drawn, of=row.sha256, redaction_id=redaction_id,
        kinds=(CopyKind.REDACTED, CopyKind.REDACTED_THUMBNAIL),
    )  # fmt: skip
    move(
        connection, CaseDocument, row, step, actor=actor, moment=moment, sha256=row.sha256,
        document_kind=row.kind, title=title_of(connection, row), redaction=redaction_id,
        exemptions=sorted({box.exemption.strip() for box in boxes}),
    )  # fmt: skip
    return redaction_id


def _require_picture(connection: sa.Connection, case_document_id: int) -> None:
    query = sa.select(CaseDocument.sha256).where(CaseDocument.id == case_document_id)
    sha256 = connection.scalar(query)
    if sha256 is None:
        msg = f"There is no case document with the identity {case_document_id}."
        raise NoSuchPartError(msg)
    if media_type_of_document(connection, sha256) not in PICTURES:
        msg = (
            "A PDF is public as a whole or not at all: black it out in a program for PDFs, and add "
            "the result as a document of its own."
        )
        raise NotAPictureError(msg)


def _insert(
    connection: sa.Connection,
    row: sa.Row[Any],
    boxes: Sequence[Box],
    *,
    actor: Actor,
    moment: Moment,
) -> int:
    values = {
        "of": row.sha256, "case_document_id": row.id, "redacted_by": actor.name,
        "redacted_on": moment.on,
    }  # fmt: skip
    query = sa.insert(DocumentRedaction).values(values).returning(DocumentRedaction.id)
    redaction_id = int(connection.execute(query).scalar_one())
    drawn = [
        {
            "redaction_id": redaction_id, "number": number, "left": box.left, "top": box.top,
            "width": box.width, "height": box.height, "exemption": box.exemption.strip(),
        }
        for number, box in enumerate(boxes, start=1)
    ]  # fmt: skip
    connection.execute(sa.insert(RedactionBox), drawn)
    return redaction_id
