"""A repeat that was corrected is told of and heard all the same, where the town's law says so."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK
from played_owners import (
    NUMBER,
    Played,
    at,
    confirm,
    correct,
    enter,
    find,
    hand_over,
    hear,
    tell,
)

from cases import telling
from cases.adopted import adopt
from cases.advancing import GuardError
from cases.desk.book import Book, open_book
from cases.desk.consequences import consequence
from cases.desk.leading import leading
from cases.desk.offers import offers
from cases.fines.rules import FineKind
from cases.lawpack.reading import DEFAULT
from cases.models import Case, Notice, NoticeViolation, Violation
from cases.notice_words import NoticeKind
from cases.workflow.roles import Role

SAYS = "even if the repeat violation is corrected"


def _said(town: sa.Connection, played: Played, kind: NoticeKind) -> dict[str, Any]:
    """Return what the notice of a kind written last says of the violation."""
    query = sa.select(Notice.content).where(Notice.case_id == played.case, Notice.kind == kind)
    content = town.execute(query.order_by(Notice.id.desc()).limit(1)).scalar_one()
    (violation,) = content["violations"]
    return dict(violation)


def _book(town: sa.Connection, played: Played) -> Book:
    number = town.execute(sa.select(Case.number).where(Case.id == played.case)).scalar_one()
    book = open_book(town, number)
    assert book is not None
    return book


def _row(town: sa.Connection, played: Played) -> sa.Row[Any]:
    query = sa.select(Violation.__table__).where(Violation.id == played.violation)
    return town.execute(query).one()


def test_a_repeat_corrected_before_anybody_was_warned_is_told_docketed_and_heard(
    town: sa.Connection, later: Played
) -> None:
    correct(town, later, days=5)
    with pytest.raises(GuardError, match="names an open violation"), town.begin_nested():
        hear(town, later)  # a first violation that is corrected is not heard
    confirm(town, later, NUMBER, moment=at(later.found_on, 6))
    hearing = hear(town, later)
    warned = _said(town, later, NoticeKind.WARNING)
    assert (warned["repeat"], warned["days"]) == (True, None)
    assert SAYS in warned["though_corrected"]
    summoned = _said(town, later, NoticeKind.NOTICE_OF_HEARING)
    assert SAYS in summoned["though_corrected"]
    days = sa.select(NoticeViolation.comply_by).where(NoticeViolation.comply_by.is_not(None))
    theirs = days.where(NoticeViolation.violation_id == later.violation)
    assert (town.scalars(theirs).all(), _row(town, later).comply_by) == ([], None)
    enter(town, later, hearing, kind=FineKind.REPEAT, found_on=later.found_on)
    assert _row(town, later).status == "corrected"


def test_a_repeat_corrected_after_its_warning_keeps_its_day_and_is_heard(
    town: sa.Connection, later: Played
) -> None:
    tell(town, later, kind=NoticeKind.WARNING, days=1)
    due = _row(town, later).comply_by
    correct(town, later, days=5)
    confirm(town, later, NUMBER, moment=at(later.found_on, 6))
    tell(town, later, kind=NoticeKind.WARNING, days=7)
    assert _row(town, later).comply_by == due is not None
    hearing = hear(town, later)
    assert SAYS in _said(town, later, NoticeKind.NOTICE_OF_HEARING)["though_corrected"]
    enter(town, later, hearing, kind=FineKind.REPEAT, found_on=later.found_on)


def test_where_the_law_does_not_hear_what_is_corrected_nobody_is_told_of_it(
    town: sa.Connection, earlier: Played, tmp_path: Path
) -> None:
    lines = DEFAULT.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [each for each in lines if not each.startswith("heard_though_corrected")]
    assert len(kept) == len(lines) - 1
    other = tmp_path / "other-town.toml"
    other.write_text("".join(kept).replace('"florida-town"', '"other-town"'), encoding="utf-8")
    law = adopt(town, other, on=date(2026, 1, 1))
    played = find(town, law, on=date(2026, 6, 1), lot="A-3")
    correct(town, played, days=5)
    confirm(town, played, NUMBER, moment=at(played.found_on, 6))
    with pytest.raises(GuardError, match="names an open violation"), town.begin_nested():
        tell(town, played, kind=NoticeKind.WARNING, days=7)
    with pytest.raises(telling.NothingToTellError, match="nothing to warn of"):
        telling.tell(
            town, case_id=played.case, kind=NoticeKind.WARNING, actor=CLERK,
            moment=at(played.found_on, 7),
        )  # fmt: skip
    assert earlier


def test_the_desk_leads_to_telling_of_a_corrected_repeat_and_counts_no_days_from_it(
    town: sa.Connection, later: Played
) -> None:
    def leads() -> list[str]:
        book = _book(town, later)
        return [each.action for each in leading(book, offers(book, role=Role.CLERK), on=today.on)]

    correct(town, later, days=5)
    today = at(later.found_on, 6)
    assert "notice.draft" not in leads()
    confirm(town, later, NUMBER, moment=today)
    assert "notice.draft" in leads()
    (notice,) = telling.tell(
        town, case_id=later.case, kind=NoticeKind.WARNING, actor=CLERK, moment=today
    )
    assert "notice.draft" not in leads()
    hand_over(town, notice, on=today.on, days=1)
    book = _book(town, later)
    offer = next(
        each for each in offers(book, role=Role.CLERK) if each.action == "notice.confirm_service"
    )
    assert consequence(book, offer, on=at(today.on, 1).on).due is None
