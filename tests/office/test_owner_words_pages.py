"""A person says whether owners are one, from where it is suggested, and takes it back."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from answered import answered
from counter import CLERK, MANAGER, OFFICER, Counter
from desk import CLERK as J_OKAFOR
from played_owners import BOX, BOX_OTHERWISE, LANDLORD_OTHERWISE, NUMBER, Played, at, find
from werkzeug.test import TestResponse

from cases import owner_words
from cases.identities import Verdict, all_in_force
from cases.models import OwnerConfirmation
from cases.owners.confirmations import ConfirmedDifferent, ConfirmedOneLandlord, ConfirmedSame
from cases.owners.parties import Party
from reports.runs import running

type On = Callable[[int], Counter]
AWAY = "77 Gulf Rd, Tampa, FL 33602"
SAWGRASS = Party(name=LANDLORD_OTHERWISE, mailing=BOX_OTHERWISE)
SISTER = Party(name="Sawgrass Homes III LLC", mailing=BOX)
GROUND = {"reason": "One registration", "evidence": "Sunbiz L15000012345"}


@pytest.fixture
def asked(counter: Counter, town: sa.Connection, law: int, later: Played) -> Counter:
    """A town in which two companies with one box answer for violations."""
    assert later
    find(town, law, on=later.found_on, lot="A-3", name=SISTER.name)
    return counter.at(6, 15)


def made(desk: Counter) -> int:
    with desk.engine.begin() as connection:
        return answered(connection, "owners", now=desk.clock.now(), at_least=1)


def words_on(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]))


def send(desk: Counter, way: str, role: Any = CLERK, **said: str) -> TestResponse:
    client = desk.client(role)
    guard = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(way).text)[0]
    return client.post(way, data={"csrf_token": guard, **said})


def suggested(desk: Counter, run_id: int) -> str:
    page = desk.client(CLERK).get(f"/office/reports/runs/{run_id}").text
    (way,) = set(re.findall(rf'href="(/office/reports/runs/{run_id}/owners/[^"]+)"', page))
    return str(way)


@pytest.mark.parametrize(
    ("verdict", "kind", "owners"),
    [(Verdict.SAME, ConfirmedSame, 1), (Verdict.ONE_LANDLORD, ConfirmedOneLandlord, 1),
     (Verdict.DIFFERENT, ConfirmedDifferent, 2)],
)  # fmt: skip
def test_what_a_report_suggests_is_said_there_and_the_next_report_follows_it(
    asked: Counter, town: sa.Connection, verdict: Verdict, kind: type, owners: int
) -> None:
    first = made(asked)
    way = suggested(asked, first)
    shown = words_on(asked.client(CLERK).get(way).text)
    assert "Are these one owner?" in shown
    assert SAWGRASS.words.partition(", ")[0] in shown
    assert SISTER.name in shown
    assert "What speaks for it:" in shown
    before = running.generation(town)
    done = send(asked, way, verdict=verdict, **GROUND)
    assert (done.status_code, done.location) == (302, f"/office/reports/runs/{first}")
    assert running.generation(town) > before, "reports would be shown as made anew"
    (word,) = all_in_force(town)
    assert (type(word), word.by, word.reason) == (kind, "J. Okafor", "One registration")
    page = asked.client(MANAGER).get(f"/office/reports/runs/{made(asked)}").text
    assert len(set(re.findall(r"owners\?owner=(\w+)", page))) == owners
    assert f"/runs/{first}/owners" not in page
    assert "not given yet" not in page
    (kept,) = town.execute(sa.select(OwnerConfirmation.__table__)).all()
    assert {kept.party_a, kept.party_b} == {SAWGRASS.words, SISTER.words}


def test_it_wants_a_verdict_its_reason_and_its_evidence(
    asked: Counter, town: sa.Connection
) -> None:
    way = suggested(asked, made(asked))
    page = send(asked, way, reason="One registration", evidence="").text
    assert "This was not kept yet." in page
    assert 'href="#verdict-0"' in page or 'href="#verdict"' in page
    assert 'href="#evidence"' in page
    blank = send(asked, way, verdict="same", reason="One registration", evidence=" ").text
    assert "A word on owners needs a reason and its evidence" in blank
    assert all_in_force(town) == ()


def test_what_was_said_before_is_shown_where_it_is_asked_again(asked: Counter) -> None:
    way = suggested(asked, made(asked))
    send(asked, way, verdict="same", **GROUND)
    shown = words_on(asked.client(CLERK).get(way).text)
    assert "J. Okafor said on Jun 15, 2026 that they are one owner: One registration" in shown
    assert "What is said now takes its place." in shown


def test_what_contradicts_an_earlier_word_is_told_with_it(
    asked: Counter, town: sa.Connection
) -> None:
    way = suggested(asked, made(asked))
    third = Party(name="Sawgrass Holdings LLC", mailing=BOX)
    who: dict[str, Any] = {
        **GROUND,
        "actor": J_OKAFOR,
        "moment": at(asked.clock.now().date()),
    }
    owner_words.confirm(town, SAWGRASS, third, verdict=Verdict.SAME, **who)
    owner_words.confirm(town, SISTER, third, verdict=Verdict.DIFFERENT, **who)
    page = words_on(send(asked, way, verdict="same", **GROUND).text)
    assert "Withdraw one" in page
    assert len(all_in_force(town)) == 2


def test_all_that_was_said_is_listed_and_taken_back_with_a_reason(
    asked: Counter, town: sa.Connection
) -> None:
    assert "Nobody has said anything yet." in asked.client(CLERK).get("/office/owners").text
    send(asked, suggested(asked, made(asked)), verdict="same", **GROUND)
    page = asked.client(MANAGER).get("/office/owners").text
    shown = words_on(page)
    for words in (SAWGRASS.words, SISTER.words, "one owner", *GROUND.values(), "J. Okafor"):
        assert words in shown
    (way,) = re.findall(r'href="(/office/owners/\d+/withdraw)"', page)
    assert "This is needed." in send(asked, way, MANAGER, reason="").text
    done = send(asked, way, MANAGER, reason="Another company", evidence="Sunbiz L18000054321")
    assert done.location == "/office/owners"
    assert all_in_force(town) == ()
    assert asked.client(MANAGER).get(way).status_code == 404
    assert "Nobody has said anything yet." in asked.client(CLERK).get("/office/owners").text


def test_a_finding_against_one_merely_alike_leads_to_the_question(
    on_case: On, asked: Counter, town: sa.Connection, law: int
) -> None:
    again = find(town, law, on=asked.clock.now().date(), lot="A-4", address=AWAY)
    desk = on_case(again.case)
    deed = desk.client(OFFICER).get(desk.way("violation.confirm_repeat", None, OFFICER)).text
    assert "Against owners who may be the same" in deed
    assert "Say whether they are one" not in deed, "it is not the officer's to say"
    deed = desk.client(MANAGER).get(desk.way("violation.confirm_repeat", None, MANAGER)).text
    (way,) = re.findall(r'href="(/office/case/[^"]+/owner/[^"]+)"', deed)
    assert NUMBER in way
    done = send(desk, way, MANAGER, verdict="same", **GROUND)
    assert done.location == f"/office/case/{desk.number}"
    deed = desk.client(OFFICER).get(desk.way("violation.confirm_repeat", None, OFFICER)).text
    assert f":{NUMBER}" in deed, "it counts now, for a person to confirm"
    client = desk.client(MANAGER)
    gone = client.get(way)
    assert gone.location == f"/office/case/{desk.number}"
    assert "Nothing suggests any more that these are one" in client.get(gone.location).text


def test_of_what_no_report_suggests_nothing_is_asked(asked: Counter) -> None:
    run_id = made(asked)
    gone = asked.client(CLERK).get(f"/office/reports/runs/{run_id}/owners/999")
    assert gone.location == f"/office/reports/runs/{run_id}"
    assert asked.client(CLERK).get("/office/reports/runs/999999/owners/0").status_code == 404
