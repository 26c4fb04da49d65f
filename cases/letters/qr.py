"""Draw what a telephone's camera reads as a QR code (ISO/IEC 18004), in lines and not in pixels."""

import io

import segno


def qr_svg(said: str) -> bytes:
    """Return a QR code as SVG with the quiet zone it wants; a sixth of it may be soiled."""
    drawn = io.BytesIO()
    segno.make_qr(said, error="m").save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue()
