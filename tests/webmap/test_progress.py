"""Long work says how far it is, also where nobody watches a terminal."""

import pytest

from webmap.cli import progress


def test_work_that_takes_long_tells_a_log_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.0)
    with progress.steps() as tell:
        tell("Playing the years", 3, 24)
        tell("Loading 1,600 parcels", 0, 1)
    assert capsys.readouterr().err.splitlines() == [
        "Playing the years: 3 of 24",
        "Loading 1,600 parcels",
    ]


def test_a_share_of_the_whole_is_told_in_percent(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.0)
    with progress.steps(percent=True) as tell:
        tell("Counting cases", 40, 100)
    assert capsys.readouterr().err == "Counting cases: 40 %\n"


def test_a_log_is_spared_what_takes_no_time(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.steps() as tell:
        tell("Reading", 1, 2)
    assert capsys.readouterr().err == ""
