"""The demo writes to nobody and takes nobody's money, whatever is set where it is started."""

import os
from pathlib import Path

import pytest

from webmap.cli.serve import demo_settings

SET = {
    "DATABASE_URL": "postgresql://town@db.example/town",
    "LOTLINE_SMTP_URL": "smtp://mail.example:25",
    "LOTLINE_PAY_URL": "https://pay.example/bill",
}


def test_the_demo_leaves_aside_what_reaches_real_people_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "environ", {**os.environ, **SET, "LOTLINE_HOME": str(tmp_path)})
    settings = demo_settings()
    assert settings.mail is None
    assert settings.home == tmp_path / "demo"
    assert not SET.keys() & os.environ.keys()
    said = capsys.readouterr().out
    assert all(name in said for name in SET)
    assert "postgresql://" not in said
