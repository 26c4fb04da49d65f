"""Make up what may happen to a fine: rates, pauses, reductions, caps, ends, all in a short year."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from fine_towns import CITY, TOWN

from cases.fines.orders import End, EndReason, Pause, Rate, Reduction
from cases.fines.rules import FineKind, FineRules
from cases.fines.terms import FineTerms

BASE = date(2026, 6, 1)


def rules_by_chance(dice: Random) -> FineRules:
    return replace(
        dice.choice([TOWN, CITY]),
        count_compliance_day=dice.random() < 0.5,
        count_judgment_day=dice.random() < 0.5,
    )


def history(dice: Random) -> FineTerms:
    """Make one fine's terms; now and then with a rate above any cap."""
    kind = dice.choices(list(FineKind), [6, 3, 1])[0]
    day = _days(dice, BASE, -5, 5)
    first = day + timedelta(days=kind is FineKind.FIRST)
    irreparable = kind is FineKind.IRREPARABLE
    end = _end(dice, first, kind) if dice.random() < 0.5 else None
    return FineTerms(
        reference="Order 1",
        kind=kind,
        comply_by=day if kind is FineKind.FIRST else None,
        found_on=None if kind is FineKind.FIRST else day,
        rates=() if irreparable else _rates(dice, first),
        one_time_cents=dice.randint(1, 2_000_000) if irreparable else None,
        total_cap_cents=_cap(dice, irreparable=irreparable),
        pauses=() if irreparable else _pauses(dice, first),
        reductions=_reductions(dice, first, end),
        end=end,
        certified_on=_days(dice, first, 0, 90) if dice.random() < 0.5 else None,
    )


def as_of_by_chance(dice: Random) -> date:
    return _days(dice, BASE, -15, 140)


def as_of_near(dice: Random, terms: FineTerms) -> date:
    """Take any day, or just as often one beside a day on which something happens."""
    end = terms.end
    told = [
        terms.first_day,
        *(day for rate in terms.rates for day in (rate.from_day, rate.ordered_on)),
        *(day for p in terms.pauses for day in (p.first_day, p.last_day, p.ordered_on)),
        *(day for cut in terms.reductions for day in (cut.ordered_on, cut.lapsed_on)),
        *((end.on, end.recorded_on) if end else ()),
    ]
    day = dice.choice([day for day in told if day])
    return as_of_by_chance(dice) if dice.random() < 0.5 else _days(dice, day, -1, 1)


def _days(dice: Random, day: date, least: int, most: int) -> date:
    return day + timedelta(days=dice.randint(least, most))


def _cap(dice: Random, *, irreparable: bool) -> int | None:
    return None if irreparable or dice.random() < 0.5 else dice.randint(1, 3_000_000)


def _rates(dice: Random, first: date) -> tuple[Rate, ...]:
    begins = {_days(dice, first, -3, 0)} | {
        _days(dice, first, 1, 90) for _ in range(dice.choice([0, 0, 1, 2, 3]))
    }
    early = {_days(dice, first, -9, -4)} if dice.random() < 0.2 else set()
    rates = [Rate(day, dice.choice([1, 777, 25_000, 60_000])) for day in sorted(begins | early)]
    for at in range(1, len(rates)):
        if dice.random() < 0.7:
            ordered = rates[at].from_day - timedelta(days=dice.choice([0, 0, 1, 12]))
            rates[at] = replace(rates[at], ordered_on=ordered, reference=f"Order 1-{at}")
    return tuple(rates)


def _pauses(dice: Random, first: date) -> tuple[Pause, ...]:
    pauses = []
    for number in range(dice.choice([0, 0, 1, 1, 2, 3, 5])):
        begins = _days(dice, first, -20, 100)
        ends = None if dice.random() < 0.15 else _days(dice, begins, 0, 25)
        pauses.append(Pause(begins, ends, _days(dice, begins, -10, 30), f"Stay {number}"))
    return tuple(pauses)


def _reductions(dice: Random, first: date, end: End | None) -> tuple[Reduction, ...]:
    wanted = {_days(dice, first, 0, 120) for _ in range(dice.choice([0, 0, 1, 2, 3]))}
    if end and end.why is EndReason.JUDGMENT:
        wanted = {day for day in wanted if day <= end.on}
    cuts = []
    for day in wanted:
        lapsed = _days(dice, day, 1, 40) if dice.random() < 0.3 else None
        cents = dice.choice([0, 1, 99_999, 500_000, 9_000_000])
        to = dice.random() < 0.6
        amount = {"to_cents": cents} if to else {"by_cents": cents + 1}
        cuts.append(Reduction(day, f"Reduction of {day}", **amount, lapsed_on=lapsed))
    return tuple(cuts)


def _end(dice: Random, first: date, kind: FineKind) -> End:
    why = dice.choice(list(EndReason))
    in_time = kind is FineKind.FIRST and why is EndReason.COMPLIANCE
    on = _days(dice, first, -6 if in_time else 0, 110)
    return End(on, why, _days(dice, on, 0, 20) if dice.random() < 0.5 else None)
