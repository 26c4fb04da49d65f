"""Ask on which sitting a hearing is to be heard, in which place, and when a body sits."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, IntegerField, RadioField, TimeField
from wtforms.validators import NumberRange, ValidationError

from cases import docket_order, hearings, sittings
from cases.business_days import TownCalendar
from cases.desk import docket as dockets
from cases.desk.beside import DeskAction
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.desk.serving import Posted, posted_in_time, proof_for
from cases.docket_order import Toward
from cases.lawpack.schema import LawPack
from cases.sittings import Convened, Convening
from cases.workflow.hearing import HearingAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN, Form
from webmap.interpreting import say
from webmap.office.deeds.deed import DeedForm, deed
from webmap.office.deeds.fields import (
    as_choices,
    choice_of,
    day_of,
    select,
    words_field,
)
from webmap.words import day

TOWARD: dict[str, Any] = {Toward.EARLIER: _("Earlier"), Toward.LATER: _("Later")}


CONVENED: dict[Convening, Any] = {
    Convening.NEW: _("The sitting is convened. Nobody is told of it yet."),
    Convening.GIVEN_HOUR: _(
        "That sitting was convened already, without an hour. It has this hour and place now."
    ),
    Convening.THERE_ALREADY: _("That sitting is convened already: nothing new was made."),
}


def proposed(rows: Iterable[Any], *, today: date) -> Any:
    """Return which sitting is proposed: the first that people can still be told of beforehand."""
    return next((row for row in rows if row.held_on > today), None)


def seats(row: Any, posted: Posted | None = None) -> Any:
    """Say of a sitting when it is and what room it has, and whether it is too near for posting."""
    room = _(
        "%(day)s, room for %(left)s more: %(body)s", day=day(row.held_on), body=say(row.body),
        left=row.capacity - row.taken,
    )  # fmt: skip
    if posted is None or row.held_on >= posted.from_day:
        return room
    return _("%(sitting)s, too near for posting", sitting=room)


def told_by_posting(posted: Posted) -> Any:
    """Say how near a sitting may be for a notice of it to be posted in time, and by what law."""
    hangs = ngettext(
        "A posted notice of hearing must hang for %(num)s day", "A posted notice of hearing must "
        "hang for %(num)s days", posted.days,
    )  # fmt: skip
    return _(
        "%(hangs)s, so people can be told by posting only of a sitting on %(day)s or later "
        "[%(source)s]. Of a nearer one, they must be handed the notice or sign for it before that "
        "day.",
        hangs=hangs, day=day(posted.from_day), source=say(posted.source),
    )  # fmt: skip


@deed(HearingAction.DOCKET, _("Put it on a docket"))
class Docket(DeedForm):
    """On which sitting."""

    session = select(_("Sitting"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Offer the sittings to come with a seat left, last of all the one it was put off from."""
        posted = posted_in_time(book.law, on=desk.today)
        coming = desk.rows(sittings.upcoming(on=desk.today))
        rows = [
            row
            for row in coming
            if row.taken < row.capacity and not hearings.has_begun(row, moment=desk.moment)
        ]
        self.session.choices = as_choices((str(row.id), seats(row, posted)) for row in rows)
        if posted and any(row.held_on < posted.from_day for row in rows):
            self.session.description = told_by_posting(posted)
        left = desk.first(dockets.left_last(offer.row.id))
        others = [row for row in rows if left is None or row.id != left.session_id]
        first = proposed(others, today=desk.today) or proposed(rows, today=desk.today)
        if not self.is_submitted() and first:
            self.session.data = str(first.id)
        if not self.session.choices:
            self.session.description = _(
                "No sitting to come has a seat left: convene one first, from the case's page or "
                "the docket desk."
            )

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Put it there, on the proof of service the case has."""
        hearings.docket(
            desk.connection, hearing_id=offer.row.id, session_id=int(self.session.data),
            proof=proof_for(book, offer.row, on=desk.today), **desk.who,
        )  # fmt: skip


@deed(HearingAction.MOVE, _("Move it on the docket"))
class Move(DeedForm):
    """To which side."""

    toward = RadioField(_("It is to be heard"), [GIVEN], choices=choice_of(Toward, words=TOWARD))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Let it change places with the next that waits."""
        docket_order.reorder(
            desk.connection, hearing_id=offer.row.id, toward=Toward(self.toward.data), **desk.who
        )


class SittingForm(Form):
    """Who sits, on which day, with how many seats."""

    body = select(_("Who sits"), [GIVEN])
    held_on = DateField(_("On"), [GIVEN])
    begins_at = TimeField(_("At"), [GIVEN], default=time(9))
    place = words_field(
        _("Where"), most=200, description=_("As the docket and the notices tell it.")
    )
    capacity = IntegerField(
        _("How many hearings it has room for"), [GIVEN, NumberRange(1, 200)], default=10
    )
    warned_of = HiddenField()
    calendar: TownCalendar | None = None

    def offer(self, desk: Desk, law: LawPack | None) -> None:
        """Offer the bodies that the law names, and propose what was so at the last sitting."""
        bodies = law.bodies if law else ()
        self.calendar = law.calendar.days if law else None
        self.body.choices = as_choices((each.name, say(each.name)) for each in bodies)
        last = None if self.is_submitted() else desk.first(sittings.latest())
        if last is None:
            return
        self.place.data, self.capacity.data = last.place, last.capacity
        self.begins_at.data = last.begins_at or self.begins_at.data
        if last.body in {each.name for each in bodies}:
            self.body.data = last.body

    def validate_held_on(self, field: Any) -> None:
        """Warn of a day on which the town is closed; the same sent again is meant so."""
        why = self.calendar.closed_for(field.data) if self.calendar and field.data else None
        if why is None or self.warned_of.data == field.data.isoformat():
            return
        self.warned_of.data = field.data.isoformat()
        raise ValidationError(
            gettext(
                "The town does not work on %(day)s (%(why)s). Press the button once more if the "
                "body is to sit then, or give another day.",
                day=day(field.data), why=say(why),
            )
        )  # fmt: skip

    def convene(self, desk: Desk, *, law_pack_id: int) -> Convened:
        """Convene it; tell whether it was convened already."""
        return sittings.convene(
            desk.connection, body=self.body.data, held_on=day_of(self.held_on),
            capacity=self.capacity.data or 0, begins_at=self.begins_at.data,
            place=self.place.data, law_pack_id=law_pack_id, moment=desk.moment,
        )  # fmt: skip


@deed(DeskAction.CONVENE, _("Convene a sitting"))
class Convene(SittingForm, DeedForm):
    """A sitting, from the page of a case that waits for one."""

    convened: Convened | None = None

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the bodies of the case's law."""
        self.offer(desk, book.law)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Convene it, or lead to it where it was convened already."""
        self.convened = self.convene(desk, law_pack_id=book.case.law_pack_id)
        self.answer = CONVENED[self.convened.how]

    def onward(self, book: Book) -> str | None:
        """Return the docket of a sitting that was there before."""
        if self.convened is None or self.convened.how is Convening.NEW:
            return super().onward(book)
        return url_for("office.sitting", sitting_id=self.convened.session_id)
