"""Show what a notice will say before it is issued: to whom, of what, by when, what is at stake."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from flask_babel import gettext, ngettext

from cases.adopted import provision
from cases.deadlines import DeadlineRule, due
from cases.desk.book import Book, Row
from cases.lawpack.schema import LawPack
from cases.notice_words import NoticeKind, content_of
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
        *_of_kind(desk, law, kind, content, told),
    ]
    return Weighing(gettext("What it will say"), facts)


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
        more = [said, also, each.get("though_corrected") or ""]
        yield Fact(
            gettext("Section %(number)s", number=each["section"]), " ".join(filter(None, more))
        )
    if not content["violations"]:
        yield Fact(gettext("Violations"), gettext("none that stands: it cannot be issued"))


def _of_kind(
    desk: Desk, law: LawPack, kind: str, content: Content, told: list[Row]
) -> Iterator[Fact]:
    if kind == NoticeKind.WARNING:
        yield from _of_warning(desk, law, told)
    elif kind == NoticeKind.CITATION:
        yield from _of_citation(desk, law)
    elif kind == NoticeKind.NOTICE_OF_HEARING:
        yield from _of_hearing(content, law)
    else:
        yield from _of_order(law)


def _of_warning(desk: Desk, law: LawPack, told: list[Row]) -> Iterator[Fact]:
    for row in told:
        text = provision(law, row.section, on=row.found_on)
        yield Fact(
            gettext("Time to correct section %(number)s", number=text.section),
            _within(desk, law, replace(law.deadlines.cure, days=text.cure_days)),
        )
        yield Fact(
            gettext("At stake for section %(number)s", number=text.section),
            gettext(
                "if it is not corrected, a citation with a penalty of %(usual)s, by law from "
                "%(least)s to %(most)s",
                usual=dollars(text.penalty_usual_cents), least=dollars(text.penalty_least_cents),
                most=dollars(text.penalty_most_cents),
            ),
        )  # fmt: skip
    yield Fact(
        gettext("Hearing"),
        gettext("none on a warning; against a citation they may ask for one before the %(body)s",
                body=law.bodies[0].name),
    )  # fmt: skip


def _of_citation(desk: Desk, law: LawPack) -> Iterator[Fact]:
    within = _within(desk, law, law.deadlines.answer_citation)
    yield Fact(gettext("Time to correct and pay, or ask for a hearing"), within)
    times = law.continuing.most_times
    again = gettext("the penalty, and the same again for each further day it is not corrected")
    most = (
        ngettext("up to %(num)s time in all", "up to %(num)s times in all", times) if times else ""
    )
    yield Fact(gettext("At stake"), ", ".join(filter(None, (again, most))))
    yield Fact(
        gettext("Hearing"),
        gettext("before the %(body)s, if it is asked for in that time; whoever does neither admits "
                "the violation", body=law.bodies[0].name),
    )  # fmt: skip


def _of_hearing(content: Content, law: LawPack) -> Iterator[Fact]:
    days = [
        ", ".join(
            filter(
                None,
                (
                    day(date.fromisoformat(each["held_on"])),
                    clock(time.fromisoformat(each["begins_at"])) if each["begins_at"] else "",
                    each["place"],
                    each["body"],
                ),
            )
        )
        for each in content["hearings"]
    ]
    yield Fact(gettext("Hearing"), "; ".join(days) or gettext("no day is set: docket it first"))
    yield Fact(gettext("At stake"), _caps(law))


def _of_order(law: LawPack) -> Iterator[Fact]:
    yield Fact(
        gettext("At stake"), gettext("what the order says; by law %(caps)s", caps=_caps(law))
    )
    days = law.deadlines.appeal_order.days
    yield Fact(
        gettext("Appeal"),
        ngettext("to the court within %(num)s day of its execution",
                 "to the court within %(num)s days of its execution", days),
    )  # fmt: skip


def _caps(law: LawPack) -> str:
    caps = law.fines
    return str(
        gettext(
            "a fine of at most %(first)s a day, of a repeat %(repeat)s, and once %(once)s for what "
            "cannot be repaired",
            first=dollars(caps.first.cents),
            repeat=dollars(caps.repeat.cents),
            once=dollars(caps.irreparable.cents),
        )
    )


def _within(desk: Desk, law: LawPack, rule: DeadlineRule) -> str:
    last = due(rule, counted_from=desk.today, calendar=law.calendar.days).on
    words = ngettext(
        "%(num)s day from its service; served today, until %(last)s",
        "%(num)s days from its service; served today, until %(last)s", rule.days, last=day(last),
    )  # fmt: skip
    return str(words)
