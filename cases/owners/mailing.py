"""Give a mailing address one spelling, to see whether letters to two owners go to one place."""

import re
from functools import lru_cache

from geo.addresses import SUFFIXES

_CARE = re.compile(r"^(?:c ?/ ?o|%|attn:?|in care of)\s.*?(?=\d|\bp\.? ?o\.? ?box)")
_BOX = re.compile(r"\b(?:p\.? ?o\.?|post office) ?box\b|^box\b")
_UNIT = re.compile(
    r"(?:\b(?:suite|ste|apartment|apt|unit|room|rm|floor|fl)\b\.? ?(?:# ?)?|# ?)(?=\w)"
)
_PLUS_FOUR = re.compile(r"(?<=\d{5})-\d{4}$")


@lru_cache(maxsize=1 << 16)
def mailing_key(address: str | None) -> str | None:
    """Spell a mailing address the one way by which it is compared.

    "P.O. Box 40120, Tampa FL 33602-1234" and "PO BOX 40120 TAMPA, FL 33602" are one, and so are
    "Suite 377" and "#377". Who takes the letters in ("c/o") is no part of the place.

    Parameters
    ----------
    address
        Line, city, state and ZIP code, as written on one envelope.

    Returns
    -------
    str or None
        None where no house or box is named: many get their letters in one town.
    """
    plain = " ".join((address or "").casefold().split())
    plain = _PLUS_FOUR.sub("", _CARE.sub("", plain))
    plain = _UNIT.sub(" # ", _BOX.sub("pobox", plain))
    words = re.sub(r"[^\w\s#]|_", " ", plain.replace("'", "")).split()
    place = " ".join(SUFFIXES.get(word, word) for word in words)
    return place if re.search(r"\d", re.sub(r"\b\d{5}$", "", place)) else None
