"""Walk a case's life at random: lawful steps mostly, unlawful ones among them, days passing."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESIDENT, RESPONDENT
from hand_read import BY_HAND, Read
from played import MAGISTRATE
from small_ledger import settle_constraints
from walk_aims import weight
from walk_deeds import DEEDS, deed
from walk_money import MONEY
from walk_start import STARTS, Start
from walk_state import State, case_status, check, check_moves, dates, fingerprint, status_of
from walk_tribunal import send_order
from walk_turn import Deed, Turn

from cases.accounts import people
from cases.actors import Actor, Moment
from cases.adopted import adopt, law_of_case
from cases.advancing import ClosedCaseError, GuardError, OutOfOrderError
from cases.assigning import AlreadyTheirsError, NoSuchOfficerError, NoZoneError
from cases.citing import RunningCitationError
from cases.days import DayError
from cases.deadlines import DeadlineError
from cases.errors import CaseError, FineRateError
from cases.extensions import LateRequestError, WaitingRequestError
from cases.imposing import ReductionError
from cases.lawpack.reading import DEFAULT
from cases.models import HearingSession
from cases.opening import NotVoidableError
from cases.orders import ComplianceDayError
from cases.sittings import SittingError
from cases.violations import UnderWayError
from cases.workflow.registry import NoReasonError, NotNowError
from cases.workflow.roles import Role
from cases.workflow.step import Guard

ACTORS = {each.role: each for each in (OFFICER, CLERK, MANAGER, MAGISTRATE, RESPONDENT, RESIDENT)}
ACTORS[Role.ADMIN] = Actor("root", Role.ADMIN)
CASES = 2
_ALSO: dict[str, type[CaseError] | tuple[type[CaseError], ...]] = {
    "case.assign": (NoSuchOfficerError, AlreadyTheirsError, NoZoneError),
    "case.void": NotVoidableError,
    "violation.transfer": UnderWayError,
    "violation.void": UnderWayError,
    "citation.issue": RunningCitationError,
    "citation.confirm_service": NotNowError,  # its notice was withdrawn
    "order.confirm_service": NotNowError,
    "order.verify_compliance": ComplianceDayError,
    "order.reduce": ReductionError,
    "extension.request": (
        LateRequestError,
        WaitingRequestError,
        DeadlineError,
        DayError,
    ),
    "extension.grant": DeadlineError,
    "order.enter": FineRateError,
    "citation.request_hearing": DayError,
    "citation.record_late_request": DayError,
    "order.contest": DayError,
    "hearing.shift": (DayError, SittingError),
}
"""Refusals that name more than a guard."""

BESIDE = (*MONEY, *[send_order] * 6)
"""What is done that is no step of its own."""

type Candidate = tuple[str, str, sa.Row[Any] | None]


class Walk:
    """One history, and what was played in it.

    Parameters
    ----------
    start_at
        How far a case has come by the straight road before: which of `walk_start.STARTS`.
    """

    def __init__(self, connection: sa.Connection, *, start_at: int) -> None:
        self.connection = connection
        self.law_pack_id = adopt(connection, DEFAULT, on=date(2026, 1, 1))
        self.on = date(2026, 6, 1)
        days = [self.on + timedelta(days=21 * number) for number in range(1, 60)]
        people.add(
            connection, login="rivera", name=OFFICER.name, role=Role.OFFICER, by="T. Webb",
            now=datetime.combine(self.on, time(8), UTC),
        )  # fmt: skip
        sittings = [{"body": "Special Magistrate", "held_on": day, "capacity": 2} for day in days]
        connection.execute(sa.insert(HearingSession), sittings)
        section = "58-203" if start_at % 2 else "30-36(a)"  # may have more time, or not
        start = Start(connection, self.law_pack_id, section=section, on=self.on)
        for stage in STARTS[start_at]:
            stage(start)
        self.on = start.on
        self.state = State(connection)
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.vain: Counter[tuple[str, int]] = Counter()

    def step(self, seed: int) -> None:
        """Take one step; the seed decides which. Nought stands still, so that a walk shrinks."""
        if not seed:
            return
        dice = Random(seed)  # noqa: S311 - chance, not secrets
        self._wait(dice)
        if self.state.parts["case"] and dice.random() < 0.1:
            self._beside(dice)
        elif self.state.parts["case"] and dice.random() < 0.2:
            self._attempt(dice, *self._any(dice), lawful=False)
        elif candidates := list(self._candidates()):
            self._attempt(dice, *self._lawful(dice, candidates), lawful=True)

    def _wait(self, dice: Random) -> None:
        ahead = sorted(day for day in dates(self.state) if day >= self.on)
        if ahead and dice.random() < 0.25:
            self.on = dice.choice(ahead[:3]) + timedelta(days=dice.choice([0, 0, 1]))
            self.vain.clear()
        else:
            self.on += timedelta(days=dice.choice([0, 0, 0, 0, 1, 3]))

    def _lawful(self, dice: Random, found: list[Candidate]) -> Candidate:
        return dice.choices(found, [self._weight(*each) for each in found])[0]

    def _weight(self, section: str, name: str, part: sa.Row[Any] | None) -> float:
        """Prefer what leads on and was not tried in vain."""
        if part is None:
            return 0.3 if self.state.parts["case"] else 100.0
        likely = weight(self.state, section, name, part, on=self.on)
        return likely / (1 + 3 * self.vain[f"{section}.{name}", part.id])

    def _candidates(self) -> Iterator[Candidate]:
        for section, at, name in BY_HAND:
            if f"{section}.{name}" not in DEEDS:
                continue
            if (section, name) == ("case", "open"):
                if len(self.state.parts["case"]) < CASES:
                    yield section, name, None
            elif at is None:
                yield from ((section, name, case) for case in self._open_cases())
            else:
                for part in self.state.parts[section]:
                    writable = self._open(part) or (section, name) == ("case", "reopen")
                    if status_of(section, part) == at and writable:
                        yield section, name, part

    def _open_cases(self) -> list[sa.Row[Any]]:
        return [case for case in self.state.parts["case"] if case_status(case) == "open"]

    def _open(self, part: sa.Row[Any]) -> bool:
        return case_status(self._case_of(part)) == "open"

    def _case_of(self, part: sa.Row[Any]) -> sa.Row[Any]:
        return self.state.of("case", getattr(part, "case_id", part.id))

    def _any(self, dice: Random) -> Candidate:
        """Take any action at all, on any part it might be taken for."""
        found: list[Candidate] = [("case", "open", None)]
        for section, name in (action.split(".") for action in DEEDS if action != "case.open"):
            if (section, None, name) in BY_HAND:
                found += [(section, name, case) for case in self.state.parts["case"]]
            if (section, None, name) not in BY_HAND or name == "make":
                found += [(section, name, part) for part in self.state.parts[section]]
        return dice.choice(found)

    def _attempt(
        self, dice: Random, section: str, name: str, part: sa.Row[Any] | None, *, lawful: bool
    ) -> None:
        making = part is None or (section != "case" and not _is_of(part, section))
        making |= (section, name) == ("case", "name_respondent")
        at = None if making and name != "name_respondent" else status_of(section, part)
        read = BY_HAND.get((section, at, name))
        role = dice.choice(sorted(read.by)) if lawful and read else dice.choice(list(Role))
        reason = "Said on the spot" if lawful else dice.choice(["Said on the spot", "", "  "])
        on = self.on if lawful or dice.random() < 0.8 else self.on - timedelta(days=400)
        turn = self._turn(dice, part, ACTORS[role], on, reason)
        ready = deed(turn, f"{section}.{name}")
        if ready is not None:
            self._do(turn, ready, f"{section}.{name}", at, read)

    def _turn(
        self, dice: Random, part: sa.Row[Any] | None, actor: Actor, on: date, reason: str
    ) -> Turn:
        return Turn(
            connection=self.connection, state=self.state, dice=dice, law_pack_id=self.law_pack_id,
            part=part, actor=actor, reason=reason,
            moment=Moment(on=on, now=datetime.combine(on, time(16), UTC)),
        )  # fmt: skip

    def _do(self, turn: Turn, ready: Deed, action: str, at: str | None, read: Read | None) -> None:
        wanted = self._wanted(turn, action, read)
        before = fingerprint(self.connection)
        try:
            ready()
        except CaseError as error:
            refusal = error
        else:
            refusal = None
        if refusal is not None:
            said = (action, at, wanted, repr(refusal))
            assert self._may_refuse(refusal, wanted, action, read), said
            self._nothing_changed(before, action, refusal)
            self.vain[action, turn.part.id if turn.part is not None else 0] += 1
            return
        assert wanted is None, (action, at, turn.actor, turn.on, wanted)
        self._look(action)
        if read and turn.part is not None and at is not None:
            assert status_of(action.partition(".")[0], self._again(action, turn.part)) == read.to

    def _again(self, action: str, part: sa.Row[Any]) -> sa.Row[Any]:
        return self.state.of(action.partition(".")[0], part.id)

    def _wanted(self, turn: Turn, action: str, read: Read | None) -> type[CaseError] | None:
        """Say by what error it must be refused, whatever its guards say; None where by none."""
        case = None if turn.part is None else self._case_of(turn.part)
        if case is not None and action != "case.reopen":
            if case_status(case) != "open":
                return ClosedCaseError
            if turn.on < self.state.last_day(case.id):
                return OutOfOrderError
        if read is None or turn.actor.role not in read.by:
            return NotNowError
        if read.reason and not turn.reason.strip():
            return NoReasonError
        if action == "case.reopen" and turn.on < self.state.last_day(case.id):
            return OutOfOrderError
        return None

    def _may_refuse(
        self, refusal: CaseError, wanted: type[CaseError] | None, action: str, read: Read | None
    ) -> bool:
        if isinstance(refusal, _ALSO.get(action, ())):
            return True
        if wanted is not None or read is None:
            return type(refusal) is wanted
        named = [guard for guard in Guard if guard.value in str(refusal)]
        return type(refusal) is GuardError and {g.name.lower() for g in named} <= set(read.needs)

    def _beside(self, dice: Random) -> None:
        """Pay, waive, refund, send an order: what moves no status of the table itself."""
        role = dice.choice([Role.CLERK, Role.OFFICER])
        part = dice.choice(self.state.parts["case"])
        turn = self._turn(dice, part, ACTORS[role], self.on, "Said")
        make = dice.choice(BESIDE)
        ready = make(turn)
        if ready is None:
            return
        before = fingerprint(self.connection)
        try:
            ready()
        except CaseError as refusal:
            self._nothing_changed(before, make.__name__, refusal)
        else:
            self._look(make.__name__)

    def _nothing_changed(self, before: object, action: str, refusal: CaseError) -> None:
        assert fingerprint(self.connection) == before, (action, repr(refusal))
        self.refused[f"{action}: {type(refusal).__name__}"] += 1

    def _look(self, action: str) -> None:
        settle_constraints(self.connection)
        before, self.state = self.state, State(self.connection)
        law = law_of_case(self.connection, self.state.parts["case"][0].id)
        check_moves(before, self.state)
        check(self.connection, law, self.state, on=self.on)
        self.done[action] += 1


def _is_of(part: sa.Row[Any], section: str) -> bool:
    """Tell whether a row is a part of a section rather than the case something is made in."""
    return "case_id" in part._fields and section != "case"
