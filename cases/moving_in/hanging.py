"""Write what hangs on one case that comes in: whom it is about, what is wrong, what was sent."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from psycopg.types.json import Jsonb

from cases.lawpack.ordinance import Ordinance
from cases.models import Citation, EnforcementOrder, Notice, NoticeViolation, Respondent, Violation
from cases.moving_in.placing import PlacedCase
from cases.moving_in.reading import Row
from cases.opening import RespondentKind

type Written = dict[type[Any], list[Row]]
"""Rows by the table they go to."""


class Run(Protocol):
    """What all cases of a run share."""

    @property
    def system(self) -> str:
        """Where the cases come from."""

    @property
    def run_id(self) -> int:
        """The run that writes them."""

    @property
    def law_name(self) -> str:
        """The law they come in under, as notices name it."""

    def text_of(self, violation: Row) -> tuple[Ordinance, int]:
        """Return the provision a violation is of, and how it is cited."""


class CasePart:
    """Writes what hangs on one case; `violations` and the rest are identities by number."""

    def __init__(
        self,
        run: Run,
        each: PlacedCase,
        *,
        ids: Mapping[type[Any], Any],
        kept: dict[tuple[str, str], int],
        written: Written,
    ) -> None:
        self._run, self._each, self._ids = run, each, ids
        self.kept, self.written = kept, written
        self.violations: dict[str, int] = {}
        self._texts: dict[str, dict[str, Any]] = {}
        self._respondent_id: int | None = None

    def write(self) -> None:
        """Write whom it is about, what is wrong, what was sent and what was cited."""
        row, parts = self._each.case.row, self._each.case.parts
        if row["respondent_name"] and row["respondent_address"]:
            self._respondent_id = self.add(
                Respondent, kind=row["respondent_kind"] or RespondentKind.OWNER,
                name=row["respondent_name"], address=row["respondent_address"],
                since=row["opened_on"],
            )  # fmt: skip
        for violation in parts["violations"]:
            self._violation(violation)
        for citation in parts["citations"]:
            self._citation(citation)

    def add(self, model: type[Any], **values: Any) -> int:
        """Add a row of the case to a table; gives its identity, the one it had if it had one."""
        given = int(next(self._ids[model]))
        if model in (EnforcementOrder, Citation):
            file = "orders" if model is EnforcementOrder else "citations"
            given = self.kept.setdefault((file, str(values["number"])), given)
        self.written[model].append({"id": given, "case_id": self._each.id, **values})
        return given

    def _violation(self, row: Row) -> None:
        text, ordinance_id = self._run.text_of(row)
        verified = row["status"] in ("open", "corrected", "closed")
        corrected = row["corrected_on"] if row["status"] == "corrected" else None
        by = self._run.system
        number = row["violation_no"]
        self.violations[number] = self.add(
            Violation, external_no=number, ordinance_id=ordinance_id, section=text.section,
            found_on=row["found_on"], comply_by=row["comply_by"], status=row["status"],
            source_status=row["said"]["status"],
            respondent_name=self._each.case.row["respondent_name"],
            verified_on=row["found_on"] if verified else None, verified_by=by if verified else None,
            corrected_on=corrected, corrected_by=by if corrected else None,
            import_run_id=self._run.run_id, source_row=row["line"],
        )  # fmt: skip
        self._texts[number] = {
            "violation": self.violations[number], "section": text.section, "title": text.title,
            "text": text.text, "corrected_by": text.corrected_by, "days": text.cure_days,
        }  # fmt: skip

    def notice(self, row: Row, *, kind: str, about: Sequence[str], says: dict[str, Any]) -> int:
        """Add a notice as the old system tells of it; its own words are not ours to know."""
        case = self._each.case.row
        notice_id = self.add(
            Notice, respondent_id=self._respondent_id, kind=kind,
            status="served" if row["served_on"] else "issued",
            content=Jsonb({
                "recipient": case["respondent_name"], "address": case["respondent_address"],
                "law": self._run.law_name, "says": says,
                "moved_in": self._run.system,
                "violations": [self._texts[number] for number in about],
            }),
            issued_on=row["issued_on"], served_on=row["served_on"],
            served_by=row["method"] if row["served_on"] else None,
        )  # fmt: skip
        self.written[NoticeViolation] += [
            {"notice_id": notice_id, "violation_id": self.violations[number],
             "comply_by": self._comply_by(number)}
            for number in about
        ]  # fmt: skip
        return notice_id

    def _comply_by(self, number: str) -> date | None:
        rows = self._each.case.parts["violations"]
        day: date | None = next(row["comply_by"] for row in rows if row["violation_no"] == number)
        return day

    def _citation(self, row: Row) -> None:
        says = {"number": row["citation_no"], "penalty_cents": row["penalty"]}
        notice_id = self.notice(row, kind="citation", about=[row["violation_no"]], says=says)
        contested = row["status"] == "contested"
        self.add(
            Citation, number=row["citation_no"], violation_id=self.violations[row["violation_no"]],
            notice_id=notice_id, status=row["status"], penalty_cents=row["penalty"],
            answer_by=row["answer_by"], contested_on=row["contested_on"] if contested else None,
        )  # fmt: skip
