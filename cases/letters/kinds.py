"""Name the letters of a case that are no notices, and say when each can be written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cases.workflow.extension import ExtensionStatus
from cases.workflow.lien import LienStatus


class LetterKind(StrEnum):
    """What a letter is."""

    SERVICE_AFFIDAVIT = "service_affidavit"
    NONCOMPLIANCE_AFFIDAVIT = "noncompliance_affidavit"
    IMPOSING_ORDER = "imposing_order"  # of the fine; recorded, it is the lien where the law has one
    PAYOFF = "payoff"
    RELEASE = "release"
    ACKNOWLEDGMENT = "acknowledgment"  # that an order was met
    EXTENSION_DECISION = "extension_decision"


@dataclass(frozen=True, slots=True)
class About:
    """Of what a letter tells.

    Parameters
    ----------
    section
        Of the table of steps: ``order``; or ``attempt``, to serve a notice.
    is_due
        Whether a row of it has come so far that the letter can be written.
    """

    section: str
    is_due: Callable[[Any], bool]


_DECIDED = (ExtensionStatus.GRANTED, ExtensionStatus.DENIED)
_ENDED = (LienStatus.SATISFIED, LienStatus.RELEASED)
ABOUT: Mapping[LetterKind, About] = {
    LetterKind.SERVICE_AFFIDAVIT: About("attempt", lambda row: bool(row.facts.get("affidavit_on"))),
    LetterKind.NONCOMPLIANCE_AFFIDAVIT: About("order", lambda row: row.affidavit_on is not None),
    LetterKind.IMPOSING_ORDER: About("order", lambda row: row.certified_on is not None),
    LetterKind.PAYOFF: About("case", lambda _row: True),
    LetterKind.RELEASE: About("lien", lambda row: row.status in _ENDED),
    LetterKind.ACKNOWLEDGMENT: About("order", lambda row: row.complied_on is not None),
    LetterKind.EXTENSION_DECISION: About("extension", lambda row: row.status in _DECIDED),
}
