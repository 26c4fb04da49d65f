"""Ask for what is planned and seen at a property."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField, HiddenField, RadioField, StringField, TextAreaField
from wtforms import Form as Lines
from wtforms.validators import Length, Optional, ValidationError

from cases import inspections
from cases.actors import Moment
from cases.business_days import DAY, TownCalendar
from cases.checklists import lines_for
from cases.days import DayError
from cases.desk.agenda import AgendaDay, agenda, visits
from cases.desk.book import Book, Row
from cases.desk.offers import Offer
from cases.desk.rebooking import last_contact, visit_in_vain, why_in_vain
from cases.inspections import LASTS, USUAL_HOURS, Answer, Entry, Finding, Looked, Visit
from cases.workflow.inspection import PLANNED, InspectionAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.interpreting import say
from webmap.office.deeds.deed import DeedForm, ReasonForm, by_itself, deed, with_reason
from webmap.office.deeds.fields import ChecksField, MomentField, as_choices, choice_of
from webmap.office.deeds.weighing import Fact, Weighing
from webmap.words import ENTRIES, clock, day, moment, plain

NEXT_DAYS = 5
"""For how many working days whoever chooses an hour sees what the officer has."""
ANSWERS: dict[str, Any] = {
    Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.NOT_SEEN: _("Not seen"),
}  # fmt: skip


class LookedLine(Lines):
    """One line of what is looked for; it brings its words, for the list may change meanwhile."""

    line = HiddenField()
    answer = RadioField(_("Answer"), [Optional()], choices=choice_of(Answer, words=ANSWERS))
    note = StringField(_("Note"), [Optional(), Length(max=300)])


class LookedField(FieldList):  # type: ignore[type-arg] # the stubs alone know a parameter
    """The checklist of a kind of case, each line answered or left open."""


class HourForm(DeedForm):
    """A day and an hour."""

    at = MomentField(_("Day and hour"), [GIVEN], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    warned_of = HiddenField()
    agenda: Sequence[AgendaDay] = ()
    calendar: TownCalendar | None = None
    moment: Moment

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Take the days on which the town works, what time it is, and who is to come."""
        self.moment = desk.moment
        self.calendar = book.law.calendar.days if book.law else None
        self.officer = book.case.officer
        at = self._hour()
        self._beside = _others(desk, self.officer, at, offer=offer) if at else []
        if self.officer:
            self.at.description = _("%(officer)s is to come.", officer=self.officer)
        if self.officer and book.case.officer_works and self.calendar:
            self.agenda = _next_days(desk, self.officer, calendar=self.calendar, offer=offer)

    def validate_at(self, field: Any) -> None:
        """Warn of an hour that is unusual, or at which the officer is expected elsewhere.

        The same sent again is meant so. An hour that cannot be is left to the command, which says
        so, and no hour to the field.
        """
        if self._hour() is None:
            return
        said = " ".join(filter(None, (self._unusual(field.data), self._expected())))
        if not said or self.warned_of.data == field.data.isoformat():
            return
        self.warned_of.data = field.data.isoformat()
        msg = f"{said} {gettext('Press the button once more if the officer is to come then.')}"
        raise ValidationError(msg)

    def _hour(self) -> datetime | None:
        """Return the hour given, where a visit can be arranged for it."""
        if self.at.data is None:
            return None
        try:
            inspections.refuse_hour(self.at.data, moment=self.moment)
        except DayError:
            return None
        at: datetime = self.at.data
        return at

    def _expected(self) -> str:
        """Say where else the officer is to be within the hour."""
        there = [
            f"{each.number} ({each.address or say(each.category)}, {moment(each.at)})"
            for each in self._beside
        ]
        if not there:
            return ""
        return str(gettext(
            "%(officer)s is expected within the hour at %(cases)s.",
            officer=self.officer, cases="; ".join(there),
        ))  # fmt: skip

    def _unusual(self, at: datetime) -> str:
        why = self.calendar.closed_for(at.date()) if self.calendar else None
        if why is not None:
            return str(gettext(
                "The town does not work on %(day)s (%(why)s).", day=day(at.date()), why=say(why),
            ))  # fmt: skip
        if at.hour in USUAL_HOURS:
            return ""
        return str(gettext(
            "%(hour)s is outside of usual office hours, %(first)s to %(last)s.",
            hour=clock(at.time()), first=clock(time(USUAL_HOURS.start)),
            last=clock(time(USUAL_HOURS.stop)),
        ))  # fmt: skip

    def hour(self) -> datetime:
        """Return what was chosen."""
        assert isinstance(self.at.data, datetime)  # noqa: S101 - the field requires one
        return self.at.data


