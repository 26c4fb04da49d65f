"""Whom the city's own sign-in lets in: somebody an administrator added, and nobody else."""

import dataclasses

import pytest
import sqlalchemy as sa
from staffed import NOW, hire

from cases.accounts import city, journal, members, people
from cases.accounts.city import CityIdentity
from cases.accounts.errors import NotOursError

RIVERA = CityIdentity(
    issuer="https://login.alder.example", subject="7f3",
    email="rivera@alder.example", email_verified=True,
)  # fmt: skip


def _as(**changes: object) -> CityIdentity:
    return dataclasses.replace(RIVERA, **changes)  # type: ignore[arg-type]


def _kinds(app: sa.Connection, staff_id: int) -> list[str]:
    return [row.kind for row in app.execute(journal.events_of(staff_id))]


def test_a_verified_address_ties_an_account_which_the_subject_then_finds(
    app: sa.Connection,
) -> None:
    staff_id = hire(app)
    assert city.recognise(app, _as(email="RIVERA@Alder.example"), now=NOW).id == staff_id
    assert members.member(app, staff_id).through_city
    moved = _as(email="married@elsewhere.example", email_verified=False)
    assert city.recognise(app, moved, now=NOW).id == staff_id
    assert _kinds(app, staff_id) == ["city_linked", "added"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"email_verified": False}, "no verified e-mail"),
        ({"email": None}, "no verified e-mail"),
        ({"email": ""}, "no verified e-mail"),
        ({"email": "nobody@alder.example"}, "ask an administrator to add you"),
        ({"email": "rivera"}, "ask an administrator to add you"),  # a sign-in name is no address
    ],
)
def test_who_is_not_proved_to_be_somebody_here_is_refused_and_never_added(
    app: sa.Connection, changes: dict[str, object], told: str
) -> None:
    staff_id = hire(app)
    with pytest.raises(NotOursError, match=told):
        city.recognise(app, _as(**changes), now=NOW)
    assert not members.member(app, staff_id).through_city
    assert len(app.execute(members.everyone()).all()) == 1


@pytest.mark.parametrize("changes", [{"subject": "other"}, {"issuer": "https://else.example"}])
def test_an_account_of_one_subject_is_tied_to_no_other(
    app: sa.Connection, changes: dict[str, object]
) -> None:
    staff_id = hire(app)
    city.recognise(app, RIVERA, now=NOW)
    with pytest.raises(NotOursError, match="another sign-in of the city"):
        city.recognise(app, _as(**changes), now=NOW)
    assert city.recognise(app, RIVERA, now=NOW).id == staff_id


def test_an_administrator_unties_an_account_which_may_then_be_tied_anew(
    app: sa.Connection,
) -> None:
    staff_id = hire(app)
    person = city.recognise(app, RIVERA, now=NOW)
    city.unlink(app, person, by="T. Webb", now=NOW)
    assert not members.member(app, staff_id).through_city
    assert city.recognise(app, _as(subject="other"), now=NOW).id == staff_id
    with pytest.raises(NotOursError):
        city.recognise(app, RIVERA, now=NOW)
    assert _kinds(app, staff_id)[:3] == ["city_linked", "city_unlinked", "city_linked"]


@pytest.mark.parametrize("is_linked", [True, False])
def test_who_has_no_access_any_more_has_none_by_the_city_either(
    app: sa.Connection, *, is_linked: bool
) -> None:
    staff_id = hire(app)
    if is_linked:
        city.recognise(app, RIVERA, now=NOW)
    people.deactivate(app, staff_id, by="T. Webb", now=NOW)
    with pytest.raises(NotOursError, match="no access"):
        city.recognise(app, RIVERA, now=NOW)
    assert members.member(app, staff_id).through_city is is_linked
