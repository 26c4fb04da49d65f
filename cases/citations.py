"""Read a section number and a title out of a provision as towns cite it."""

import re

_CITED = re.compile(
    r"""^(?:Section|Sec\.?|§)\s*
        (?P<section>[A-Z]?[\w]*\d*(?:[-.:][\w]+)*(?:\s*\(\w+\))*)
        [\s.:-]*
        (?P<title>.*)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def read_citation(citation: str) -> tuple[str | None, str | None]:
    """Take a citation apart into its section, without spaces, and its title.

    "Section 27-72 (f) - Overgrowth" is section "27-72(f)", titled "Overgrowth". What names no
    section, such as "Part C", is all title.
    """
    found = _CITED.match(citation)
    if found is None or not any(letter.isdigit() for letter in found["section"]):
        return None, citation
    return re.sub(r"\s+", "", found["section"]), found["title"].strip() or None
