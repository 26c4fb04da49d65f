"""Read from the environment which gateway sends the town's texts, and whom it may send them to."""

import dataclasses
import re
from collections.abc import Mapping

from webmap.partners import Asked, Partner, read_partner
from webmap.setting_errors import SettingError

ASKED = Asked(
    url="LOTLINE_SMS_URL",
    secret="LOTLINE_SMS_SECRET",  # noqa: S106 - the name of a setting
    what="sending texts",
    example="https://sms.example.gov/lotline",
)
COUNTRIES = "LOTLINE_SMS_COUNTRIES"
ASKS = "LOTLINE_SMS_ASKS"
TEXT_KEYS = (ASKED.url, ASKED.secret, COUNTRIES, ASKS)

USUAL_COUNTRIES = "+1"
USUAL_ASKS = 100
MOST_ASKS = 100_000
_COUNTRY = re.compile(r"\+[1-9][0-9]{0,6}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TextSettings:
    """The gateway that takes texts, and what it is spared.

    Parameters
    ----------
    gateway
        Where it is, and the secret it shares with the town.
    countries
        What the numbers begin with that texts go to.
    asks
        How many numbers a day are asked whether they want to follow: anybody may have that done,
        and each costs the town.
    """

    gateway: Partner
    countries: tuple[str, ...]
    asks: int


def read_texts(environ: Mapping[str, str]) -> TextSettings | None:
    """Return what the settings LOTLINE_SMS_* say, None where no gateway is set.

    Raises
    ------
    SettingError
        One of them is missing, or is not what it should be. No secret is repeated.
    """
    countries, asks = _countries(environ), _asks(environ)
    gateway = read_partner(environ, ASKED)
    return TextSettings(gateway=gateway, countries=countries, asks=asks) if gateway else None


def _countries(environ: Mapping[str, str]) -> tuple[str, ...]:
    said = environ.get(COUNTRIES, "").strip() or USUAL_COUNTRIES
    found = tuple(each.strip() for each in said.split(";") if each.strip())
    if not found or not all(_COUNTRY.fullmatch(each) for each in found):
        msg = (
            f'{COUNTRIES} is "{said[:60]}": give what numbers begin with that may be sent texts, '
            "with a semicolon between two, such as +1;+52"
        )
        raise SettingError(msg)
    return found


def _asks(environ: Mapping[str, str]) -> int:
    said = environ.get(ASKS, "").strip() or str(USUAL_ASKS)
    is_whole = said.isascii() and said.isdigit() and len(said) <= len(str(MOST_ASKS))
    if not is_whole or not 1 <= int(said) <= MOST_ASKS:
        msg = (
            f'{ASKS} is "{said[:60]}": give how many numbers a day may be asked whether they want '
            f"to follow, 1 to {MOST_ASKS}."
        )
        raise SettingError(msg)
    return int(said)
