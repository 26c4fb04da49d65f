"""Name who acts."""

from enum import StrEnum


class Role(StrEnum):
    """The part somebody plays in a case."""

    OFFICER = "officer"
    CLERK = "clerk"
    MANAGER = "manager"
    HEARING_OFFICER = "hearing_officer"
    ADMIN = "admin"
    RESPONDENT = "respondent"
    RESIDENT = "resident"


STAFF = frozenset({Role.OFFICER, Role.CLERK, Role.MANAGER})
"""Who works the cases; an admin runs the program and decides nothing in it."""
