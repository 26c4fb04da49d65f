"""A notice of hearing names a day, what is heard on it, and counts for no other day."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import (
    MAGISTRATE,
    a_sitting,
    first_served,
    hand_over,
    heard,
    look_again,
    one,
    put_on_docket,
    tell_of_hearing,
)

from cases import continuing, hearings, inspections, notices, telling, violations
from cases.advancing import GuardError
from cases.desk import docket
from cases.desk.book import open_book
from cases.desk.matters import lacks_notice_of_hearing
from cases.hearings import About
from cases.inspections import Entry, Finding, Visit
from cases.models import Case, Citation, Hearing, Notice, NoticeViolation, Respondent, Violation
from cases.notice_words import NoticeKind
from cases.summoned import is_summoned
from cases.telling import NothingToTellError

FENCE = Visit(
    entry=Entry.VANTAGE, entry_detail="from the sidewalk",
    findings=(Finding(section="58-203", item="Fence upright", passed=False),),
)  # fmt: skip
NEW_DAY = date(2026, 9, 8)


def _tell(town: sa.Connection, case: int, *, number: int = 2, month: int = 7) -> list[int]:
    return telling.tell(
        town, case_id=case, kind=NoticeKind.NOTICE_OF_HEARING, actor=CLERK,
        moment=day(month, number),
    )  # fmt: skip


def _said(town: sa.Connection, notice: int) -> dict[str, Any]:
    said: dict[str, Any] = town.execute(
        sa.select(Notice.content).where(Notice.id == notice)
    ).scalar_one()
    return said


def _named(town: sa.Connection, notice: int) -> list[int]:
    named = sa.select(NoticeViolation.violation_id).where(NoticeViolation.notice_id == notice)
    return list(town.scalars(named))


def _put_off(town: sa.Connection, hearing: int, *, to: int | None = None) -> None:
    """Put a hearing off and on the docket of another day."""
    continuing.continue_hearing(
        town, hearing_id=hearing, reason="Counsel is ill", actor=CLERK, moment=day(8, 3)
    )
    _docket(town, hearing, to or a_sitting(town, held_on=NEW_DAY))


def _docket(town: sa.Connection, hearing: int, session: int) -> None:
    hearings.docket(
        town, hearing_id=hearing, session_id=session, actor=CLERK,
        proof=notices.service_of(town, first_served(town), on=date(2026, 8, 3)).proof,
        moment=day(8, 3),
    )  # fmt: skip


def test_nobody_is_told_of_a_hearing_that_has_no_day(
    town: sa.Connection, case: int, hearing: int, sitting: int
) -> None:
    with pytest.raises(NothingToTellError, match="no hearing has its day"):
        _tell(town, case)
    notices.draft(
        town, case_id=case, kind=NoticeKind.NOTICE_OF_HEARING, actor=CLERK, moment=day(7, 2),
        respondent_id=one(town, Respondent).id, violation_ids=[one(town, Citation).violation_id],
    )  # fmt: skip
    with pytest.raises(GuardError, match="names a hearing that has its day"):
        telling.issue_drafts(town, case_id=case, actor=CLERK, moment=day(7, 2))
    put_on_docket(town, hearing, sitting)
    (sent,) = telling.issue_drafts(town, case_id=case, actor=CLERK, moment=day(7, 2))
    assert [each["held_on"] for each in _said(town, sent)["hearings"]] == ["2026-08-11"]
    with pytest.raises(NothingToTellError, match="everybody was told of all"):
        _tell(town, case)


def test_a_notice_of_hearing_names_what_is_heard_and_nothing_else(
    town: sa.Connection, case: int, docketed: int
) -> None:
    assert docketed
    inspections.make(town, case_id=case, visit=FENCE, actor=OFFICER, moment=day(7, 2))
    (sent,) = _tell(town, case)
    cited = one(town, Citation).violation_id
    assert _named(town, sent) == [cited]
    told = notices.draft(
        town, case_id=case, kind=NoticeKind.NOTICE_OF_HEARING, actor=CLERK, moment=day(7, 2),
        respondent_id=one(town, Respondent).id,
        violation_ids=list(town.scalars(sa.select(Violation.id))),
    )  # fmt: skip
    notices.issue(town, notice_id=told, actor=CLERK, moment=day(7, 2))
    assert [each["violation"] for each in _said(town, told)["violations"]] == [cited]


def test_each_hearing_is_told_of_where_something_named_is_heard(
    town: sa.Connection, case: int, docketed: int
) -> None:
    (first,) = _tell(town, case)
    inspections.make(town, case_id=case, visit=FENCE, actor=OFFICER, moment=day(7, 2))
    asked = hearings.request(
        town, case_id=case, about=About.VIOLATION, actor=MANAGER, moment=day(7, 2)
    )
    put_on_docket(town, asked, a_sitting(town, held_on=NEW_DAY))
    (second,) = _tell(town, case)
    cited = one(town, Citation).violation_id
    assert (_named(town, first), len(_named(town, second))) == ([cited], 2)
    days = [[each["held_on"] for each in _said(town, one)["hearings"]] for one in (first, second)]
    assert days == [["2026-08-11"], ["2026-08-11", "2026-09-08"]]
    assert docketed


def test_who_was_told_of_one_day_is_told_anew_of_another(
    town: sa.Connection, case: int, docketed: int
) -> None:
    tell_of_hearing(town, case)
    number = town.execute(sa.select(Case.number)).scalar_one()

    def stands() -> tuple[bool, bool, bool, bool]:
        book, row = open_book(town, number), _row(town, docketed)
        assert book is not None
        query = docket.docket_of(row.session_id, on=date(2026, 8, 4))
        (shown,) = town.execute(query).all()
        lacks = lacks_notice_of_hearing(book, book.case, date(2026, 8, 4))
        told = is_summoned(town, row, before=NEW_DAY)
        return lacks, told, shown.told_on is not None, shown.telling

    assert stands() == (False, True, True, False)
    _put_off(town, docketed)
    assert stands() == (True, False, False, False)
    opening = {"hearing_id": docketed, "members_sitting": 1, "actor": MAGISTRATE}
    with pytest.raises(GuardError, match="the notice of hearing is served"):
        hearings.open_hearing(town, moment=day(9, 8), **opening)  # type: ignore[arg-type]
    (anew,) = _tell(town, case, month=8, number=4)
    assert stands() == (False, False, False, True)
    hand_over(town, anew, on=5)
    assert stands() == (False, True, True, False)
    hearings.open_hearing(town, moment=day(9, 8), **opening)  # type: ignore[arg-type]


def test_of_a_hearing_that_nobody_was_told_of_no_other_days_notice_counts(
    town: sa.Connection, case: int, docketed: int
) -> None:
    tell_of_hearing(town, case)
    asked = hearings.request(
        town, case_id=case, about=About.VIOLATION, actor=MANAGER, moment=day(7, 6)
    )
    later = a_sitting(town, held_on=NEW_DAY, capacity=2)
    _docket(town, asked, later)

    def otherwise() -> dict[int, bool]:
        shown = town.execute(docket.docket_of(later, on=date(2026, 8, 4)))
        return {row.id: row.told_otherwise for row in shown}

    assert otherwise() == {asked: False}
    _put_off(town, docketed, to=later)
    assert otherwise() == {asked: False, docketed: True}


def _row(town: sa.Connection, hearing: int) -> sa.Row[Any]:
    return town.execute(sa.select(Hearing.__table__).where(Hearing.id == hearing)).one()


def test_a_notice_kept_from_before_it_named_its_day_counts_for_any(
    town: sa.Connection, case: int, docketed: int
) -> None:
    kept = notices.draft(
        town, case_id=case, kind=NoticeKind.NOTICE_OF_HEARING, actor=CLERK, moment=day(7, 2),
        respondent_id=one(town, Respondent).id, violation_ids=[one(town, Citation).violation_id],
    )  # fmt: skip
    assert not is_summoned(town, _row(town, docketed), before=NEW_DAY)
    served = {"status": "served", "issued_on": date(2026, 7, 2), "served_on": date(2026, 7, 3)}
    town.execute(sa.update(Notice).where(Notice.id == kept).values(**served, served_by="hand"))
    assert is_summoned(town, _row(town, docketed), before=NEW_DAY)
    with pytest.raises(NothingToTellError, match="everybody was told of all"):
        _tell(town, case)


def test_what_is_ordered_is_heard_and_told_of_though_it_was_corrected(
    town: sa.Connection, case: int, violation: int, certified: int
) -> None:
    assert certified
    look = look_again(town, case, month=9, number=28)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(9, 28)
    )
    hearing = heard(town, case, About.MITIGATION, held_on=date(2026, 10, 13))
    assert _row(town, hearing).status == "decided"
