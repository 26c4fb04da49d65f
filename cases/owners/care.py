"""Read in whose care an owner's letters go, which a name or an address may say."""

import re

from cases.owners.parties import Party
from cases.owners.spellings import CARE

_LINE = re.compile(r"^(?:c ?/ ?o|%|attn:?|in care of)\s+(.*?)[\s,]*(?=\d|\bp\.? ?o\.? ?box|$)")


def in_care_of(party: Party) -> str | None:
    """Say who takes an owner's letters in, by the name first and then by the address.

    Returns
    -------
    str or None
        As written, in small letters; None where nobody is said to.
    """
    name = " ".join(party.name.casefold().split())
    owner, *cares = CARE.split(name)
    if owner.strip() and cares and (named := cares[0].strip(" ,:")):
        return named
    line = _LINE.match(" ".join((party.mailing or "").casefold().split()))
    return (line[1].strip(" ,:") or None) if line else None
