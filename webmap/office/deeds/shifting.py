"""Ask at which other hour or place a sitting is to be, and show who was told the old one."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import TimeField

from cases import shifting, sittings
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.workflow.hearing import HearingAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.deeds.deed import DeedForm, deed
from webmap.office.deeds.fields import text_field, words_field
from webmap.office.deeds.weighing import Fact, Weighing
from webmap.words import day


@deed(HearingAction.SHIFT, _("Change the hour or the place of its sitting"))
class Shift(DeedForm):
    """At which hour, and where; why, once something is docketed there."""

    begins_at = TimeField(_("At"), [GIVEN])
    place = words_field(
        _("Where"), most=200, description=_("As the docket and the notices tell it.")
    )
    reason = text_field(_("Reason"), description=_("It stays on record, in your words."))

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Show what the sitting of the hearing is now."""
        self.show(desk, desk.first(sittings.sitting(offer.row.session_id)))

    def show(self, desk: Desk, sitting: Any) -> None:
        """Fill in what a sitting is now, and show who was told so."""
        if sitting.taken == 0:
            del self["reason"]
        if not self.is_submitted():
            self.begins_at.data, self.place.data = sitting.begins_at or time(9), sitting.place
        facts = list(_follows(desk, sitting))
        self.weighing = Weighing(gettext("What follows from it"), facts)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Change it for all that is docketed there."""
        shifting.shift_of(desk.connection, hearing_id=offer.row.id, **self._another(), **desk.who)

    def shift(self, desk: Desk, session_id: int) -> int:
        """Change it; gives how many hearings it moves."""
        return shifting.shift(desk.connection, session_id=session_id, **self._another(), **desk.who)

    def _another(self) -> dict[str, Any]:
        return {
            "begins_at": self.begins_at.data,
            "place": self.place.data or "",
            "reason": self.reason.data if "reason" in self else None,
        }


def _follows(desk: Desk, sitting: Any) -> Iterator[Fact]:
    told = desk.rows(shifting.told_of_it(sitting.id))
    yield Fact(
        gettext("On the docket"),
        ngettext("%(num)s hearing, which is heard then and there",
                 "%(num)s hearings, which are heard then and there", sitting.taken)
        if sitting.taken else gettext("nothing yet: it can be changed freely"),
    )  # fmt: skip
    if told:
        yield Fact(
            gettext("To be told anew"),
            ngettext(
                "%(num)s notice tells the hour and place it has now. Write and serve a new one, or "
                "the hearing cannot be opened.",
                "%(num)s notices tell the hour and place it has now. Write and serve a new one of "
                "each, or the hearing cannot be opened.", len(told),
            ),
        )  # fmt: skip
    for each in told:
        served = each.served_on and day(each.served_on)
        yield Fact(
            each.number,
            gettext("%(who)s, served %(day)s", who=each.recipient, day=served) if served
            else gettext("%(who)s, not served yet", who=each.recipient),
        )  # fmt: skip
    if sitting.taken and not told:
        yield Fact(
            gettext("Notices"), gettext("nobody was told this hour yet: none is to be told anew")
        )
