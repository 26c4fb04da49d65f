"""In whose care an owner's letters go, read from a name or an address."""

import pytest

from cases.owners.care import in_care_of
from cases.owners.parties import Party


@pytest.mark.parametrize(
    ("name", "mailing", "care"),
    [
        ("Pine LLC % Ann Lee", "4 Elm St, Tampa FL", "ann lee"),
        ("PINE LLC C/O ANN LEE", None, "ann lee"),
        ("Pine LLC Attn: Ann Lee", "c/o Cobia Mgmt 4 Elm St", "ann lee"),
        ("Pine LLC", "Attn: Ann Lee 4 Elm St, Tampa FL", "ann lee"),
        ("Pine LLC", "c/o Cobia Mgmt, PO Box 12, Tampa FL", "cobia mgmt"),
        ("Pine LLC", "% C & D Mgmt P.O. Box 12", "c & d mgmt"),
        ("Pine LLC", "4 Elm St, Tampa FL", None),
        ("Pine LLC c/o", None, None),
        ("c/o Ann Lee", None, None),
        ("50% Pine LLC", None, None),
    ],
)
def test_care_is_read_from_the_name_and_then_from_the_address(
    name: str, mailing: str | None, care: str | None
) -> None:
    assert in_care_of(Party(name=name, mailing=mailing)) == care
