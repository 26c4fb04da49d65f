"""What a returned payment costs, by the statute's own amounts."""

import pytest

from cases.lawpack.reading import DEFAULT, read_pack
from cases.ledger.return_fees import FeeBand, ReturnFeeError, ReturnFees


@pytest.mark.parametrize(
    ("face", "fee"),
    [
        (1, 2_500), (5_000, 2_500), (5_001, 3_000), (30_000, 3_000), (30_001, 4_000),
        (80_000, 4_000), (80_019, 4_000), (80_020, 4_001), (100_000, 5_000), (610_000, 30_500),
    ],
)  # fmt: skip
def test_in_florida_it_is_the_greater_of_the_bands_fee_and_five_percent(
    face: int, fee: int
) -> None:
    """S. 832.08(5), by s. 166.251: $25 to $50, $30 to $300, $40 above; or 5 percent."""
    assert read_pack(DEFAULT).money.returned_payment.fee(face) == fee


def test_a_town_that_says_nothing_charges_nothing() -> None:
    assert ReturnFees().fee(10**9) == 0


@pytest.mark.parametrize(
    "fees",
    [
        {"bands": (FeeBand(up_to_cents=100, cents=1),)},
        {"bands": (FeeBand(cents=1), FeeBand(cents=2))},
        {"bands": (FeeBand(up_to_cents=5, cents=1), FeeBand(up_to_cents=5, cents=2),
                   FeeBand(cents=1))},
        {"bands": (FeeBand(cents=-1),)},
        {"percent": 101},
    ],
)  # fmt: skip
def test_fees_that_leave_an_amount_without_its_own_are_refused(fees: dict[str, object]) -> None:
    with pytest.raises(ReturnFeeError):
        ReturnFees(**fees)  # type: ignore[arg-type]
