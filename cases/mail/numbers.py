"""Say what is a telephone number that texts may be sent to, as E.164 writes it."""

import re
from collections.abc import Collection

from cases.errors import MailError

NORTH_AMERICA = "+1"
ELSEWHERE = frozenset({
    "242", "246", "264", "268", "284", "345", "441", "473", "649", "658", "664", "721", "758",
    "767", "784", "809", "829", "849", "868", "869", "876",
})  # fmt: skip
"""Area codes under +1 of other countries than the United States and Canada, which cost more."""

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_NORTH_AMERICAN = re.compile(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}")
_ASIDE = re.compile(r"[\s().\-\u2010-\u2015]")
_TEN, _ELEVEN = 10, 11


class NoNumberError(MailError):
    """What was given is no telephone number."""


class ElsewhereError(MailError):
    """A number is of a country that the town sends no texts to."""


def read_number(typed: str) -> str:
    """Return a number as E.164 writes it; ten digits are one of North America.

    Raises
    ------
    NoNumberError
        It is none.
    """
    plain = _ASIDE.sub("", typed)
    if plain.isascii() and plain.isdigit():
        if len(plain) == _TEN:
            plain = f"{NORTH_AMERICA}{plain}"
        elif len(plain) == _ELEVEN and plain.startswith("1"):
            plain = f"+{plain}"
    return require_number(plain)


def require_number(text: str) -> str:
    """Return a number that is written as E.164 has it, and nothing else.

    Raises
    ------
    NoNumberError
        It is not.
    """
    pattern = _NORTH_AMERICAN if text.startswith(NORTH_AMERICA) else _E164
    if not (text.isascii() and pattern.fullmatch(text)):
        msg = (
            f"{text[:40]!a} is no telephone number: expected ten digits, or + with the code of the "
            "country before the number, as +13525550100."
        )
        raise NoNumberError(msg)
    return text


def require_country(number: str, *, countries: Collection[str]) -> str:
    """Return a number of a country that may be sent texts.

    Parameters
    ----------
    countries
        What such numbers begin with, as ``+1``. That alone is the United States and Canada; another
        country under +1 is named with its area code, as ``+1876``.

    Raises
    ------
    ElsewhereError
        It is of none of them.
    """
    told = [each for each in countries if number.startswith(each)]
    if number.startswith(NORTH_AMERICA) and number[2:5] in ELSEWHERE:
        told = [each for each in told if len(each) > len(NORTH_AMERICA)]
    if not told:
        msg = f"Texts go to numbers that begin with {', '.join(sorted(countries))}, and no others."
        raise ElsewhereError(msg)
    return number


def spoken(number: str) -> str:
    """Return a number as people write it: (352) 555-0100; others stay as they are."""
    if not _NORTH_AMERICAN.fullmatch(number):
        return number
    return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
