"""List every address that anybody may open, with what fits each part of it that varies.

A route that is open to anybody and has no line here fails the sweep for canaries: add it, with an
address for an exempt place and its twin where the address names a place.
"""

from collections.abc import Iterator

BOX = "-80.41,27.29,-80.39,27.31"
AREA = "-80.41,27.29;-80.39,27.29;-80.39,27.31"
ALDER = (-80.4 + 0.00135, 27.3002)
"""Longitude and latitude of the town's lot 12-5, and about of its neighbours."""

LAYERS = ("cases", "liens", "parcels", "zones")

OPEN: dict[str, tuple[str, ...]] = {
    "/": (
        "/", "/?parcel={lot}", "/?case={case}", "/?case={closed}", "/?stage=overdue",
        "/?zone=1", "/?category=Trash", f"/?bbox={BOX}",
    ),
    "/case/<path:number>": ("/case/{case}", "/case/{closed}"),
    "/feed.atom": (
        "/feed.atom", "/feed.atom?case={case}", "/feed.atom?parcel={lot}", "/feed.atom?zone=1",
        "/feed.atom?category=Trash", f"/feed.atom?bbox={BOX}", f"/feed.atom?area={AREA}&lang=es",
    ),
    "/figures": ("/figures",),
    "/follow": ("/follow", "/follow?parcel={lot}", "/follow?case={case}", f"/follow?bbox={BOX}"),
    "/follow/confirm/<token>": ("/follow/confirm/none",),
    "/follow/stop/<token>": ("/follow/stop/none",),
    "/healthz": ("/healthz",),
    "/hearings.ics": ("/hearings.ics", "/hearings.ics?case={case}", "/hearings.ics?lang=es"),
    "/language/<code>": ("/language/es?to=/parcel/12-40", "/language/en"),
    "/list": (
        "/list", f"/list?bbox={BOX}", "/list?sort=address", "/list?stage=overdue",
        "/list?by=age&age=month", "/list?show=liens", f"/list?show=liens&bbox={BOX}",
    ),
    "/look.css": ("/look.css",),
    "/lot/<int:parcel_id>": ("/lot/5", "/lot/7", "/lot/4711"),
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
    "/table": (
        "/table", "/table?sort=address", "/table?sort=number", "/table?page=2",
        "/table?show=liens", "/table?show=liens&lien=year", "/table?age=month",
    ),
    "/tiles/<name>.json": ("/tiles/ground.json", "/tiles/cases.json", "/tiles/liens.json"),
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
    # reporting a problem, and what programs ask for
    "/report": ("/report", "/report?q={house}", "/report?parcel={lot}"),
    "/report/around": (f"/report/around?lon={ALDER[0]}&lat={ALDER[1]}&category=Trash",),
    "/report/photo/<uuid:report_id>": (),  # takes photographs alone
    "/report/token.json": ("/report/token.json",),
    "/report/follow": ("/report/follow",),
    "/report/track": ("/report/track",),
    "/api/v1/": ("/api/v1/",),
    "/api/v1/cases": ("/api/v1/cases", f"/api/v1/cases?bbox={BOX}", "/api/v1/cases?limit=1"),
    "/api/v1/cases/<path:number>": ("/api/v1/cases/{case}", "/api/v1/cases/{closed}"),
    "/api/v1/categories": ("/api/v1/categories",),
    "/api/v1/liens": ("/api/v1/liens", f"/api/v1/liens?bbox={BOX}"),
    "/api/v1/openapi.json": ("/api/v1/openapi.json",),
    "/api/v1/parcels/<path:parcel_no>": ("/api/v1/parcels/{lot}",),
    "/api/v1/zones": ("/api/v1/zones",),
    "/data": ("/data",),
    "/data/<day>/<data_file>": ("/data/2026-01-01/cases.csv",),  # test_open_data sweeps the files
    "/ogc/": ("/ogc/", "/ogc/?f=json"),
    "/ogc/api": ("/ogc/api",),
    "/ogc/collections": ("/ogc/collections",),
    "/ogc/collections/<collection_id>": tuple(f"/ogc/collections/{each}" for each in LAYERS),
    "/ogc/collections/<collection_id>/items": tuple(
        f"/ogc/collections/{each}/items{asked}" for each in LAYERS for asked in ("", f"?bbox={BOX}")
    ),
    "/ogc/collections/<collection_id>/items/<int:feature_id>": tuple(
        f"/ogc/collections/{each}/items/{number}"
        for each in LAYERS for number in (1, 3, 4, 5, 7, 8, 9)
    ),
    "/ogc/conformance": ("/ogc/conformance",),
    "/open311/v2/discovery.<any(json,xml):form>": ("/open311/v2/discovery.xml",),
    "/open311/v2/requests.<any(json,xml):form>": (
        "/open311/v2/requests.json", "/open311/v2/requests.xml?status=closed",
    ),
    "/open311/v2/requests/<path:service_request_id>.<any(json,xml):form>": (
        "/open311/v2/requests/{case}.json", "/open311/v2/requests/{closed}.xml",
    ),
    "/open311/v2/services.<any(json,xml):form>": ("/open311/v2/services.json",),
    "/open311/v2/services/<service_code>.<any(json,xml):form>": (
        "/open311/v2/services/high-grass.json",
    ),
    "/open311/v2/tokens/<report_token>.<any(json,xml):form>": ("/open311/v2/tokens/none.json",),
    # by the code of a letter, which a stranger has not: test_respondent_page holds what one shows
    "/my-case": ("/my-case",),
    "/my-case/hearing": ("/my-case/hearing",),
    "/my-case/leave": (),  # a button, as the next ones
    "/my-case/letter.pdf": ("/my-case/letter.pdf?letter=1",),
    "/my-case/message": (),
    "/my-case/notice.pdf": ("/my-case/notice.pdf?notice=1",),
    "/my-case/pay": ("/my-case/pay",),
    "/my-case/pay/online": ("/my-case/pay/online",),
    "/my-case/payoff.pdf": ("/my-case/payoff.pdf",),
    "/my-case/photo": ("/my-case/photo?photo=1",),
    "/my-case/photos": ("/my-case/photos",),
    "/my-case/ready": ("/my-case/ready",),
    "/my-case/receipt": ("/my-case/receipt?of=1",),
    "/my-case/time": ("/my-case/time",),
    "/payments/notice": (),  # only taken in, from a page that signs it
    "/notice": ("/notice",),
    "/notice/forms": ("/notice/forms",),
}  # fmt: skip


def addresses(values: dict[str, str], tiles: Iterator[str] | list[str]) -> Iterator[str]:
    """Yield every address of the table, written for one place; the tiles in their place."""
    for written in OPEN.values():
        for each in written:
            if each == "{tiles}":
                yield from tiles
            else:
                yield each.format(**values)
