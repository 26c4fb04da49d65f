"""Turn the charges and payments of cases that come in into the entries their books open with."""

from collections.abc import Iterator, Mapping, Sequence

from cases.ledger.accounts import Kind
from cases.ledger.opening import OldEntry, Opening
from cases.moving_in.files import ChargeKind
from cases.moving_in.placing import PlacedCase
from cases.moving_in.reading import Row

_TALLIED = {
    ChargeKind.DAILY_FINE: ("orders", "order"),
    ChargeKind.FURTHER_DAYS: ("citations", "citation"),
}
"""In which file stands what a charge adds up by, and how the keys of its tally begin."""
_PAID = {"paid": Kind.PAYMENT_MOVED_IN, "waived": Kind.WAIVER_MOVED_IN}
_WORDS = {"paid": "Payment", "waived": "Waiver"}


def openings(
    placed: Sequence[PlacedCase], *, ids: Mapping[tuple[str, str], int], system: str
) -> Iterator[Opening]:
    """Give all entries of the old books of some cases.

    Parameters
    ----------
    ids
        The identities of orders and citations by file and number, by which fines are counted.
    """
    for each in placed:
        for row in each.case.parts["charges"]:
            yield _charge(each, row, ids=ids, system=system)
        for row in each.case.parts["payments"]:
            yield _payment(each, row, system=system)


def _charge(
    each: PlacedCase, row: Row, *, ids: Mapping[tuple[str, str], int], system: str
) -> Opening:
    kind = ChargeKind(row["kind"])
    tally = None
    if kind in _TALLIED:
        file, word = _TALLIED[kind]
        tally = f"{word}:{ids[file, row['for_no']]}"
    return Opening(
        case_id=each.id,
        entry=OldEntry(
            "charges", row["charge_no"], Kind.CHARGE_MOVED_IN, kind.component, tally
        ),
        cents=row["amount"], on=row["charged_on"], reference=_reference(each, row),
        memo=_memo(row, f"Charge {row['charge_no']}", row["charged_on"].isoformat(), system=system),
    )  # fmt: skip


def _reference(each: PlacedCase, row: Row) -> str:
    """Say by what a charge is owed, as a clerk would cite it."""
    named, parts = row["for_no"], each.case.parts
    if any(order["order_no"] == named for order in parts["orders"]):
        return f"Order {named}"
    if any(citation["citation_no"] == named for citation in parts["citations"]):
        return f"Citation {named}"
    return named or f"Case {each.case.number}"


def _payment(each: PlacedCase, row: Row, *, system: str) -> Opening:
    what = f"{_WORDS[row['kind']]} {row['payment_no']}"
    return Opening(
        case_id=each.id,
        entry=OldEntry("payments", row["payment_no"], _PAID[row["kind"]], None, None),
        cents=row["amount"], on=row["paid_on"], reference=what,
        memo=_memo(row, what, row["paid_on"].isoformat(), system=system),
    )  # fmt: skip


def _memo(row: Row, what: str, on: str, *, system: str) -> str:
    told = f"{what} of {on} in {system}"
    return f"{told}: {row['memo']}" if row["memo"] else told
