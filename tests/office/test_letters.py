"""What was issued can be read and printed as the letter it is, in its frozen words."""

import re
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, OFFICER, Counter, filled
from desk import CLERK as AT_DESK
from desk import day
from played import one

from cases.adopted import law_of_case
from cases.models import Citation, EnforcementOrder, Respondent, Violation
from cases.notice_words import NoticeKind
from cases.opening import RespondentKind, name_respondent
from cases.workflow.roles import Role
from webmap.office.deeds.telling import stakes

type On = Callable[[int], Counter]


def _letter(desk: Counter, notice: int, *, role: Role = CLERK, **headers: str) -> str:
    way = f"/office/case/{desk.number}/notice/{notice}"
    answer = desk.client(role).get(way, headers=headers)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())


def test_an_issued_notice_is_read_as_it_was_frozen_by_whoever_works_on_the_case(
    on_case: On, case: int, warning: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 9)
    town.execute(sa.update(Respondent).values(name="Somebody Else", address="Elsewhere"))
    for role in (CLERK, OFFICER, JUDGE):
        said = _letter(desk, warning, role=role)
        for each in (
            "P. Lane", f"Case {desk.number}", "101 Alder St", "Parcel A-1", "To correct it:",
            "days from its service", "At stake for section", "Issued by", "Print",
            "Code enforcement City Hall, 1 Main St 352-555-0100 code@alder.example",
        ):  # fmt: skip
            assert each in said, (each, said)
        assert "Somebody Else" not in said
        assert "Draft" not in said


def test_a_letter_says_what_it_said_though_the_violation_was_corrected_since(
    on_case: On, case: int, warning: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 9)
    before = _letter(desk, warning)
    assert "days from its service" in before
    town.execute(
        sa.update(Violation).values(
            status="corrected", corrected_on=date(2026, 6, 8), corrected_by="x"
        )
    )
    assert _letter(desk, warning) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [({"hearings": [{"held_on": "2026-08-11", "body": "Code Board"}]}, "Aug 11, 2026, Code Board"),
     ({}, None)],
    ids=["no hour", "no hearing"],
)  # fmt: skip
def test_a_notice_of_hearing_from_before_hours_were_named_is_read_too(
    on_case: On, case: int, town: sa.Connection, content: dict[str, object], said: str | None
) -> None:
    law = law_of_case(town, case)
    with on_case(case).app.test_request_context("/"):
        facts = list(stakes(law, NoticeKind.NOTICE_OF_HEARING, content, [], on=None))
    stake = facts.pop()
    assert stake.words == "At stake"
    assert stake.said == (
        "The fine may be up to $250.00 for each day the violation stands, up to $500.00 a day for "
        "a repeat violation, and up to $5,000.00 once for damage that cannot be repaired."
    )
    assert [fact.said for fact in facts] == ([said] if said else [])


def test_a_letter_keeps_its_own_language_whoever_reads_the_page_around_it(
    on_case: On, case: int, warning: int
) -> None:
    desk = on_case(case).at(6, 9)
    way = f"/office/case/{desk.number}/notice/{warning}"
    page = desk.client(CLERK).get(way, headers={"Accept-Language": "es"}).text
    assert '<html lang="es">' in page
    letter = page.partition("<article")[2].partition("</article>")[0]
    assert 'lang="en"' in letter
    assert "To correct it:" in letter
    assert "Issued by M. Rivera on Jun 2, 2026" in letter


@pytest.mark.parametrize(
    ("played", "part", "says"),
    [
        ("cited", Citation, ("Citation UCV-", "Penalty $", "Time to correct and pay")),
        ("ordered", EnforcementOrder, ("Order ", "Conclusion of law", "comply by", "Appeal")),
    ],
)
def test_a_citation_and_an_order_lead_to_their_paper(
    request: pytest.FixtureRequest, on_case: On, case: int, town: sa.Connection, played: str,
    part: type, says: tuple[str, ...],
) -> None:  # fmt: skip
    request.getfixturevalue(played)
    desk, row = on_case(case).at(12, 1), one(town, part)
    way = f"/office/case/{desk.number}/notice/{row.notice_id}"
    page = desk.page(CLERK)
    article = page.partition(f"<h3>{row.number}")[2].partition("</article>")[0]
    assert way in article
    assert page.count(f'href="{way}"') == 2  # on the notice's own row too
    said = _letter(desk, row.notice_id)
    assert not [each for each in says if each not in said], said


def test_a_draft_says_that_it_is_one_and_what_it_would_say_as_things_stand(
    on_case: On, case: int, violation: int, town: sa.Connection
) -> None:
    name_respondent(
        town, case_id=case, kind=RespondentKind.OWNER, name="P. Lane", address="2 Elm St",
        actor=AT_DESK, moment=day(6, 2),
    )  # fmt: skip
    desk = on_case(case).at(6, 2)
    owner = str(one(town, Respondent).id)
    desk.do(CLERK, "notice.draft", respondent=owner, violations=[violation])
    way = desk.way("notice.issue", None, CLERK)
    notice = int(way.rpartition("/")[2])
    assert f'/notice/{notice}"' in desk.page(CLERK)
    town.execute(sa.update(Respondent).values(address="9 Birch Ave"))
    said = _letter(desk, notice)
    assert "Nothing is issued yet" in said
    assert "9 Birch Ave" in said
    assert "Issued by" not in said
    client = desk.client(CLERK)
    issued = client.post(way, data=filled(client.get(way).text), follow_redirects=True)
    flashed = issued.text.partition('class="usa-alert__text"')[2].partition("<h1")[0]
    assert f'/notice/{notice}"' in flashed
    assert "Nothing is issued yet" not in _letter(desk, notice)
    served = desk.client(CLERK).get(desk.way("notice.record_attempt", None, CLERK)).text
    assert f'/notice/{notice}"' in served


def test_a_notice_of_another_case_is_not_found_under_this_one(
    on_case: On, case: int, warning: int
) -> None:
    desk = on_case(case)
    client = desk.client(CLERK)
    assert client.get(f"/office/case/{desk.number}/notice/{warning + 999}").status_code == 404
    assert client.get(f"/office/case/Z-9/notice/{warning}").status_code == 404
