"""List every address that anybody may open, with what fits each part of it that varies.

A route that is open to anybody and has no line here fails the sweep for canaries: add it, with an
address for an exempt place and its twin where the address names a place.
"""

from collections.abc import Iterator

BOX = "-80.41,27.29,-80.39,27.31"
ALDER = (-80.4 + 0.00135, 27.3002)
"""Longitude and latitude of the town's lot 12-5, and about of its neighbours."""

OPEN: dict[str, tuple[str, ...]] = {
    "/": (
        "/", "/?parcel={lot}", "/?case={case}", "/?case={closed}", "/?stage=overdue",
        "/?zone=1", "/?category=Trash", f"/?bbox={BOX}",
    ),
    "/case/<path:number>": ("/case/{case}", "/case/{closed}"),
    "/healthz": ("/healthz",),
    "/language/<code>": ("/language/es?to=/parcel/12-40", "/language/en"),
    "/list": ("/list", f"/list?bbox={BOX}", "/list?sort=address", "/list?stage=overdue"),
    "/look.css": ("/look.css",),
    "/officers": ("/officers",),
    "/panel/case/<path:number>": ("/panel/case/{case}", "/panel/case/{closed}"),
    "/panel/parcel/<path:parcel_no>": ("/panel/parcel/{lot}",),
    "/parcel/<path:parcel_no>": ("/parcel/{lot}",),
    "/privacy": ("/privacy",),
    "/readyz": ("/readyz",),
    "/route": ("/route",),
    "/seal": ("/seal",),
    "/search": (
        "/search", "/search?q={house}", "/search?q={lot}", "/search?q=alder", "/search?q=birch",
    ),
    "/search/suggestions": (
        "/search/suggestions?q={house}", "/search/suggestions?q={lot}",
        "/search/suggestions?q=12-", "/search/suggestions?q={house}&kind=address",
    ),
    "/static/<path:filename>": ("/static/mark.svg",),
    "/table": ("/table", "/table?sort=address", "/table?sort=number", "/table?page=2"),
    "/tiles/<name>.json": ("/tiles/ground.json", "/tiles/cases.json"),
    "/tiles/<name>/<int:z>/<int:x>/<int:y>.mvt": ("{tiles}",),
    "/set-password/<token>": ("/set-password/none",),
    "/sign-in": ("/sign-in",),
    "/sign-in/city": ("/sign-in/city",),
    "/sign-in/city/back": ("/sign-in/city/back",),
    "/sign-in/code": ("/sign-in/code",),
    "/sign-in/forgot": ("/sign-in/forgot",),
    "/sign-out": ("/sign-out",),
    "/field/app.webmanifest": ("/field/app.webmanifest",),
    "/field/calendar/<calendar_token>.ics": ("/field/calendar/none.ics",),
    "/field/worker.js": ("/field/worker.js",),
}  # fmt: skip


def addresses(values: dict[str, str], tiles: Iterator[str] | list[str]) -> Iterator[str]:
    """Yield every address of the table, written for one place; the tiles in their place."""
    for written in OPEN.values():
        for each in written:
            if each == "{tiles}":
                yield from tiles
            else:
                yield each.format(**values)
