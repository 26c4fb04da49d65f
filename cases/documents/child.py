"""Decode one picture in a process with limits; run as a program by `cases.documents.pixels`.

A line of JSON says what is asked, the file's bytes follow. The answer is a line of JSON, and the
bytes of the copies it tells of. A decoder that fails ends the process, which is all it can do.
"""

import io
import json
import resource
import signal
import struct
import sys
import warnings
from collections.abc import Sequence
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageDraw, ImageOps

from cases.documents.pixels import OUT_OF_MEMORY

THUMBNAIL_SIDE = 320

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/heic": "HEIF"}
_TURNED = range(5, 9)
"""EXIF orientations in which width and height change places."""

_QUALITY = 85
_BYTES_PER_PASS_PIXEL = 6
"""What a JPEG of several passes keeps for each pixel until the last of them, at most."""

_BAD_TAGS = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, SyntaxError, TypeError,
    ValueError, struct.error,
)  # fmt: skip
_EXIF = ExifTags.Base
_GPS = ExifTags.GPS

type Answer = tuple[dict[str, Any], list[bytes]]


def main() -> int:
    """Answer the one question that stdin brings."""
    asked = json.loads(sys.stdin.buffer.readline())
    _limit(asked)
    Image.MAX_IMAGE_PIXELS = asked["most_pixels"]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    pillow_heif.register_heif_opener()
    pillow_heif.options.DECODE_THREADS = 2
    try:
        told, files = _answer(asked, sys.stdin.buffer.read())
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        told, files = {"refused": "pixels"}, []
    except MemoryError:
        return OUT_OF_MEMORY
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + b"".join(files))
    return 0


def _limit(asked: dict[str, Any]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The signal ends a process that does not handle it, also within a decoder's own loop.
    signal.setitimer(signal.ITIMER_PROF, asked["cpu_seconds"])


def _answer(asked: dict[str, Any], data: bytes) -> Answer:
    with Image.open(io.BytesIO(data), formats=[_FORMATS[asked["media_type"]]]) as picture:
        if picture.width * picture.height > asked["most_pixels"]:
            return {"refused": "pixels"}, []
        if asked["deed"] == "examine":
            return _examined(picture, data, passes_memory=asked["passes_memory"]), []
        return _copied(
            picture, media_type=asked["media_type"], boxes=asked["boxes"], side=asked["side"]
        )


def _examined(picture: Image.Image, data: bytes, *, passes_memory: int) -> dict[str, Any]:
    """Decode a picture, which reads all its data, and keep as little of its pixels as may be."""
    width, height = picture.size
    exif = _tags(picture)
    if picture.format == "HEIF":
        _ = pillow_heif.open_heif(io.BytesIO(data)).data  # one copy fewer than Pillow's
    else:
        # A smaller form is within a JPEG alone.
        picture.draft(None, (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        try:
            picture.load()
        except OSError:
            if "progressive" in picture.info and (
                width * height * _BYTES_PER_PASS_PIXEL > passes_memory
            ):
                return {"refused": "memory"}
            raise
    if exif.pop("orientation", None) in _TURNED:
        width, height = height, width
    return {"width": width, "height": height, "tags": exif}


def _tags(picture: Image.Image) -> dict[str, Any]:
    """Read what the camera wrote; what cannot be read was not written."""
    try:
        exif = picture.getexif()
        own, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        original = own.get(_EXIF.DateTimeOriginal)
        pair = (
            (original, own.get(_EXIF.OffsetTimeOriginal))
            if original
            else (own.get(_EXIF.DateTimeDigitized), own.get(_EXIF.OffsetTimeDigitized))
        )
        return {
            "orientation": exif.get(_EXIF.Orientation),
            "taken": _plain(pair[0]),
            "offset": _plain(pair[1]),
            "gps": [
                _plain(gps.get(tag))
                for tag in (
                    _GPS.GPSLatitude, _GPS.GPSLatitudeRef, _GPS.GPSLongitude, _GPS.GPSLongitudeRef,
                )
            ],
        }  # fmt: skip
    except _BAD_TAGS:
        return {}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("ascii", "replace")
    if isinstance(value, tuple | list):
        return [float(each) for each in value[:3]]
    return value if isinstance(value, str) else None


def _copied(
    picture: Image.Image, *, media_type: str, boxes: Sequence[Sequence[float]], side: int
) -> Answer:
    """Draw a picture anew, smaller, upright, without anything but its pixels."""
    picture.thumbnail((side, side))
    shown = _bare(ImageOps.exif_transpose(picture), profile=picture.info.get("icc_profile"))
    draw = ImageDraw.Draw(shown)
    for left, top, width, height in boxes:
        # Outwards to whole pixels, and the pixel at the edge as well: never less than was asked.
        corner = (int(left * shown.width), int(top * shown.height))
        end = (int((left + width) * shown.width), int((top + height) * shown.height))
        draw.rectangle((corner, end), fill="black")
    thumbnail = shown.copy()
    thumbnail.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    kind = "PNG" if media_type == "image/png" else "JPEG"
    files = [_encoded(each, kind) for each in (shown, thumbnail)]
    sizes = [
        {"width": each.width, "height": each.height, "bytes": len(file)}
        for each, file in zip((shown, thumbnail), files, strict=True)
    ]
    return {"media_type": f"image/{kind.lower()}", "copies": sizes}, files


def _bare(picture: Image.Image, *, profile: bytes | None) -> Image.Image:
    """Return a picture's colours in sRGB on white; what lay hidden under transparency is gone."""
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")  # 16 bits to 8
    if profile:
        picture = _in_srgb(picture, profile)
    bare = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        bare.paste(seen, mask=seen.getchannel("A"))
    else:
        bare.paste(picture.convert("RGB"))
    return bare


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    if picture.mode not in {"L", "RGB", "CMYK"}:
        return picture
    try:
        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ours = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(picture, theirs, ours, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture
    return turned or picture


def _encoded(picture: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, quality=_QUALITY, optimize=kind == "PNG")
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
