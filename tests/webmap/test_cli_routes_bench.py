import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reports.routes.errors import InstanceFileError
from webmap.cli.routes import routes

TINY = """TINY

VEHICLE
NUMBER     CAPACITY
  2         20

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0   0  0   0    0   1000   0
    1   3  4   10   0    900   10
    2   6  8   10   0    900   10
    3   0  5   10   100  {due}   10
"""


def test_a_benchmark_file_is_solved_and_told_as_json(tmp_path: Path) -> None:
    told = json.loads(_bench(tmp_path, "--seconds", "0.2", "--json").stdout)
    assert told["distance"] == pytest.approx(30)
    assert sorted(map(sorted, told["routes"])) == [[1, 2], [3]]
    assert told["feasible"] is True


def test_without_json_it_is_told_in_a_sentence(tmp_path: Path) -> None:
    told = _bench(tmp_path, "--seconds", "0.2")
    assert told.exit_code == 0
    assert told.output == "TINY: 30.00 on 2 routes, feasible.\n"


def test_what_cannot_be_kept_is_told(tmp_path: Path) -> None:
    text = TINY.format(due=100).replace("3   0  5", "3   0  500")
    told = _bench(tmp_path, "--seconds", "0.2", text=text)
    assert "NOT feasible" in told.output
    assert "customer 3 is reached at 500.000, 100 at the latest" in told.output


def test_a_bad_file_and_wrong_words_are_named(tmp_path: Path) -> None:
    with pytest.raises(InstanceFileError, match=r"tiny\.txt, line 13: the due time 50 is before"):
        _bench(tmp_path, text=TINY.format(due=50))
    assert "'nan' is no number" in _bench(tmp_path, "--seconds", "nan").output


def _bench(folder: Path, *words: str, text: str = TINY.format(due=200)) -> Result:
    path = folder / "tiny.txt"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(routes, ["bench", str(path), *words], catch_exceptions=False)
