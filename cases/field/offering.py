"""Say what an officer may do about a violation on the spot, and what keeps it from a citation."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from cases.adopted import provision
from cases.field.told import Result
from cases.forum import excuses_of
from cases.lawpack.ordinance import Ordinance
from cases.lawpack.schema import LawPack
from cases.notice_words import NoticeKind
from cases.service.attempts import Method
from cases.workflow.citation import CitationAction
from cases.workflow.registry import choices
from cases.workflow.roles import Role
from cases.workflow.violation import ViolationAction, ViolationStatus

_RESULTS = {
    ViolationAction.VERIFY: Result.VERIFIED,
    ViolationAction.FIND_UNFOUNDED: Result.UNFOUNDED,
    ViolationAction.FIND_STANDING: Result.STANDING,
    ViolationAction.FIND_CORRECTED: Result.CORRECTED,
}


def results_of(status: str, *, without: Collection[str]) -> list[str]:
    """Return what an officer may find of a violation, by the table of steps."""
    if status not in set(ViolationStatus):
        return []
    open_to = choices(
        ViolationStatus(status), section="violation", role=Role.OFFICER, without=without
    )
    return [
        str(_RESULTS[ViolationAction(each.action)]) for each in open_to if each.action in _RESULTS
    ]


def cite_offer(
    row: Any, law: LawPack | None, *, warned: bool, running: bool, on: date
) -> dict[str, Any] | None:
    """Say how a violation may be cited; None where the town does not, or it is not to be cited.

    Parameters
    ----------
    row
        The violation.
    warned
        Whether a warning of it was served.
    running
        Whether another citation for it has not come to its end.

    Returns
    -------
    dict or None
        ``lacks``: what keeps it, but for an excuse (``warning``, ``deadline``, ``running``), the
        ``excuses`` the town knows, and the ``least``, ``usual`` and ``most`` of its penalty in
        cents.
    """
    if law is None or row.section is None or CitationAction.ISSUE in law.without:
        return None
    if row.status not in {ViolationStatus.OPEN, ViolationStatus.ALLEGED}:
        return None
    text = provision(law, row.section, on=row.found_on)
    lacks = {
        "running": running,
        "warning": not warned,
        "deadline": row.comply_by is None or row.comply_by >= on,
    }
    return offer_of(
        text,
        law,
        lacks=[name for name, so in lacks.items() if so],
        repeat=row.repeat_confirmed_on is not None,
    )


def offer_of(
    text: Ordinance, law: LawPack, *, lacks: Sequence[str], repeat: bool = False
) -> dict[str, Any]:
    """Say how a violation of a provision may be cited, as `cite_offer` does.

    One found on the spot has had neither a warning nor time.
    """
    # What was violated before is looked up at the office: a phone offers a first violation's.
    usual, most = law.penalties_of(text, earlier=(), found_on=text.in_force_from)
    return {
        "lacks": list(lacks),
        "excuses": excuses_of(law.forum.excused, repeat=repeat),
        "least": text.penalty_least_cents,
        "usual": usual,
        "most": most,
    }


def resident_over(law: LawPack | None) -> int | None:
    """Return above which age a resident takes a citation."""
    rules = dict(law.service).get(NoticeKind.CITATION) if law else None
    return rules.resident_over if rules else None


def postings(notices: Iterable[Any], law: LawPack | None) -> list[dict[str, Any]]:
    """Say which notices that wait for service may be posted, and where each must hang.

    Parameters
    ----------
    notices
        With ``id``, ``kind`` and ``recipient``.
    """
    rules = dict(law.service) if law else {}
    return [
        {
            "notice": each.id, "kind": each.kind, "to": each.recipient,
            "places": sorted(rules[each.kind].posting_places),
        }
        for each in notices
        if each.kind in rules and Method.POSTING in rules[each.kind].methods
    ]  # fmt: skip
