"""Hold what stands here after a move against what the old system says, to the cent."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from cases.ledger.accounts import Account
from cases.models import Case, LedgerBalance, Lien
from cases.money import write_cents
from cases.moving_in.errors import NotReconciledError
from cases.moving_in.gathering import MovedCase
from cases.moving_in.tables import among


@dataclass(slots=True)
class Figures:
    """How many, and how many cents."""

    count: int = 0
    cents: int = 0

    def add(self, count: int, cents: int) -> None:
        """Count some more."""
        self.count += count
        self.cents += cents


@dataclass(slots=True)
class Control:
    """One control total: what the old system says is here, set aside, or worked on here since.

    Attributes
    ----------
    what, of
        ``cases`` or ``liens`` of a status in the old system's word; ``balance`` of all.
    """

    what: str
    of: str
    theirs: Figures = field(default_factory=Figures)
    here: Figures = field(default_factory=Figures)
    set_aside: Figures = field(default_factory=Figures)
    worked_on: Figures = field(default_factory=Figures)

    @property
    def difference(self) -> Figures:
        """What is neither here nor explained."""
        parts = (self.here, self.set_aside, self.worked_on)
        return Figures(
            self.theirs.count - sum(each.count for each in parts),
            self.theirs.cents - sum(each.cents for each in parts),
        )


type Key = tuple[str, str]


def controls(
    connection: sa.Connection,
    cases: Sequence[MovedCase],
    *,
    here: Mapping[str, int],
    worked_on: Iterable[str],
) -> list[Control]:
    """Reckon the control totals of an export, after it was taken in.

    Parameters
    ----------
    here
        The identities of the cases that stand here as the export has them, by number.
    worked_on
        The numbers of those that moved in before and were worked on since, which it leaves alone.
    """
    told: dict[Key, Control] = {}
    touched = frozenset(worked_on)
    for case in cases:
        for key, figures in _of_export(case):
            control = told.setdefault(key, Control(*key))
            control.theirs.add(*figures)
            if case.number in touched:
                control.worked_on.add(*figures)
            elif case.number not in here:
                control.set_aside.add(*figures)
    statuses = {case.number: case.status for case in cases}
    liens = {row["instrument_no"]: row["said"]["status"] for case in cases
             for row in case.parts["liens"]}  # fmt: skip
    for key, figures in _on_record(connection, list(here.values()), statuses, liens):
        told.setdefault(key, Control(*key)).here.add(*figures)
    return sorted(told.values(), key=lambda each: (_ORDER.index(each.what), each.of))


_ORDER = ("cases", "balance", "liens")


def _of_export(case: MovedCase) -> Iterable[tuple[Key, tuple[int, int]]]:
    owes = case.row["balance"] or 0
    yield ("cases", case.status), (1, owes)
    yield ("balance", ""), (0, owes)
    for row in case.parts["liens"]:
        yield ("liens", row["said"]["status"]), (1, row["amount"])


def _on_record(
    connection: sa.Connection,
    case_ids: Sequence[int],
    statuses: Mapping[str, str],
    liens: Mapping[str, str],
) -> Iterable[tuple[Key, tuple[int, int]]]:
    """Ask the tables, never what was meant to be written to them."""
    among_them = among(case_ids)
    kept = (Account.RECEIVABLE, Account.UNAPPLIED_CREDIT)
    owes = (
        sa.select(sa.func.coalesce(sa.func.sum(LedgerBalance.cents), 0))
        .where(LedgerBalance.case_id == Case.id, LedgerBalance.account.in_(kept))
        .scalar_subquery()
    )
    for number, cents in connection.execute(
        sa.select(Case.number, owes).where(Case.id == among_them)
    ):
        yield ("cases", statuses[number]), (1, int(cents))
        yield ("balance", ""), (0, int(cents))
    recorded = sa.select(Lien.instrument_no, Lien.amount_cents).where(Lien.case_id == among_them)
    for instrument_no, cents in connection.execute(recorded):
        yield ("liens", liens.get(instrument_no, "in no export")), (1, cents)


def require_reconciled(told: Iterable[Control]) -> None:
    """Refuse a move after which a single cent is not accounted for.

    Raises
    ------
    NotReconciledError
        Naming each total that differs.
    """
    differing = [each for each in told if each.difference != Figures()]
    if differing:
        lines = [
            f"{each.what}{f' {each.of}' if each.of else ''}: the old system says "
            f"{each.theirs.count:,} and {write_cents(each.theirs.cents)}, here stand "
            f"{each.here.count:,} and {write_cents(each.here.cents)}"
            for each in differing
        ]
        msg = "\n".join(
            ["The control totals differ, so nothing was kept. Report this with the export:", *lines]
        )
        raise NotReconciledError(msg)


def counted(cases: Iterable[MovedCase]) -> Counter[str]:
    """Count cases by the step they come in at."""
    return Counter(str(case.step) for case in cases)
