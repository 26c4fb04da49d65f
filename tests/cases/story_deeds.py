"""Do what a story says up to the citation, by the commands that the office uses."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from desk import CLERK, OFFICER, RESIDENT, RESPONDENT
from played import CLEAR, a_sitting
from reported import FERRER, GRASS, received
from seed_two_play import from_street
from story_telling import ACTORS, Tale, tells

from cases import (
    cashier,
    citing,
    extensions,
    further_days,
    hardships,
    hearings,
    inspections,
    notices,
    opening,
    telling,
    violations,
    waiving,
)
from cases.deadlines import Answer
from cases.hardship import Showing
from cases.hearings import About
from cases.intake import accept
from cases.models import Case, Citation, EnforcementOrder, Extension, Hearing, Notice, Violation
from cases.notice_words import NoticeKind
from cases.orders import confirm_service as confirm_order
from cases.reporters import Identity
from cases.screening import Channel
from cases.service.attempts import Attempt, MailTo, Method
from cases.tying import Whereabouts


@tells("{who} of {home} reports {what} at {where} by telephone")
def reported_by_telephone(tale: Tale, who: str, home: str, what: str, where: str) -> None:
    report = replace(GRASS, category=what, description=None, address=where)
    named = replace(FERRER, name=who, address=home)
    _receive(tale, report=report, reporter=named)


@tells("somebody who gives no name reports {what} at {where} on the web form")
def reported_without_a_name(tale: Tale, what: str, where: str) -> None:
    report = replace(
        GRASS, category=what, description=None, address=where, channel=Channel.WEB
    )  # fmt: skip
    _receive(tale, report=report, reporter=Identity(), actor=RESIDENT)


def _receive(tale: Tale, **said: Any) -> None:
    got = received(tale.town, tale.law, moment=tale.moment, **said)
    tale.complaints.append(got)


@tells("the officer looks into all of it, as {case}")
def accepted(tale: Tale, case: str) -> None:
    first, *others = tale.complaints
    tale.put(case, Case, accept(tale.town, complaint_id=first, **tale.by(OFFICER)))
    for each in others:
        accept(tale.town, complaint_id=each, case_id=tale.ids[case], **tale.by(OFFICER))


@tells("the officer opens {case} at {where} ({lot}) for {what}")
def opened(tale: Tale, case: str, where: str, lot: str, what: str) -> None:
    place = Whereabouts(parcel_no=lot, address=where, point=None, opened_on=tale.moment.on)
    made = opening.open_case(
        tale.town, category=what, place=place, law_pack_id=tale.law, **tale.by(OFFICER)
    )
    tale.put(case, Case, made)


@tells("{owner}, {address}, is named as the owner in {case}")
def named(tale: Tale, owner: str, address: str, case: str) -> None:
    opening.name_respondent(
        tale.town, case_id=tale.ids[case], kind=opening.RespondentKind.OWNER, name=owner,
        address=address, **tale.by(OFFICER),
    )  # fmt: skip


@tells("the officer looks from the sidewalk and finds in {case}: {found:parts}")
def found(tale: Tale, case: str, found: list[str]) -> None:
    items = {section: part for part, _, section in map(_sectioned, found)}
    inspections.make(
        tale.town, case_id=tale.ids[case], visit=from_street(items), **tale.by(OFFICER)
    )
    rows = sa.select(Violation.section, Violation.id).where(Violation.case_id == tale.ids[case])
    for section, violation in tale.town.execute(rows).all():
        tale.put(items[section], Violation, violation)


def _sectioned(said: str) -> tuple[str, str, str]:
    """Split ``the grass (8.20.010)``."""
    return said.removesuffix(")").partition(" (")


@tells("the officer looks again and finds standing: {parts:parts}")
def standing(tale: Tale, parts: list[str]) -> None:
    _look_at(tale, parts, violations.find_standing)


@tells("the officer looks again and finds corrected: {parts:parts}")
def corrected(tale: Tale, parts: list[str]) -> None:
    _look_at(tale, parts, violations.find_corrected)


def _look_at(tale: Tale, parts: list[str], find: Any) -> None:
    look = tale.look_in(tale.case_of(parts[0]))
    for each in parts:
        find(tale.town, violation_id=tale.ids[each], inspection_id=look, **tale.by(OFFICER))


@tells("the officer warns the owner of {parts:parts}")
def warned(tale: Tale, parts: list[str]) -> None:
    case = tale.case_of(parts[0])
    made = notices.draft(
        tale.town, case_id=case, kind=NoticeKind.WARNING, respondent_id=tale.owner_of(case),
        violation_ids=[tale.ids[each] for each in parts], **tale.by(OFFICER),
    )  # fmt: skip
    notices.issue(tale.town, notice_id=made, **tale.by(OFFICER))
    tale.put("the warning", Notice, made)


@tells("{notice} goes by first class mail to the address of the {whose}")
def mailed(tale: Tale, notice: str, whose: str) -> None:
    _try(tale, notice, Method.FIRST_CLASS_MAIL, mailed_to=_address(whose))


@tells("{notice} goes by certified mail to the address of the {whose}")
def certified(tale: Tale, notice: str, whose: str) -> None:
    _try(tale, notice, Method.CERTIFIED_MAIL, mailed_to=_address(whose))


@tells("{notice} is handed to the owner")
def handed(tale: Tale, notice: str) -> None:
    _try(tale, notice, Method.HAND, affidavit_on=tale.moment.on, server="M. Rivera")


@tells("the post brings {notice} back: {reason}")
def came_back(tale: Tale, notice: str, reason: str) -> None:
    notices.complete_attempt(
        tale.town, attempt_id=tale.ids[f"attempt at {notice}"], returned_on=tale.moment.on,
        return_reason=reason, **tale.by(CLERK),
    )  # fmt: skip


def _address(whose: str) -> MailTo:
    return MailTo(whose.replace(" ", "_"))


def _try(tale: Tale, notice: str, method: Method, **facts: Any) -> None:
    attempt = Attempt(method=method, made_on=tale.moment.on, **facts)
    tale.ids[f"attempt at {notice}"] = notices.record_attempt(
        tale.town, notice_id=tale.notice_of(notice), attempt=attempt, **tale.by(CLERK)
    )


_CONFIRM: dict[Any, tuple[Any, str]] = {
    Notice: (notices.confirm_service, "notice_id"),
    Citation: (citing.confirm_service, "citation_id"),
    EnforcementOrder: (confirm_order, "order_id"),
}


@tells("the clerk confirms that {notice} is served")
def confirmed(tale: Tale, notice: str) -> None:
    confirm, part = _CONFIRM[tale.tables[notice]]
    confirm(tale.town, **{part: tale.ids[notice]}, **tale.by(CLERK))


@tells("the owner asks for time until {until:day} to correct {part}")
def asked_for_time(tale: Tale, until: Any, part: str) -> None:
    made = extensions.request(
        tale.town, violation_id=tale.ids[part], until=until,
        because="The work is begun, and the contract with the builder is attached",
        answer=Answer(received_on=tale.moment.on), **tale.by(RESPONDENT),
    )  # fmt: skip
    tale.put(f"the time for {part}", Extension, made)


@tells("the officer grants {extension} until {until:day}")
def granted(tale: Tale, extension: str, until: Any) -> None:
    extensions.grant(
        tale.town, extension_id=tale.ids[extension], until=until, reason="The contract was shown",
        **tale.by(OFFICER),
    )  # fmt: skip


@tells("the officer cites {part} with {penalty:money}")
def cited(tale: Tale, part: str, penalty: int) -> None:
    made = citing.issue(
        tale.town, violation_id=tale.ids[part], penalty_cents=penalty,
        respondent_id=tale.owner_of(tale.case_of(part)), **tale.by(OFFICER),
    )  # fmt: skip
    tale.put(f"the citation of {part}", Citation, made)


@tells(
    "the {who} reduces {citation} by {less:money} for hardship (effort: {effort}; burden: {burden})"
)
def reduced(tale: Tale, who: str, citation: str, less: int, effort: str, burden: str) -> None:
    shown = Showing(
        effort="" if effort == "none shown" else effort,
        burden="" if burden == "none shown" else burden,
    )
    hardships.reduce(
        tale.town, citation_id=tale.ids[citation], cents=less, showing=shown, key=tale.key(),
        **tale.by(ACTORS[who]),
    )  # fmt: skip


@tells("the owner pays {cents:money} by check in {case}")
def paid(tale: Tale, cents: int, case: str) -> None:
    cashier.receive_payment(
        tale.town, case_id=tale.ids[case], cents=cents, method=cashier.Method.CHEQUE,
        reference="1182", key=tale.key(), **tale.by(CLERK),
    )  # fmt: skip


@tells("the clerk settles {citation}")
def settled(tale: Tale, citation: str) -> None:
    citing.settle(tale.town, citation_id=tale.ids[citation], **tale.by(CLERK))


@tells("the clerk confirms that the hearing on {citation} is waived")
def waived(tale: Tale, citation: str) -> None:
    waiving.confirm_waiver(
        tale.town, citation_id=tale.ids[citation],
        check=replace(CLEAR, checked_on=tale.moment.on), **tale.by(CLERK),
    )  # fmt: skip


@tells("the clerk imposes the further days of {citation}")
def imposed(tale: Tale, citation: str) -> None:
    further_days.impose(tale.town, citation_id=tale.ids[citation], **tale.by(CLERK))


@tells("the owner asks at the counter for a hearing on {citation}")
def asked_at_the_counter(tale: Tale, citation: str) -> None:
    _ask(tale, citation, Answer(received_on=tale.moment.on))


@tells("a letter postmarked {posted:day} asks for a hearing on {citation}")
def asked_by_letter(tale: Tale, posted: Any, citation: str) -> None:
    _ask(tale, citation, Answer(received_on=tale.moment.on, postmarked_on=posted))


def _ask(tale: Tale, citation: str, answer: Answer) -> None:
    citing.request_hearing(
        tale.town, citation_id=tale.ids[citation], answer=answer, **tale.by(RESPONDENT)
    )
    made = hearings.request(
        tale.town, case_id=tale.case_of(citation), about=About.CITATION,
        citation_id=tale.ids[citation], **tale.by(RESPONDENT),
    )  # fmt: skip
    _put_hearing(tale, made, about=citation)


@tells("the manager asks for a hearing on {part}")
def asked_by_the_manager(tale: Tale, part: str) -> None:
    made = hearings.request(
        tale.town, case_id=tale.case_of(part), about=About.VIOLATION, **tale.by(ACTORS["manager"])
    )
    _put_hearing(tale, made, about=part)


def _put_hearing(tale: Tale, hearing: int, *, about: str) -> None:
    tale.put("the hearing", Hearing, hearing)
    tale.heard = about


@tells("the clerk dockets the hearing for {on:day} before the {body}")
def docketed(tale: Tale, on: Any, body: str) -> None:
    told = tale.heard if tale.is_a(tale.heard, Citation) else "the warning"
    proof = notices.service_of(tale.town, tale.notice_of(told), on=tale.moment.on).proof
    hearings.docket(
        tale.town, hearing_id=tale.ids["the hearing"], proof=proof,
        session_id=a_sitting(tale.town, held_on=on, body=body), **tale.by(CLERK),
    )  # fmt: skip
    (notice,) = telling.tell(
        tale.town, case_id=tale.case_of("the hearing"), kind=NoticeKind.NOTICE_OF_HEARING,
        **tale.by(CLERK),
    )  # fmt: skip
    tale.put("the notice of hearing", Notice, notice)


@tells("the clerk closes {case}")
def closed(tale: Tale, case: str) -> None:
    opening.close_case(
        tale.town, case_id=tale.ids[case], reason="All corrected and paid", **tale.by(CLERK)
    )
