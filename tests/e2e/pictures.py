"""Keep pictures of the pages that tests open, and lay them on one sheet to look at.

    LOTLINE_PICTURES=folder script/test tests/e2e/test_staff_story.py

Nothing is kept where the variable is not set.
"""

import os
from itertools import batched
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page

ACROSS, WIDTH, HEIGHT, MARGIN = 6, 420, 560, 12


class Album:
    """The pictures of one run, in the order they were taken.

    Parameters
    ----------
    name
        Of the sheet, and of what the pictures' names begin with.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.folder = Path(os.environ["LOTLINE_PICTURES"]) if _is_wanted() else None
        self.taken: list[Path] = []

    def take(self, page: Page, what: str) -> None:
        """Take a picture of the whole of a page as it stands."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{self.name}-{len(self.taken):03}-{what.replace('/', '_')}.png"
        page.screenshot(path=path, full_page=True)
        self.taken.append(path)

    def lay_out(self) -> None:
        """Lay all of it on sheets, each picture with its name above."""
        rows = list(batched(self.taken, ACROSS * 4))
        for number, sheet in enumerate(rows):
            _sheet(sheet).save(self.taken[0].parent / f"sheet-{self.name}-{number}.png")


def _is_wanted() -> bool:
    return bool(os.environ.get("LOTLINE_PICTURES"))


def _sheet(paths: tuple[Path, ...]) -> Image.Image:
    down = -(-len(paths) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * (WIDTH + MARGIN), down * (HEIGHT + 30)), "white")
    pen = ImageDraw.Draw(sheet)
    for at, path in enumerate(paths):
        x, y = at % ACROSS * (WIDTH + MARGIN), at // ACROSS * (HEIGHT + 30)
        pen.text((x + 4, y + 8), path.stem, fill="black")
        with Image.open(path) as shot:
            shot.thumbnail((WIDTH, shot.height))
            sheet.paste(shot.crop((0, 0, WIDTH, min(shot.height, HEIGHT))), (x, y + 26))
    return sheet
