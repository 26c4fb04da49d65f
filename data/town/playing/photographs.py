"""Act what officers do with their photographs: hang them on the case, and take a wrong one back."""

import uuid

from cases.documents import attaching
from cases.documents.attaching import DocumentKind, Filing, PhonePosition
from data.town.pictures import MENDED
from data.town.playing.scene import Scene
from data.town.playing.turns import Turn

_UPLOADS = uuid.UUID("5b1f5c1e-3c0f-4f43-9d0b-6b7a3c0f1d2e")


def show_wrong(scene: Scene, inspection_id: int) -> None:
    """Hang the photograph of what an inspection found, and of a few the wrong one first."""
    if scene.takes(Turn.WRONG_PHOTO):
        wrong = hang(scene, MENDED, caption="Seen from the street", inspection_id=inspection_id)
        attaching.withdraw(
            scene.connection, case_document_id=wrong, reason="It shows the lot next door",
            **scene.officer,
        )  # fmt: skip
    category = scene.part.fate.offences[0].category
    hang(scene, category, caption="Seen from the street", inspection_id=inspection_id)


def hang(scene: Scene, subject: str, *, caption: str, inspection_id: int | None = None) -> int:
    """Hang the photograph of a subject on the case; gives the identity of the row that says so."""
    taken = scene.album.get(subject, scene.album[MENDED])
    filing = Filing(
        kind=DocumentKind.PHOTO,
        caption=caption,
        inspection_id=inspection_id,
        phone=PhonePosition(point=scene.part.point, accuracy_m=5),
    )
    upload = f"{scene.case_id} {scene.on} {subject} {caption} {inspection_id}"
    return attaching.attach(
        scene.connection, taken, case_id=scene.case_id, filing=filing,
        client_id=uuid.uuid5(_UPLOADS, upload), **scene.officer,
    )  # fmt: skip
