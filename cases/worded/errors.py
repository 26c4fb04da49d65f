"""Name what is wrong with a wording."""

from cases.errors import CaseError


class WordingError(CaseError):
    """Nothing can be written as a wording has it."""
