"""Name what the clock notices, and whose work each is."""

from collections.abc import Mapping
from enum import StrEnum

from cases.workflow.roles import Role


class Kind(StrEnum):
    """What falls due, in the order of the process; the first two are the clock's own days."""

    RUN = "run"
    ROOT = "root"
    VISIT = "visit"
    CORRECTION = "correction"
    ORDER = "order"
    WAIVER = "waiver"
    MAIL = "mail"
    FORECLOSURE = "foreclosure"
    LIEN_ENDING = "lien_ending"
    LIEN_OVER = "lien_over"
    DORMANT = "dormant"
    RETENTION = "retention"


WHOSE: Mapping[Kind, Role] = {
    Kind.VISIT: Role.OFFICER,
    Kind.CORRECTION: Role.OFFICER,
    Kind.ORDER: Role.OFFICER,
    Kind.WAIVER: Role.CLERK,
    Kind.MAIL: Role.CLERK,
    Kind.FORECLOSURE: Role.CLERK,
    Kind.LIEN_ENDING: Role.CLERK,
    Kind.LIEN_OVER: Role.CLERK,
    Kind.DORMANT: Role.MANAGER,
    Kind.RETENTION: Role.CLERK,
}
"""Who is told: of an officer's work the officer of the case, or the managers where none has it."""
