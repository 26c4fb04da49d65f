"""Say beside which field of a form a refusal belongs, where it is about one value alone."""

from collections.abc import Mapping

from cases.abatement_costs import AbatementCostError
from cases.appealing import AppealError
from cases.assigning import AlreadyTheirsError, NoZoneError
from cases.blocking import BlockError
from cases.deadlines import DeadlineError
from cases.errors import FineRateError
from cases.extensions import LateRequestError
from cases.hardship import HardshipError
from cases.imposing import ReductionError
from cases.instruments import InstrumentError
from cases.ledger.errors import (
    NumberMissingError,
    OverBalanceError,
    OverCreditError,
    OverLimitError,
)
from cases.liens import LienError
from cases.minutes import MinutesError, RepresentationError
from cases.orders import ComplianceDayError
from cases.pausing import PauseError
from cases.placing import PlaceError
from cases.service.attempts import ServiceError
from cases.sittings import SittingError
from cases.suing import SuitError
from cases.workflow.registry import NoReasonError
from cases.workflow.step import Guard

FIELDS: Mapping[Guard | type, tuple[str, ...]] = {
    NoReasonError: ("reason", "evidence"),
    Guard.IN_TIME: ("received_on",),
    Guard.LATE: ("received_on",),
    Guard.BEFORE_DEADLINE: ("received_on",),
    Guard.SAYS_WHY: ("because",),
    Guard.WITHIN_PENALTIES: ("penalty",),
    Guard.WARNED_OR_EXCUSED: ("excused",),
    Guard.SCRA_CHECKED: ("result",),
    Guard.SEAT_FREE: ("session",),
    Guard.ANOTHER_WAITS: ("toward",),
    Guard.QUORUM: ("members_sitting",),
    Guard.UNDER_OATH: ("sworn",),
    Guard.FINDINGS_MADE: ("findings",),
    Guard.SIGNED_BY_BOTH: ("signed",),
    Guard.PRIOR_COUNTS: ("prior",),
    Guard.INSPECTED: ("inspection",),
    Guard.SEEN_SINCE: ("inspection",),
    Guard.MITIGATION_HEARD: ("hearing",),
    Guard.RECORDING_DATA: ("instrument_no",),
    Guard.COURT_SAID_SO: ("paper_no", "judgment"),
    Guard.COURT_OR_COUNSEL: ("reference",),
    Guard.AUTHORIZED: ("authorization", "resolution_no"),
    Guard.AUTHORITY: ("order",),
    Guard.WORK_LAWFUL: ("entry_detail",),
    Guard.PHOTOS: ("photos_before",),
    Guard.COST_LINES: ("costs",),
    Guard.RIGHT_OF_ENTRY: ("entry_detail",),
    Guard.REPEAT_CONFIRMED: ("kind",),
    AbatementCostError: ("costs",),
    AppealError: ("court_case_no",),
    BlockError: ("reference", "block"),
    ComplianceDayError: ("complied_on",),
    DeadlineError: ("until", "received_on"),
    FineRateError: ("cents_per_day",),
    LateRequestError: ("received_on",),
    HardshipError: ("cents",),
    InstrumentError: ("instrument_no",),
    MinutesError: ("minutes",),
    **dict.fromkeys((AlreadyTheirsError, NoZoneError), ("officer",)),
    NumberMissingError: ("reference",),
    OverBalanceError: ("cents",),
    OverCreditError: ("cents",),
    OverLimitError: ("cents",),
    PauseError: ("reference", "pause"),
    PlaceError: ("where",),
    ReductionError: ("to_cents",),
    RepresentationError: ("representative", "appeared"),
    ServiceError: ("made_on", "signed_on"),
    SittingError: ("capacity", "place"),
    SuitError: ("lien", "court_case_no", "awarded_cents", "relief"),
    LienError: ("court_case_no", "description"),
}  # fmt: skip
"""The names of fields by the guard that does not hold, or by the kind of error; a form has one."""
