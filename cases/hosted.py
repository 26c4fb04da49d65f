"""Lead to a hosted page that takes payments, and read the notices by which it tells of them.

The address it is opened by and each notice are signed by HMAC-SHA256 under a secret that the town
and the page share. A bill names its case and its sum under a signature of ours, so that a notice
can tell of no other sum, and nothing has to be kept of payments that were begun and never made.
"""

import hmac
import json
from typing import Any
from urllib.parse import urlencode

from cases.errors import CaseError
from cases.ledger.accounts import Method
from cases.money import MOST_CENTS, write_cents
from cases.paying import AtTheCounter, Bill, Taken
from cases.signing import digest, same, signed

LONGEST = 200
_OURS = b"lotline bill"
_BY = {each.value: each for each in (Method.CARD, Method.BANK_TRANSFER)}
"""How a page takes money."""


class UnsignedNoticeError(CaseError):
    """A notice is not signed by the page's secret."""


class NoticeError(CaseError):
    """A notice says something that cannot be, or is of a bill that is not ours."""


class HostedPage:
    """A page that somebody hosts for the town.

    Parameters
    ----------
    url
        Where it is.
    secret
        Known to the town and the page alone.
    """

    ways = AtTheCounter.ways
    is_hosted = True

    def __init__(self, url: str, *, secret: str) -> None:
        self._url = url
        self._secret = secret.encode()
        self._ours = hmac.digest(self._secret, _OURS, "sha256")

    def page_for(self, bill: Bill) -> str | None:
        """Return the address that opens the page for a bill."""
        asked = urlencode({
            "bill": self._named(f"{bill.case_id}-{bill.cents}-{bill.on:%Y%m%d}-{bill.key.hex}"),
            "case": bill.case, "cents": bill.cents, "back": bill.back,
        })  # fmt: skip
        return f"{self._url}?{asked}&signature={digest(self._secret, asked.encode())}"

    def taken(self, notice: bytes, *, signature: str) -> Taken:
        """Return what a notice says was paid.

        Raises
        ------
        UnsignedNoticeError, NoticeError
        """
        if not same(signed(self._secret, notice), signature):
            msg = "The signature is not that of this notice: sign its bytes by the shared secret."
            raise UnsignedNoticeError(msg)
        said = _read(notice)
        case_id, billed = self._of(_text(said, "bill"))
        cents = said.get("cents")
        if type(cents) is not int or not 0 < cents < MOST_CENTS:
            msg = "The cents have to be a whole number above nothing, without quotes."
            raise NoticeError(msg)
        doubt = None
        if cents != billed:
            doubt = f"The bill is of {write_cents(billed)}, and the page took {write_cents(cents)}."
        method = said.get("method", Method.CARD.value)
        if not isinstance(method, str) or method not in _BY:
            msg = f"The method is none of {', '.join(_BY)}."
            raise NoticeError(msg)
        payer = _text(said, "payer") if said.get("payer") else None
        return Taken(
            case_id=case_id, cents=cents, method=_BY[method], reference=_text(said, "payment"),
            payer=payer, doubt=doubt,
        )  # fmt: skip

    def _of(self, name: str) -> tuple[int, int]:
        """Return the case and the sum of a bill of ours."""
        plain = name.rpartition("-")[0]
        if not same(self._named(plain), name):
            msg = "The bill is not one that was made here: give it back as it was received."
            raise NoticeError(msg)
        case_id, cents = plain.split("-")[:2]
        return int(case_id), int(cents)

    def _named(self, plain: str) -> str:
        return f"{plain}-{digest(self._ours, plain.encode())}"


def _read(notice: bytes) -> dict[str, Any]:
    try:
        said = json.loads(notice)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        msg = "The notice is no JSON object."
        raise NoticeError(msg)
    return said


def _text(said: dict[str, Any], name: str) -> str:
    text = said.get(name)
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        msg = f"The {name} has to be a text of 1 to {LONGEST} characters."
        raise NoticeError(msg)
    if not text.isprintable():
        msg = f"The {name} has signs in it that cannot be printed."
        raise NoticeError(msg)
    return text.strip()
