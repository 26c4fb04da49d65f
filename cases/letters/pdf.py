"""Set a letter as a tagged PDF that anybody's reader can read (PDF/UA-1).

Import it where a letter is set and not before: WeasyPrint takes seconds and 90 MB to load.
"""

import os
import threading
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

FONTS = Path(__file__).parents[2] / "data" / "fonts"
# Read once, when Pango is loaded: with no font at all it ends the process, and ours are the first.
os.environ.setdefault("FONTCONFIG_FILE", str(FONTS / "fonts.conf"))

from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402

from cases.letters.templates import BUNDLED, LetterError, Paper  # noqa: E402

HERE = "letter:"
"""What a letter's addresses begin with: there is nothing but the pictures handed in with it."""
PAGE = "page.html"
OWN_FONT = "@font-face"
_MEDIA = {".svg": "image/svg+xml", ".png": "image/png", ".jpeg": "image/jpeg"}


class _Fonts(threading.local):
    """The fonts of a thread, found once: fontconfig keeps 0.2 MB whenever they are found anew.

    Pango's fonts are not for two threads at a time.
    """

    def __init__(self) -> None:
        self.found = FontConfiguration()


_FONTS = _Fonts()


class _Handed(URLFetcher):  # type: ignore[misc]
    """Hands out the pictures of one letter, and neither a file nor the network."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=[HERE.rstrip(":")])
        self._pictures = pictures
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 - as WeasyPrint calls it
        """Return a picture by its name."""
        name = url.removeprefix(HERE)
        if not url.startswith(HERE) or name not in self._pictures:
            self.refused.append(url)  # WeasyPrint goes on without what it cannot get
            raise ValueError(url)
        media = {"Content-Type": _MEDIA[Path(name).suffix]}
        return URLFetcherResponse(url, self._pictures[name], media)


def set_pdf(
    letter: str,
    *,
    title: str,
    language: str,
    author: str,
    style: str,
    pictures: Mapping[str, bytes] | None = None,
) -> Paper:
    """Set a letter as PDF; the same letter is the same bytes.

    Parameters
    ----------
    letter
        A piece of HTML, as `cases.letters.templates.write` gives it.
    style
        CSS of the page.
    pictures
        By their names, which ``<img src="letter:map.svg">`` gives; SVG, PNG or JPEG.

    Raises
    ------
    LetterError
        It asks for something that was not handed in: a file, or an address.
    """
    page_of = Template((BUNDLED / PAGE).read_text(encoding="utf-8"))
    page = page_of.substitute(
        letter=letter, title=escape(title), language=escape(language), author=escape(author)
    )
    handed = _Handed(pictures or {})
    # A font of its own is added to those found, which no other letter may have.
    own = OWN_FONT in f"{style}{letter}".casefold()
    fonts = FontConfiguration() if own else _FONTS.found
    sheet = CSS(string=style, url_fetcher=handed, font_config=fonts, base_url=HERE)
    document = HTML(string=page, url_fetcher=handed, base_url=HERE)
    rendered = document.render(pdf_variant="pdf/ua-1", stylesheets=[sheet], font_config=fonts)
    pdf: bytes = rendered.write_pdf(pdf_variant="pdf/ua-1")
    if handed.refused:
        msg = (
            f"The letter asks for {handed.refused[0]}, which is not part of it: a template may "
            "show only the pictures it is handed. Take that out of the template or its style."
        )
        raise LetterError(msg)
    pages = rendered.pages
    places = {
        name: number for number in reversed(range(len(pages))) for name in pages[number].anchors
    }
    return Paper(pdf, len(pages), places)
