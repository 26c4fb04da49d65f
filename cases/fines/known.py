"""Take from a fine's terms what was known on a day, so that any day can be told again as it was."""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.fines.orders import End, EndReason, Pause, Rate, Reduction
from cases.fines.rules import FineKind, FineRules
from cases.fines.terms import FineTerms

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Known:
    """One fine as a day knew it.

    Attributes
    ----------
    rates, pauses, reductions, end
        Those of the terms that were ordered or on record by `as_of`. What has since become known
        about earlier days holds for them too: a pause reaching back changes what a reduction
        before it found accrued.
    """

    terms: FineTerms
    rules: FineRules
    as_of: date
    rates: tuple[Rate, ...]
    pauses: tuple[Pause, ...]
    reductions: tuple[Reduction, ...]
    end: End | None

    @property
    def last_day(self) -> date:
        """The last day that is fined; before the first day where none is.

        The day of the end itself is fined only where the rules count it: s. 162.09(3) says
        "until", and leaves it open.
        """
        if self.terms.kind is FineKind.IRREPARABLE:
            return min(self.terms.first_day, self.as_of)
        if self.end is None:
            return self.as_of
        return self.end.on if self.counts_end else self.end.on - DAY

    @property
    def counts_end(self) -> bool:
        """Whether the rules fine the very day of the end."""
        if self.end is not None and self.end.why is EndReason.JUDGMENT:
            return self.rules.count_judgment_day
        return self.rules.count_compliance_day

    def pauses_on(self, day: date) -> tuple[Pause, ...]:
        """Return the pauses in force on a day."""
        return tuple(
            pause
            for pause in self.pauses
            if pause.first_day <= day and (pause.last_day is None or day <= pause.last_day)
        )

    def rate_on(self, day: date) -> Rate:
        """Return the rate in force on a day of the fine."""
        return [rate for rate in self.rates if rate.from_day <= day][-1]

    def cents_on(self, day: date) -> int:
        """Return a day's fine, never above the cap (s. 162.09(2)(a), or (d) by ordinance)."""
        return min(self.rate_on(day).cents, self.rules.cap(self.terms.kind).cents)


def known_on(terms: FineTerms, rules: FineRules, as_of: date) -> Known:
    """Leave out of the terms what nobody could know on a day."""
    end = terms.end
    return Known(
        terms=terms,
        rules=rules,
        as_of=as_of,
        rates=tuple(
            rate for rate in terms.rates if rate.ordered_on is None or rate.ordered_on <= as_of
        ),
        pauses=tuple(pause for pause in terms.pauses if pause.ordered_on <= as_of),
        reductions=tuple(order for order in terms.reductions if _stands(order, on=as_of)),
        end=end if end is not None and end.recorded_on <= as_of else None,
    )


def _stands(reduction: Reduction, *, on: date) -> bool:
    lapsed = reduction.lapsed_on
    return reduction.ordered_on <= on and (lapsed is None or on < lapsed)
