"""Describe the tables of cases; what may happen to them stands in the rooms beside."""

from cases.mail.table import MAIL
from cases.models.abatement import Abatement, AbatementCost
from cases.models.account import (
    AccountEvent,
    PasswordLink,
    RecoveryCode,
    SavedList,
    Staff,
    StaffSession,
    Throttle,
)
from cases.models.case import Case, CaseActivity, CaseGrid, CaseGridStale, CaseTally
from cases.models.citation import Citation
from cases.models.clock import ClockNotice
from cases.models.code import RespondentCode, RespondentForm
from cases.models.collecting import AccrualPause, CollectionBlock
from cases.models.complaint import Complaint, Reporter
from cases.models.contact import Contact, IntakeKey
from cases.models.court import Appeal, Suit
from cases.models.deposit import (
    Deposit,
    DepositClearing,
    DepositCorrection,
    DepositReceipt,
)
from cases.models.document import (
    CaseDocument,
    Document,
    DocumentCopy,
    DocumentRedaction,
    RedactionBox,
)
from cases.models.draft import RouteDraft
from cases.models.event import CaseEvent, ComplaintEvent
from cases.models.field import (
    CalendarToken,
    FieldDeed,
    FieldDevice,
    FieldNumber,
    FieldPhoto,
    FieldSettlement,
    Hazard,
)
from cases.models.following import Follower, Following, FollowMail
from cases.models.gathered import ReportCases
from cases.models.law import AdoptedLaw, Counter
from cases.models.ledger import LedgerBalance, LedgerEntry, LedgerPosting
from cases.models.letter import (
    CaseLetter,
    CaseLetterReturn,
    CaseLetterSending,
    HearingPacket,
    NoticeLetter,
)
from cases.models.lien import Lien, LienRelease
from cases.models.moving import MovingCutOver, MovingException
from cases.models.owner import OwnerConfirmation
from cases.models.ownership import OwnershipTransfer
from cases.models.permit import Permit
from cases.models.privacy import ExemptPlace, PublicRule
from cases.models.process import (
    Extension,
    Inspection,
    Notice,
    NoticeViolation,
    Respondent,
    ServiceAttempt,
)
from cases.models.records import (
    RecordsCase,
    RecordsDecision,
    RecordsEnd,
    RecordsExport,
    RecordsRequest,
    RecordsWaiting,
)
from cases.models.request import LienSearch, LienSearchEnd, LienSearchFee, LienSearchWaiting
from cases.models.resident import ResidentPhoto, ResidentReport
from cases.models.succession import Succession
from cases.models.tribunal import (
    Cancellation,
    Continuance,
    EnforcementOrder,
    Exhibit,
    FineReduction,
    Hearing,
    HearingSession,
)
from cases.models.unrecorded import UnrecordedPayment, UnrecordedSettlement
from cases.models.violation import Ordinance, Violation
from cases.models.visit import RestAnswer, VisitItem, VisitOutcome, VisitPlan, VisitStop
from cases.models.working import (
    Certification,
    CertificationNeed,
    OfficePlace,
    VisitSetting,
    WorkingCertification,
    WorkingEvent,
    WorkingException,
    WorkingHours,
    WorkingTerms,
)
from cases.models.workload import WorkMinutes, ZoneDraft
from cases.models.zone import ZoneDrawing, ZoneHanding

__all__ = [
    "MAIL",
    "Abatement",
    "AbatementCost",
    "AccountEvent",
    "AccrualPause",
    "AdoptedLaw",
    "Appeal",
    "CalendarToken",
    "Cancellation",
    "Case",
    "CaseActivity",
    "CaseDocument",
    "CaseEvent",
    "CaseGrid",
    "CaseGridStale",
    "CaseLetter",
    "CaseLetterReturn",
    "CaseLetterSending",
    "CaseTally",
    "Certification",
    "CertificationNeed",
    "Citation",
    "ClockNotice",
    "CollectionBlock",
    "Complaint",
    "ComplaintEvent",
    "Contact",
    "Continuance",
    "Counter",
    "Deposit",
    "DepositClearing",
    "DepositCorrection",
    "DepositReceipt",
    "Document",
    "DocumentCopy",
    "DocumentRedaction",
    "EnforcementOrder",
    "ExemptPlace",
    "Exhibit",
    "Extension",
    "FieldDeed",
    "FieldDevice",
    "FieldNumber",
    "FieldPhoto",
    "FieldSettlement",
    "FineReduction",
    "FollowMail",
    "Follower",
    "Following",
    "Hazard",
    "Hearing",
    "HearingPacket",
    "HearingSession",
    "Inspection",
    "IntakeKey",
    "LedgerBalance",
    "LedgerEntry",
    "LedgerPosting",
    "Lien",
    "LienRelease",
    "LienSearch",
    "LienSearchEnd",
    "LienSearchFee",
    "LienSearchWaiting",
    "MovingCutOver",
    "MovingException",
    "Notice",
    "NoticeLetter",
    "NoticeViolation",
    "OfficePlace",
    "Ordinance",
    "OwnerConfirmation",
    "OwnershipTransfer",
    "PasswordLink",
    "Permit",
    "PublicRule",
    "RecordsCase",
    "RecordsDecision",
    "RecordsEnd",
    "RecordsExport",
    "RecordsRequest",
    "RecordsWaiting",
    "RecoveryCode",
    "RedactionBox",
    "ReportCases",
    "Reporter",
    "ResidentPhoto",
    "ResidentReport",
    "Respondent",
    "RespondentCode",
    "RespondentForm",
    "RestAnswer",
    "RouteDraft",
    "SavedList",
    "ServiceAttempt",
    "Staff",
    "StaffSession",
    "Succession",
    "Suit",
    "Throttle",
    "UnrecordedPayment",
    "UnrecordedSettlement",
    "Violation",
    "VisitItem",
    "VisitOutcome",
    "VisitPlan",
    "VisitSetting",
    "VisitStop",
    "WorkMinutes",
    "WorkingCertification",
    "WorkingEvent",
    "WorkingException",
    "WorkingHours",
    "WorkingTerms",
    "ZoneDraft",
    "ZoneDrawing",
    "ZoneHanding",
]
