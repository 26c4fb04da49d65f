"""Count a fine the slow way: walk its days one by one with a purse. Shares no code with the clock.

Also the peer of the bench: nothing here is slow on purpose.
"""

from datetime import date, timedelta

from cases.fines.rules import FineRules
from cases.fines.terms import FineTerms

ONE_DAY = timedelta(days=1)


def walk(terms: FineTerms, rules: FineRules, as_of: date) -> tuple[int, int]:
    """Return what is owed at the end of a day and what the next day adds, in cents."""
    heard_pauses = [pause for pause in terms.pauses if not pause.ordered_on > as_of]
    heard_cuts = {
        cut.ordered_on: cut
        for cut in terms.reductions
        if not cut.ordered_on > as_of and not (cut.lapsed_on and cut.lapsed_on <= as_of)
    }
    heard_end = terms.end
    if heard_end and (heard_end.known_on or heard_end.on) > as_of:
        heard_end = None
    owed = charged = 0
    today = _begin(terms)
    while today <= as_of:
        price = _price(terms, rules, today, heard_pauses, heard_end, charged, as_of)
        charged += price
        owed += price
        cut = heard_cuts.get(today)
        if cut is not None:
            if cut.to_cents is None:
                owed = owed - cut.by_cents if owed > cut.by_cents else 0
            elif cut.to_cents < owed:
                owed = cut.to_cents
        today += ONE_DAY
    morrow = as_of + ONE_DAY
    if morrow < _begin(terms) or terms.one_time_cents or heard_end:
        return owed, 0
    return owed, _price(terms, rules, morrow, heard_pauses, None, charged, as_of)


def _begin(terms: FineTerms) -> date:
    return terms.comply_by + ONE_DAY if terms.kind == "first" else terms.found_on


def _price(terms, rules, today, pauses, end, charged, as_of) -> int:  # noqa: ANN001
    """Return what one day costs."""
    if terms.kind == "irreparable":
        once = min(terms.one_time_cents, rules.irreparable.cents)
        return once if today == terms.found_on else 0
    if end:
        last_counts = (
            rules.count_judgment_day if end.why == "judgment" else rules.count_compliance_day
        )
        if today > end.on or (today == end.on and not last_counts):
            return 0
    for pause in pauses:
        if pause.first_day <= today and not (pause.last_day and pause.last_day < today):
            return 0
    price = 0
    for rate in terms.rates:
        if rate.from_day <= today and not (rate.ordered_on and rate.ordered_on > as_of):
            price = rate.cents
    most = rules.first.cents if terms.kind == "first" else rules.repeat.cents
    price = min(price, most)
    if terms.total_cap_cents is not None:
        price = min(price, terms.total_cap_cents - charged)
    return price
