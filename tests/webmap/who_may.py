"""Say by hand who may ask for each address of the site: a new route needs a line here.

`WHO_MAY` has one line for each rule of the routing table; `KNOWN` and `UNKNOWN` have, for each
part of an address that varies, a value there is in the town of the tests and one there is not.
"""

from cases.workflow.roles import Role

OUTSIDE = None
"""Somebody who is not signed in."""

WORKERS = frozenset({Role.OFFICER, Role.CLERK, Role.MANAGER, Role.HEARING_OFFICER, Role.ADMIN})
ALL = frozenset({OUTSIDE, *WORKERS})
OFFICE = WORKERS - {Role.ADMIN}
DESK = frozenset({Role.OFFICER, Role.CLERK, Role.MANAGER})
MAIL_DESK = frozenset({Role.OFFICER, Role.CLERK})
BENCH = frozenset({Role.CLERK, Role.MANAGER, Role.HEARING_OFFICER})
CLERK = frozenset({Role.CLERK})
COUNTER = frozenset({Role.CLERK, Role.MANAGER})
MANAGER = frozenset({Role.MANAGER})
OFFICER = frozenset({Role.OFFICER})
ADMIN = frozenset({Role.ADMIN})

WHO_MAY: dict[str, frozenset[Role | None]] = {
    "/": ALL,
    "/case/<path:number>": ALL,
    "/healthz": ALL,
    "/list": ALL,
    "/panel/case/<path:number>": ALL,
    "/panel/parcel/<path:parcel_no>": ALL,
    "/parcel/<path:parcel_no>": ALL,
    "/readyz": ALL,
    "/route": ALL,
    "/search": ALL,
    "/search/suggestions": ALL,
    "/static/<path:filename>": ALL,
    "/table": ALL,
    "/tiles/<name>.json": ALL,
    "/tiles/<name>/<int:z>/<int:x>/<int:y>.mvt": ALL,
    # signing in and out
    "/set-password/<token>": ALL,
    "/sign-in": ALL,
    "/sign-in/city": ALL,
    "/sign-in/city/back": ALL,
    "/sign-in/code": ALL,
    "/sign-in/forgot": ALL,
    "/sign-out": ALL,
    # one's own account
    "/account": WORKERS,
    "/account/language/<code>": WORKERS,
    "/account/password": WORKERS,
    "/account/phone": WORKERS,
    "/account/phone/drop": WORKERS,
    "/account/sessions/end": WORKERS,
    "/home": WORKERS,
    # the accounts of others
    "/staff": ADMIN,
    "/staff/<int:staff_id>": ADMIN,
    "/staff/<int:staff_id>/access/<any(give,take):what>": ADMIN,
    "/staff/<int:staff_id>/city/untie": ADMIN,
    "/staff/<int:staff_id>/link": ADMIN,
    "/staff/<int:staff_id>/phone/drop": ADMIN,
    "/staff/add": ADMIN,
    # the field
    "/field/": OFFICER,
    "/field/app.webmanifest": ALL,
    "/field/calendar": OFFICER,
    "/field/calendar/<calendar_token>.ics": ALL,
    "/field/calendar/address": OFFICER,
    "/field/calendar/revoke": OFFICER,
    "/field/day.json": OFFICER,
    "/field/deeds": OFFICER,
    "/field/device": OFFICER,
    "/field/photos/<uuid:photo_id>": OFFICER,
    "/field/token.json": OFFICER,
    "/field/worker.js": ALL,
    # the office
    "/office/": OFFICE,
    "/office/case/<path:number>": OFFICE,
    "/office/case/<path:number>/do/<action>/<int:row_id>": OFFICE,
    "/office/case/<path:number>/contact": DESK,
    "/office/case/<path:number>/lien/<int:lien_id>/payoff": OFFICE,
    "/office/case/<path:number>/owner": OFFICE,
    "/office/case/<path:number>/payoff": OFFICE,
    "/office/case/<path:number>/receipt/<int:posting_id>": OFFICE,
    "/office/cases": OFFICE,
    "/office/cases/forget/<int:saved_id>": OFFICE,
    "/office/cases/many": DESK,
    "/office/cases/save": OFFICE,
    "/office/complaint/<path:number>": OFFICE,
    "/office/complaint/<path:number>/contact": DESK,
    "/office/complaint/<path:number>/do/<deed_name>": DESK,
    "/office/complaint/<path:number>/reporter": DESK,
    "/office/complaints": OFFICE,
    "/office/docket": BENCH,
    "/office/docket/<int:sitting_id>": BENCH,
    "/office/docket/convene": CLERK,
    "/office/deposits": COUNTER,
    "/office/deposits/<int:deposit_id>": COUNTER,
    "/office/deposits/<int:deposit_id>/clear": COUNTER,
    "/office/deposits/<int:deposit_id>/correct": COUNTER,
    "/office/deposits/day/<taken_on>": COUNTER,
    "/office/deposits/day/<taken_on>.csv": COUNTER,
    "/office/deposits/gather/<taken_on>/<method>": CLERK,
    "/office/file/<sha256>": OFFICE,
    "/office/find": OFFICE,
    "/office/hearing/<int:hearing_id>": BENCH,
    "/office/intake": DESK,
    "/office/intake/check": DESK,
    "/office/lien-searches": CLERK,
    "/office/lien-searches/<int:search_id>": CLERK,
    "/office/lien-searches/<int:search_id>/answer": CLERK,
    "/office/lien-searches/<int:search_id>/fee": CLERK,
    "/office/lien-searches/<int:search_id>/letter": CLERK,
    "/office/lien-searches/<int:search_id>/withdraw": CLERK,
    "/office/lien-searches/new": CLERK,
    "/office/map": OFFICE,
    "/office/map/case/<path:number>": OFFICE,
    "/office/map/found.json": OFFICE,
    "/office/map/list": OFFICE,
    "/office/open": DESK,
    "/office/parcel/<path:parcel_no>": OFFICE,
    "/office/post": MAIL_DESK,
    "/office/zones": OFFICE,
    "/office/zones/<int:zone_id>": MANAGER,
    "/office/zones/new": MANAGER,
}

