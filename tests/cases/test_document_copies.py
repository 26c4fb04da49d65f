"""What the public sees of a picture is drawn anew: nothing of the camera is left in it."""

import io
from dataclasses import replace

import files
import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from papers import ZONE, hang
from PIL import Image, ImageCms
from played import SPOKESMAN, story

from cases import hearings
from cases.abating import AbatementAuthority, Work, authorize, complete, order_work
from cases.adopted import law_of_case
from cases.documents import attaching
from cases.documents.attaching import DocumentKind, Filing
from cases.documents.copies import make_copies
from cases.documents.errors import NoSuchFileError, NotAPictureError, RedactionError
from cases.documents.intake import TakenIn, take_in
from cases.documents.kinds import MediaType
from cases.documents.pixels import redraw
from cases.documents.queries import (
    documents_of_case,
    files_named_in,
    public_documents_of_cases,
    redactions_of,
)
from cases.documents.redacting import Box, redact
from cases.documents.store import Store
from cases.hearings import About
from cases.history import faults
from cases.inspections import Entry
from cases.models import DocumentCopy
from cases.parts import NoSuchPartError
from cases.story import events_of, told
from cases.workflow.registry import NotNowError

EXEMPT = "s. 119.071(4)(d), Florida Statutes"
FACE = Box(left=0, top=0, width=0.125, height=0.125, exemption=EXEMPT)
"""Where the scene is red."""


