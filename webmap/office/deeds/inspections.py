"""Ask for what is planned and seen at a property."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField, HiddenField, RadioField, StringField, TextAreaField
from wtforms import Form as Lines
from wtforms.validators import Length, Optional

from cases import inspections
from cases.checklists import lines_for
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.inspections import Answer, Entry, Finding, Looked, Visit
from cases.workflow.inspection import InspectionAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.deeds.deed import DeedForm, ReasonForm, by_itself, deed, with_reason
from webmap.office.deeds.fields import ChecksField, MomentField, as_choices, choice_of
from webmap.words import moment

ENTRIES: dict[str, Any] = {
    Entry.VANTAGE: _("From where anybody may stand"),
    Entry.CONSENT: _("With consent"),
    Entry.WARRANT: _("By an inspection warrant"),
    Entry.REFUSED: _("Entry was refused"),
}


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

    def hour(self) -> datetime:
        """Return what was chosen."""
        assert isinstance(self.at.data, datetime)  # noqa: S101 - the field requires one
        return self.at.data


@deed(InspectionAction.BOOK, _("Book an inspection"))
class Book_(HourForm):  # noqa: N801 - `Book` is the case
    """When to come."""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Book it."""
        inspections.arrange(
            desk.connection, case_id=offer.row.id, at=self.hour(), **desk.who,
        )  # fmt: skip


@deed(InspectionAction.MOVE, _("Move it"))
class Move(HourForm):
    """When to come instead."""

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Begin with the hour it is arranged for."""
        arranged = offer.row.booked_for.astimezone(desk.zone)
        self.at.description = _("Arranged for %(when)s until you move it.", when=moment(arranged))
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
