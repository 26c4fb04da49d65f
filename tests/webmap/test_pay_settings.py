"""Where payments are taken for the town; what cannot be is one sentence, without the secret."""

import pytest

from cases.paying import AtTheCounter
from webmap.pay_settings import payments, read_pay
from webmap.setting_errors import SettingError

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of the test


def test_both_settings_name_a_page_and_neither_none() -> None:
    read = read_pay({"LOTLINE_PAY_URL": "https://pay.example.org/t", "LOTLINE_PAY_SECRET": SECRET})
    assert read is not None
    assert (read.url, read.secret) == ("https://pay.example.org/t", SECRET)
    assert SECRET not in repr(read)
    assert read_pay({}) is None
    assert isinstance(payments({}), AtTheCounter)


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("https://pay.example.org", "", "LOTLINE_PAY_SECRET is not set"),
        ("", SECRET, "LOTLINE_PAY_URL is not set"),
        ("https://pay.example.org", "short", "at least 32"),
        ("http://pay.example.org", SECRET, "no https address"),
        ("https://pay.example.org/?a=1", SECRET, "no https address"),
        ("https://a:b@pay.example.org/", SECRET, "no https address"),
        ("https://[pay", SECRET, "no https address"),
        ("pay", SECRET, "no https address"),
    ],
)
def test_what_cannot_be_is_told(url: str, secret: str, words: str) -> None:
    with pytest.raises(SettingError, match=words) as refused:
        read_pay({"LOTLINE_PAY_URL": url, "LOTLINE_PAY_SECRET": secret})
    assert SECRET not in str(refused.value)