@deed(InspectionAction.BOOK, _("Book an inspection"))
class Book_(HourForm):  # noqa: N801 - `Book` is the case
    """When to come."""

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """After a visit in vain tell why it was, with whom it was spoken last, and its hour."""
        super().prepare(desk, book, offer)
        last = visit_in_vain(book)
        if last is None:
            return
        facts = [*_vain(desk, last), *_spoken(desk, book.case.id)]
        self.weighing = Weighing(_("From the last visit"), facts)
        if not self.is_submitted() and last.booked_for and self.calendar:
            hour = last.booked_for.astimezone(desk.zone).timetz()
            on = self.calendar.next_worked(desk.today + DAY)
            self.at.data = datetime.combine(on, hour)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Book it."""
        inspections.arrange(
            desk.connection, case_id=offer.row.id, at=self.hour(), **desk.who,
        )  # fmt: skip


def _next_days(
    desk: Desk, officer: str, *, calendar: TownCalendar, offer: Offer
) -> list[AgendaDay]:
    """Lay out what an officer has in the next working days, but for the appointment in hand."""
    days = [calendar.next_worked(desk.today)]
    while len(days) < NEXT_DAYS:
        days.append(calendar.next_worked(days[-1] + DAY))
    now = desk.moment.now
    rows = desk.rows(visits(first=days[0], last=days[-1], now=now, officer=officer))
    others = [row for row in rows if not _is_in_hand(row, offer)]
    return agenda(others, officers=[officer], days=days, calendar=calendar, now=now)


def _is_in_hand(row: Row, offer: Offer) -> bool:
    return offer.on == "inspection" and row.id == offer.row.id


def _others(desk: Desk, officer: str | None, at: datetime, *, offer: Offer) -> list[Row]:
    """Return what an officer has to do near an hour, but for the appointment in hand."""
    if not officer:
        return []
    of_day = visits(first=at.date(), last=at.date(), now=desk.moment.now, officer=officer)
    return [
        row for row in desk.rows(of_day)
        if row.status in set(PLANNED) and abs(row.at - at.replace(tzinfo=None)) < LASTS
        and not _is_in_hand(row, offer)
    ]  # fmt: skip


def _vain(desk: Desk, last: Row) -> Iterator[Fact]:
    for row in desk.rows(why_in_vain(last.id, case_id=last.case_id)):
        yield Fact(_("No access"), f"{day(row.happened_on)}: {row.reason}")


def _spoken(desk: Desk, case_id: int) -> Iterator[Fact]:
    for row in desk.rows(last_contact(case_id)):
        when = moment(row.happened_at.astimezone(desk.zone))
        yield Fact(_("Last contact"), f"{row.who or ''} ({plain(row.way)}, {when}): {row.said}")


@deed(InspectionAction.MOVE, _("Move it"))
class Move(HourForm):
    """When to come instead."""

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Begin with the hour it is arranged for."""
        super().prepare(desk, book, offer)
        arranged = offer.row.booked_for.astimezone(desk.zone)
        until = _("Arranged for %(when)s until you move it.", when=moment(arranged))
        self.at.description = " ".join(map(str, filter(None, (self.at.description, until))))
        if not self.is_submitted():
            self.at.data = arranged

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Move it."""
        inspections.postpone(
            desk.connection, inspection_id=offer.row.id, at=self.hour(), **desk.who,
        )  # fmt: skip


@deed(InspectionAction.MAKE, _("Record an inspection"))
class Make(DeedForm):
    """By what right it was seen, and what."""

    entry = RadioField(
        _("How was it seen?"), [GIVEN], choices=choice_of(Entry, words=ENTRIES),
        default=Entry.VANTAGE,
    )  # fmt: skip
    entry_detail = StringField(
        _("From where, or with whose consent"), [GIVEN, Length(max=300)],
        default=lambda: str(_("From the street")),
    )  # fmt: skip
    looked = LookedField(
        FormField(LookedLine), _("Checklist"),
        description=_("Kept with the inspection; no answer becomes a violation by itself."),
    )  # fmt: skip
    failed = ChecksField(
        _("What is wrong"),
        description=_("Each is alleged as a violation. Leave all open where nothing new was seen."),
    )
    note = TextAreaField(_("Note"), [Optional(), Length(max=4000)], render_kw={"rows": 3})

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """List what is looked for, and the sections of the code, those of the case's kind first."""
        if not self.is_submitted():
            for line in lines_for(book.case.category):
                self.looked.append_entry({"line": line})
        known = {each.section: each for each in (book.law.ordinances if book.law else ())}
        order = sorted(known.values(), key=lambda each: each.category != book.case.category)
        self.failed.choices = as_choices(
            (each.section, f"{each.title} ({each.section})") for each in order
        )

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Record it, kept as booked where it was."""
        assert book.law is not None  # noqa: S101 - a case without law takes no step
        titles = {each.section: each.title for each in book.law.ordinances}
        found = tuple(
            Finding(section=section, item=titles[section], passed=False)
            for section in self.failed.data or ()
        )
        visit = Visit(
            entry=Entry(self.entry.data), entry_detail=self.entry_detail.data or "",
            findings=found, looked=self._looked(book), note=self.note.data or None,
        )  # fmt: skip
        if offer.on == "inspection":
            inspections.keep(desk.connection, inspection_id=offer.row.id, visit=visit, **desk.who)
        else:
            inspections.make(desk.connection, case_id=offer.row.id, visit=visit, **desk.who)

    def _looked(self, book: Book) -> tuple[Looked, ...]:
        """Return the lines that were answered, of those that this kind of case asks."""
        asked = lines_for(book.case.category)
        return tuple(
            Looked(line=each["line"], answer=Answer(each["answer"]), note=each["note"] or "")
            for each in self.looked.data
            if each["answer"] and each["line"] in asked
        )


by_itself(
    InspectionAction.CONFIRM, _("Confirm the appointment"), inspections.confirm,
    part="inspection_id",
)  # fmt: skip
with_reason(
    InspectionAction.CANCEL, _("Call it off"), inspections.cancel, part="inspection_id"
)  # fmt: skip


@deed(InspectionAction.FIND_NO_ACCESS, _("Came, no access"))
class FindNoAccess(ReasonForm):
    """Why it could not be seen, on an appointment or without one."""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Record it."""
        reason = self.reason.data or ""
        if offer.on == "inspection":
            inspections.find_no_access(
                desk.connection, inspection_id=offer.row.id, reason=reason, **desk.who
            )
        else:
            inspections.try_in_vain(
                desk.connection, case_id=offer.row.id, at=desk.moment.now, reason=reason,
                **desk.who,
            )  # fmt: skip
