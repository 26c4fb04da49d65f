"""Draw up what pays a case off by a day: what is owed, what its fines add, and credit off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cases.fines.clock import Fine
from cases.ledger.accounts import Component, Part, Side
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedLien:
    """A lien recorded of a certified order, as a payoff tells what of its lines it binds for.

    Parameters
    ----------
    since_cents
        What its fine grew by after the day of recording; below zero where it was reduced since.
    """

    instrument_no: str
    authority: str
    recorded_on: date
    principal_cents: int
    since_cents: int

    @property
    def in_words(self) -> str:
        """Say that it is no debt beside the lines, and what became of its fine since."""
        since = self.since_cents
        binds = (
            f"Lien {self.instrument_no}, recorded on {day_in_words(self.recorded_on)} for "
            f"{write_cents(self.principal_cents)}, secures what is owed of {self.authority}, "
            "which is counted above, and adds nothing to it."
        )
        if since > 0:
            return f"{binds} Its fine grew by {write_cents(since)} after that day."
        if since < 0:
            return f"{binds} Its fine is {write_cents(-since)} lower now than on that day."
        return binds


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
    of_liens
        Which part of the lines each recorded lien binds for, a sentence each.
    """

    good_through: date
    lines: tuple[PayoffLine, ...]
    total_cents: int
    per_diem_cents: int
    of_liens: tuple[str, ...] = ()

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
    made_of: Sequence[Part],
    fines: Sequence[CertifiedFine],
    *,
    liens: Sequence[RecordedLien] = (),
    credit_cents: int,
    good_through: date,
) -> Payoff:
    """Draw up a payoff from a ledger's charges and the fines that run on beside it.

    Parameters
    ----------
    made_of
        What the case was charged, paid and given up. Interest is what was charged: none runs by
        itself. A component of which nothing is owed is left out.
    credit_cents
        What was paid beyond what was owed.
    """
    lines = [line for component in Component for line in _charged(component, made_of)]
    lines += [_accrued(each, good_through=good_through) for each in fines]
    if credit_cents:
        lines.append(PayoffLine("Credit", -credit_cents))
    return Payoff(
        good_through=good_through,
        lines=tuple(lines),
        total_cents=max(0, sum(line.cents for line in lines)),
        per_diem_cents=sum(each.fine.per_diem_cents for each in fines),
        of_liens=tuple(each.in_words for each in liens),
    )


def _charged(component: Component, made_of: Sequence[Part]) -> Iterator[PayoffLine]:
    parts = [each for each in made_of if each.component is component]
    if not sum(each.cents for each in parts):
        return
    for part in sorted(parts, key=lambda each: _SIDES.index(each.side)):
        match part.side:
            case Side.CHARGED:
                label = f"{part.authority}: {component.words}, as charged"
            case Side.PAID:
                label = f"Paid on the {component.words}"
            case Side.WAIVED:
                label = f"Given up of the {component.words}"
        yield PayoffLine(label, part.cents)


_SIDES = tuple(Side)


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
