"""A notice goes out as its page showed it, and says what the town's own law says."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, OFFICER, ZONE, Counter, filled, wrongs
from desk import CLERK as AT_DESK
from desk import day
from papers import hang
from played import one

from cases.adopted import law_of_case
from cases.documents.intake import TakenIn
from cases.forum import Tribunal
from cases.lawpack.schema import Body, LawPack, Steps
from cases.models import (
    Citation,
    EnforcementOrder,
    Notice,
    Respondent,
    ServiceAttempt,
    Violation,
)
from cases.notices import attempt_of
from cases.opening import RespondentKind, name_respondent
from webmap.office.deeds.telling import _of_citation, _of_warning

type On = Callable[[int], Counter]
ASKS = "What it will say was not shown yet"


def _second(town: sa.Connection, case: int, *, month: int, number: int) -> int:
    return name_respondent(
        town, case_id=case, kind=RespondentKind.OWNER, name="B. Ayer", address="2 Elm St",
        actor=AT_DESK, moment=day(month, number),
    )  # fmt: skip


def _to(town: sa.Connection, notice: int | None) -> str:
    query = sa.select(Notice.content).where(Notice.id == notice)
    return str(town.execute(query).scalar_one()["recipient"])


@pytest.mark.parametrize(
    ("played", "on", "action", "role", "part"),
    [
        ("served", (6, 16), "citation.issue", OFFICER, Citation),
        ("order", (8, 12), "order.send", CLERK, EnforcementOrder),
    ],
)
def test_whoever_is_picked_is_shown_before_the_notice_to_them_is_issued(
    request: pytest.FixtureRequest, on_case: On, case: int, town: sa.Connection, played: str,
    on: tuple[int, int], action: str, role: Any, part: Any,
) -> None:  # fmt: skip
    request.getfixturevalue(played)
    other = _second(town, case, month=on[0], number=on[1])
    desk = on_case(case).at(*on)
    sent = town.scalar(sa.select(sa.func.count()).select_from(Notice))
    asked = desk.send(role, action, respondent=str(other))
    assert ASKS in wrongs(asked.text)
    assert "B. Ayer, 2 Elm St" in asked.text.partition('id="weighed"')[2]
    assert town.scalar(sa.select(sa.func.count()).select_from(Notice)) == sent
    desk.do(role, action, respondent=str(other))  # and pressed once more where it is shown
    assert _to(town, one(town, part).notice_id) == "B. Ayer"


def test_a_draft_is_issued_in_the_words_its_page_showed(
    on_case: On, case: int, violation: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 2)
    owner = _second(town, case, month=6, number=2)
    desk.do(CLERK, "notice.draft", respondent=str(owner), violations=[violation])
    client, way = desk.client(CLERK), desk.way("notice.issue", None, CLERK)
    old = filled(client.get(way).text)
    town.execute(sa.update(Respondent).values(address="9 Birch Ave"))
    refused = client.post(way, data=old)
    assert ASKS in wrongs(refused.text)
    assert "B. Ayer, 9 Birch Ave" in refused.text
    assert client.post(way, data=filled(refused.text)).status_code == 302
    assert one(town, Notice).content["address"] == "9 Birch Ave"


def _changed(law: LawPack, **tables: Any) -> LawPack:
    return law.model_copy(update=tables)


def _without(*actions: str) -> Steps:
    return Steps(without=actions, source="the town's code")


@pytest.mark.usefixtures("warning")
def test_a_warning_that_stands_is_told_before_another_and_the_two_are_told_apart_by_their_days(
    on_case: On, case: int
) -> None:
    desk = on_case(case).at(6, 4)
    shown = desk.client(OFFICER).get(desk.way("notice.draft", None, OFFICER)).text
    assert re.search(r"A warning of \S+ .*to P. Lane was issued on Jun 2, 2026 and stands.", shown)
    assert "Warning, Jun 2, 2026" not in desk.page(OFFICER)
    desk.do(OFFICER, "notice.draft", kind="warning")
    desk.do(OFFICER, "notice.issue")
    page = desk.page(OFFICER)
    for day_ in ("Jun 2, 2026", "Jun 4, 2026"):
        assert f"<h3>Warning, {day_} " in page
        assert f"Warning to P. Lane, {day_}" in page


def test_what_a_notice_threatens_is_what_the_town_s_law_knows(
    on_case: On, case: int, violation: int, town: sa.Connection
) -> None:
    law, told = law_of_case(town, case), [one(town, Violation)]
    on, content = day(6, 2).on, {"violations": [{"violation": violation, "days": 10}]}

    def says(changed: LawPack) -> str:
        with on_case(case).app.test_request_context("/"):
            facts = [*_of_citation(changed, on=on), *_of_warning(changed, content, told, on=on)]
            return " | ".join(f"{each.words}: {each.said}" for each in facts)

    usual = says(law)
    assert "before the Special Magistrate, if it is asked for" in usual
    for claim in ("admits the violation", "the same again for each further day"):
        assert claim in usual
    lenient = law.repeats.model_copy(update={"waiver_admits": False})
    said = says(_changed(law, repeats=lenient))
    assert "admits the violation" not in said
    assert "gives it up, and admits nothing by that" in said
    short = says(_changed(law, steps=_without("citation.impose_continuing")))
    assert "further day" not in short
    assert "neither" not in says(_changed(law, steps=_without("citation.confirm_waiver")))
    unheard = says(_changed(law, steps=_without("citation.request_hearing")))
    assert "ask for" not in unheard
    assert "citation with" not in says(_changed(law, steps=_without("citation.issue")))
    assert violation


def test_a_notice_names_the_tribunal_that_hears_citations(
    on_case: On, case: int, town: sa.Connection
) -> None:
    law = law_of_case(town, case)
    board = Body(name="Code Board", members=7, quorum=4, source="the town's code")
    two = _changed(law, bodies=(*law.bodies, board))

    def hears(changed: LawPack) -> str:
        with on_case(case).app.test_request_context("/"):
            return str(list(_of_citation(changed, on=day(6, 2).on))[-1].said)

    assert "before the Special Magistrate or the Code Board, " in hears(two)
    named = replace(law.forum, body="Code Board")
    assert "before the Code Board, " in hears(_changed(two, forum=named))
    court = replace(law.forum, citation_forum=Tribunal.COUNTY_COURT)
    assert "before the county court, " in hears(_changed(two, forum=court))


def test_a_posting_is_recorded_with_its_hour_and_photo_once_its_affidavit_was_shown(
    on_case: On, case: int, warning: int, taken: TakenIn, town: sa.Connection
) -> None:
    hang(town, taken, case)
    desk = on_case(case).at(6, 3)
    told = {
        "method": "posting", "hour": "14:30", "posted_at": ["property", "government_office"],
        "posted_where": "on the front door", "photos": taken.sha256, "sworn_on": "2026-06-04",
    }  # fmt: skip
    early = desk.send(OFFICER, "notice.record_attempt", warning, **told).text
    assert 'id="hour-error"' in early  # it is noon
    told["hour"] = "09:05"
    client, way = desk.client(OFFICER), desk.way("notice.record_attempt", warning, OFFICER)
    shown = client.post(way, data=filled(client.get(way).text) | told).text
    assert 'id="sworn_on-error"' in client.post(way, data=filled(shown)).text  # that is tomorrow
    told["sworn_on"] = "2026-06-03"
    unseen = desk.send(OFFICER, "notice.record_attempt", warning, **told).text
    assert wrongs(unseen) == "", "nobody did anything wrong"
    assert "Nothing is kept yet." in unseen.partition('id="weighed"')[2].partition("</section>")[0]
    said = " ".join(unseen.partition('id="weighed"')[2].partition("</section>")[0].split())
    for each in (
        "What the affidavit will say", "Beside it, not sworn to", "P. Lane", "9:05",
        "on the front door", "government office",
        "Photos", "(photo, ", "It must also be mailed or handed over",
        "The photograph was taken before the notice was issued.",
    ):  # fmt: skip
        assert each in said
    desk.do(OFFICER, "notice.record_attempt", warning, **told)
    posted = attempt_of(town.scalars(sa.select(ServiceAttempt.facts)).one())
    assert posted.handed_at == datetime(2026, 6, 3, 9, 5, tzinfo=ZONE)
    assert posted.affidavit_on == date(2026, 6, 3)
    assert posted.photos == (taken.sha256,)
    assert f'href="/office/file/{taken.sha256}">Photo 1</a>' in desk.page(CLERK)
