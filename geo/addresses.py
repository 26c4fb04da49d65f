"""Read US street addresses as people write them, and give each one spelling to look it up by."""

import re
from dataclasses import dataclass

SUFFIXES = {
    "alley": "aly",
    "avenue": "ave",
    "av": "ave",
    "boulevard": "blvd",
    "bend": "bnd",
    "bridge": "brg",
    "center": "ctr",
    "centre": "ctr",
    "circle": "cir",
    "court": "ct",
    "cove": "cv",
    "crescent": "cres",
    "crossing": "xing",
    "drive": "dr",
    "estates": "ests",
    "expressway": "expy",
    "extension": "ext",
    "freeway": "fwy",
    "garden": "gdn",
    "gardens": "gdns",
    "glen": "gln",
    "green": "grn",
    "grove": "grv",
    "heights": "hts",
    "highway": "hwy",
    "island": "is",
    "junction": "jct",
    "landing": "lndg",
    "lane": "ln",
    "manor": "mnr",
    "park": "pk",
    "parkway": "pkwy",
    "pky": "pkwy",
    "place": "pl",
    "plaza": "plz",
    "point": "pt",
    "ridge": "rdg",
    "road": "rd",
    "route": "rte",
    "square": "sq",
    "station": "sta",
    "street": "st",
    "str": "st",
    "terrace": "ter",
    "terr": "ter",
    "trail": "trl",
    "turnpike": "tpke",
    "tpk": "tpke",
    "valley": "vly",
    "view": "vw",
    "village": "vlg",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "northeast": "ne",
    "northwest": "nw",
    "southeast": "se",
    "southwest": "sw",
    "saint": "st",
    "mount": "mt",
    "fort": "ft",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
}
"""Long words and their short ones, after USPS Publication 28; the SQL of searches holds a twin."""

_UPPER = frozenset(
    {"n", "s", "e", "w", "ne", "nw", "se", "sw", "ii", "iii", "iv", "mlk", "jfk", "us", "sr", "cr"}
)
_IRISH = re.compile(
    r"^o'?(brien|connor|connell|donnell|hara|keefe|leary|malley|neil|neill|reilly|"
    r"rourke|shea|sullivan|toole)(s?)$"
)
_WHOLE = re.compile(r"(?<![.\d])\d+")
_PIECE = r"\d{1,6}(?:\.\d+)?(?:\s1/2)?(?:-?[a-z]{1,2}\b|rear\b)?"
_NUMBER = re.compile(rf"{_PIECE}(?:\s*[-&/]\s*{_PIECE})*(?=\s+\S)", re.IGNORECASE)
_UNIT = re.compile(
    r"[\s,]+(?:#\s*(?P<signed>\S[^,]*)|(?:apt|apartment|unit|ste|suite|rm|room|fl|floor)\.?\s+#?"
    r"(?P<worded>[^\s,]*\d[^\s,]*|[a-z]))(?:,.*)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Address:
    """A street address taken apart.

    Attributes
    ----------
    number
        As written, "408-410" or "147R"; None where the address has none.
    number_low, number_high
        The whole numbers it stands for; equal unless it is a range.
    street
        As people write it, "Putnam Ave".
    street_key
        The one spelling all spellings of the street share, "putnam ave".
    unit
        Flat, suite or floor, without its sign; None where the address has none.
    """

    number: str | None
    number_low: int | None
    number_high: int | None
    street: str
    street_key: str
    unit: str | None

    @property
    def label(self) -> str:
        """The whole as people write it: "408-410 Putnam Ave #408"."""
        unit = f"#{self.unit}" if self.unit else None
        return " ".join(filter(None, (self.number, self.street, unit)))


def parse(text: str) -> Address | None:
    """Take an address apart; None where no street is named.

    A town, state or ZIP code after a comma is left out.
    """
    words = " ".join(text.split())
    found = _UNIT.search(words)
    unit = (found["signed"] or found["worded"]).strip() if found else None
    words = (words[: found.start()] if found else words).partition(",")[0]
    number = _NUMBER.match(words)
    street = words[number.end() :] if number else words
    key = street_key(street)
    if not any(sign.isalpha() for sign in key):
        return None
    low, high = _range(number[0]) if number else (None, None)
    return Address(
        number=re.sub(r"\s*([-&/])\s*", r"\1", number[0]).upper() if number else None,
        number_low=low,
        number_high=high,
        street=street_name(street),
        street_key=key,
        unit=unit.upper() if unit else None,
    )


def street_key(street: str) -> str:
    """Spell a street the one way by which it is looked up: lower case, short words, no signs."""
    plain = re.sub(r"[^\w\s-]|_", "", street.casefold()).replace("-", " ")
    return " ".join(SUFFIXES.get(word, word) for word in plain.split())


def street_name(street: str) -> str:
    """Write a street as people do; what already mixes cases keeps its own."""
    words = street.split()
    shouted = street.isupper() or street.islower()
    return " ".join(_word(word) if shouted else word for word in words)


def _word(word: str) -> str:
    low = word.casefold()
    if low.strip(".") in _UPPER:
        return low.upper()
    if irish := _IRISH.match(low):
        return f"O'{irish[1].capitalize()}{irish[2]}"
    if re.match(r"mc[a-z]{3}", low):
        return "Mc" + low[2:].capitalize()
    if re.match(r"\d", low):
        return low
    return "-".join(_capital(part) for part in low.split("-"))


def _capital(word: str) -> str:
    head, sign, tail = word.partition("'")
    # D'Angelo, but Mike's.
    return head.capitalize() + sign + (tail.capitalize() if len(head) == 1 else tail)


def _range(number: str) -> tuple[int, int]:
    plain = number.replace(" 1/2", "")
    low, *_, high = [int(piece) for piece in _WHOLE.findall(plain)] * 2
    if "/" in plain:
        return low, low
    if high < low and len(str(high)) < len(str(low)):
        # "217-29" is short for 217 to 229.
        high = int(str(low)[: -len(str(high))] + str(high))
    return min(low, high), max(low, high)
