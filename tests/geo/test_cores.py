"""Work shared among the cores: the same answers, in the same order."""

import numpy as np
import pytest
import shapely

from geo import cores
from geo.cores import on_all_cores


def test_all_cores_answer_as_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    monkeypatch.setattr(cores, "WORTH_SHARING", 5)
    lots = shapely.box(np.arange(10.0), 0, np.arange(10.0) ** 2 + 11, 1)
    assert on_all_cores(shapely.area, lots).tolist() == shapely.area(lots).tolist()
    pairs = np.arange(14.0).reshape(7, 2)
    assert on_all_cores(lambda some: 2 * some, pairs).tolist() == (2 * pairs).tolist()


def test_what_fails_on_one_core_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "WORTH_SHARING", 0)

    def failing(some: np.ndarray) -> np.ndarray:
        msg = f"no answer for {len(some)}"
        raise ValueError(msg)

    with pytest.raises(ValueError, match="no answer"):
        on_all_cores(failing, np.arange(4.0))
