"""Put in plain sentences how the department does, and what must not be concluded from it."""

from collections.abc import Iterator

from cases.desk.queues import Queue
from reports.performance.clocks import RESPONSE
from reports.performance.compliance import Reached, stages
from reports.performance.findings import Found
from reports.performance.intake_told import intake_says
from reports.performance.officers import LEAST, NO_RANKING
from reports.performance.steps import WAYS, State, Step
from reports.performance.times import Time

NO_CASE = "No case answers the question, so there is nothing to tell."
ALL_ENDED = "No case stands open: all have ended."
IN_THE_WAY = (
    "The shares come from cases as they went. Where the law, the staff or the kinds of cases "
    "change, cases to come may go otherwise."
)


def says(found: Found) -> Iterator[str]:
    """Say what was found, the most important first."""
    if not len(found.courses):
        yield NO_CASE
        return
    yield from _backlog(found)
    for step in Step:
        yield from _time(found.time(step))
    yield from _compliance(found)
    yield from _clocks(found)
    yield from intake_says(found.intake)
    yield from _officers(found)


def cautions(found: Found) -> Iterator[str]:
    """Say what must not be read into it."""
    if not len(found.courses):
        return
    yield IN_THE_WAY
    yield from _left_out(found)
    if found.officers and any(each.compared for each in found.officers):
        yield NO_RANKING
    if found.courses.scope.outside:
        yield "For people outside the office nothing is told by officer."
    if not found.courses.is_now:
        yield (
            "What waits past its day, what is overdue and what nobody has seen is known of today "
            "alone, so that it is not told of an earlier day. How a case ended is as the records "
            "stand now."
        )
    exempt = found.courses.exempt.words("cases", outside=found.courses.scope.outside)
    if exempt:
        yield exempt


def _backlog(found: Found) -> Iterator[str]:
    standing = int(found.courses.cases["is_open"].sum())
    if not standing:
        yield ALL_ENDED
        return
    age = (found.courses.on - found.courses.cases["opened"])[found.courses.cases["is_open"]]
    if age.notna().any():
        yield (
            f"Open cases: {standing:,}. Half of them have stood open for {age.median():,.0f} days "
            "or longer."
        )
    else:
        yield f"Open cases: {standing:,}. When they were opened is not on record."


def _time(time: Time) -> Iterator[str]:
    """Say how long a step takes, in words of its own."""
    waits, what = time.waits, WAYS[time.waits.step].words
    if not len(waits):
        return
    reached, waiting = len(waits.of(State.REACHED)), len(waits.of(State.WAITING))
    if not reached:
        yield (
            f"{what}: none of {len(waits):,} {'case' if len(waits) == 1 else 'cases'} came to it, "
            f"and {waiting:,} still {'waits' if waiting == 1 else 'wait'}."
        )
        return
    half, nine = time.within(0.5).value, time.within(0.9).value
    if half is None:
        yield (
            f"{what}: {reached:,} of {len(waits):,} cases came to it, and {waiting:,} still wait: "
            "too few for half to have come to it."
        )
        return
    soon = (
        "half on the very day"
        if half == 0
        else f"half within {half:,.0f} {'day' if half == 1 else 'days'}"
    )
    if nine is None:
        yield (
            f"{what}: {soon}; {waiting:,} of {len(waits):,} cases still wait, too many to say "
            "when nine in ten come to it."
        )
    else:
        yield (
            f"{what}: {soon} and nine in ten within {nine:,.0f} "
            f"{'day' if nine == 1 else 'days'}; {waiting:,} of {len(waits):,} cases still wait."
        )


def _compliance(found: Found) -> Iterator[str]:
    at = stages(found.courses)
    if not len(at):
        yield "In no case was a violation found, so nobody had to comply."
        return
    complied = int((~at.isin((Reached.CLOSED, Reached.NEVER))).sum())
    early = int(at.isin((Reached.BEFORE_NOTICE, Reached.AFTER_NOTICE)).sum())
    if not complied:
        yield (
            f"The record tells of no compliance in {len(at):,} "
            f"{'case' if len(at) == 1 else 'cases'} with a violation: what is "
            "closed may have been corrected, and nobody wrote it down."
        )
    else:
        yield (
            f"Of {len(at):,} {'case' if len(at) == 1 else 'cases'} "
            f"with a violation {complied:,} complied, {early:,} of them "
            "before any citation, hearing or order."
        )


def _clocks(found: Found) -> Iterator[str]:
    for clock in found.clocks:
        if clock.key == RESPONSE and clock.due:
            yield (
                f"The days to respond to a complaint ran out in {len(clock.due):,} "
                f"{'case' if len(clock.due) == 1 else 'cases'}, and in "
                f"{len(clock.missed):,} of them nobody had looked by then."
            )
        elif clock.key == Queue.OVERDUE and clock.missed:
            yield (
                f"In {len(clock.missed):,} {'case' if len(clock.missed) == 1 else 'cases'} "
                "the time to correct has passed, and nothing "
                "stronger than a warning was done."
            )
    if found.unseen:
        yield (
            f"{found.unseen:,} "
            f"{'complaint' if found.unseen == 1 else 'complaints'} of no case yet "
            f"{'is' if found.unseen == 1 else 'are'} past the day to respond, whatever "
            "the question's zone and category."
        )


def _officers(found: Found) -> Iterator[str]:
    for each in found.officers:
        if each.too_few:
            yield (
                f"{each.too_few:,} {'officer' if each.too_few == 1 else 'officers'} with fewer "
                f"than {LEAST} cases to compare {'is' if each.too_few == 1 else 'are'} left out "
                "of a comparison: chance alone would tell."
            )


def _left_out(found: Found) -> Iterator[str]:
    """Say which cases could not be asked how long they took."""
    filed = max((len(time.waits.filed) for time in found.times), default=0)
    if filed:
        yield (
            f"{filed:,} {'case' if filed == 1 else 'cases'} came by "
            "a file that tells of no notice, citation, hearing or day of "
            "correction; they are left out of the times to those."
        )
    for time in found.times:
        what = WAYS[time.waits.step].words
        if time.waits.untold:
            yield (
                f"{what}: {len(time.waits.untold):,} "
                f"{'case is' if len(time.waits.untold) == 1 else 'cases are'} "
                "left out, for a day is "
                "not on record."
            )
        if time.waits.backwards:
            yield (
                f"{what}: {len(time.waits.backwards):,} "
                f"{'case is' if len(time.waits.backwards) == 1 else 'cases are'} "
                "left out, for the record has "
                "the step before what it is counted from."
            )