def _open(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def _rows(connection: sa.Connection) -> list[sa.Row]:
    return list(connection.execute(sa.select(DocumentCopy.__table__).order_by(DocumentCopy.id)))


@pytest.mark.parametrize(
    ("data", "kind", "made"),
    [
        (files.jpeg(tags=files.exif(orientation=6)), MediaType.JPEG, MediaType.JPEG),
        (files.png(), MediaType.PNG, MediaType.PNG),
        (files.heic(), MediaType.HEIC, MediaType.JPEG),
    ],
)
def test_nothing_that_the_camera_wrote_is_in_any_copy(
    data: bytes, kind: MediaType, made: MediaType
) -> None:
    assert files.CANARY.encode() in data
    for boxes in ((), [(0.0, 0.0, 0.5, 0.5)]):
        copies = redraw(data, media_type=kind, boxes=boxes)
        for copy in (copies.whole, copies.thumbnail):
            picture = _open(copy.data)
            assert copy.media_type == made
            assert (copy.width, copy.height) == picture.size
            assert not dict(picture.getexif())
            assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            for secret in (files.CANARY.encode(), b"Exif", b"GPS", b"xmp", b"2026:06:01", b"ICC"):
                assert secret not in copy.data


def test_a_copy_is_upright_and_of_bounded_size() -> None:
    lying = files.jpeg((3000, 1500), tags=files.exif(orientation=6))
    copies = redraw(lying, media_type=MediaType.JPEG)
    assert (copies.whole.width, copies.whole.height) == (1024, 2048)
    assert (copies.thumbnail.width, copies.thumbnail.height) == (160, 320)
    picture = _open(copies.whole.data)
    assert _is_red(picture.getpixel((1000, 20)))  # what lay at the left is at the right now
    assert not _is_red(picture.getpixel((20, 20)))


def _is_red(pixel: object) -> bool:
    red, green, blue = pixel  # type: ignore[misc]
    return bool(red > 150 and green < 80 and blue < 80)


def test_a_small_picture_is_not_blown_up() -> None:
    copies = redraw(files.png((40, 30)), media_type=MediaType.PNG)
    assert (copies.whole.width, copies.thumbnail.width) == (40, 40)


def test_colours_of_another_profile_are_turned_into_those_of_screens() -> None:
    """In a profile that names red what screens call green, a brown is an olive."""
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = usual.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    file = io.BytesIO()
    Image.new("RGB", (64, 64), (128, 64, 32)).save(file, "PNG", icc_profile=swapped)
    turned = _open(redraw(file.getvalue(), media_type=MediaType.PNG).whole.data)
    assert "icc_profile" not in turned.info
    assert turned.getpixel((5, 5)) == pytest.approx((64, 128, 32), abs=2)
    file = io.BytesIO()
    Image.new("RGB", (64, 64), (128, 64, 32)).save(file, "PNG", icc_profile=b"no profile")
    kept = _open(redraw(file.getvalue(), media_type=MediaType.PNG).whole.data)
    assert kept.getpixel((5, 5)) == (128, 64, 32)


@pytest.mark.parametrize(
    ("picture", "colour"),
    [
        (Image.new("RGBA", (64, 64), (200, 0, 0, 0)), (255, 255, 255)),
        (Image.new("LA", (64, 64), (0, 0)), (255, 255, 255)),
        (Image.new("I;16", (64, 64), 32_768), (128, 128, 128)),
        (Image.new("1", (64, 64), 1), (255, 255, 255)),
        (Image.new("RGB", (64, 64), (10, 20, 30)).convert("P"), None),
    ],
)
def test_what_lay_hidden_under_transparency_is_gone_and_deep_colours_stay(
    picture: Image.Image, colour: tuple[int, int, int] | None
) -> None:
    file = io.BytesIO()
    picture.save(file, "PNG")
    drawn = _open(redraw(file.getvalue(), media_type=MediaType.PNG).whole.data)
    assert drawn.mode == "RGB"
    assert colour is None or drawn.getpixel((9, 9)) == colour


def test_copies_are_kept_beside_the_original_and_drawn_once(
    town: sa.Connection, store: Store, photo: int, taken: TakenIn
) -> None:
    original = store.get(taken.sha256)
    make_copies(town, store, sha256=taken.sha256)
    rows = _rows(town)
    make_copies(town, store, sha256=taken.sha256)
    assert _rows(town) == rows
    assert [(row.kind, row.width, row.height) for row in rows] == [
        ("public", 400, 300), ("thumbnail", 320, 240),
    ]  # fmt: skip
    assert all(len(store.get(row.sha256)) == row.byte_size for row in rows)
    assert store.get(taken.sha256) == original
    assert photo


def test_a_pdf_has_no_copy_and_is_public_as_a_whole_or_not_at_all(
    town: sa.Connection, store: Store, case: int, paper: int
) -> None:
    (row,) = town.execute(documents_of_case(case)).all()
    make_copies(town, store, sha256=row.sha256)
    assert _rows(town) == []
    with pytest.raises(NotAPictureError, match="as a whole or not at all"):
        redact(town, store, case_document_id=paper, boxes=[FACE], actor=CLERK, moment=day(6, 3))
    attaching.publish(town, case_document_id=paper, actor=CLERK, moment=day(6, 3))
    (shown,) = town.execute(public_documents_of_cases([case])).all()
    assert (shown.shown, shown.thumbnail) == (row.sha256, None)


def test_what_was_never_added_has_no_copies(town: sa.Connection, store: Store) -> None:
    with pytest.raises(NoSuchFileError, match="add it to a case first"):
        make_copies(town, store, sha256="ab" * 32)
    with pytest.raises(NoSuchPartError):
        redact(town, store, case_document_id=0, boxes=[FACE], actor=CLERK, moment=day(6, 3))


def test_a_blacked_out_part_is_black_in_every_copy_the_public_sees(
    town: sa.Connection, store: Store, case: int, photo: int, taken: TakenIn
) -> None:
    make_copies(town, store, sha256=taken.sha256)
    attaching.publish(town, case_document_id=photo, actor=CLERK, moment=day(6, 3))
    (before,) = town.execute(public_documents_of_cases([case])).all()
    assert _is_red(_open(store.get(before.shown)).getpixel((20, 20)))
    redact(town, store, case_document_id=photo, boxes=[FACE], actor=CLERK, moment=day(6, 4))
    (after,) = town.execute(public_documents_of_cases([case])).all()
    assert {after.shown, after.thumbnail}.isdisjoint({before.shown, before.thumbnail})
    for name, side in ((after.shown, 50), (after.thumbnail, 40)):
        picture = _open(store.get(name))
        for x, y in ((0, 0), (side // 2, side // 2), (side - 1, 5)):
            assert max(picture.getpixel((x, y))) < 30  # type: ignore[arg-type, type-var]
        assert min(picture.getpixel((side * 3, side))) > 60  # type: ignore[arg-type, type-var]
    assert _is_red(_open(store.get(taken.sha256)).getpixel((20, 20)))


def test_who_blacked_out_what_and_by_which_section_is_on_record(
    town: sa.Connection, store: Store, case: int, photo: int, taken: TakenIn
) -> None:
    plate = Box(left=0.5, top=0.5, width=0.5, height=0.5, exemption=" s. 119.0712(2) ")
    redact(
        town, store, case_document_id=photo, boxes=[FACE, plate], actor=MANAGER, moment=day(6, 4)
    )
    first, second = town.execute(redactions_of([taken.sha256])).all()
    assert (first.redacted_by, first.exemption, first.width) == ("A. Stone", EXEMPT, 0.125)
    assert (second.number, second.exemption) == (2, "s. 119.0712(2)")
    law = law_of_case(town, case)
    text = list(told(town.execute(events_of(case)).all(), law=law))[-1].text
    assert text == (
        "In the public copy of a document (photo: The hedge from the sidewalk) was blacked out "
        f"what is exempt under {EXEMPT}; s. 119.0712(2). "
        "[s. 119.07(1)(d) and (e), Florida Statutes] - A. Stone"
    )
    assert story(town)[-1] == "document_redacted"
    assert list(faults(town)) == []


def test_the_latest_redaction_is_in_force_on_every_case_the_picture_hangs_on(
    town: sa.Connection, store: Store, case: int, photo: int, taken: TakenIn
) -> None:
    again = hang(town, taken, case)
    redact(town, store, case_document_id=photo, boxes=[FACE], actor=CLERK, moment=day(6, 4))
    whole = Box(left=0, top=0, width=1, height=1, exemption=EXEMPT)
    redact(town, store, case_document_id=again, boxes=[whole], actor=CLERK, moment=day(6, 5))
    for each in (photo, again):
        attaching.publish(town, case_document_id=each, actor=CLERK, moment=day(6, 5))
    rows = town.execute(public_documents_of_cases([case])).all()
    assert len({row.shown for row in rows}) == 1
    assert _open(store.get(rows[0].shown)).getextrema() == ((0, 0),) * 3
    assert {row.redacted_copy for row in town.execute(documents_of_case(case))} == {rows[0].shown}
    assert len(town.execute(redactions_of([taken.sha256])).all()) == 1


@pytest.mark.feature("digital documents: photographs, reports, evidence")
def test_what_the_public_is_shown_tells_neither_place_nor_name_nor_original(
    town: sa.Connection, store: Store, case: int, photo: int, taken: TakenIn
) -> None:
    assert town.execute(public_documents_of_cases([case])).all() == []
    make_copies(town, store, sha256=taken.sha256)
    attaching.publish(town, case_document_id=photo, actor=CLERK, moment=day(6, 3))
    (row,) = town.execute(public_documents_of_cases([case])).all()
    assert set(row._fields) == {
        "id", "case_id", "kind", "caption", "media_type", "shown", "thumbnail",
    }  # fmt: skip
    assert taken.sha256 not in tuple(row)


@pytest.mark.parametrize(
    "sides",
    [(-0.1, 0, 0.5, 0.5), (0, 0, 0, 0.5), (0, 0, 0.5, -1), (0.6, 0, 0.5, 0.5), (0, 0, 1.1, 1),
     (float("nan"), 0, 0.5, 0.5), (0, 0, float("inf"), 0.5), (0, float("nan"), 0.5, 0.5),
     (0, 0, 0.5, float("nan"))],
)  # fmt: skip
def test_a_box_outside_the_picture_is_refused(sides: tuple[float, float, float, float]) -> None:
    left, top, width, height = sides
    with pytest.raises(RedactionError, match="no part of the picture"):
        Box(left=left, top=top, width=width, height=height, exemption=EXEMPT)


def test_an_officer_blacks_out_nothing(town: sa.Connection, store: Store, photo: int) -> None:
    with pytest.raises(NotNowError):
        redact(town, store, case_document_id=photo, boxes=[FACE], actor=OFFICER, moment=day(6, 3))
    assert _rows(town) == []


def test_files_named_by_hash_elsewhere_are_found_among_the_documents(
    town: sa.Connection, store: Store, case: int, violation: int
) -> None:
    before = take_in(store, files.jpeg(), name="before.jpg", zone=ZONE)
    after = "af" * 32
    hang(town, before, case, filing=Filing(kind=DocumentKind.PHOTO, violation_id=violation))
    abatement = authorize(
        town, violation_id=violation, authority=AbatementAuthority.EMERGENCY, order_id=None,
        reason="A pit", actor=MANAGER, moment=day(6, 2),
    )  # fmt: skip
    order_work(
        town, abatement_id=abatement, contractor="Green", entry=Entry.CONSENT,
        entry_detail="P. Lane", actor=OFFICER, moment=day(6, 3),
    )  # fmt: skip
    work = Work(done_on=day(6, 4).on, photos_before=[before.sha256], photos_after=[after])
    complete(town, abatement_id=abatement, work=work, actor=OFFICER, moment=day(6, 4))
    hearing = hearings.request(
        town, case_id=case, about=About.VIOLATION, actor=MANAGER, moment=day(7, 1),
        representative=replace(SPOKESMAN, sha256=before.sha256),
    )  # fmt: skip
    named = town.execute(files_named_in([case])).all()
    assert [(row.what, row.part_id, row.sha256, row.media_type) for row in named] == [
        ("authorization", hearing, before.sha256, "image/jpeg"),
        ("photo_after", abatement, after, None),
        ("photo_before", abatement, before.sha256, "image/jpeg"),
    ]
