"""Say what a payment that the bank sent back costs."""

from dataclasses import dataclass
from itertools import pairwise

from cases.errors import CaseError


class ReturnFeeError(CaseError, ValueError):
    """Report fees for returned payments that leave an amount without its fee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeBand:
    """The fee for payments up to an amount.

    Parameters
    ----------
    up_to_cents
        The most a payment of this band may have been; None for all above the others.
    cents
        The fee.
    """

    up_to_cents: int | None = None
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFees:
    """What a town charges for a payment that came back; by default nothing.

    Parameters
    ----------
    bands
        By the amount of the payment, rising; the last without an end.
    percent
        Of the payment, charged instead where it is more.
    source
        The provision, by which the fee is charged.
    """

    bands: tuple[FeeBand, ...] = ()
    percent: int = 0
    source: str = "the town charges none"

    def __post_init__(self) -> None:
        """Refuse bands out of order or without end, and fees that are no fees.

        Raises
        ------
        ReturnFeeError
            They are such.
        """
        ends = [band.up_to_cents for band in self.bands]
        closed = [end for end in ends if end is not None]
        rising = all(one < other for one, other in pairwise(closed))
        if ends and (ends[-1] is not None or None in ends[:-1] or not rising):
            msg = f"The bands end at {ends}: let them rise, and leave up_to_cents out of the last."
            raise ReturnFeeError(msg)
        if not 0 <= self.percent <= 100 or any(band.cents < 0 for band in self.bands):  # noqa: PLR2004 - of a hundred
            msg = "A fee for a returned payment is zero cents or more, and 0 to 100 percent."
            raise ReturnFeeError(msg)

    def fee(self, cents: int) -> int:
        """Return the fee in cents for a payment; a fraction of a cent is not charged.

        In Florida the greater of $25, $30 or $40 by the amount and 5 percent of it (s. 166.251,
        which takes the amounts of s. 832.08(5); the same in s. 68.065(2)).
        """
        fitting = (
            band.cents
            for band in self.bands
            if band.up_to_cents is None or cents <= band.up_to_cents
        )
        return max(next(fitting, 0), cents * self.percent // 100)
