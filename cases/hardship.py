"""Say what a respondent must show for a penalty to be reduced because of hardship."""

from dataclasses import dataclass

from cases.errors import CaseError


class HardshipError(CaseError, ValueError):
    """A law pack lets hardship count where it cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardshipRules:
    """When hardship reduces a penalty; set by the law pack.

    A city that levies the higher fines of section 36900, California Government Code, must grant
    such a waiver (subdivision (e); section 25132(e) for a county).

    Parameters
    ----------
    after_earlier
        How many violations of the same provision must have come before: 1, for the bona fide
        effort is one to comply after the first.
    """

    after_earlier: int
    source: str

    def __post_init__(self) -> None:
        """Refuse a count below zero.

        Raises
        ------
        HardshipError
            It is.
        """
        if self.after_earlier < 0:
            msg = f"Hardship after {self.after_earlier} violations cannot be: give 0 or more."
            raise HardshipError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What a respondent has shown.

    Parameters
    ----------
    effort
        What was done in good faith to comply after the first violation.
    burden
        Why the full amount would be an undue financial burden.
    """

    effort: str
    burden: str


def hardship_lacks(
    rules: HardshipRules | None, *, earlier: int, showing: Showing
) -> tuple[str, ...]:
    """Tell what keeps a penalty from being reduced for hardship; nothing where it may be.

    Parameters
    ----------
    rules
        None where the law knows no such waiver.
    earlier
        How many violations of the same provision came before and count.
    """
    if rules is None:
        return ("The town's law knows no hardship waiver.",)
    lacks = []
    if earlier < rules.after_earlier:
        lacks.append(
            "It is a first violation, and hardship reduces the penalty of a further one alone "
            f"({rules.source})."
        )
    if not showing.effort.strip():
        lacks.append("No bona fide effort to comply after the first violation is shown.")
    if not showing.burden.strip():
        lacks.append("No undue financial burden of the full amount is shown.")
    return tuple(lacks)
