"""Put in plain sentences what was found, and what must not be concluded from it."""

from collections.abc import Iterator, Sequence
from operator import itemgetter

from reports.courses.proportions import Ratio
from reports.fairness.areas import WORDS
from reports.fairness.findings import Found
from reports.fairness.origins import ORIGINS
from reports.fairness.outcomes import Gaps, Outcome
from reports.fairness.paces import Paces
from reports.fairness.people import NO_CAUSE, people_says
from reports.fairness.suppressing import SAID
from reports.performance.steps import Step

MOST_NAMED = 3
ALIKE = "The areas differ no more in it than chance would make them."
TOO_FEW = "There are too few such cases in each area to compare the areas by it."
BEGAN_UNTOLD = (
    "How many cases came from complaints and how many officers found is not told: by one of the "
    "ways too few began."
)
NO_PROOF = (
    "A difference between areas is no proof of unfairness, and none of fairness: people call more "
    "in some places than in others, houses are older, and officers go where they are sent."
)
NO_PERSON = (
    "Areas are no people. What is true of an area need not be true of anybody who lives there."
)
BY_CATEGORY = (
    "Only the category is taken out of the comparison. How grave a violation was within its "
    "category, and how often it had come back, is not."
)
NO_PEOPLE = (
    "No facts of residents are loaded with these areas: the mapping of a layer of zones may name "
    "some. So nothing here is told per resident or household, nor by income, age or origin."
)


def says(found: Found) -> Iterator[str]:
    """Say what was found, the most important first."""
    if not len(found.courses):
        yield "No case answers the question, so there is nothing to compare."
        return
    yield from _beginnings(found)
    if not found.areas:
        yield (
            "No areas are loaded, so nothing is compared: load neighborhoods, wards or districts "
            "as zones (lotline import zones FILE)."
        )
    else:
        yield from _extremes(found)
        if found.people is not None:
            yield from people_says(found.people)
    for gap in found.told_gaps:
        yield from _of_gap(gap, found)
    for pace in found.told_paces:
        yield from _of_pace(pace, found)
    yield from _of_pairs(found)


def cautions(found: Found) -> Iterator[str]:
    """Say what must not be read into it."""
    if not len(found.courses):
        return
    yield from (NO_PROOF, NO_PERSON, BY_CATEGORY, SAID)
    yield NO_CAUSE if found.people is not None else NO_PEOPLE
    yield (
        f"What cases came to is compared of those opened at least {found.days:,} days before the "
        "day asked of, so that each had time to come to it."
    )
    if found.told_gaps:
        yield (
            "By shares an area is named only where of all those named no more than one in twenty "
            "would differ so by chance (false-discovery rate)."
        )
    if paced := sum(
        each.ratio.value is not None for pace in found.told_paces for each in pace.paces
    ):
        yield (
            f"By how soon, {paced:,} comparisons are made, each by itself. Of so many, some "
            f"{max(1, round(paced / 20)):,} would seem to differ by chance alone."
        )
    filed = int(found.courses.cases["from_file"].sum())
    if filed:
        yield (
            f"{filed:,} {'case' if filed == 1 else 'cases'} came by "
            "a file that tells of no citation, fine or day of correction; "
            "they are left out of those comparisons."
        )
    if found.courses.scope.outside:
        yield "For people outside the office nothing is told of repeated complaints."
    exempt = found.courses.exempt.words("cases", outside=found.courses.scope.outside)
    if exempt:
        yield exempt


def _beginnings(found: Found) -> Iterator[str]:
    complaint, officer, unknown = (found.origins.began(each) for each in ORIGINS)
    if complaint is None or officer is None:
        yield BEGAN_UNTOLD
    elif known := len(complaint) + len(officer):
        yield (
            f"Of {known:,} cases whose beginning is on record, {len(complaint):,} came "
            f"from complaints and {len(officer):,} were found by officers."
        )
    if unknown:
        yield (
            f"How {len(unknown):,} of {len(found.courses):,} cases began is not on record, so "
            "that they are neither."
        )


