"""What a user is told of the database's own words."""

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from webmap.cli.saying import first_line
from webmap.interpreting import say


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (OSError("connection failed\nIs it running?"), "connection failed"),
        (OSError(" \n"), "OSError"),
        (OSError(), "OSError"),
    ],
)
def test_a_failure_is_told_in_its_first_line_or_by_its_kind(problem: OSError, told: str) -> None:
    assert first_line(problem) == told


def test_days_are_written_as_people_do_in_what_the_rules_said() -> None:
    told = Flask("told")
    Babel(told)
    with told.test_request_context():
        assert say("The letter of 2026-11-26 came back") == "The letter of Nov 26, 2026 came back"
        assert say("Case 2026-11-2 of CE-2026-11-02") == "Case 2026-11-2 of CE-2026-11-02"


def test_two_sections_are_joined_in_the_words_of_the_reader() -> None:
    told = Flask("webmap")
    Babel(told)
    cited = "ss. 162.06(1)(b) and 162.21(3)(b), Florida Statutes"
    with told.test_request_context(), force_locale("es_US"):
        assert say(cited) == "ss. 162.06(1)(b) y 162.21(3)(b), Florida Statutes"
        assert say("12 Fir and Main") == "12 Fir and Main"
    with told.test_request_context(), force_locale("en_US"):
        assert say(cited) == cited


def test_a_month_is_written_in_the_words_of_the_reader() -> None:
    told = Flask("webmap")
    Babel(told)
    with told.test_request_context(), force_locale("es_US"):
        title = say("Code enforcement in October 2015")
        assert title == "Cumplimiento de códigos en octubre de 2015"
        assert say("The letter of May 5, 2026 came back").count("2026") == 1
        assert say("May 0000") == "May 0000"
    with told.test_request_context(), force_locale("en_US"):
        assert say("Code enforcement in October 2015") == "Code enforcement in October 2015"
