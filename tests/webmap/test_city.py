"""The city's own sign-in, against a real provider: who comes in by it, and what is refused."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pyotp
import pytest
import requests
from alder_town import SEAL, application, settle
from city_provider import ACCOUNTS, CLIENT_SECRET, City, running_city
from flask import Flask
from joserfc.jwk import OctKey, RSAKey
from staffed import NOW, Desk, hire, hire_with_password
from werkzeug.test import TestResponse

from cases.accounts import factors, journal, members, people
from cases.accounts.members import Member
from cases.workflow.roles import Role
from geo.database import Database
from webmap.auth import city as city_pages
from webmap.city_settings import read_city
from webmap.setting_errors import SettingError

RIVERA, LATER_RIVERA, UNVERIFIED, NOBODY = ACCOUNTS

type Answer = dict[str, Any]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with running_city(tmp_path_factory.mktemp("city")) as city:
        yield city


@pytest.fixture
def rivera(fresh_database: Database) -> Member:
    settle(fresh_database)
    with fresh_database.app.begin() as connection:
        return hire_with_password(connection)


@pytest.fixture
def app(fresh_database: Database, rivera: Member, city: City) -> Iterator[Flask]:  # noqa: ARG001
    with application(fresh_database, **city.settings) as app:
        yield app


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app.test_client())


def _there(desk: Desk, path: str = "/sign-in/city") -> str:
    answer = desk.client.get(path)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def _back(desk: Desk, address: str) -> TestResponse:
    parts = urlsplit(address)
    return desk.client.get(f"{parts.path}?{parts.query}")


def _come_in(
    desk: Desk, city: City, name: str = RIVERA, path: str = "/sign-in/city"
) -> TestResponse:
    return _back(desk, city.walk(_there(desk, path), name=name))


def _with(address: str, **changes: str) -> str:
    parts = urlsplit(address)
    said = {key: values[0] for key, values in parse_qs(parts.query).items()} | changes
    return urlunsplit(parts._replace(query=urlencode({k: v for k, v in said.items() if v})))


def _is_refused(desk: Desk, answer: TestResponse, code: int, words: str) -> None:
    assert answer.status_code == code
    assert "<h1>You are not signed in</h1>" in answer.text
    assert words in answer.text.replace("&#39;", "'")
    assert "Traceback" not in answer.text
    assert not desk.is_in


@pytest.fixture
def meddle(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[Answer], Answer]], None]:
    """Change what the provider answers at a path, on its way to us."""

    def meddle(path: str, change: Callable[[Answer], Answer]) -> None:
        send = requests.adapters.HTTPAdapter.send

        def meddled(self: Any, request: Any, **said: Any) -> requests.Response:
            answer = send(self, request, **said)
            if urlsplit(request.url).path == path:
                answer._content = json.dumps(change(answer.json())).encode()
            return answer

        monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", meddled)

    return meddle


def test_somebody_an_administrator_added_comes_in_by_the_city(
    desk: Desk, city: City, rivera: Member, fresh_database: Database
) -> None:
    page = desk.client.get("/sign-in?next=/table").text
    assert "Sign in with your Alder account" in page
    assert 'href="/sign-in/city?next=/table"' in page
    assert 'name="password"' in page
    assert _come_in(desk, city, path="/sign-in/city?next=/table").location == "/table"
    assert "M. Rivera" in desk.client.get("/account").text
    with fresh_database.app.connect() as connection:
        told = connection.execute(journal.events_of(rivera.id)).all()
        assert members.member(connection, rivera.id).through_city
    assert [row.kind for row in told][:2] == ["signed_in", "city_linked"]
    assert told[0].details == {"by": "city"}


def test_the_way_there_carries_state_nonce_and_a_challenge(desk: Desk, city: City) -> None:
    asked = parse_qs(urlsplit(_there(desk)).query)
    assert asked["response_type"] == ["code"]
    assert asked["scope"] == ["openid email"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/sign-in/city/back"]
    assert all(len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))
    again = parse_qs(urlsplit(_there(desk)).query)
    assert {asked[n][0] for n in ("state", "nonce")}.isdisjoint(
        {again[n][0] for n in ("state", "nonce")}
    )
    with desk.client.session_transaction() as cookie:
        assert len([key for key in cookie if key.startswith("_state_city_")]) == 1
    assert CLIENT_SECRET not in _there(desk)
    assert city.issuer in _there(desk)


def test_once_tied_an_account_is_the_subjects_whatever_the_address_becomes(
    app: Flask, city: City, fresh_database: Database, rivera: Member
) -> None:
    assert _come_in(Desk(app.test_client()), city).status_code == 302
    with fresh_database.app.begin() as connection:
        people.change(
            connection, rivera.id, name="M. Rivera", role=rivera.role, email=None, by="x", now=NOW
        )
    assert _come_in(Desk(app.test_client()), city).status_code == 302
    other = Desk(app.test_client())
    _is_refused(other, _come_in(other, city, LATER_RIVERA), 403, "ask an administrator to add you")


def test_an_account_is_never_tied_to_a_second_of_the_citys_people(app: Flask, city: City) -> None:
    assert _come_in(Desk(app.test_client()), city).status_code == 302
    other = Desk(app.test_client())
    answer = _come_in(other, city, LATER_RIVERA)
    _is_refused(other, answer, 403, "tied to another sign-in of the city")


def test_the_citys_second_factor_is_the_citys_affair(
    desk: Desk, city: City, rivera: Member, fresh_database: Database
) -> None:
    secret = factors.new_secret()
    with fresh_database.app.begin() as connection:
        code = pyotp.TOTP(secret).at(NOW)
        factors.confirm(connection, rivera, secret=secret, code=code, seal=SEAL, now=NOW)
    assert _come_in(desk, city).location == "/home"
    assert desk.is_in


@pytest.mark.parametrize(
    ("name", "words"),
    [(UNVERIFIED, "no verified e-mail address"), (NOBODY, "ask an administrator to add you")],
)
def test_who_works_here_is_for_an_administrator_to_say_first(
    desk: Desk, city: City, fresh_database: Database, name: str, words: str
) -> None:
    _is_refused(desk, _come_in(desk, city, name), 403, words)
    with fresh_database.app.connect() as connection:
        assert len(connection.execute(members.everyone()).all()) == 1


def test_who_was_sent_away_is_refused(
    desk: Desk, city: City, rivera: Member, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        people.deactivate(connection, rivera.id, by="x", now=NOW)
    _is_refused(desk, _come_in(desk, city), 403, "no access any more")


def test_who_turns_back_at_the_city_is_told_so(desk: Desk, city: City) -> None:
    back = city.walk(_there(desk), name=RIVERA, consents=False)
    assert "error=access_denied" in back
    _is_refused(desk, _back(desk, back), 403, "did not let you through")


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "another"},
        {"state": ""},
        {"iss": "https://evil.example"},
        {"iss": ""},
    ],
)
def test_an_answer_that_is_not_to_what_was_asked_is_refused(
    desk: Desk, city: City, changes: dict[str, str]
) -> None:
    back = city.walk(_there(desk), name=RIVERA)
    _is_refused(desk, _back(desk, _with(back, **changes)), 400, "could not be trusted")


def test_an_answer_works_once_and_in_the_browser_that_asked(app: Flask, city: City) -> None:
    desk, thief = Desk(app.test_client()), Desk(app.test_client())
    back = city.walk(_there(desk), name=RIVERA)
    _is_refused(thief, _back(thief, back), 400, "could not be trusted")
    assert _back(desk, back).status_code == 302
    assert _back(desk, back).status_code == 400


def test_a_code_that_was_made_up_is_refused_by_the_city(desk: Desk, city: City) -> None:
    back = city.walk(_there(desk), name=RIVERA)
    _is_refused(desk, _back(desk, _with(back, code="made-up")), 403, "did not let you through")


def test_the_city_gives_nothing_to_who_cannot_answer_the_challenge(desk: Desk, city: City) -> None:
    back = city.walk(_there(desk), name=RIVERA)
    with desk.client.session_transaction() as cookie:
        key = next(key for key in cookie if key.startswith("_state_city_"))
        cookie[key] = {**cookie[key], "data": {**cookie[key]["data"], "code_verifier": "y" * 48}}
    _is_refused(desk, _back(desk, back), 403, "did not let you through")


FOREIGN = RSAKey.generate_key(2048)
FORGED: dict[str, Callable[[City, Answer], str]] = {
    "expired": lambda city, said: city.signed({**said, "exp": int(time.time()) - 120}),
    "of the future": lambda city, said: city.signed({**said, "nbf": int(time.time()) + 600}),
    "of another issuer": lambda city, said: city.signed({**said, "iss": "https://evil.example"}),
    "for another client": lambda city, said: city.signed({**said, "aud": "another"}),
    "for two, by another": lambda city, said: city.signed(
        {**said, "aud": ["lotline", "another"], "azp": "another"}
    ),
    "of another sign-in": lambda city, said: city.signed({**said, "nonce": "another"}),
    "without a nonce": lambda city, said: city.signed(
        {key: value for key, value in said.items() if key != "nonce"}
    ),
    "of nobody": lambda city, said: city.signed(
        {key: value for key, value in said.items() if key != "sub"}
    ),
    "signed by another": lambda city, said: city.signed(said, key=FOREIGN),
    "signed with our secret": lambda city, said: city.signed(
        said, key=OctKey.import_key(CLIENT_SECRET), alg="HS256"
    ),
    "not signed": lambda _city, _said: "eyJhbGciOiJub25lIn0.eyJzdWIiOiI3ZjMifQ.",
    "no token": lambda _city, _said: "x",
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_token_that_proves_nothing_is_refused(
    desk: Desk, city: City, meddle: Callable[..., None], forged: str
) -> None:
    meddle(
        "/token",
        lambda answer: {**answer, "id_token": FORGED[forged](city, city.read(answer["id_token"]))},
    )
    _is_refused(desk, _come_in(desk, city), 400, "could not be trusted")


def test_a_token_signed_anew_by_the_city_itself_is_believed(
    desk: Desk, city: City, meddle: Callable[..., None]
) -> None:
    """Without this the refusals above might have another reason than what was changed."""
    meddle(
        "/token",
        lambda answer: {**answer, "id_token": city.signed(city.read(answer["id_token"]))},
    )
    assert _come_in(desk, city).status_code == 302


def test_an_answer_without_a_token_of_who_it_is_proves_nothing(
    desk: Desk, city: City, meddle: Callable[..., None]
) -> None:
    meddle("/token", lambda answer: {k: v for k, v in answer.items() if k != "id_token"})
    _is_refused(desk, _come_in(desk, city), 400, "could not be trusted")


def test_what_is_told_of_somebody_else_is_not_believed(
    desk: Desk, city: City, meddle: Callable[..., None]
) -> None:
    meddle("/me", lambda answer: {**answer, "sub": "another"})
    _is_refused(desk, _come_in(desk, city), 400, "could not be trusted")


def test_an_issuer_that_calls_itself_otherwise_is_not_asked(
    fresh_database: Database, city: City
) -> None:
    settle(fresh_database)
    other = city.issuer.replace("127.0.0.1", "localhost")
    with application(fresh_database, **{**city.settings, "LOTLINE_OIDC_ISSUER": other}) as app:
        desk = Desk(app.test_client())
        for _ in range(2):
            answer = desk.client.get("/sign-in/city")
            _is_refused(desk, answer, 502, "does not answer as it should")


def test_a_city_that_is_down_leaves_the_password(fresh_database: Database, city: City) -> None:
    settle(fresh_database)
    with fresh_database.app.begin() as connection:
        hire_with_password(connection)
    down = {**city.settings, "LOTLINE_OIDC_ISSUER": "http://127.0.0.1:9"}
    with application(fresh_database, **down) as app:
        desk = Desk(app.test_client())
        _is_refused(desk, desk.client.get("/sign-in/city"), 502, "sign in with a password")
        assert desk.sign_in("rivera").status_code == 302


def test_a_town_without_a_city_sign_in_has_no_button_for_it(fresh_database: Database) -> None:
    settle(fresh_database)
    with application(fresh_database) as app:
        assert "/sign-in/city" not in app.test_client().get("/sign-in").text
        for path in ("/sign-in/city", "/sign-in/city/back"):
            assert app.test_client().get(path).status_code == 404
        assert city_pages.WAY not in app.extensions


def test_an_administrator_sees_who_comes_by_the_city_and_unties_them(
    app: Flask, city: City, fresh_database: Database, rivera: Member
) -> None:
    assert _come_in(Desk(app.test_client()), city).status_code == 302
    with fresh_database.app.begin() as connection:
        webb = hire(connection, Role.ADMIN)
    admin = Desk(app.test_client())
    admin.seat(fresh_database, webb)
    assert "city account, password" in admin.client.get("/staff").text
    admin.send(f"/staff/{rivera.id}/city/untie", page="/account")
    assert "city account" not in admin.client.get("/staff").text
    assert _come_in(Desk(app.test_client()), city, LATER_RIVERA).status_code == 302


GOOD = {
    "LOTLINE_OIDC_ISSUER": "https://login.alder.example/",
    "LOTLINE_OIDC_CLIENT_ID": "lotline",
    "LOTLINE_OIDC_CLIENT_SECRET": "secret",
}


def test_the_settings_are_all_there_or_none() -> None:
    assert read_city({}) is None
    read = read_city(GOOD)
    assert read is not None
    assert read.metadata_url == "https://login.alder.example/.well-known/openid-configuration"
    assert "secret" not in repr(read).replace("client_secret", "")
    for key in GOOD:
        with pytest.raises(SettingError, match=key):
            read_city({**GOOD, key: " "})


@pytest.mark.parametrize(
    "issuer", ["http://login.alder.example", "login.alder.example", "https://", "https://x/?a=1"]
)
def test_an_issuer_is_an_https_address(issuer: str) -> None:
    with pytest.raises(SettingError, match="LOTLINE_OIDC_ISSUER is"):
        read_city({**GOOD, "LOTLINE_OIDC_ISSUER": issuer})
