"""Hold one case of seed 2 as it goes on, with what is read of it after each sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from desk import CLERK, OFFICER

from cases import citing, inspections, notices
from cases.actors import Moment
from cases.inspections import Entry, Finding, Visit
from cases.models import CaseEvent, Citation
from cases.service.attempts import Attempt, Method

GRASS_SECTION, JUNK, FENCE = "30-36(a)", "30-36(b)", "58-203"
ITEMS = {
    GRASS_SECTION: "Grass under 12 inches", JUNK: "No junk on the lot", FENCE: "Fence upright"
}  # fmt: skip
"""What the officer looks for, by the section that asks for it."""


def from_street(items: Mapping[str, str]) -> Visit:
    """Return a look from the sidewalk at which each item fails, by the section that asks for it."""
    return Visit(
        entry=Entry.VANTAGE,
        entry_detail="the sidewalk of Alder Street",
        findings=tuple(
            Finding(section=section, item=item, passed=False) for section, item in items.items()
        ),
    )


FROM_STREET, AGAIN = from_street(ITEMS), from_street({})


@dataclass
class Play:
    """One case as it goes on: the connection, its law, and what has come of it so far."""

    town: sa.Connection
    law: int
    ids: dict[str, int] = field(default_factory=dict)

    def row(self, part: Any, name: str) -> sa.Row[Any]:
        """Return a part's row by the name it got here."""
        query = sa.select(part.__table__).where(part.id == self.ids[name])
        return self.town.execute(query).one()

    def last(self) -> tuple[str, dict[str, Any]]:
        """Return the case's last event and its details."""
        query = sa.select(CaseEvent.kind, CaseEvent.details).order_by(CaseEvent.seq.desc())
        kind, details = self.town.execute(query.limit(1)).one()
        return kind, details

    def told(self, kind: str) -> dict[str, Any]:
        """Return the details of the latest event of a kind."""
        query = sa.select(CaseEvent.details).where(CaseEvent.kind == kind)
        found: dict[str, Any] = self.town.scalars(query.order_by(CaseEvent.seq.desc())).first()
        return found

    def look(self, moment: Moment) -> int:
        """Look at the lot again from the street."""
        return inspections.make(
            self.town, case_id=self.ids["case"], visit=AGAIN, actor=OFFICER, moment=moment
        )

    def hand_over(self, notice: int, moment: Moment) -> None:
        """Hand a notice to P. Lane and swear to it."""
        handed = Attempt(
            method=Method.HAND, made_on=moment.on, affidavit_on=moment.on, server="M. Rivera"
        )
        notices.record_attempt(
            self.town, notice_id=notice, attempt=handed, actor=OFFICER, moment=moment
        )

    def cite(self, name: str, violation: str, cents: int, moment: Moment, served: Moment) -> None:
        """Cite a violation and hand the citation over."""
        self.ids[name] = citing.issue(
            self.town, violation_id=self.ids[violation], respondent_id=self.ids["owner"],
            penalty_cents=cents, actor=OFFICER, moment=moment,
        )  # fmt: skip
        self.hand_over(self.row(Citation, name).notice_id, served)
        citing.confirm_service(self.town, citation_id=self.ids[name], actor=CLERK, moment=served)
