"""Show what a notice will say before it is issued: to whom, of what, by when, what is at stake."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any

from flask_babel import gettext, ngettext

from cases.adopted import provision
from cases.appeal_terms import RunsFrom
from cases.deadlines import Count, DeadlineRule, due
from cases.desk.book import Book, Row
from cases.forum import Tribunal
from cases.lawpack.ordinance import Ordinance
from cases.lawpack.schema import LawPack
from cases.notice_words import NoticeKind, content_of
from cases.workflow.citation import CitationAction
from webmap.auth.desk import Desk
from webmap.interpreting import say
from webmap.office.deeds.weighing import Fact, Weighing
from webmap.words import clock, day, dollars

type Content = Mapping[str, Any]


def telling(
    desk: Desk,
    book: Book,
    kind: str,
    *,
    respondent_id: int,
    violation_ids: Sequence[int],
    also: Sequence[Fact] = (),
) -> Weighing | None:
    """Return what a notice will say; None of a case under no law, where none is issued.

    Parameters
    ----------
    also
        What it says beside the violations: an order's terms.
    """
    law = book.law
    if law is None:
        return None
    named = [row for row in book.parts["violation"] if row.id in set(violation_ids)]
    content = content_of(
        desk.connection, law, case_id=book.case.id, kind=kind, respondent_id=respondent_id,
        named=named,
    )  # fmt: skip
    told = [
        row for row in named if any(each["violation"] == row.id for each in content["violations"])
    ]
    facts = [
        *_addressed(content),
        *_violations(content),
        *also,
        *stakes(law, kind, content, told, on=desk.today),
        *(Fact(gettext("Your rights"), say(each)) for each in content.get("rights", ())),
    ]
    said = json.dumps(content, sort_keys=True)
    mark = hashlib.sha256(said.encode()).hexdigest()
    return Weighing(gettext("What it will say"), facts, mark)


def _addressed(content: Content) -> Iterator[Fact]:
    to = ", ".join(each for each in (content["recipient"], content["address"]) if each)
    yield Fact(gettext("To"), to or gettext("nobody yet"))


def _violations(content: Content) -> Iterator[Fact]:
    for each in content["violations"]:
        said = gettext(
            "%(title)s. %(text)s To correct it: %(how)s", title=say(each["title"]),
            text=each["text"], how=say(each["corrected_by"]),
        )  # fmt: skip
        also = gettext("It is a repeat.") if each.get("repeat") else ""
        more = [said, also, *(say(each.get(key) or "") for key in ("though_corrected", "stands"))]
        yield Fact(
            gettext("Section %(number)s", number=each["section"]), " ".join(filter(None, more))
        )
    if not content["violations"]:
        yield Fact(gettext("Violations"), gettext("none that stands: it cannot be issued"))


def stakes(
    law: LawPack, kind: str, content: Content, told: Sequence[Row], *, on: date | None
) -> Iterator[Fact]:
    """Yield by when a notice wants something, what is at stake, and who hears it.

    Parameters
    ----------
    told
        The violations that it names.
    on
        The day on which it would be served, to tell the last day; None where that is not known.
    """
    if kind == NoticeKind.WARNING:
        yield from _of_warning(law, content, told, on=on)
    elif kind == NoticeKind.CITATION:
        yield from _of_citation(law, on=on)
    elif kind == NoticeKind.NOTICE_OF_HEARING:
        yield from _of_hearing(content, law)
    else:
        yield from _of_order(law)


def _of_warning(
    law: LawPack, content: Content, told: Sequence[Row], *, on: date | None
) -> Iterator[Fact]:
    given = {each["violation"]: each["days"] for each in content["violations"]}
    for row in told:
        text = provision(law, row.section, on=row.found_on)
        days = given.get(row.id)
        if days is None:  # it was corrected when this was written, whatever became of it since
            yield Fact(
                gettext("Time to correct section %(number)s", number=text.section),
                gettext("none is given, for it is corrected already"),
            )
            yield Fact(
                gettext("At stake for section %(number)s", number=text.section),
                gettext("A hearing all the same. %(caps)s", caps=_caps(law)),
            )
            continue
        yield Fact(
            gettext("Time to correct section %(number)s", number=text.section),
            _within(law, law.deadlines.cure_in(days), on=on),
        )
        yield Fact(
            gettext("At stake for section %(number)s", number=text.section),
            _at_stake(law, text),
        )
    none = gettext("none on a warning")
    may_ask = gettext(
        "none on a warning; against a citation one may be asked for, before the %(body)s",
        body=who_hears_citations(law),
    )  # fmt: skip
    asked = CitationAction.ISSUE in _taken(law) and CitationAction.REQUEST_HEARING in _taken(law)
    yield Fact(gettext("Hearing"), may_ask if asked else none)


def _at_stake(law: LawPack, text: Ordinance) -> str:
    """Say what a warning threatens: a citation, or where a town writes none, a hearing's fine."""
    if CitationAction.ISSUE not in _taken(law):
        return str(gettext("If it is not corrected, a hearing. %(caps)s", caps=_caps(law)))
    return str(gettext(
        "if it is not corrected, a citation with a penalty of %(usual)s, by law from "
        "%(least)s to %(most)s",
        usual=dollars(text.penalty_usual_cents), least=dollars(text.penalty_least_cents),
        most=dollars(text.penalty_most_cents),
    ))  # fmt: skip


