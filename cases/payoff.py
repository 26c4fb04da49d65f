"""Draw up what pays a case off by a day: what is owed, what its fines add, and credit off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.fines.clock import Fine
from cases.ledger.accounts import Component
from cases.money import write_cents
from cases.wording import day_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedFine:
    """A certified fine as a payoff counts it.

    Parameters
    ----------
    reference
        Its order, as a clerk would cite it.
    fine
        As it is on the good-through day.
    charged_cents
        What the ledger holds of it already.
    """

    reference: str
    fine: Fine
    charged_cents: int


@dataclass(frozen=True, slots=True)
class PayoffLine:
    """One line of a payoff statement.

    Attributes
    ----------
    cents
        What it adds; below zero for credit.
    because
        How it was reckoned, a sentence each; the fine clock's own for a fine.
    """

    label: str
    cents: int
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payoff:
    """What pays a case off if it is paid by a day.

    Attributes
    ----------
    good_through
        The last day on which the total holds; it is counted.
    total_cents
        The sum of the lines; zero where credit covers it all.
    per_diem_cents
        What each day after adds, as far as is known now.
    """

    good_through: date
    lines: tuple[PayoffLine, ...]
    total_cents: int
    per_diem_cents: int

    @property
    def per_diem_in_words(self) -> str:
        """Say what a later payment adds."""
        if not self.per_diem_cents:
            return (
                f"No fine adds to it after {day_in_words(self.good_through)}, as far as is known."
            )
        daily = write_cents(self.per_diem_cents)
        return f"Add {daily} for each day after {day_in_words(self.good_through)}."


def draw_up(
    owes: Mapping[Component, int],
    fines: Sequence[CertifiedFine],
    *,
    credit_cents: int,
    good_through: date,
) -> Payoff:
    """Draw up a payoff from a ledger's balances and the fines that run on beside it.

    Parameters
    ----------
    owes
        Cents owed now by component. Interest is what was charged: none runs by itself.
    credit_cents
        What was paid beyond what was owed.
    """
    lines = [
        PayoffLine(f"{component.words.capitalize()}, as charged", owes[component])
        for component in Component
        if owes.get(component)
    ]
    lines += [_accrued(each, good_through=good_through) for each in fines]
    if credit_cents:
        lines.append(PayoffLine("Credit", -credit_cents))
    return Payoff(
        good_through=good_through,
        lines=tuple(lines),
        total_cents=max(0, sum(line.cents for line in lines)),
        per_diem_cents=sum(each.fine.per_diem_cents for each in fines),
    )


def _accrued(each: CertifiedFine, *, good_through: date) -> PayoffLine:
    left = each.fine.total_cents - each.charged_cents
    counted = tuple(line.explanation for line in each.fine.lines)
    if each.charged_cents:  # what was counted is more than this line adds
        made, charged = write_cents(each.fine.total_cents), write_cents(each.charged_cents)
        because = (
            f"{made} in all, of which {charged} is charged already and {write_cents(left)} is not."
        )
        counted = (*counted, because)
    return PayoffLine(
        f"{each.reference}: fine to {day_in_words(good_through)}, beyond what is charged",
        left,
        counted,
    )
