"""Who works here: added, changed, sent away, and the links by which they set a password."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from staffed import NOW, PASSWORD, hire

from cases.accounts import journal, links, members, passwords, people, sessions
from cases.accounts.errors import AccountError, DeadLinkError, WeakPasswordError
from cases.workflow.roles import Role

MINUTE = timedelta(minutes=1)


def _add(app: sa.Connection, **changes: object) -> int:
    said: dict[str, object] = {
        "login": "lane", "name": "P. Lane", "role": Role.CLERK, "email": "lane@alder.example",
        "by": "T. Webb", "now": NOW, **changes,
    }  # fmt: skip
    return people.add(app, **said)  # type: ignore[arg-type]


def _kinds(app: sa.Connection, staff_id: int) -> list[str]:
    return [row.kind for row in app.execute(journal.events_of(staff_id))]


def test_somebody_is_found_by_name_and_by_mail_however_they_are_written(
    app: sa.Connection,
) -> None:
    staff_id = _add(app, login=" Lane ", email="Lane@Alder.example")
    for said in ("lane", "LANE ", "lane@alder.EXAMPLE"):
        found = members.find(app, said)
        assert found is not None
        assert (found.id, found.login, found.role) == (staff_id, "lane", Role.CLERK)
    assert members.find(app, "nobody") is None
    assert not found.has_password
    assert found.actor.name == "P. Lane"


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"login": "x"}, "login"),
        ({"login": "p lane"}, "login"),
        ({"login": "-lane"}, "login"),
        ({"login": "l" * 41}, "login"),
        ({"login": "añe"}, "login"),
        ({"name": "  "}, "name"),
        ({"email": "lane"}, "email"),
        ({"email": "la ne@alder.example"}, "email"),
        ({"role": Role.RESIDENT}, "role"),
        ({"role": Role.RESPONDENT}, "role"),
    ],
)
def test_what_an_account_cannot_be_is_told_by_the_value_it_is_about(
    app: sa.Connection, changes: dict[str, object], about: str
) -> None:
    with pytest.raises(AccountError) as refused:
        _add(app, **changes)
    assert refused.value.about == about
    assert members.find(app, "lane") is None


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"name": "Another", "email": None}, "login"),
        ({"login": "another", "name": "p. LANE", "email": None}, "name"),
        ({"login": "another", "name": "Another", "email": "LANE@alder.example"}, "email"),
    ],
)
def test_each_person_has_their_own_name_sign_in_name_and_address(
    app: sa.Connection, changes: dict[str, object], about: str
) -> None:
    _add(app)
    with pytest.raises(AccountError, match="already") as refused:
        _add(app, **changes)
    assert refused.value.about == about


def test_a_changed_role_holds_at_the_next_request_of_a_running_session(
    app: sa.Connection,
) -> None:
    staff_id = _add(app)
    token = sessions.start(app, staff_id, device="x", now=NOW)
    people.change(
        app, staff_id, name="P. Lane", role=Role.MANAGER, email=None, by="T. Webb", now=NOW
    )
    seen = sessions.whose(app, token, now=NOW + MINUTE)
    assert seen is not None
    assert (seen.role, seen.email) == (Role.MANAGER, None)
    told = app.execute(journal.events_of(staff_id)).first()
    assert told is not None
    assert told.details == {"role": ["clerk", "manager"], "email": ["lane@alder.example", None]}


@pytest.mark.parametrize(
    ("changes", "moves"),
    [
        ({"email": "pat@alder.example"}, False),
        ({"name": "Pat Lane"}, True),
        ({"role": Role.OFFICER}, True),
    ],
)
def test_maps_are_drawn_anew_only_for_who_somebody_is(
    app: sa.Connection, changes: dict[str, object], *, moves: bool
) -> None:
    staff_id = _add(app)
    generation = sa.text("SELECT generation FROM published.generation WHERE layer = 'cases'")
    before = app.scalar(generation)
    said = {"name": "P. Lane", "role": Role.CLERK, "email": "lane@alder.example", **changes}
    people.change(app, staff_id, **said, by="T. Webb", now=NOW)  # type: ignore[arg-type]
    assert (app.scalar(generation) > before) is moves


def test_saving_somebody_as_they_were_tells_of_no_change(app: sa.Connection) -> None:
    staff_id = _add(app)
    was = members.member(app, staff_id)
    before = app.execute(journal.events_of(staff_id)).all()
    people.change(
        app, staff_id, name=was.name, role=was.role, email=was.email, by="T. Webb", now=NOW
    )
    assert app.execute(journal.events_of(staff_id)).all() == before


def test_nobody_takes_the_name_of_another_by_a_change(app: sa.Connection) -> None:
    hire(app, Role.ADMIN)
    staff_id = _add(app)
    change = {"role": Role.CLERK, "email": None, "by": "T. Webb", "now": NOW}
    people.change(app, staff_id, name="P. LANE", **change)  # type: ignore[arg-type]
    with pytest.raises(AccountError, match="already the name of webb"):
        people.change(app, staff_id, name="T. Webb", **change)  # type: ignore[arg-type]


def test_who_is_sent_away_is_out_at_once_and_their_links_and_sessions_stay_dead(
    app: sa.Connection,
) -> None:
    staff_id = _add(app)
    passwords.set_password(app, staff_id, PASSWORD, by="x", now=NOW)
    token = sessions.start(app, staff_id, device="x", now=NOW)
    link = links.make(app, staff_id, lasting=links.INVITATION, by="x", now=NOW)
    people.deactivate(app, staff_id, by="T. Webb", now=NOW)
    away = members.member(app, staff_id)
    assert sessions.whose(app, token, now=NOW) is None
    assert not passwords.is_right(app, away, PASSWORD, now=NOW)
    people.reactivate(app, staff_id, by="T. Webb", now=NOW)
    back = members.member(app, staff_id)
    assert passwords.is_right(app, back, PASSWORD, now=NOW)
    assert sessions.whose(app, token, now=NOW) is None
    with pytest.raises(DeadLinkError):
        links.whose(app, link, now=NOW)
    assert _kinds(app, staff_id) == [
        "reactivated", "deactivated", "link_sent", "password_set", "added",
    ]  # fmt: skip


def test_the_only_administrator_can_neither_go_nor_become_another(app: sa.Connection) -> None:
    only = hire(app, Role.ADMIN)
    change = {"name": "T. Webb", "role": Role.CLERK, "email": None, "by": "T. Webb", "now": NOW}
    with pytest.raises(AccountError, match="only administrator"):
        people.deactivate(app, only, by="T. Webb", now=NOW)
    with pytest.raises(AccountError, match="only administrator"):
        people.change(app, only, **change)  # type: ignore[arg-type]
    second = hire(app, Role.ADMIN, login="second")
    people.deactivate(app, second, by="T. Webb", now=NOW)
    with pytest.raises(AccountError, match="only administrator"):
        people.deactivate(app, only, by="T. Webb", now=NOW)
    people.reactivate(app, second, by="T. Webb", now=NOW)
    people.change(app, only, **change)  # type: ignore[arg-type]


def test_a_link_sets_a_password_once_and_signs_out_everywhere(app: sa.Connection) -> None:
    staff_id = _add(app)
    token = sessions.start(app, staff_id, device="x", now=NOW)
    link = links.make(app, staff_id, lasting=links.INVITATION, by="T. Webb", now=NOW)
    with pytest.raises(WeakPasswordError):
        links.use(app, link, "too short", now=NOW)
    person = links.use(app, link, PASSWORD, now=NOW)
    assert passwords.is_right(app, person, PASSWORD, now=NOW)
    assert sessions.whose(app, token, now=NOW) is None
    with pytest.raises(DeadLinkError):
        links.use(app, link, "another password altogether", now=NOW)


@pytest.mark.parametrize("lasting", [links.INVITATION, links.RESET])
def test_a_link_lasts_to_its_end_and_no_longer(app: sa.Connection, lasting: timedelta) -> None:
    link = links.make(app, _add(app), lasting=lasting, by="x", now=NOW)
    links.whose(app, link, now=NOW + lasting - MINUTE)
    with pytest.raises(DeadLinkError):
        links.whose(app, link, now=NOW + lasting)


def test_a_newer_link_ends_the_older_and_a_guess_is_no_link(app: sa.Connection) -> None:
    staff_id = _add(app)
    older = links.make(app, staff_id, lasting=links.RESET, by="x", now=NOW)
    newer = links.make(app, staff_id, lasting=links.RESET, by="x", now=NOW + MINUTE)
    for dead in (older, newer[:-1], ""):
        with pytest.raises(DeadLinkError):
            links.whose(app, dead, now=NOW + MINUTE)
    assert links.whose(app, newer, now=NOW + MINUTE).id == staff_id


def test_no_token_is_kept_as_it_is_given(app: sa.Connection) -> None:
    staff_id = _add(app)
    given = [
        links.make(app, staff_id, lasting=links.RESET, by="x", now=NOW),
        sessions.start(app, staff_id, device="x", now=NOW),
    ]
    for table in ("password_link", "staff_session"):
        kept = app.exec_driver_sql(f"SELECT row_to_json(t)::text FROM lotline.{table} t")  # noqa: S608
        text = " ".join(kept.scalars())
        assert text
        assert not any(token in text for token in given)


def test_everyone_is_listed_and_those_of_one_role_who_still_work_here(app: sa.Connection) -> None:
    gone = _add(app)
    stays = _add(app, login="poe", name="E. Poe", email=None)
    hire(app, Role.ADMIN)
    people.deactivate(app, gone, by="x", now=NOW)
    assert [row.login for row in app.execute(members.everyone())] == ["poe", "webb", "lane"]
    assert [row.id for row in app.execute(members.in_role(Role.CLERK))] == [stays]
