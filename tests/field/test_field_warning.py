"""A warning is issued in the field once, of what is verified, by a visit that is on record."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from field_phone import FOUND, TRASH, VISIT, Phone, verified
from field_town import CLERK, OFFICER, counted, now, one, open_alleged

from cases import inspections, notices
from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.models import Case, CaseEvent, Notice
from cases.notice_words import NoticeKind
from cases.story import events_of, told
from geo.database import Database


def _warning(phone: Phone, visit: dict[str, Any], **more: Any) -> dict[str, Any]:
    said = {
        "respondent": visit["respondent"], "violations": [visit["alleged"]], "found": [FOUND],
    }  # fmt: skip
    return phone.deed("warn", said, case=visit["case"], visit=visit["id"], **more)


def test_what_is_verified_and_what_is_found_is_warned_of_by_one_notice(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    visit = verified(phone, case)
    warning = _warning(phone, visit)
    assert [phone.told(warning)["status"] for _ in range(2)] == ["stored"] * 2
    notice = one(fresh_database, Notice)
    assert (notice.kind, notice.status, notice.respondent_id) == (
        "warning", "issued", visit["respondent"],
    )  # fmt: skip
    named = {each["section"] for each in notice.content["violations"]}
    assert named == {"30-36(a)", "30-36(b)"}
    [stop] = phone.day()["stops"]
    assert all(each["warn"]["told"] == [visit["respondent"]] for each in stop["violations"])


def test_a_warning_of_a_case_that_went_on_meanwhile_waits_for_its_officer(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    visit = verified(phone, case)
    with fresh_database.app.begin() as connection:
        seen = connection.scalar(sa.select(sa.func.max(CaseEvent.seq)))
        notices.draft(
            connection, case_id=case, kind=NoticeKind.WARNING, respondent_id=visit["respondent"],
            violation_ids=[visit["alleged"]], actor=CLERK, moment=now(),
        )  # fmt: skip
    answer = phone.told(_warning(phone, visit, basis=seen))
    assert answer["status"] == "conflict"
    assert "warning of violation" in answer["meanwhile"][0]["text"]
    assert counted(fresh_database, "notice WHERE status = 'issued'") == [0]


def test_nobody_is_warned_by_a_visit_that_is_not_on_record(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    visit = verified(phone, case)
    with fresh_database.app.begin() as connection:
        at = datetime.now(UTC).replace(hour=10) + timedelta(days=2)
        planned = inspections.arrange(
            connection, case_id=case, at=at, actor=OFFICER, moment=now()
        )  # fmt: skip
        inspections.cancel(
            connection, inspection_id=planned, reason="Rain", actor=CLERK, moment=now()
        )
    stale = phone.deed("visit", {**VISIT, "inspection": planned}, case=case)
    assert phone.told(stale)["status"] == "conflict"
    said = {"respondent": visit["respondent"], "violations": [visit["alleged"]], "found": []}
    answer = phone.told(phone.deed("warn", said, case=case, visit=stale["id"]))
    assert answer["status"] == "conflict"
    assert "not on record" in answer["words"]
    assert counted(fresh_database, "notice") == [0]


def test_nobody_is_warned_of_what_nobodyverified(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    visit = phone.deed("visit", {**VISIT, "findings": [TRASH]}, case=case)
    assert phone.told(visit)["status"] == "stored"
    [stop] = phone.day()["stops"]
    alleged = next(each["id"] for each in stop["violations"] if each["status"] == "alleged")
    respondent = stop["respondents"][0]["id"]
    answer = phone.told(_warning(phone, {**visit, "alleged": alleged, "respondent": respondent}))
    assert answer["status"] == "conflict"
    assert "section 30-36(a) is alleged, not open" in answer["words"]
    assert counted(fresh_database, "notice") == [0]


def test_nobody_is_warned_twice_of_one_violation(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    visit = verified(phone, case)
    assert phone.told(_warning(phone, visit))["status"] == "stored"
    second = _warning(phone, visit)
    answer = phone.told(second)
    assert answer["status"] == "conflict"
    assert "A warning to P. Lane names the violation of section 30-36(a)" in answer["words"]
    assert counted(fresh_database, "notice") == [1]
    settled = {"deed": second["id"], "how": "note", "reason": "Told twice"}
    assert phone.told(phone.deed("settle", settled, case=case))["noted"]
    with fresh_database.owner.connect() as connection:
        *_, line = told(connection.execute(events_of(case)), law=None)
    assert "addressed to P. Lane" in line.text
    assert "sections: 30-36(a); 30-36(b)" in line.text


def test_a_case_of_which_nobody_is_warned_stays_on_the_route_after_its_day(
    phone: Phone, case: int, fresh_database: Database
) -> None:
    visit = verified(phone, case)
    with fresh_database.owner.begin() as connection:
        connection.execute(sa.update(Case).values(opened_on=Case.opened_on - 2))
    assert [(each["why"], each["purpose"]) for each in phone.day()["stops"]] == [("begun", "warn")]
    with fresh_database.app.begin() as connection:
        notice = notices.draft(
            connection, case_id=case, kind=NoticeKind.WARNING, respondent_id=visit["respondent"],
            violation_ids=[visit["alleged"]], actor=CLERK, moment=now(),
        )  # fmt: skip
    assert [(each["why"], each["purpose"]) for each in phone.day()["stops"]] == [("begun", "warn")]
    with fresh_database.app.begin() as connection:
        notices.issue(connection, notice_id=notice, actor=CLERK, moment=now())
    assert phone.day()["stops"] == []


def test_a_town_whose_law_has_no_warning_offers_none(
    phone: Phone, fresh_database: Database, tmp_path: Path
) -> None:
    text = DEFAULT.read_text(encoding="utf-8")
    said = text.replace('version = "', 'version = "no-warning-', 1)
    assert "without = [" in said
    pack = tmp_path / "no-warning.toml"
    pack.write_text(said.replace("without = [", 'without = ["notice.issue", ', 1))
    offered = phone.day()["stops"][0]["violations"][0]["warn"]
    assert (offered["officer"], offered["days"] > 0, offered["due"] > "2026") == (True,) * 3
    with fresh_database.app.begin() as connection:
        law = adopt(connection, pack, on=now().on)
        case = open_alleged(connection, law, lot=2)
    stop = next(each for each in phone.day()["stops"] if each["case"] == case)
    assert not any(each["warn"]["officer"] for each in stop["violations"] + stop["checklist"])
    verified(phone, case)
    stop = next(each for each in phone.day()["stops"] if each["case"] == case)
    assert stop["purpose"] == "correcting"
