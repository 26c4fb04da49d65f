"""What a user is told of the database's own words."""

import pytest

from webmap.cli.saying import first_line


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
