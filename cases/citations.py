"""Read a section number and a title out of a provision as towns cite it."""

import re

_CITED = re.compile(
    r"""^(?:Section|Sec\.?|§)\s*
        (?P<section>[A-Z]?[\w]*\d*(?:[-.:][\w]+)*(?:\s*\(\w+\))*)
        [\s.:-]*
        (?P<title>.*)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)

_BARE = re.compile(r"[a-z]?\d+(?:[-.:]\d+[a-z]?|\(\w{1,4}\))*(?=$|\s*[-:,;]\s)")
"""A section number without the word: alone, or before a dash and a title."""


def read_citation(citation: str) -> tuple[str | None, str | None]:
    """Take a citation apart into its section, without spaces, and its title.

    "Section 27-72 (f) - Overgrowth" is section "27-72(f)", titled "Overgrowth". What names no
    section, such as "Part C", is all title.
    """
    found = _CITED.match(citation)
    if found is None or not any(letter.isdigit() for letter in found["section"]):
        return None, citation
    return re.sub(r"\s+", "", found["section"]), found["title"].strip() or None


def same_provision(a: str, b: str) -> bool:
    """Tell whether two citations are of one provision: by section, whatever the title says.

    "Sec. 30-36(a)" is "30-36 (A) - High grass". It is neither "30-36(b)" nor "30-36", of which it
    is a part. What names no section is of no provision that could be compared.
    """
    section = _section(a)
    return section is not None and section == _section(b)


def _section(citation: str) -> str | None:
    section, _ = read_citation(citation.strip())
    if section:
        return section.casefold()
    bare = _BARE.match(re.sub(r"\s+(?=\()", "", citation.strip().casefold()))
    return bare[0] if bare else None
