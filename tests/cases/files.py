"""Make the files that people send: photographs as cameras write them, papers, and bombs."""

import io
import re
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

CANARY = "CANARY-7Q4"
LON, LAT = -80.3985, 27.3005
"""Within lot A-1 of the small town."""

CAMERA = {
    ExifTags.Base.DateTimeOriginal: "2026:06:01 10:30:00",
    ExifTags.Base.OffsetTimeOriginal: "-04:00",
    ExifTags.Base.UserComment: CANARY.encode(),
}


def gps(lon: float = LON, lat: float = LAT) -> dict[int, Any]:
    return {
        1: "N" if lat >= 0 else "S", 2: _in_minutes(lat), 3: "E" if lon >= 0 else "W",
        4: _in_minutes(lon),
    }  # fmt: skip


def _in_minutes(degrees: float) -> tuple[float, float, float]:
    whole, rest = divmod(abs(degrees) * 60, 1)
    return (whole // 60, whole % 60, round(rest * 60, 4))


def exif(
    camera: dict[int, Any] | None = None,
    place: dict[int, Any] | None = None,
    *,
    orientation: int = 1,
) -> Image.Exif:
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    tags[ExifTags.Base.Make] = CANARY
    tags[ExifTags.IFD.Exif] = CAMERA if camera is None else camera
    tags[ExifTags.IFD.GPSInfo] = gps() if place is None else place
    return tags


def scene(size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Draw sky over grass, with something red at the upper left."""
    picture = Image.new("RGB", size, (120, 170, 220))
    picture.paste((60, 130, 50), (0, size[1] // 2, *size))
    picture.paste((220, 20, 20), (0, 0, size[0] // 8, size[1] // 8))
    return picture


def jpeg(
    size: tuple[int, int] = (400, 300), *, tags: Image.Exif | None = None, **kind: Any
) -> bytes:
    file = io.BytesIO()
    scene(size).save(
        file, "JPEG", exif=tags or exif(), comment=CANARY.encode(),
        xmp=f"<x:xmpmeta>{CANARY}</x:xmpmeta>".encode(), **kind,
    )  # fmt: skip
    return file.getvalue()


def heic(size: tuple[int, int] = (400, 300)) -> bytes:
    file = io.BytesIO()
    image = pillow_heif.from_pillow(scene(size))
    image.save(file, exif=exif().tobytes(), xmp=CANARY.encode())
    return file.getvalue()


def png(size: tuple[int, int] = (400, 300)) -> bytes:
    file = io.BytesIO()
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", CANARY)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    scene(size).save(file, "PNG", pnginfo=text, exif=exif(), icc_profile=profile)
    return file.getvalue()


def pdf(text: str = "Permit 26-118") -> bytes:
    return f"%PDF-1.7\n1 0 obj\n<< /Title ({text}) >>\nendobj\ntrailer\n<<>>\n%%EOF\n".encode()


def png_bomb(width: int, height: int) -> bytes:
    """Write a grey PNG of any size whose pixels are all zero: a few kilobytes."""
    pixels = _packed_zeros((width + 1) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def _packed_zeros(count: int) -> bytes:
    """Pack any number of zeros at once: a block of them is packed alone, and stands many times."""
    many = 1 << 20
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = packer.compress(bytes(many)) + packer.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    rest = last.compress(bytes(count % many)) + last.flush()
    adler = (count % 65521) << 16 | 1  # of zeros alone
    return b"\x78\xda" + block * (count // many) + rest + struct.pack(">I", adler)


def jpeg_of_many_scans(size: tuple[int, int], scans: int, *, subsampling: int = 2) -> bytes:
    """Write a small progressive JPEG whose last pass is to be decoded over and over."""
    file = io.BytesIO()
    Image.new("RGB", size).save(file, "JPEG", progressive=True, subsampling=subsampling)
    data = file.getvalue()
    at = max(found.start() for found in re.finditer(b"\xff\xda", data))
    return data[:-2] + data[at:-2] * scans + data[-2:]
