"""When something is due, in the words a clerk would say it in, and who was in time."""

from datetime import date

import pytest
from test_business_days import FLORIDA

from cases.deadlines import (
    Answer,
    Count,
    DeadlineError,
    DeadlineRule,
    Roll,
    Timely,
    due,
    in_time,
)


def test_calendar_days_leave_out_the_day_they_are_counted_from() -> None:
    rule = DeadlineRule(days=30, source="s. 162.11")
    deadline = due(rule, counted_from=date(2026, 3, 2), calendar=FLORIDA)
    assert deadline.on == date(2026, 4, 1)
    assert deadline.because == "30 days after March 2, 2026 (s. 162.11)"


def test_business_days_skip_weekends_and_holidays() -> None:
    rule = DeadlineRule(days=10, count=Count.BUSINESS)
    assert due(rule, counted_from=date(2026, 11, 20), calendar=FLORIDA).on == date(2026, 12, 8)


def test_a_last_day_that_is_not_worked_moves_where_the_rule_says_so() -> None:
    on_a_saturday = {"counted_from": date(2026, 11, 18), "calendar": FLORIDA}
    stays = DeadlineRule(days=10)
    rolls = DeadlineRule(days=10, roll=Roll.NEXT_BUSINESS_DAY)
    assert due(stays, **on_a_saturday).on == date(2026, 11, 28)
    moved = due(rolls, **on_a_saturday)
    assert moved.on == date(2026, 11, 30)
    assert moved.moved == "moved from November 28, 2026 (Saturday) to November 30, 2026"
    assert moved.moved in moved.because


def test_days_for_mail_are_added_before_the_last_day_is_looked_at() -> None:
    rule = DeadlineRule(days=10, mail_days=5, roll=Roll.NEXT_BUSINESS_DAY)
    by_hand = due(rule, counted_from=date(2026, 6, 1), calendar=FLORIDA)
    by_mail = due(rule, counted_from=date(2026, 6, 5), calendar=FLORIDA, by_mail=True)
    assert by_hand.on == date(2026, 6, 11)
    assert by_mail.on == date(2026, 6, 22)  # 20 June is a Saturday
    assert "5 more for mail" in by_mail.because


@pytest.mark.parametrize(("timely", "in_on"), [(Timely.RECEIVED, False), (Timely.POSTMARKED, True)])
def test_a_letter_on_its_way_over_the_deadline_is_in_time_by_its_postmark_alone(
    timely: Timely, in_on: bool
) -> None:
    rule = DeadlineRule(days=10, timely=timely)
    deadline = due(rule, counted_from=date(2026, 6, 1), calendar=FLORIDA)
    letter = Answer(received_on=date(2026, 6, 15), postmarked_on=date(2026, 6, 11))
    assert in_time(letter, deadline, rule=rule) is in_on
    assert not in_time(Answer(received_on=date(2026, 6, 12)), deadline, rule=rule)
    assert in_time(Answer(received_on=date(2026, 6, 11)), deadline, rule=rule)


def test_a_letter_cannot_come_before_it_was_posted() -> None:
    rule = DeadlineRule(days=10, timely=Timely.POSTMARKED)
    deadline = due(rule, counted_from=date(2026, 6, 1), calendar=FLORIDA)
    letter = Answer(received_on=date(2026, 6, 3), postmarked_on=date(2026, 6, 4))
    with pytest.raises(DeadlineError, match="cannot have come on 2026-06-03"):
        in_time(letter, deadline, rule=rule)


@pytest.mark.parametrize(("days", "mail_days"), [(0, 0), (-1, 5), (5, -1), (4000, 0)])
def test_a_rule_that_counts_no_days_is_refused(days: int, mail_days: int) -> None:
    with pytest.raises(DeadlineError, match="cannot be counted"):
        DeadlineRule(days=days, mail_days=mail_days)
