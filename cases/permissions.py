"""Say what each role may do: the steps it may take, and the few rights that are no step."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from cases.errors import CaseError
from cases.lawpack.resting import rests_on
from cases.lawpack.schema import LawPack
from cases.workflow.registry import NAMES, SECTIONS, STEPS
from cases.workflow.roles import STAFF, Role
from cases.workflow.step import Step


class NoSuchActionError(CaseError):
    """It is asked who may do something that nobody has named."""


class Right(StrEnum):
    """What may be done that moves no status, and so is no step of `cases.workflow`."""

    READ_CASE = "record.read_case"  # all of it, published or not
    READ_LEDGER = "record.read_ledger"
    READ_DOCKET = "record.read_docket"  # the sittings of the tribunal, and what waits for one
    CHARGE = "money.charge"
    TAKE_PAYMENT = "money.take_payment"
    RETURN_PAYMENT = "money.return_payment"
    VOID_PAYMENT = "money.void_payment"  # a receipt made wrong; a clerk on the day itself alone
    APPLY_CREDIT = "money.apply_credit"
    REFUND = "money.refund"
    WAIVE = "money.waive"
    REDUCE_FOR_HARDSHIP = (
        "money.reduce_for_hardship"  # a citation's penalty, whatever else is waived
    )
    MAKE_DEPOSIT = "deposit.make"
    RECONCILE_DEPOSIT = "deposit.reconcile"  # the bank's word on it, and correcting entries
    SEARCH_LIENS = "requests.search_liens"  # for a title company
    GIVE_RECORDS = "requests.give_records"  # to whoever asks for public records
    EXEMPT_PLACES = "requests.exempt_places"  # from all that the public sees
    NOTE_CONTACT = "contact.note"  # a call, a visit, a letter
    DRAW_ZONES = "program.draw_zones"
    PLAN_WORK = "program.plan_work"  # who works when, and what a visit is worth
    READ_REPORTS = "program.read_reports"  # what all of it means; no single case is hidden by it
    CONFIRM_OWNERS = "program.confirm_owners"  # which are one, and which are not
    SETTLE_PARCELS = "program.settle_parcels"  # where what stood on a parcel that ended belongs
    SEE_MOVE = "program.see_move"  # what of another system's export waits for a person
    WORD_LETTERS = "program.word_letters"  # how the town's letters are worded
    ADOPT_LAW = "program.adopt_law"  # for the cases opened from then on
    LOOK_AFTER_ACCOUNTS = "program.look_after_accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Something that may be done, by whom, and from where.

    Parameters
    ----------
    action
        As a law pack names it: ``citation.void``.
    at
        The statuses it is done from, where they decide who may; else none are given.
    by
        Who may.
    sources
        The provisions it rests on.
    """

    action: str
    at: tuple[str, ...] = ()
    by: frozenset[Role]
    sources: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Say what it is: "withdraw (once served)"."""
        said = _plain(self.action.rpartition(".")[2])
        return f"{said} (once {' or '.join(map(_plain, self.at))})" if self.at else said


_BENCH = STAFF | {Role.HEARING_OFFICER}
_CASHIER = frozenset({Role.CLERK})
_RIGHTS = {
    Right.READ_CASE: Permission(action=Right.READ_CASE, by=_BENCH),
    Right.READ_LEDGER: Permission(action=Right.READ_LEDGER, by=_BENCH),
    Right.READ_DOCKET: Permission(
        action=Right.READ_DOCKET, by=frozenset({Role.CLERK, Role.MANAGER, Role.HEARING_OFFICER})
    ),
    Right.CHARGE: Permission(action=Right.CHARGE, by=_CASHIER),
    Right.TAKE_PAYMENT: Permission(action=Right.TAKE_PAYMENT, by=_CASHIER),
    Right.RETURN_PAYMENT: Permission(action=Right.RETURN_PAYMENT, by=_CASHIER),
    Right.VOID_PAYMENT: Permission(
        action=Right.VOID_PAYMENT, by=frozenset({Role.CLERK, Role.MANAGER})
    ),
    Right.APPLY_CREDIT: Permission(action=Right.APPLY_CREDIT, by=_CASHIER),
    Right.REFUND: Permission(
        action=Right.REFUND,
        by=frozenset({Role.MANAGER}),  # not by whoever takes money in
    ),
    Right.WAIVE: Permission(
        action=Right.WAIVE,
        by=frozenset({Role.CLERK, Role.MANAGER}),
        sources=("the law pack's limits on waivers",),
    ),
    Right.REDUCE_FOR_HARDSHIP: Permission(
        action=Right.REDUCE_FOR_HARDSHIP,
        by=frozenset({Role.MANAGER}),
        sources=("the law pack's hardship rules",),
    ),
    Right.MAKE_DEPOSIT: Permission(action=Right.MAKE_DEPOSIT, by=_CASHIER),
    Right.RECONCILE_DEPOSIT: Permission(
        action=Right.RECONCILE_DEPOSIT, by=frozenset({Role.CLERK, Role.MANAGER})
    ),
    Right.SEARCH_LIENS: Permission(action=Right.SEARCH_LIENS, by=_CASHIER),
    Right.GIVE_RECORDS: Permission(action=Right.GIVE_RECORDS, by=_CASHIER),
    Right.EXEMPT_PLACES: Permission(action=Right.EXEMPT_PLACES, by=frozenset({Role.CLERK})),
    Right.NOTE_CONTACT: Permission(action=Right.NOTE_CONTACT, by=STAFF),
    Right.DRAW_ZONES: Permission(action=Right.DRAW_ZONES, by=frozenset({Role.MANAGER})),
    Right.PLAN_WORK: Permission(action=Right.PLAN_WORK, by=frozenset({Role.MANAGER})),
    Right.READ_REPORTS: Permission(
        action=Right.READ_REPORTS, by=frozenset({Role.CLERK, Role.MANAGER})
    ),
    Right.CONFIRM_OWNERS: Permission(
        action=Right.CONFIRM_OWNERS, by=frozenset({Role.CLERK, Role.MANAGER})
    ),
    Right.SETTLE_PARCELS: Permission(
        action=Right.SETTLE_PARCELS, by=frozenset({Role.CLERK, Role.MANAGER})
    ),
    Right.SEE_MOVE: Permission(
        action=Right.SEE_MOVE, by=frozenset({Role.CLERK, Role.MANAGER, Role.ADMIN})
    ),
    Right.WORD_LETTERS: Permission(
        action=Right.WORD_LETTERS,
        by=frozenset({Role.CLERK, Role.MANAGER}),  # who may read the case it is looked at on
    ),
    Right.ADOPT_LAW: Permission(action=Right.ADOPT_LAW, by=frozenset({Role.ADMIN})),
    Right.LOOK_AFTER_ACCOUNTS: Permission(
        action=Right.LOOK_AFTER_ACCOUNTS, by=frozenset({Role.ADMIN})
    ),
}


def may(role: Role, action: str, *, without: Collection[str] = ()) -> bool:
    """Tell whether somebody may ever do something, guards and the status it is done from aside.

    Parameters
    ----------
    action
        An action of a step, or a `Right`.
    without
        The actions that the town's law pack leaves out.

    Raises
    ------
    NoSuchActionError
        There is no such thing to do.
    """
    if action in NAMES:
        return action not in without and any(role in each.by for each in _steps_of(action))
    if action in _RIGHTS:
        return role in _RIGHTS[Right(action)].by
    msg = f"Nothing is called {action}: give an action as a law pack names it (citation.void)."
    raise NoSuchActionError(msg)


def permissions(law: LawPack | None = None) -> dict[str, tuple[Permission, ...]]:
    """Return everything that may be done in a town, section by section, in the process's order.

    Parameters
    ----------
    law
        The town's, which leaves steps out and names what the others rest on; without it every
        step there is.
    """
    without = law.without if law else ()
    found: dict[str, list[Permission]] = {section: [] for section in SECTIONS}
    for action in dict.fromkeys(str(action) for _, action in STEPS):
        if action not in without:
            found[_section(action)] += _by_whom(action, law)
    for right, permission in _RIGHTS.items():
        found.setdefault(_section(right), []).append(_under(law, permission))
    return {section: tuple(listed) for section, listed in found.items() if listed}


def rights_of(role: Role, law: LawPack | None = None) -> dict[str, tuple[Permission, ...]]:
    """Return what one role may do, section by section; a section it has no part in is left out.

    Parameters
    ----------
    law
        As for `permissions`.
    """
    told = {
        section: tuple(each for each in listed if role in each.by)
        for section, listed in permissions(law).items()
    }
    return {section: listed for section, listed in told.items() if listed}


def _under(law: LawPack | None, right: Permission) -> Permission:
    """Return a right with what it rests on under a law, where that is a part of the law."""
    if right.action in {Right.GIVE_RECORDS, Right.EXEMPT_PLACES} and law and law.records:
        return replace(right, sources=(law.records.source,))
    return right


def _by_whom(action: str, law: LawPack | None) -> Iterator[Permission]:
    """Yield an action once for all statuses from which the same people may do it."""
    steps = _steps_of(action)
    for by in dict.fromkeys(each.by for each in steps):
        theirs = [each for each in steps if each.by == by]
        yield Permission(
            action=action,
            at=() if len(theirs) == len(steps) else tuple(str(each.at or "new") for each in theirs),
            by=by,
            sources=tuple(dict.fromkeys(filter(None, (rests_on(each, law) for each in theirs)))),
        )


def _steps_of(action: str) -> list[Step]:
    return [each for each in STEPS.values() if each.action == action]


def _section(action: str) -> str:
    return action.partition(".")[0]


def _plain(word: str) -> str:
    return word.replace("_", " ")
