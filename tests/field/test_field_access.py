"""The field app is for officers; without a session or its token nothing is taken."""

import json

from field_phone import Phone
from field_town import counted, sign_in
from flask import Flask
from werkzeug.routing import Rule

from geo.database import Database

FOR_ALL = {"field.worker", "field.manifest", "field.feed"}


def _rules(app: Flask) -> list[Rule]:
    return [each for each in app.url_map.iter_rules() if each.endpoint.startswith("field.")]


def _address(rule: Rule) -> str:
    photo = "00000000-0000-0000-0000-000000000001"
    named = {"photo_id": photo, "calendar_token": "x", "parcel_id": 1}
    return rule.build({name: named[name] for name in rule.arguments})[1]  # type: ignore[index]


def test_nobody_and_no_clerk_may_use_what_is_for_officers(
    app: Flask, fresh_database: Database
) -> None:
    nobody = app.test_client()
    clerk = Phone.__new__(Phone)
    clerk.client = sign_in(app.test_client(), fresh_database, "lerk")
    app.config["WTF_CSRF_ENABLED"] = False
    for rule in _rules(app):
        method = next(iter(rule.methods - {"HEAD", "OPTIONS"}))
        answers = [each.open(_address(rule), method=method) for each in (nobody, clerk.client)]
        codes = [each.status_code for each in answers]
        if rule.endpoint in FOR_ALL:
            assert codes == ([404, 404] if rule.endpoint == "field.feed" else [200, 200])
        else:
            assert codes == [302 if method == "GET" else 401, 403], rule


def test_a_post_without_the_token_is_refused(app: Flask, fresh_database: Database) -> None:
    officer = sign_in(app.test_client(), fresh_database, "rivera")
    unsafe = [
        (rule, method)
        for rule in _rules(app)
        for method in rule.methods - {"HEAD", "OPTIONS", "GET"}
    ]
    assert len(unsafe) == 8
    for rule, method in unsafe:
        assert officer.open(_address(rule), method=method).status_code == 400, rule
    assert counted(fresh_database, "field_device", "field_deed", "calendar_token") == [0, 0, 0]


def test_the_worker_looks_after_the_app_alone_and_its_page_says_its_release(
    app: Flask, fresh_database: Database
) -> None:
    officer = sign_in(app.test_client(), fresh_database, "rivera")
    worker = officer.get("/field/worker.js")
    assert worker.headers["Service-Worker-Allowed"] == "/field/"
    page = officer.get("/field/")
    assert page.headers["X-Field-Version"] in worker.text


def test_a_phone_is_told_how_to_install_it(app: Flask) -> None:
    client = app.test_client()
    manifest = json.loads(client.get("/field/app.webmanifest").text)
    assert (manifest["display"], manifest["scope"]) == ("standalone", "/field/")
    for icon in manifest["icons"]:
        answer = client.get(icon["src"])
        assert answer.data.startswith(b"\x89PNG")
        answer.close()