def _of_citation(law: LawPack, *, on: date | None) -> Iterator[Fact]:
    within, taken = _within(law, law.deadlines.answer_citation, on=on), _taken(law)
    may_ask = CitationAction.REQUEST_HEARING in taken
    yield Fact(
        gettext("Time to correct and pay, or ask for a hearing") if may_ask
        else gettext("Time to correct and pay"),
        within,
    )  # fmt: skip
    yield Fact(gettext("At stake"), _penalties(law))
    body = who_hears_citations(law)
    if not may_ask:
        said = gettext("none against a citation")
    elif CitationAction.CONFIRM_WAIVER not in taken:
        said = gettext("before the %(body)s, if it is asked for in that time", body=body)
    elif law.repeats.waiver_admits:
        said = gettext(
            "before the %(body)s, if it is asked for in that time; whoever does neither admits "
            "the violation", body=body,
        )  # fmt: skip
    else:
        said = gettext(
            "before the %(body)s, if it is asked for in that time; whoever does neither gives it "
            "up, and admits nothing by that", body=body,
        )  # fmt: skip
    yield Fact(gettext("Hearing"), said)


def _penalties(law: LawPack) -> str:
    """Say what a citation costs, and what further days do where a town counts them."""
    if CitationAction.IMPOSE_CONTINUING not in _taken(law):
        return str(gettext("the penalty"))
    times = law.continuing.most_times
    again = gettext("the penalty, and the same again for each further day it is not corrected")
    most = (
        ngettext("up to %(num)s time in all", "up to %(num)s times in all", times) if times else ""
    )
    return ", ".join(filter(None, (again, most)))


def who_hears_citations(law: LawPack) -> str:
    """Name the tribunal of contested citations; several bodies where the law does not say which."""
    if law.forum.citation_forum is Tribunal.COUNTY_COURT:
        return str(gettext("county court"))
    first, *others = map(say, law.citation_bodies)
    for each in others:
        first = gettext("%(one)s or the %(other)s", one=first, other=each)
    return first


def _taken(law: LawPack) -> frozenset[CitationAction]:
    """Return what a town does with citations."""
    return frozenset(each for each in CitationAction if each not in law.without)


def _of_hearing(content: Content, law: LawPack) -> Iterator[Fact]:
    days = [
        ", ".join(
            filter(
                None,
                (
                    day(date.fromisoformat(each["held_on"])),
                    clock(time.fromisoformat(each["begins_at"])) if each.get("begins_at") else "",
                    each.get("place"),
                    say(each["body"]),
                ),
            )
        )
        for each in content.get("hearings", ())
    ]
    if "hearings" in content:  # what was frozen before they were named says nothing of them
        yield Fact(gettext("Hearing"), "; ".join(days) or gettext("no day is set: docket it first"))
    yield Fact(gettext("At stake"), _caps(law))


def _of_order(law: LawPack) -> Iterator[Fact]:
    yield Fact(
        gettext("At stake"),
        gettext("What the order says, within the law. %(caps)s", caps=_caps(law)),
    )
    yield Fact(gettext("Appeal"), _appeal(law))


def _appeal(law: LawPack) -> str:
    days = law.deadlines.appeal_order.days
    said: dict[RunsFrom, str] = {
        RunsFrom.EXECUTION: ngettext(
            "to the court within %(num)s day of its execution",
            "to the court within %(num)s days of its execution", days,
        ),
        RunsFrom.SENDING: ngettext(
            "to the court within %(num)s day of its mailing",
            "to the court within %(num)s days of its mailing", days,
        ),
        RunsFrom.SERVICE: ngettext(
            "to the court within %(num)s day of its service",
            "to the court within %(num)s days of its service", days,
        ),
    }  # fmt: skip
    return said[law.appeal.runs_from]


def _caps(law: LawPack) -> str:
    caps = law.fines
    return str(
        gettext(
            "The fine may be up to %(first)s for each day the violation stands, up to %(repeat)s a "
            "day for a repeat violation, and up to %(once)s once for damage that cannot be "
            "repaired.",
            first=dollars(caps.first.cents),
            repeat=dollars(caps.repeat.cents),
            once=dollars(caps.irreparable.cents),
        )
    )


def _within(law: LawPack, rule: DeadlineRule, *, on: date | None) -> str:
    if on is None:
        return counted(rule)
    last = due(rule, counted_from=on, calendar=law.calendar.days)
    words = ngettext(
        "%(num)s day from its service; served today, until %(last)s",
        "%(num)s days from its service; served today, until %(last)s", rule.days, last=day(last.on),
    )  # fmt: skip
    return f"{words}, {say(last.moved)}" if last.moved else str(words)


def counted(rule: DeadlineRule) -> str:
    """Say how long a rule gives from a service whose day nobody knows yet."""
    if rule.count is Count.BUSINESS:
        words = ngettext(
            "%(num)s business day from its service", "%(num)s business days from its service",
            rule.days,
        )  # fmt: skip
    else:
        words = ngettext("%(num)s day from its service", "%(num)s days from its service", rule.days)
    if not rule.mail_days:
        return str(words)
    more = ngettext(
        "%(num)s more where it came by mail", "%(num)s more where it came by mail", rule.mail_days
    )
    return f"{words}, {more}"
