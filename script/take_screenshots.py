"""Photograph the pages of a running Lotline at the sizes of a desk and a phone."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
SETTLE_MS = 600  # labels fade in after the map is idle


def main() -> None:
    """Write map.png and contact-sheet.png."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        pages = _pages(browser, options.url)
        shots = list(_shots(browser, options.url, pages, Path(folder)))
        (options.out / "map.png").write_bytes(shots[0].read_bytes())
        _contact_sheet(browser, shots, options.out / "contact-sheet.png")
        browser.close()
    print(f"{options.out / 'map.png'} and {options.out / 'contact-sheet.png'} written.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=Path("docs"))
    return parser.parse_args()


def _pages(browser: Browser, url: str) -> dict[str, str]:
    """Name the pages worth seeing; streets and cases are taken from the town that is there."""
    page = browser.new_page()
    page.goto(f"{url}/list")
    row = page.locator(".case-row a[data-lon]").nth(5)
    number, lon, lat = (row.get_attribute(f"data-{name}") for name in ("case", "lon", "lat"))
    page.goto(f"{url}/case/{number}")
    parcel = page.locator("a[data-parcel]").get_attribute("data-parcel")
    page.close()
    return {
        "town": "/",
        "neighbourhood": f"/#map=15.3/{lat}/{lon}",
        "street": f"/?parcel={parcel}#map=17.3/{lat}/{lon}",
        "case": f"/?case={number}",
        "table": "/table",
        "parcel page": f"/parcel/{parcel}",
        "case page": f"/case/{number}",
        "search": "/search?q=main",
        "route viewer": "/route",
        "not found": "/no-such-page",
    }


def _shots(browser: Browser, url: str, pages: dict[str, str], folder: Path) -> Iterator[Path]:
    for size, viewport in (("desk", DESK), ("phone", PHONE)):
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport=viewport,
                color_scheme="dark" if scheme == "dark" else "light",
                has_touch=size == "phone",
            )
            for name, path in pages.items():
                page = context.new_page()
                page.goto(url + path)
                _settle(page)
                shot = folder / f"{name}, {size}, {scheme}.png"
                page.screenshot(path=shot)
                page.close()
                yield shot
            context.close()


def _settle(page: Page) -> None:
    if page.locator(".map, .small-map").count():
        page.locator(".map-ready").wait_for(state="attached")
    page.wait_for_timeout(SETTLE_MS)


def _contact_sheet(browser: Browser, shots: list[Path], target: Path) -> None:
    page = browser.new_page(viewport={"width": 2400, "height": 900})
    figures = "".join(
        f"<figure><img src='{quote(shot.name)}'><figcaption>{shot.stem}</figcaption></figure>"
        for shot in shots
    )
    style = (
        "body{display:flex;flex-wrap:wrap;gap:16px;margin:16px;background:#777}"
        "figure{margin:0;color:#fff;font:16px sans-serif}img{height:360px;display:block}"
    )
    sheet = shots[0].with_name("sheet.html")
    sheet.write_text(f"<!doctype html><style>{style}</style>{figures}", encoding="utf-8")
    page.goto(sheet.as_uri())
    page.screenshot(path=target, full_page=True)
    page.close()


if __name__ == "__main__":
    main()
