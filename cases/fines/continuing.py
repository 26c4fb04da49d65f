"""Run a citation's continuing penalty, the same again for each further day, by the fine clock."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.errors import FineTermsError
from cases.fines.orders import End, Pause, Rate, Reduction
from cases.fines.rules import FineCap, FineKind, FineRules
from cases.fines.terms import FineTerms


@dataclass(frozen=True, slots=True)
class Continuing:
    """How far a town lets a citation's penalty add up.

    Attributes
    ----------
    most_times
        The most penalties for one continuing violation, or None. Miami-Dade fixes the "maximum
        total penalty" at 20 times the original (s. 8CC-4(c)); the multiple is a town's choice.
    original_counts
        Whether the penalty of the citation itself is one of them. A "total" takes it in, and that
        favours the respondent: the default.
    source
        Where the town's code says that each further day is one more violation; no statute does,
        and an explanation cites it.
    """

    most_times: int | None = 20
    original_counts: bool = True
    source: str = "the town's code"

    def __post_init__(self) -> None:
        """Refuse a multiple that leaves no further day."""
        if self.most_times is not None and self.most_times <= self.original_counts:
            msg = (
                f"A continuing penalty of at most {self.most_times} times leaves no further day to "
                "fine. Give a larger multiple, or none for no limit."
            )
            raise FineTermsError(msg)
        if not self.source.strip():
            msg = "A continuing penalty names no source. Name the section of the town's code."
            raise FineTermsError(msg)

    def rules(self, fines: FineRules, *, penalty_cents: int) -> FineRules:
        """Return the rules that further days are counted by.

        The caps of section 162.09(2)(a) are those of an order's fine. Here each day costs "the
        same amount" again, so a day's cap is the penalty itself, and the town's code is cited.
        """
        statutes = replace(fines.statutes, runs=self.source, ends=self.source)
        return replace(fines, first=FineCap(penalty_cents, self.source), statutes=statutes)


def continuing(
    reference: str,
    *,
    penalty_cents: int,
    correct_by: date,
    limit: Continuing,
    confirmed_on: date | None = None,
    pauses: Iterable[Pause] = (),
    reductions: Iterable[Reduction] = (),
    end: End | None = None,
) -> FineTerms:
    """Give the terms of the penalties a citation's further days add.

    One clock serves both: "each day of continued violation after the time for correction" is a
    fine that runs from the day after a date set, at the rate of the penalty, under a total cap.
    The citation's own penalty is a charge of its own and not among them.

    Parameters
    ----------
    reference
        The citation, as a clerk would cite it: "Citation 2026-4".
    penalty_cents
        The citation's penalty, in cents; each further day is the same again.
    correct_by
        The citation's deadline.
    limit
        How often the penalty may be added up.
    confirmed_on
        The day a named person confirmed waiver and admission; until then all of it is potential.
    pauses, reductions, end
        As for any fine.
    """
    times = None if limit.most_times is None else limit.most_times - limit.original_counts
    return FineTerms(
        reference=reference,
        kind=FineKind.FIRST,
        comply_by=correct_by,
        rates=(Rate(correct_by + timedelta(days=1), penalty_cents),),
        total_cap_cents=None if times is None else times * penalty_cents,
        pauses=tuple(pauses),
        reductions=tuple(reductions),
        end=end,
        certified_on=confirmed_on,
    )
