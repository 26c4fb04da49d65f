"""What holds of every fine, whatever happened to it."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from fine_histories import as_of_near, history, rules_by_chance
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cases.fines.clock import Fine, fine
from cases.fines.known import known_on
from cases.fines.lines import LineRule
from cases.fines.orders import EndReason
from cases.fines.rules import FineKind, FineRules
from cases.fines.terms import FineTerms

DAY = timedelta(days=1)
type Asked = tuple[FineTerms, FineRules, date]


def _asked(seed: int) -> Asked:
    dice = Random(seed)  # noqa: S311
    terms = history(dice)
    return terms, rules_by_chance(dice), as_of_near(dice, terms)


asked = st.integers(0, 2**32).map(_asked)
many_examples = settings(max_examples=500, deadline=None)


def _fine(one: Asked) -> Fine:
    terms, rules, as_of = one
    return fine(terms, rules, as_of=as_of)


@many_examples
@given(asked)
def test_lines_sum_to_the_total_and_explain_every_day_once(one: Asked) -> None:
    terms, rules, as_of = one
    told = _fine(one)
    assert sum(line.amount_cents for line in told.lines) == told.total_cents
    daily = [line for line in told.lines if line.days]
    spoken = [line.first_day + at * DAY for line in daily for at in range(line.days)]
    known = known_on(terms, rules, as_of)
    last = as_of if known.end is None else known.end.on
    if terms.kind is FineKind.IRREPARABLE:
        last = min(as_of, terms.first_day)
    every = [terms.first_day + at * DAY for at in range((last - terms.first_day).days + 1)]
    assert spoken == every
    assert all(line.last_day == line.first_day + (line.days - 1) * DAY for line in daily)
    assert all(line.explanation for line in told.lines)
    partial = {LineRule.TOTAL_CAP, LineRule.REDUCED}
    whole = [line for line in told.lines if line.rule not in partial]
    assert all(line.amount_cents == line.days * line.rate_cents for line in whole)


@many_examples
@given(asked)
def test_a_fine_without_reductions_or_news_of_the_past_never_falls(one: Asked) -> None:
    terms, rules, as_of = one
    terms = _without_news_of_the_past(replace(terms, reductions=()))
    today, tomorrow = _fine((terms, rules, as_of)), _fine((terms, rules, as_of + DAY))
    assert 0 <= today.total_cents <= tomorrow.total_cents


@many_examples
@given(asked)
def test_what_comes_after_the_day_asked_about_does_not_matter(one: Asked) -> None:
    terms, rules, as_of = one
    end, certified = terms.end, terms.certified_on
    told_by_then = replace(
        terms,
        rates=tuple(
            rate for rate in terms.rates if not rate.ordered_on or rate.ordered_on <= as_of
        ),
        pauses=tuple(
            replace(pause, last_day=_by(pause.last_day, as_of + DAY))
            for pause in terms.pauses
            if pause.ordered_on <= as_of
        ),
        reductions=tuple(
            replace(cut, lapsed_on=_by(cut.lapsed_on, as_of))
            for cut in terms.reductions
            if cut.ordered_on <= as_of
        ),
        end=end if end and end.recorded_on <= as_of else None,
        certified_on=_by(certified, as_of),
    )
    assert _fine((told_by_then, rules, as_of)) == _fine(one)


@many_examples
@given(asked)
def test_no_day_and_no_total_is_ever_above_its_cap(one: Asked) -> None:
    terms, rules, _ = one
    told = _fine(one)
    cap = rules.cap(terms.kind).cents
    assert all(line.rate_cents <= cap for line in told.lines)
    assert all(line.amount_cents <= cap * max(line.days, 1) for line in told.lines)
    assert told.per_diem_cents <= cap
    if terms.total_cap_cents is not None:
        assert told.total_cents <= terms.total_cap_cents
        accrued = [line for line in told.lines if line.rule is not LineRule.REDUCED]
        assert sum(line.amount_cents for line in accrued) <= terms.total_cap_cents


@many_examples
@given(asked)
def test_the_per_diem_is_what_the_next_day_adds_while_nothing_changes(one: Asked) -> None:
    terms, rules, as_of = one
    tomorrow = as_of + DAY
    assume(not _news_on(terms, tomorrow))
    assume(terms.kind is not FineKind.IRREPARABLE)
    told = _fine(one)
    assert _fine((terms, rules, tomorrow)).total_cents - told.total_cents == told.per_diem_cents


def _by(day: date | None, last: date) -> date | None:
    return day if day is not None and day <= last else None


def _without_news_of_the_past(terms: FineTerms) -> FineTerms:
    pauses = tuple(replace(p, ordered_on=min(p.ordered_on, p.first_day)) for p in terms.pauses)
    end = terms.end and replace(terms.end, known_on=None)
    return replace(terms, pauses=pauses, end=end)


def _news_on(terms: FineTerms, day: date) -> bool:
    news = {rate.ordered_on for rate in terms.rates}
    news |= {pause.ordered_on for pause in terms.pauses}
    news |= {cut.ordered_on for cut in terms.reductions}
    news |= {cut.lapsed_on for cut in terms.reductions}
    if terms.end:
        news |= {terms.end.on, terms.end.recorded_on}
    return day in news


def test_made_up_histories_have_everything_in_them() -> None:
    dice = Random(1)  # noqa: S311
    fines = [history(dice) for _ in range(500)]
    assert {terms.kind for terms in fines} == set(FineKind)
    assert {terms.end.why for terms in fines if terms.end} == set(EndReason)
    assert any(terms.end and terms.end.on < terms.first_day for terms in fines)
    assert any(len(terms.reductions) > 2 for terms in fines)
    assert any(cut.lapsed_on for terms in fines for cut in terms.reductions)
    assert any(pause.last_day is None for terms in fines for pause in terms.pauses)
    assert any(pause.ordered_on > pause.first_day for t in fines for pause in t.pauses)
    assert any(rate.ordered_on for terms in fines for rate in terms.rates)
    assert any(terms.total_cap_cents for terms in fines)
