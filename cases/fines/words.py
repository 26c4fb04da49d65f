"""Say in plain words why a line of a fine is what it is: order, rate, rule, dates and statute."""

from datetime import date

from cases.fines.known import Known
from cases.fines.orders import Pause, Reduction
from cases.fines.rules import FineCap, FineKind
from cases.money import write_cents
from cases.wording import day_in_words


def days_in_words(first: date, last: date) -> str:
    """Write a span of days, or the one day it is."""
    if first == last:
        return day_in_words(first)
    return f"{day_in_words(first)} to {day_in_words(last)}"


def fined(known: Known, first: date, last: date) -> str:
    """Explain days fined in full."""
    cents, days = known.cents_on(first), (last - first).days + 1
    counted = "1 day" if days == 1 else f"{days} days"
    return (
        f"{_order(known, first)}: {counted} at {write_cents(cents)} a day, "
        f"{days_in_words(first, last)}, {_ground(known)}.{_cut(known, first)}"
    )


def fined_once(known: Known) -> str:
    """Explain the one fine for an irreparable violation."""
    terms, rules = known.terms, known.rules
    cap, asked = rules.irreparable, terms.one_time_cents or 0
    cut = f" It sets {write_cents(asked)}; {_most(cap)}." if asked > cap.cents else ""
    imposed = write_cents(min(asked, cap.cents))
    return (
        f"{terms.reference}: one fine of {imposed} for a violation found "
        f"irreparable or irreversible on {day_in_words(terms.first_day)} "
        f"({rules.statutes.irreparable}).{cut}"
    )


def paused(pauses: tuple[Pause, ...], first: date, last: date) -> str:
    """Explain days on which the fine stood still."""
    orders = " and ".join(
        f"{pause.reference} of {day_in_words(pause.ordered_on)}" for pause in pauses
    )
    return f"{days_in_words(first, last)}: nothing accrues, paused by {orders}."


def capped(known: Known, first: date, last: date, *, cents: int) -> str:
    """Explain days of which the order's total cap leaves something, or nothing."""
    cap = (
        f"{known.terms.reference} caps the fine at {write_cents(known.terms.total_cap_cents or 0)}"
    )
    if cents == 0:
        return f"{days_in_words(first, last)}: nothing more accrues. {cap}, which is reached."
    return (
        f"{cap}: of the {write_cents(known.cents_on(first))} for {day_in_words(first)} only "
        f"{write_cents(cents)} is left below it."
    )


def ended(known: Known, day: date) -> str:
    """Explain the day of compliance or judgment where the town's rules do not fine it."""
    what = f"{known.end.why}" if known.end else "the end"
    return (
        f"{day_in_words(day)}: the day of {what}. The fine ran until then "
        f"({known.rules.statutes.ends}), and under the town's rules that day itself is not counted."
    )


def met(known: Known, day: date) -> str:
    """Explain why an order met in time fines nothing."""
    return (
        f"{known.terms.reference} was complied with on {day_in_words(day)}, not later than the "
        f"date set, so no day is fined ({known.rules.statutes.runs})."
    )


def reduced(reduction: Reduction, *, before: int, after: int, statute: str) -> str:
    """Explain what an order took off."""
    day = day_in_words(reduction.ordered_on)
    what = f"the fine as it stood at the end of that day, {write_cents(before)}"
    if after == before:
        return f"{reduction.reference} of {day} leaves {what}, as it is ({statute})."
    return f"{reduction.reference} of {day} reduced {what}, to {write_cents(after)} ({statute})."


def _order(known: Known, day: date) -> str:
    rate = known.rate_on(day)
    if not rate.reference:
        return known.terms.reference
    amended = f" of {day_in_words(rate.ordered_on)}" if rate.ordered_on else ""
    return f"{known.terms.reference} as amended by {rate.reference}{amended}"


def _ground(known: Known) -> str:
    terms, statutes = known.terms, known.rules.statutes
    if terms.kind is FineKind.FIRST and terms.comply_by:
        by = day_in_words(terms.comply_by)
        return f"each day the violation continued past {by}, the date set ({statutes.runs})"
    found = day_in_words(terms.first_day)
    return f"each day the repeat violation continued from {found}, when found ({statutes.repeat})"


def _cut(known: Known, day: date) -> str:
    asked, cap = known.rate_on(day).cents, known.rules.cap(known.terms.kind)
    if asked <= cap.cents:
        return ""
    return f" The order says {write_cents(asked)} a day; {_most(cap)}."


def _most(cap: FineCap) -> str:
    return f"{cap.statute} allows no more than {write_cents(cap.cents)}"
