"""Tell by a name whether an owner is a company or a trust, for which a person has to act."""

import re

from cases.owners.names import read_name

_KINDS = frozenset({
    "llc", "lc", "pllc", "inc", "corp", "ltd", "lp", "llp", "lllp", "pa", "trust",
})  # fmt: skip
_WORDS = frozenset({"association", "assn", "hoa", "partnership", "foundation"})
_COMPANY = re.compile(r"(?:\bco\b\.?|\bcompany)$", re.IGNORECASE)
"""At the end alone: Co is a family's name as well."""


def is_body(name: str) -> bool:
    """Tell whether a name is that of a company, a trust or an association.

    A trustee, an estate or somebody with others is a person here.
    """
    read = read_name(name)
    person = _KINDS.isdisjoint(read.kinds) and _WORDS.isdisjoint(read.words)
    return not person or _COMPANY.search(name.strip()) is not None
