"""Hold the words and forms of owners' names that have more than one spelling."""

import re

KINDS = frozenset({
    "llc", "lc", "pllc", "inc", "corp", "co", "ltd", "lp", "llp", "lllp", "pa", "na",
    "trust", "trustee", "estateof", "etal", "careof",
})  # fmt: skip
"""Words of a key that say what kind of owner it is rather than who."""

GENERATIONS = {"jr": 0, "sr": 1, "ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
"""What a mark of a generation or of a company in a row stands for; I, V and X may be initials."""

ONE_SPELLING = {
    "incorporated": "inc", "corporation": "corp", "company": "co", "limited": "ltd",
    "tr": "trustee", "trs": "trustee", "tte": "trustee", "ttee": "trustee", "ttees": "trustee",
    "trustees": "trustee", "trst": "trust", "junior": "jr",
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
    "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
NOBODY = frozenset({
    "unknown", "unknown owner", "owner unknown", "current owner", "owner", "occupant",
    "current occupant", "current resident", "resident", "tenant", "none", "n a", "na",
    "not available",
})  # fmt: skip
NOT_TAKEN_APART = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i"})
APOSTROPHE = re.compile(r"['\u2019`\u00b4]")

CARE = re.compile(r"(?:(?<!\w)c\s?/\s?o\b|(?:^|(?<=\s))%(?!\d)|\b(?:in )?care of\b|\battn\b:?)")
AFTER_CARE = re.compile(CARE.pattern + r"[^\n]*")
PHRASES = (
    (re.compile(r"\blimited liability co(?:mpany)?\b|\bl l c\b"), "llc"),
    (re.compile(r"\b(?:limited|ltd) liability limited partnership\b"), "lllp"),
    (re.compile(r"\blimited liability partnership\b"), "llp"),
    (re.compile(r"\blimited partnership\b"), "lp"),
    (re.compile(r"\bet\.? ?als?\b"), "etal"),
    (re.compile(r"^est(?:ate|\.)? of\b|[,(] ?est(?:ate)?\b(?= ?\)?$)"), " estateof "),
    (re.compile("&"), " and "),
)
DOTTED = re.compile(r"\b[a-z](?:\.[a-z])+\b")