def _extremes(found: Found) -> Iterator[str]:
    """Say which areas have most and least in proportion to their parcels, of those with a rate."""
    kind = WORDS[found.areas.kind]
    rated = sorted(found.rates, key=lambda each: each[1], reverse=True)
    if len(rated) < 2:  # noqa: PLR2004 - two are a comparison
        yield f"Too few {kind} have enough cases and parcels for rates to be compared."
        return
    (most, high), (least, low) = rated[0], rated[-1]
    yield (
        f"Of {len(found.areas):,} {kind}, {most} has the most cases per 100 parcels, {high:,.1f}, "
        f"and {least} the fewest, {low:,.1f}."
    )


def _of_gap(gap: Gaps, found: Found) -> Iterator[str]:
    if gap.did is None:
        yield _UNTOLD[gap.outcome]
        return
    names = found.areas.names
    apart = _apart([(names[each.area], each.ratio, each.is_apart) for each in gap.gaps])
    told = _OF_OUTCOME[gap.outcome].format(did=f"{gap.did:,}", compared=f"{gap.compared:,}")
    yield f"{told} {next(apart)}"
    yield from apart


_OF_OUTCOME = {
    Outcome.FURTHER: "{did} of {compared} cases compared went beyond a warning.",
    Outcome.CITED: "{did} of {compared} cases compared were cited.",
    Outcome.FINED: "{did} of {compared} cases compared were fined.",
}


_UNTOLD = {
    Outcome.FURTHER: "Too few cases went beyond a warning, or too few did not, to be told.",
    Outcome.CITED: "Too few cases were cited, or too few were not, to be told.",
    Outcome.FINED: "Too few cases were fined, or too few were not, to be told.",
    Step.CORRECTION: "Too few cases complied, or too few did not, to be told.",
    Step.CLOSING: "Too few cases were closed, or too few were not, to be told.",
}
"""Said where a count is so small that it might tell of somebody."""


def _of_pace(pace: Paces, found: Found) -> Iterator[str]:
    if pace.reached is None:
        yield _UNTOLD[pace.step]
        return
    names = found.areas.names
    apart = _apart([(names[each.area], each.ratio, each.is_apart) for each in pace.paces])
    yield f"{_middle(pace)} {next(apart)}"
    yield from apart


def _middle(pace: Paces) -> str:
    days = pace.median.value
    if pace.step is Step.CORRECTION:
        if days is None:
            return "Fewer than half of the cases compared have complied so far."
        return f"Half of the cases compared complied within {days:,.0f} days."
    if days is None:
        return "Fewer than half of the cases compared are closed so far."
    return f"Half of the cases compared were closed within {days:,.0f} days."


def _apart(told: Sequence[tuple[str, Ratio, bool]]) -> Iterator[str]:
    """Say which areas stand apart from what was expected, the farthest first, and how far."""
    known = [(name, ratio) for name, ratio, _apart in told if ratio.value is not None]
    apart = sorted(
        ((ratio.value or 0.0, name, ratio) for name, ratio, is_apart in told if is_apart),
        key=itemgetter(0),
    )
    if not apart:
        yield ALIKE if len(known) > 1 else TOO_FEW
    more = [each for each in reversed(apart) if each[0] > 1]
    fewer = [each for each in apart if each[0] < 1]
    for value, name, ratio in (*more[:MOST_NAMED], *fewer[:MOST_NAMED]):
        yield (
            f"In {name} they were {value:.2f} times those expected, with a 95 % interval from "
            f"{ratio.low:.2f} to {ratio.high:.2f}."
        )


def _of_pairs(found: Found) -> Iterator[str]:
    pairs = found.pairs
    if pairs is None:
        return
    if not pairs.complaints:
        yield "No complaint says who made it, so repeated pairs cannot be counted."
    elif pairs.are_few:
        yield (
            f"Of {pairs.complaints:,} complaints whose makers are known, fewer than five pairs "
            "repeat: too few to be told."
        )
    elif not pairs.bands:
        yield (
            f"Of {pairs.complaints:,} complaints whose makers are known, none is of a pair that "
            "repeats."
        )
    else:
        many, complaints = (
            sum(each.pairs for each in pairs.bands),
            sum(each.complaints for each in pairs.bands),
        )
        yield (
            f"{many:,} pairs of a complainant and a respondent repeat, with {complaints:,} of "
            f"{pairs.complaints:,} complaints whose makers are known."
        )
