"""The rules of two Florida towns and one citation schedule, as the sources cited have them."""

from datetime import date

from cases.fines.orders import End, EndReason, Rate
from cases.fines.rules import FineCap, FineKind, FineRules, FineStatutes
from cases.fines.terms import FineTerms

STATUTES = FineStatutes(
    runs="s. 162.09(1), Fla. Stat.",
    repeat="s. 162.09(1), Fla. Stat.",
    irreparable="s. 162.09(1), Fla. Stat.",
    ends="s. 162.09(3), Fla. Stat.",
    reduces="s. 162.09(2)(c), Fla. Stat.",
)
SMALL, LARGE = "s. 162.09(2)(a), Fla. Stat.", "s. 162.09(2)(d), Fla. Stat., by ordinance"

TOWN = FineRules(
    first=FineCap(25_000, SMALL),
    repeat=FineCap(50_000, SMALL),
    irreparable=FineCap(500_000, SMALL),
    statutes=STATUTES,
)
CITY = FineRules(
    first=FineCap(100_000, LARGE),
    repeat=FineCap(500_000, LARGE),
    irreparable=FineCap(1_500_000, LARGE),
    statutes=STATUTES,
)


def day(text: str) -> date:
    """Read "1 Jun" as a day of 2026."""
    number, month = text.split()
    return date(2026, 1 + "JanFebMarAprMayJunJulAugSepOctNovDec".index(month) // 3, int(number))


def first(*, cents: int = 25_000, **terms: object) -> FineTerms:
    """Order compliance by 1 June, at $250 a day unless said otherwise."""
    said = {
        "reference": "Order 2026-17",
        "kind": FineKind.FIRST,
        "comply_by": day("1 Jun"),
        "rates": (Rate(day("2 Jun"), cents),),
    }
    return FineTerms(**(said | terms))  # type: ignore[arg-type]


def repeat(*, cents: int = 50_000, **terms: object) -> FineTerms:
    """Find a repeat violation on 5 June, at $500 a day unless said otherwise."""
    said = {
        "reference": "Order 2026-18",
        "kind": FineKind.REPEAT,
        "found_on": day("5 Jun"),
        "rates": (Rate(day("5 Jun"), cents),),
    }
    return FineTerms(**(said | terms))  # type: ignore[arg-type]


def irreparable(*, cents: int = 500_000, **terms: object) -> FineTerms:
    """Find an irreparable violation on 5 June, fined $5,000 unless said otherwise."""
    said = {
        "reference": "Order 2026-19",
        "kind": FineKind.IRREPARABLE,
        "found_on": day("5 Jun"),
        "one_time_cents": cents,
    }
    return FineTerms(**(said | terms))  # type: ignore[arg-type]


def complied(text: str, *, known: str | None = None) -> End:
    return End(day(text), EndReason.COMPLIANCE, day(known) if known else None)


def judged(text: str) -> End:
    return End(day(text), EndReason.JUDGMENT)
