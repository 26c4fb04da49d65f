"""Find repeat violations and show the evidence; a person confirms, and nothing here changes a case.

A repeat violation is "a violation of a provision of a code or ordinance by a person who has been
previously found through a code enforcement board or any other quasi-judicial or judicial process,
to have violated or who has admitted violating the same provision within 5 years prior to the
violation, notwithstanding the violations occur at different locations" (section 162.04(5), Florida
Statutes). Since it costs the violator more it is read narrowly: what is doubtful is `Possible`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.charges import ESTABLISHED, Finding, Prior
from cases.citations import same_provision
from cases.lookback import within_years
from cases.owners.confirmations import Identities
from cases.owners.identifying import Known, known, told_apart
from cases.owners.likeness import Likeness, likeness


@dataclass(frozen=True, slots=True)
class Repeat:
    """A prior that makes a finding a repeat violation, and how its violator is identified."""

    finding: Finding
    prior: Prior
    known: Known

    @property
    def words(self) -> str:
        """The evidence, in sentences."""
        return f"{_charge(self.finding, self.prior)} {self.known.words}"


@dataclass(frozen=True, slots=True)
class Possible:
    """A prior whose violator may be the finding's: a person decides, and until then it is none."""

    finding: Finding
    prior: Prior
    likeness: Likeness

    @property
    def words(self) -> str:
        """The evidence and in what the violators are alike, in sentences."""
        return f"{_charge(self.finding, self.prior)} {self.likeness.words}"


def repeats(
    finding: Finding, priors: Iterable[Prior], *, window_years: int, identities: Identities
) -> tuple[Repeat, ...]:
    """List the priors that make a finding a repeat violation, the latest first.

    Parameters
    ----------
    priors
        Earlier charges, on any parcel, in any order; those that do not count are passed over.
    window_years
        How many years before the violation a prior reaches; Florida's law says 5.
    identities
        What people have confirmed of owners.
    """
    return tuple(
        Repeat(finding, prior, ground)
        for prior in _counting(finding, priors, window_years=window_years)
        if (ground := known(finding.violator, prior.violator, identities=identities))
    )


def possible_repeats(
    finding: Finding, priors: Iterable[Prior], *, window_years: int, identities: Identities
) -> tuple[Possible, ...]:
    """List the priors whose violators are merely like the finding's, the latest first.

    Takes what `repeats` takes. Whom that identifies, and who is confirmed to be another, is not
    listed.
    """
    who = finding.violator
    return tuple(
        Possible(finding, prior, alike)
        for prior in _counting(finding, priors, window_years=window_years)
        if not known(who, prior.violator, identities=identities)
        and not told_apart(who, prior.violator, identities=identities)
        and (alike := likeness(who, prior.violator))
    )


def _counting(finding: Finding, priors: Iterable[Prior], *, window_years: int) -> list[Prior]:
    """Pick the priors that count against whomever they name, the latest first."""
    counting = [
        (day, prior)
        for prior in priors
        if (day := prior.established_on) is not None
        and prior.case_no != finding.case_no
        and within_years(day, finding.violated_on, years=window_years)
        and same_provision(prior.citation, finding.citation)
    ]
    counting.sort(key=lambda pair: (-pair[0].toordinal(), pair[1].case_no))
    return [prior for _, prior in counting]


def _charge(finding: Finding, prior: Prior) -> str:
    who = prior.violator
    number = f" ({prior.number})" if prior.number else ""
    return (
        f"{who.name}: {ESTABLISHED[prior.outcome]} {prior.citation} on {prior.outcome_on}, case "
        f"{prior.case_no}{number}, parcel {who.parcel_no or 'unknown'}; violated again on "
        f"{finding.violated_on}."
    )
