"""Which gateway sends texts and to whom; what cannot be is one sentence, without the secret."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from webmap.cli.serve import serve
from webmap.setting_errors import SettingError
from webmap.settings import Settings
from webmap.text_settings import read_texts

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of the test
SET = {"LOTLINE_SMS_URL": "https://sms.example.org/t", "LOTLINE_SMS_SECRET": SECRET}


def test_both_settings_name_a_gateway_and_neither_none() -> None:
    read = read_texts(SET)
    assert read is not None
    assert (read.gateway.url, read.gateway.secret) == ("https://sms.example.org/t", SECRET)
    assert (read.countries, read.asks) == (("+1",), 100)
    assert SECRET not in repr(read)
    assert Settings(home=Path(), environ={}).texts is None
    more = read_texts(SET | {"LOTLINE_SMS_COUNTRIES": "+1; +52;", "LOTLINE_SMS_ASKS": "7"})
    assert more is not None
    assert (more.countries, more.asks) == (("+1", "+52"), 7)


WRONG = [
    ({"LOTLINE_SMS_SECRET": ""}, "LOTLINE_SMS_SECRET is not set"),
    ({"LOTLINE_SMS_URL": ""}, "LOTLINE_SMS_URL is not set"),
    ({"LOTLINE_SMS_SECRET": "hush"}, "at least 32"),
    ({"LOTLINE_SMS_URL": "http://sms.example.org"}, "no https address"),
    ({"LOTLINE_SMS_URL": "https://sms.example.org/?a=1"}, "no https address"),
    ({"LOTLINE_SMS_URL": "https://a:hush@sms.example.org/"}, "no https address"),
    ({"LOTLINE_SMS_URL": "https://sms.example.org:port/"}, "no https address"),
    ({"LOTLINE_SMS_COUNTRIES": "1"}, "give what numbers begin with"),
    ({"LOTLINE_SMS_COUNTRIES": "+1,+52"}, "give what numbers begin with"),
    ({"LOTLINE_SMS_COUNTRIES": ";"}, "give what numbers begin with"),
    ({"LOTLINE_SMS_ASKS": "0"}, "1 to 100000"),
    ({"LOTLINE_SMS_ASKS": "many"}, "1 to 100000"),
    ({"LOTLINE_SMS_ASKS": "100001"}, "1 to 100000"),
]


@pytest.mark.parametrize(("said", "words"), WRONG)
def test_what_cannot_be_is_told(said: dict[str, str], words: str) -> None:
    with pytest.raises(SettingError, match=words) as refused:
        read_texts(SET | said)
    assert "hush" not in str(refused.value)
    assert SECRET not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_server_with_a_setting_that_cannot_be_is_not_started(tmp_path: Path) -> None:
    environ = {**SET, "LOTLINE_SMS_URL": "sms", "LOTLINE_HOME": str(tmp_path)}
    told = CliRunner().invoke(serve, [], env=environ)
    assert told.exit_code == 1
    assert isinstance(told.exception, SettingError)
    assert list(tmp_path.iterdir()) == []
