"""Where mail goes and in whose name; what cannot be is one sentence, without the password."""

from email.headerregistry import Address
from pathlib import Path
from typing import Any

import pytest

from webmap.mail_settings import Tls
from webmap.setting_errors import SettingError
from webmap.settings import Settings

FROM = "Code Enforcement <code@alder.example.org>"


def _read(url: str | None, sender: str | None = FROM) -> Any:
    said = {"LOTLINE_SMTP_URL": url, "LOTLINE_MAIL_FROM": sender}
    environ = {key: value for key, value in said.items() if value is not None}
    return Settings(home=Path(), environ=environ).mail


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://relay", ("relay", 25, Tls.NONE, None, None)),
        ("smtp://relay:2525/", ("relay", 2525, Tls.NONE, None, None)),
        ("smtp://me:a%40b@mx.example.org?starttls=1",
         ("mx.example.org", 587, Tls.STARTTLS, "me", "a@b")),
        ("smtps://me:x@mx.example.org", ("mx.example.org", 465, Tls.AT_ONCE, "me", "x")),
        ("smtp://me:x@127.0.0.1", ("127.0.0.1", 25, Tls.NONE, "me", "x")),
    ],
)  # fmt: skip
def test_a_url_names_the_server_and_how_to_reach_it(url: str, expected: tuple[object, ...]) -> None:
    read = _read(url)
    found = tuple(getattr(read, name) for name in ("host", "port", "tls", "user", "password"))
    assert found == expected
    assert read.sender == Address("Code Enforcement", addr_spec="code@alder.example.org")
    assert "a@b" not in repr(read)


def test_without_either_there_is_no_server() -> None:
    assert _read(None, None) is None
    assert _read("", "") is None


@pytest.mark.parametrize(
    ("url", "sender", "said"),
    [
        ("smtp://relay", None, "LOTLINE_MAIL_FROM is not set, but LOTLINE_SMTP_URL is"),
        (None, FROM, "LOTLINE_SMTP_URL is not set, but LOTLINE_MAIL_FROM is"),
        ("relay:25", FROM, "names no mail server"),
        ("http://relay", FROM, "names no mail server"),
        ("smtp://", FROM, "names no mail server"),
        ("smtp://me:hush@relay:port", FROM, "names no mail server"),
        ("smtp://me:hush@relay:99999", FROM, "names no mail server"),
        ("smtp://me:hush@[relay", FROM, "names no mail server"),
        ("smtp://relay/inbox", FROM, "names no mail server"),
        ("smtp://relay?tls=1", FROM, "names no mail server"),
        ("smtp://relay?starttls=yes", FROM, "names no mail server"),
        ("smtps://relay?starttls=1", FROM, "names no mail server"),
        ("smtp://hush@relay", FROM, "a user or a password without the other"),
        ("smtp://me:hush@relay", FROM, "would send its password in the clear to relay"),
        ("smtp://relay", "Code Enforcement", "expected one address"),
        ("smtp://relay", "a@example.org, b@example.org", "expected one address"),
        ("smtp://relay", "a@example.org\nBcc: b@example.org", "expected one address"),
        ("smtp://relay", "A\nBcc: b@example.org <a@example.org>", "expected one address"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence_without_the_password(
    url: str | None, sender: str | None, said: str
) -> None:
    with pytest.raises(SettingError) as refused:
        _read(url, sender)
    assert said in str(refused.value)
    assert "hush" not in str(refused.value)
    assert "\n" not in str(refused.value)
