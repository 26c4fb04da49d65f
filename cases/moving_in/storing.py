"""Write the cases that come in, with their violations, their notices and their citations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa

from cases.lawpack.ordinance import Ordinance
from cases.lawpack.schema import LawPack
from cases.models import (
    Case,
    Citation,
    EnforcementOrder,
    Hearing,
    Lien,
    Notice,
    Respondent,
    Violation,
)
from cases.moving_in.files import EntryStep
from cases.moving_in.hanging import CasePart, Written
from cases.moving_in.leaning import WRITTEN_ANEW
from cases.moving_in.placing import PlacedCase
from cases.moving_in.reading import Row
from cases.moving_in.steps import text_in
from cases.moving_in.tables import among, bring_to, copy_in
from cases.moving_in.tribunal import sittings, tribunal
from cases.violations import ordinance_of
from geo.crs import to_web_mercator
from geo.layers import WEB_MERCATOR, WGS84
from geo.loading import bulk

type Provisions = dict[tuple[str, date, str], tuple[Ordinance, int]]
"""The text of a section on a day, for what stands or ended, and how it is cited."""


class Storing:
    """Writes cases of one run.

    Parameters
    ----------
    law_pack_id, law
        Under which they come in.
    system
        What the town calls where they come from.
    """

    def __init__(
        self,
        connection: sa.Connection,
        *,
        run_id: int,
        law_pack_id: int,
        law: LawPack,
        system: str,
    ) -> None:
        self._connection, self._run_id, self._system = connection, run_id, system
        self._law_pack_id, self._law = law_pack_id, law
        self._ordinances: Provisions = {}
        self._cited: dict[str, int] = {}

    def store(self, placed: Sequence[PlacedCase]) -> dict[tuple[str, str], int]:
        """Write cases; of one on record, which nobody worked on, all that hung on it goes first.

        Returns
        -------
        dict
            The identities of orders and citations by file and number: they keep theirs, for the
            ledger knows their fines by it.
        """
        changed = [each.id for each in placed if not each.is_new]
        kept = self._numbered(changed)
        self._take_out(changed)
        self._cases(placed)
        written: Written = defaultdict(list)
        ids = {model: self._ids(model, placed) for model in _NUMBERED}
        places = sittings(self._connection, placed)
        for each in placed:
            part = CasePart(self, each, ids=ids, kept=kept, written=written)
            part.write()
            tribunal(each, part, places=places, run_id=self._run_id, system=self._system)
        for model in WRITTEN_ANEW:
            copy_in(self._connection, model.__table__, written[model])
        return kept

    def _numbered(self, case_ids: Sequence[int]) -> dict[tuple[str, str], int]:
        kept: dict[tuple[str, str], int] = {}
        for name, model in (("orders", EnforcementOrder), ("citations", Citation)):
            query = sa.select(model.number, model.id).where(model.case_id == among(case_ids))
            rows = self._connection.execute(query)
            kept |= {(name, row.number): row.id for row in rows}
        return kept

    def _take_out(self, case_ids: Sequence[int]) -> None:
        if not case_ids:
            return
        for model in reversed(WRITTEN_ANEW):
            table: Any = model.__table__
            mine = table.c.get("case_id")
            if mine is None:  # which violations a notice names
                notices = sa.select(Notice.id).where(Notice.case_id == among(case_ids))
                self._connection.execute(sa.delete(table).where(table.c.notice_id.in_(notices)))
            else:
                self._connection.execute(sa.delete(table).where(mine == among(case_ids)))

    def _ids(self, model: type[Any], placed: Sequence[PlacedCase]) -> Any:
        parts = _NUMBERED[model]
        count = sum(len(each.case.parts[part]) for each in placed for part in parts)
        count += len(placed) if model is Respondent else 0
        return iter(bulk.new_ids(self._connection, model.__table__, count=count).tolist())

    def _cases(self, placed: Sequence[PlacedCase]) -> None:
        values = [self._case(each) for each in placed]
        new = [row for row, each in zip(values, placed, strict=True) if each.is_new]
        copy_in(self._connection, Case.__table__, new)
        old = [row for row, each in zip(values, placed, strict=True) if not each.is_new]
        bring_to(self._connection, Case.__table__, old)

    def _case(self, each: PlacedCase) -> Row:
        row, tie = each.case.row, each.tie
        text = self._first_provision(each)
        assert tie.point is not None  # noqa: S101 - what lies nowhere was set aside
        east, north = to_web_mercator(np.array([tie.point]))[0]
        stands = each.case.stands
        return {
            "id": each.id,
            "number": each.case.number,
            "category": row["category"] or (text.category if text else "Other"),
            "priority": text.priority if text else 3,
            "opened_on": row["opened_on"],
            "closed_on": each.case.closed_on,
            "voided_on": row["closed_on"] if each.case.step is EntryStep.VOID else None,
            "phase": stands.phase,
            "next_due": stands.next_due,
            "open_violations": stands.open_violations,
            "open_since": stands.open_since,
            "published": stands.published,
            "parcel_id": tie.tie.parcel_id,
            "parcel_period_id": tie.period_id,
            "tie_method": tie.tie.method,
            "tie_confidence": tie.tie.confidence,
            "tie_note": tie.tie.note,
            "stated_address": row["address"],
            "zone_id": each.zone_id,
            "officer_id": each.officer_id,
            "law_pack_id": self._law_pack_id,
            "content_sha": each.sha,
            "import_run_id": self._run_id,
            "source_row": row["line"],
            "point": f"SRID={WGS84};POINT({tie.point[0]!r} {tie.point[1]!r})",
            "point_3857": f"SRID={WEB_MERCATOR};POINT({float(east)!r} {float(north)!r})",
        }

    def _first_provision(self, each: PlacedCase) -> Ordinance | None:
        first = each.case.parts["violations"][:1]
        return self.text_of(first[0])[0] if first else None

    def text_of(self, violation: Row) -> tuple[Ordinance, int]:
        """Return the provision a violation is of, in force on its day, and as it is cited."""
        key = (violation["code"], violation["found_on"], violation["status"])
        if key not in self._ordinances:
            text = text_in(self._law, violation)
            if text.section not in self._cited:
                self._cited[text.section] = ordinance_of(self._connection, text)
            self._ordinances[key] = (text, self._cited[text.section])
        return self._ordinances[key]

    @property
    def system(self) -> str:
        """Where the cases come from."""
        return self._system

    @property
    def run_id(self) -> int:
        """The run that writes them."""
        return self._run_id

    @property
    def law_name(self) -> str:
        """The law they come in under, as notices name it."""
        return f"{self._law.pack.name} {self._law.pack.version}"


_NUMBERED: Mapping[type[Any], tuple[str, ...]] = {
    Respondent: (),
    Violation: ("violations",),
    Notice: ("notices", "citations"),
    Citation: ("citations",),
    Hearing: ("hearings",),
    EnforcementOrder: ("orders",),
    Lien: ("liens",),
}
"""Of which rows of an export the rows of a table come."""
