"""What a setting cannot be is one sentence at the start of the server and of a worker alike."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from webmap.every_setting import read_every
from webmap.setting_errors import SettingError
from webmap.settings import Settings

LOTLINE = Path(sys.executable).with_name("lotline")
PAGE = {"LOTLINE_PAY_URL": "https://pay.example.org/alder"}


@pytest.mark.parametrize("words", [("serve", "--port", "8847"), ("worker", "--once")])
def test_a_page_for_payments_without_its_secret_starts_nothing(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    done = subprocess.run(
        [LOTLINE, *words], env={**os.environ, **PAGE, "LOTLINE_HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == (
        "Error: LOTLINE_PAY_SECRET is not set, but LOTLINE_PAY_URL is: paying online needs both, "
        "or leave both out.\n"
    )
    assert list(tmp_path.iterdir()) == []  # no database was begun


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("LOTLINE_PAY_SECRET", "x" * 40), ("LOTLINE_SMTP_URL", "relay"), ("LOTLINE_URL", "town"),
        ("LOTLINE_PROXIES", "some"), ("LOTLINE_AUDIT_MAIL", "nobody"),
        ("LOTLINE_CITY_COLOR", "blue-ish"), ("LOTLINE_LANGUAGES", "xx"),
        ("LOTLINE_OPEN311_KEYS", "short"), ("LOTLINE_DATA_DAYS", "0"),
        ("LOTLINE_PUBLIC_CLOSED_DAYS", "-1"),
    ],
)  # fmt: skip
def test_each_setting_that_cannot_be_is_named(name: str, said: str) -> None:
    with pytest.raises(SettingError, match=name):
        read_every(Settings(home=Path(), environ={name: said}))


def test_nothing_set_is_well() -> None:
    read_every(Settings(home=Path(), environ={}))
