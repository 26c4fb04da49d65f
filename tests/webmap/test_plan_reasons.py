"""Why a plan could not be made is among what is translated: no page says it in English alone."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from cases.visits import failing
from webmap import interpreting
from webmap.catalogue.gathering import gathered
from webmap.interpreting import say


@pytest.fixture(scope="module")
def known() -> frozenset[str]:
    """What the catalogue has, gathered once."""
    return frozenset(str(each.id) for each in gathered())


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
        "The plan for %(first)s was refused:",
        "%(stop_id)s is neither visited nor left out",
        "lunch begins before the visit ahead of it is done",
        "%(id)s is waited at until %(start)s s for nothing",
        "drive %(number)s has no way",
        "The street engine found no way (%(error)s). Check the places' coordinates.",
    ],
)
def test_a_reason_is_in_the_catalogue(known: frozenset[str], said: str) -> None:
    assert said in known


def test_a_day_in_a_reason_is_known_as_the_planner_writes_it() -> None:
    told = Flask("webmap")
    Babel(told)
    with told.test_request_context(), force_locale("es_US"):
        said = say("9 Far Rd may not be visited on 2026-11-30.")
    assert said.endswith("30 nov 2026.")
    assert "visited" not in said


def test_a_fault_is_known_where_a_list_goes_on_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"said\4%(stop_id)s is named %(times)s times": "%(stop_id)s: %(times)s veces"}
    monkeypatch.setattr(interpreting, "_catalog", lambda _translations: words)
    told = Flask("webmap")
    Babel(told)
    with told.test_request_context(), force_locale("es_US"):
        assert say("p-1 is named 2 times; p-2 is named 3 times.") == "p-1: 2 veces; p-2: 3 veces."


def test_a_day_as_the_records_have_it_is_known_in_any_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = {
        "said\4Fine to the end of %(on)s": "Multa hasta el fin del %(on)s",
        "said\4%(what)s of %(day)s": "%(what)s del %(day)s",
        "said\4%(word)s to %(told)s": "%(word)s a %(told)s",
        "fine": "multa",
    }
    monkeypatch.setattr(interpreting, "_catalog", lambda _translations: words)
    told = Flask("webmap")
    Babel(told)
    with told.test_request_context(), force_locale("es_US"):
        assert say("Fine to the end of 2026-09-25").startswith("Multa hasta el fin del ")


@pytest.fixture(autouse=True)
def _no_words_of_another_test() -> Iterator[None]:
    """Know nothing of the words of another test: what is told is remembered."""
    for each in (interpreting._found, interpreting._templates):
        each.cache_clear()
    yield
    for each in (interpreting._found, interpreting._templates):
        each.cache_clear()
