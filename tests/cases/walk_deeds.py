"""Play each deed of a case with what it takes, chosen at random among what is on record."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import sqlalchemy as sa
import walk_tribunal
from played import AT
from walk_turn import Deed, Turn, answer, plain

from cases import extensions, inspections, notices, violations
from cases.assigning import assign
from cases.inspections import Entry, Finding, Visit
from cases.models import Staff
from cases.notice_words import NoticeKind
from cases.opening import (
    RespondentKind,
    close_case,
    name_respondent,
    open_case,
    reopen_case,
    void_case,
)
from cases.service.attempts import Attempt, MailTo, Method, Place

SECTIONS = ("30-36(a)", "58-203", "22-114", "30-36(b)")


def deed(turn: Turn, action: str) -> Deed | None:
    """Return a deed ready to be done; None where the case has nothing to do it with."""
    return DEEDS[action](turn)


def _visit(turn: Turn) -> Visit:
    entry = turn.dice.choice([Entry.VANTAGE, Entry.CONSENT, Entry.WARRANT, Entry.REFUSED])
    most = [0, 0, 0, 1] if turn.among("violation") else [0, 1, 2]
    failed = turn.dice.sample(SECTIONS, turn.dice.choice(most))
    findings = () if entry is Entry.REFUSED else tuple(
        Finding(section=section, item="As it should be", passed=turn.dice.random() < 0.2)
        for section in failed
    )  # fmt: skip
    said = "" if entry is Entry.REFUSED or turn.dice.random() < 0.1 else "from the street"
    return Visit(entry=entry, entry_detail=said, findings=findings)


def _make(turn: Turn) -> Deed:
    if hasattr(turn.part, "booked_for"):
        return partial(
            inspections.keep, turn.connection, inspection_id=turn.part.id, visit=_visit(turn),
            **turn.by,
        )  # fmt: skip
    return partial(
        inspections.make, turn.connection, case_id=turn.case_id, visit=_visit(turn), **turn.by
    )


def _find(command: Callable[..., object]) -> Callable[[Turn], Deed]:
    def ready(turn: Turn) -> Deed:
        made = [row.id for row in turn.among("inspection", "made", "no_access", "booked")]
        look = turn.pick(made) or 0
        return partial(
            command, turn.connection, violation_id=turn.part.id, inspection_id=look, **turn.by
        )

    return ready


def _draft(turn: Turn) -> Deed | None:
    to = turn.somebody()
    standing = turn.among("violation", "open") if turn.dice.random() < 0.9 else []
    about = [row.id for row in standing or turn.among("violation")]
    if to is None or (not standing and turn.dice.random() < 0.8):
        return None
    waiting = turn.among("hearing", "docketed")
    kind = NoticeKind.NOTICE_OF_HEARING if waiting else NoticeKind.WARNING
    return partial(
        notices.draft, turn.connection, case_id=turn.case_id, kind=kind, respondent_id=to,
        violation_ids=turn.dice.sample(about, min(len(about), turn.dice.choice([0, 1, 2, 2, 2]))),
        **turn.by,
    )  # fmt: skip


def _attempt(turn: Turn) -> Deed:
    tried = [a for a in turn.state.beside["service_attempt"] if a.notice_id == turn.part.id]
    letters = [
        each for each in tried
        if each.method == Method.CERTIFIED_MAIL
        and not {"signed_on", "returned_on"} & each.facts.keys()
    ]  # fmt: skip
    if letters and turn.dice.random() < 0.6:
        letter = turn.dice.choice(letters)
        came = {"signed_on": turn.on} if turn.dice.random() < 0.7 else {"returned_on": turn.on}
        return partial(
            notices.complete_attempt, turn.connection, attempt_id=letter.id, **came, **turn.by
        )
    return partial(
        notices.record_attempt, turn.connection, notice_id=turn.part.id, attempt=_way(turn),
        **turn.by,
    )  # fmt: skip


def _way(turn: Turn) -> Attempt:
    """Bring a notice in one of several ways; some never serve, some not yet."""
    day = turn.on
    sworn = {"affidavit_on": day, "server": "M. R."} if turn.dice.random() < 0.85 else {}
    return turn.dice.choice(
        [
            Attempt(method=Method.FIRST_CLASS_MAIL, made_on=day, mailed_to=MailTo.TAX_COLLECTOR),
            Attempt(method=Method.CERTIFIED_MAIL, made_on=day, mailed_to=MailTo.PROPERTY_APPRAISER),
            Attempt(method=Method.CERTIFIED_MAIL, made_on=day, mailed_to=MailTo.OTHER),
            *[Attempt(method=Method.HAND, made_on=day, **sworn)] * 6,
            *(
                Attempt(method=Method.RESIDENT, made_on=day, resident_age=age, told_contents=True,
                        **sworn)
                for age in (15, 16)
            ),
            Attempt(method=Method.MANAGER, made_on=day, commercial=True, **sworn),
            Attempt(method=Method.POSTING, made_on=day, posted_at=frozenset(Place), **sworn),
            Attempt(method=Method.PUBLICATION,
                    made_on=min(day, max(turn.part.issued_on or day, day - timedelta(days=30))),
                    published_weeks=4, **sworn),
        ]
    )  # fmt: skip


def _ask_time(turn: Turn) -> Deed | None:
    due = [row for row in turn.among("violation", "open") if row.comply_by]
    about = turn.pick(due or turn.among("violation"))
    return about and partial(
        extensions.request, turn.connection, violation_id=about.id, answer=answer(turn),
        because=turn.dice.choice(["Roofer comes on Monday"] * 3 + [" "]), until=turn.ahead(5, 40),
        **turn.by,
    )  # fmt: skip


def _grant(turn: Turn) -> Deed:
    violation = turn.state.of("violation", turn.part.violation_id)
    least = max(violation.comply_by or turn.on, turn.on)
    until = least + timedelta(days=turn.dice.choice([0, 1, 10, 30]))
    return partial(
        extensions.grant, turn.connection, extension_id=turn.part.id, until=until,
        reason=turn.reason, **turn.by,
    )  # fmt: skip


def _in_vain(turn: Turn) -> Deed:
    if hasattr(turn.part, "booked_for"):
        return plain(inspections.find_no_access, "inspection_id", why=True)(turn)
    return partial(
        inspections.try_in_vain, turn.connection, case_id=turn.case_id, at=turn.moment.now,
        reason=turn.reason, **turn.by,
    )  # fmt: skip


def _book(turn: Turn) -> Deed:
    return partial(
        inspections.book, turn.connection, case_id=turn.case_id, at=turn.moment.now, **turn.by
    )


def _postpone(turn: Turn) -> Deed:
    return partial(
        inspections.postpone, turn.connection, inspection_id=turn.part.id, at=turn.moment.now,
        **turn.by,
    )  # fmt: skip


def _allege(turn: Turn) -> Deed:
    return partial(
        violations.allege, turn.connection, case_id=turn.case_id,
        section=turn.dice.choice(SECTIONS), **turn.by,
    )  # fmt: skip


def _open(turn: Turn) -> Deed:
    return partial(
        open_case, turn.connection, category="High grass", place=AT,
        law_pack_id=turn.law_pack_id, **turn.by,
    )  # fmt: skip


def _name(turn: Turn) -> Deed:
    return partial(
        name_respondent, turn.connection, case_id=turn.case_id, kind=RespondentKind.OWNER,
        name="P. Lane", address="9 Birch Ave", **turn.by,
    )  # fmt: skip


def _assign(turn: Turn) -> Deed:
    """Give it to the officer, back to that of its zone, or to somebody who is none."""
    [rivera] = turn.connection.scalars(sa.select(Staff.id).where(Staff.login == "rivera"))
    officer = turn.dice.choice([None, rivera, 999_999])
    return partial(assign, turn.connection, case_id=turn.case_id, officer_id=officer, **turn.by)


DEEDS: dict[str, Callable[[Turn], Deed | None]] = {
    "case.open": _open,
    "case.assign": _assign,
    "case.name_respondent": _name,
    "case.close": plain(close_case, "case_id", why=True),
    "case.reopen": plain(reopen_case, "case_id", why=True),
    "case.void": plain(void_case, "case_id", why=True),
    "inspection.book": _book,
    "inspection.confirm": plain(inspections.confirm, "inspection_id"),
    "inspection.move": _postpone,
    "inspection.make": _make,
    "inspection.find_no_access": _in_vain,
    "inspection.cancel": plain(inspections.cancel, "inspection_id", why=True),
    "violation.allege": _allege,
    "violation.verify": _find(violations.verify),
    "violation.find_unfounded": _find(violations.find_unfounded),
    "violation.find_corrected": _find(violations.find_corrected),
    "violation.find_standing": _find(violations.find_standing),
    "violation.transfer": plain(violations.transfer, "violation_id", why=True),
    "violation.void": plain(violations.void, "violation_id", why=True),
    "violation.reopen": plain(violations.reopen, "violation_id", why=True),
    "notice.draft": _draft,
    "notice.discard": plain(notices.discard, "notice_id"),
    "notice.issue": plain(notices.issue, "notice_id"),
    "notice.record_attempt": _attempt,
    "notice.confirm_service": plain(notices.confirm_service, "notice_id"),
    "notice.withdraw": plain(notices.withdraw, "notice_id", why=True),
    "extension.request": _ask_time,
    "extension.grant": _grant,
    "extension.deny": plain(extensions.deny, "extension_id", why=True),
    "extension.withdraw": plain(extensions.withdraw, "extension_id"),
    **walk_tribunal.DEEDS,
}
"""What is done, by the name of its step."""
