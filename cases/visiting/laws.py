"""Ask the law a case stands under for the days of its visits, and what each rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from cases.adopted import NoLawError, every_law, law_in_force
from cases.business_days import TownCalendar
from cases.lawpack.schema import LawPack
from cases.review import respond_by
from cases.service.attempts import ServiceRules
from cases.visiting.kinds import Because
from cases.visiting.values import Due
from cases.workflow.order import OrderAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """Every law that a case of the town may stand under.

    Attributes
    ----------
    adopted
        By their identity.
    calendar
        The days the town works, by the law in force; without one, weekdays.
    """

    adopted: Mapping[int, LawPack]
    calendar: TownCalendar

    @classmethod
    def read(cls, connection: sa.Connection, *, on: date) -> "Laws":
        """Read them all, and which is in force on a day."""
        try:
            calendar = law_in_force(connection, on=on)[1].calendar.days
        except NoLawError:
            calendar = TownCalendar()
        return cls(adopted=every_law(connection), calendar=calendar)

    def service(self, law_pack_id: int, kind: str) -> ServiceRules | None:
        """Return how a kind of notice is served; None of one that the law does not know."""
        return dict(self.adopted[law_pack_id].service).get(kind)

    def goal(self, deadline: date, *, days: int, source: str = "") -> Due:
        """Return by when a place is looked at whose time was over with a day, as the town wants."""
        return Due(
            by=self.calendar.worked_after(deadline, days), because=Because.GOAL, source=source
        )

    def response(
        self, law_pack_id: int | None, *, category: str, opened_on: date | None
    ) -> Due | None:
        """Return by when a case opened on a day is first looked at; None without a law or a day."""
        law = self.adopted.get(law_pack_id or 0)
        if law is None or opened_on is None:
            return None
        decided = respond_by(law, category=category, received_on=opened_on)
        return Due(
            by=date.fromisoformat(decided.value), because=Because.RESPONSE, source=decided.because
        )

    def on_affidavits(self, law_pack_id: int | None) -> str:
        """Return the provision that an affidavit of what became of an order rests on."""
        law = self.adopted.get(law_pack_id or 0)
        return law.steps.sources.get(OrderAction.FILE_AFFIDAVIT, "") if law else ""

    def day_before(self, day: date) -> date:
        """Return the last day the town works before a day."""
        before = date.fromordinal(day.toordinal() - 1)
        while not self.calendar.works_on(before):
            before = date.fromordinal(before.toordinal() - 1)
        return before
