"""Keep text that a spreadsheet would run as a formula from being one."""

import re

FORMULA_STARTS = re.compile(r"[=+\-@\t\r\n]")


def defused(value: object) -> object:
    """Return a cell no spreadsheet takes for a formula: a quote goes before = + - @ and the like.

    Numbers stay numbers (OWASP, "CSV Injection").
    """
    if isinstance(value, str) and FORMULA_STARTS.match(value):
        return f"'{value}"
    return value
