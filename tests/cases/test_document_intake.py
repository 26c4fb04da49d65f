"""A file is taken in for what it is, and a hostile one is refused quickly, by name."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import files
import pytest

from cases.documents.camera import Taken, taken_at, taken_point
from cases.documents.errors import (
    BrokenFileError,
    CostlyPictureError,
    MarkupError,
    PolyglotError,
    RefusedFileError,
    TooLargeError,
    TooManyPixelsError,
    UnknownKindError,
)
from cases.documents.intake import MOST_BYTES, TakenIn, take_in
from cases.documents.kinds import MediaType
from cases.documents.store import Store

ZONE = ZoneInfo("America/New_York")
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'
HTML = b"<!DOCTYPE html><html><script>x()</script></html>"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def _taken(store: Store, data: bytes, name: str | None = "hedge.jpg") -> TakenIn:
    return take_in(store, data, name=name, zone=ZONE)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (files.jpeg(), MediaType.JPEG),
        (files.jpeg(progressive=True), MediaType.JPEG),
        (files.png(), MediaType.PNG),
        (files.heic(), MediaType.HEIC),
    ],
)
def test_a_photograph_tells_its_size_its_time_and_its_place(
    store: Store, data: bytes, kind: MediaType
) -> None:
    taken = _taken(store, data)
    assert (taken.media_type, taken.width, taken.height) == (kind, 400, 300)
    assert taken.taken_at == datetime(2026, 6, 1, 14, 30, tzinfo=UTC)
    assert taken.taken_offset == "-04:00"
    assert taken.taken_point == pytest.approx((files.LON, files.LAT))
    assert (taken.byte_size, store.get(taken.sha256)) == (len(data), data)


@pytest.mark.feature("digital documents: photographs, reports, evidence")
def test_a_pdf_is_kept_as_it_is(store: Store) -> None:
    taken = _taken(store, files.pdf(), name=None)
    assert (taken.media_type, taken.width, taken.taken_at) == (MediaType.PDF, None, None)
    assert taken.original_name is None
    assert store.get(taken.sha256) == files.pdf()


def test_a_picture_lying_on_its_side_is_told_as_it_is_looked_at(store: Store) -> None:
    taken = _taken(store, files.jpeg(tags=files.exif(orientation=6)))
    assert (taken.width, taken.height) == (300, 400)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("report.html", "report.html"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\IMG_1.JPG", "IMG_1.JPG"),
        ("a\x00\nb\x1b[2J.jpg", "ab[2J.jpg"),
        ("x" * 400 + ".pdf", "x" * 251 + ".pdf"),
        ("/", None),
        (" ", None),
    ],
)
def test_a_name_is_a_label_and_decides_nothing(store: Store, name: str, label: str | None) -> None:
    taken = _taken(store, files.png(), name=name)
    assert (taken.media_type, taken.original_name) == (MediaType.PNG, label)


def test_a_camera_without_a_zone_is_read_in_the_towns() -> None:
    tags = {"taken": "2026:01:15 10:30:00", "offset": None}
    assert taken_at(tags, zone=ZONE) == Taken(datetime(2026, 1, 15, 10, 30, tzinfo=ZONE), None)
    east = timezone(timedelta(hours=5, minutes=30))
    told = taken_at({**tags, "offset": "+05:30"}, zone=ZONE)
    assert told == Taken(datetime(2026, 1, 15, 10, 30, tzinfo=east), "+05:30")


@pytest.mark.parametrize(
    "taken",
    [None, "", "    :  :     :  :  ", "0000:00:00 00:00:00", "2026:02:30 10:00:00", "yesterday",
     "1970:01:01 00:00:00", ["2026"], 5],
)  # fmt: skip
def test_a_time_that_the_camera_did_not_know_is_none(taken: object) -> None:
    assert taken_at({"taken": taken}, zone=ZONE) is None


@pytest.mark.parametrize("offset", ["+99:00", "EST", "", None, "-4"])
def test_an_offset_that_is_none_leaves_the_towns_zone(offset: object) -> None:
    told = taken_at({"taken": "2026:06:01 10:30:00", "offset": offset}, zone=ZONE)
    assert told == Taken(datetime(2026, 6, 1, 10, 30, tzinfo=ZONE), None)


NAN = float("nan")


@pytest.mark.parametrize(
    "place",
    [
        None, [], [None] * 4,
        [[27, 18, 1], "N", [80, 23, 54], None],
        [[27, 18, 1], "X", [80, 23, 54], "W"],
        [[27, 18, 1], "N", [80, 23], "W"],
        [[NAN, 18, 1], "N", [80, 23, 54], "W"],
        [[27, 18, float("inf")], "N", [80, 23, 54], "W"],
        [[27, 18, 1], "N", [80, NAN, 54], "W"],
        [[91, 0, 0], "N", [80, 23, 54], "W"],
        [[27, 18, 1], "N", [181, 0, 0], "W"],
        [[-27, 18, 1], "N", [80, 23, 54], "W"],
        [[0, 0, 0], "N", [0, 0, 0], "E"],
        ["27", "N", "80", "W"],
    ],
)  # fmt: skip
def test_a_place_that_is_none_on_the_globe_is_none(place: object) -> None:
    assert taken_point({"gps": place}) is None


def test_sides_of_the_globe_are_told_apart() -> None:
    place = [[33, 30, 36], "S", [151, 15, 0], "E"]
    assert taken_point({"gps": place}) == pytest.approx((151.25, -33.51))


def test_a_photograph_whose_tags_are_damaged_is_still_a_photograph(store: Store) -> None:
    data = files.jpeg()
    at = data.index(b"Exif\x00\x00") + 6
    taken = _taken(store, data[:at] + b"\xff" * 60 + data[at + 60 :])
    assert (taken.width, taken.taken_at, taken.taken_point) == (400, None, None)


HOSTILE = {
    "nothing": (b"", UnknownKindError),
    "words": (b"Dear Sir", UnknownKindError),
    "GIF": (b"GIF89a" + bytes(100), UnknownKindError),
    "zip": (b"PK\x03\x04" + bytes(100), UnknownKindError),
    "TIFF": (b"II*\x00" + bytes(100), UnknownKindError),
    "AVIF": (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf", UnknownKindError),
    "SVG": (SVG, MarkupError),
    "HTML": (HTML, MarkupError),
    "HTML behind blanks": (b"  \n\n" + HTML, MarkupError),
    "HTML with the head of a JPEG": (b"\xff\xd8\xff\xe0" + HTML, PolyglotError),
    "HTML with the head of a PDF": (b"%PDF-1.4\n" + HTML + b"\n%%EOF", PolyglotError),
    "PDF behind something": (b"GIF89a" + files.pdf(), PolyglotError),
    "PDF in a JPEG": (files.jpeg()[:2] + b"\xff\xfe\x00\x10%PDF-1.7 abcdef" + files.jpeg()[2:],
                      PolyglotError),
    "zip behind a PDF": (files.pdf() + b"PK\x05\x06" + bytes(18), PolyglotError),
    "page behind a PDF": (files.pdf() + bytes(2000), PolyglotError),
    "zip behind a PNG": (files.png() + b"PK\x03\x04", PolyglotError),
    "PDF cut short": (files.pdf()[:-8], BrokenFileError),
    "JPEG cut short": (files.jpeg((2000, 1500))[:-2000], BrokenFileError),
    "JPEG of which the head is there": (files.jpeg()[:20], BrokenFileError),
    "PNG cut short": (files.png()[:-30], BrokenFileError),
    "HEIC cut short": (files.heic()[:-60], BrokenFileError),
    "PNG with other pixels": (files.png().replace(b"IDAT", b"IDAT\x00", 1), BrokenFileError),
    "JPEG that is noise": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(500), BrokenFileError),
    "61 megapixels in a few kilobytes": (files.png_bomb(7900, 7800), TooManyPixelsError),
    "a thousand megapixels": (files.png_bomb(60_000, 20_000)[:4000] + b"IEND\xae\x42\x60\x82",
                              TooManyPixelsError),
    "a JPEG of 61 megapixels": (files.jpeg((7900, 7800)), TooManyPixelsError),
    "passes without end": (files.jpeg_of_many_scans((6900, 6900), 80), CostlyPictureError),
    "passes in full colour": (files.jpeg_of_many_scans((7700, 7700), 1, subsampling=0),
                              CostlyPictureError),
    "too many bytes": (bytes(MOST_BYTES + 1), TooLargeError),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_by_name_and_not_stored(
    tmp_path: Path, store: Store, what: str
) -> None:
    data, error = HOSTILE[what]
    with pytest.raises(RefusedFileError) as told:
        _taken(store, data, name="honest.jpg")
    assert type(told.value) is error
    assert str(told.value).endswith(".")
    assert list(tmp_path.iterdir()) == []


MEASURE = """
import json, resource, sys, tempfile
from pathlib import Path
from zoneinfo import ZoneInfo
from cases.documents.errors import RefusedFileError
from cases.documents.intake import take_in
from cases.documents.store import Store
store, data = Store(tempfile.mkdtemp()), Path(sys.argv[1]).read_bytes()
me, child = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
before = resource.getrusage(me)
try:
    take_in(store, data, name=None, zone=ZoneInfo("UTC"))
except RefusedFileError:
    mine, its = resource.getrusage(me), resource.getrusage(child)
    took = mine.ru_utime + mine.ru_stime - before.ru_utime - before.ru_stime
    grown = mine.ru_maxrss - before.ru_maxrss + its.ru_maxrss
    print(json.dumps([took + its.ru_utime + its.ru_stime, grown / 1024]))
"""


@pytest.mark.parametrize(
    "what",
    ["61 megapixels in a few kilobytes", "a thousand megapixels", "a JPEG of 61 megapixels",
     "passes without end", "passes in full colour", "too many bytes", "JPEG cut short",
     "HEIC cut short"],
)  # fmt: skip
def test_a_hostile_file_costs_two_seconds_and_200_mb_at_most(tmp_path: Path, what: str) -> None:
    """Seconds of work, which are those of the clock on a machine that does nothing else."""
    path = tmp_path / "file"
    path.write_bytes(HOSTILE[what][0])
    command = [sys.executable, "-P", "-c", MEASURE, str(path)]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    seconds, megabytes = json.loads(told)
    assert (seconds <= 2.0, megabytes <= 200) == (True, True), (seconds, megabytes)