KNOWN = {
    "calendar_token": "made in the test",
    "photo_id": "0b0e7d1e-6f0f-4f6e-9f5d-1c2f3a4b5c6d",
    "zone_id": "1",
    "deposit_id": "made in the test",
    "search_id": "made in the test",
    "taken_on": "2026-06-15",
    "method": "cheque",
    "deed_name": "complaint.dismiss",
    "lien_id": "made in the test",
    "posting_id": "made in the test",
    "hearing_id": "1",
    "sitting_id": "1",
    "action": "case.close",
    "row_id": "3",
    "saved_id": "1",
    "sha256": "made in the test",
    "code": "es",
    "filename": "mark.svg",
    "name": "ground",
    "number": "2026-0003",
    "parcel_no": "12-5",
    "staff_id": "1",  # the officer whom the tests hire first
    "token": "made in the test",
    "what": "take",
    "x": "4467",
    "y": "6899",
    "z": "14",
}
UNKNOWN = {
    "calendar_token": "none",
    "zone_id": "999999",
    "deposit_id": "999999",
    "search_id": "999999",
    "taken_on": "someday",
    "method": "shells",
    "deed_name": "none.such",
    "lien_id": "999999",
    "posting_id": "999999",
    "hearing_id": "999999",
    "sitting_id": "999999",
    "action": "none.such",
    "row_id": "999999",
    "sha256": "0" * 64,
    "code": "xx",
    "filename": "none",
    "name": "none",
    "number": "none",
    "parcel_no": "none",
    "staff_id": "999999",
}
"""What is left out here is not looked up, or is told so by a page of its own, as a token is."""
