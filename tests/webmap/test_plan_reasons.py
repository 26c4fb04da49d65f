"""Why a plan could not be made is among what is translated: no page says it in English alone."""

import pytest

from cases.visits import failing
from webmap.catalogue.gathering import gathered


@pytest.mark.parametrize(
    "said",
    [
        failing.STALLED,
        failing.TOO_LONG,
        failing.ended(9).replace("9", "%(code)s"),
        failing.broken("X").replace("X", "%(fault)s"),
        "No officer is on shift on %(first)s.",
        "%(officer)s is on leave.",
        "No officer is on shift on the days asked for.",
        "%(label)s does not fit into this day, whatever else is left out of it.",
        "The street engine found no way (%(error)s). Check the places' coordinates.",
    ],
)
def test_a_reason_is_in_the_catalogue(said: str) -> None:
    assert said in {each.id for each in gathered()}
