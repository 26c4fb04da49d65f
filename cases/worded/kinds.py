"""Declare the messages whose wording a town may change, and the facts that each may tell."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.worded.facts import Fact

_SITE = "https://code.example.gov"
_DAY = date(2026, 3, 2)


class MessageKind(StrEnum):
    """What a message is; its wordings are files of this name."""

    FOLLOW_CONFIRM = "follow_confirm"
    FOLLOW_DIGEST = "follow_digest"
    CASE_MESSAGE = "case_message"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a kind of mail
    STAFF_DIGEST = "staff_digest"
    REPORT = "report"
    REPORT_FAILED = "report_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A message that is worded.

    Parameters
    ----------
    title
        What it is called.
    sent
        When it goes out, and to whom.
    """

    title: str
    sent: str
    facts: tuple[Fact, ...]


TOWN = Fact(name="town", what="The town's name", example="Alder Creek")
STOP = Fact(
    name="stop", what="The link that stops these e-mails", must=True,
    example=f"{_SITE}/follow/stop/EXAMPLE",
)  # fmt: skip
_NUMBER = Fact(name="number", what="The case's number", example="CE-2026-00042")
_PLACE = Fact(
    name="place", what="The address, or the parcel where it has none", may_lack=True,
    example="412 Cypress Ave",
)  # fmt: skip
_KIND = Fact(name="kind", what="What kind of case it is", example="High grass", said=True)
_LINK = Fact(
    name="address", what="The link to the case", must=True, example=f"{_SITE}/case/CE-2026-00042"
)
_STEP = (
    Fact(name="day", what="The day it happened", example=_DAY, may_lack=True),
    Fact(name="what", what="What happened", example="A violation was verified.", said=True),
)
_STEPS = (
    {"day": _DAY, "what": "A violation was verified."}, {"day": "", "what": "A notice was issued."},
)  # fmt: skip
_FOLLOWED = (
    _NUMBER, _PLACE, _KIND, _LINK,
    Fact(name="steps", what="What happened in it, the first first", item="step", each=_STEP,
         example=_STEPS),
)  # fmt: skip
_FOLLOWED_CASES = (
    {"number": "CE-2026-00042", "place": "412 Cypress Ave", "kind": "High grass",
     "address": f"{_SITE}/case/CE-2026-00042", "steps": _STEPS},
    {"number": "CE-2026-00051", "place": "7 Alder St", "kind": "Trash and debris",
     "address": f"{_SITE}/case/CE-2026-00051", "steps": _STEPS[:1]},
)  # fmt: skip
_REPORT = (
    Fact(name="name", what="What the report is known by",
         example="High grass: report sent on March 2, 2026"),
    Fact(name="steps", what="What became of it, the first first", item="step",
         each=(
             Fact(name="day", what="The day it happened", example=_DAY, may_lack=True),
             Fact(name="what", what="What happened", example="It is looked at again."),
         ),
         example=({"day": _DAY, "what": "It is part of case CE-2026-00042."},)),
    Fact(name="address", what="The link to the page that asks for its code", must=True,
         example=f"{_SITE}/report/track"),
)  # fmt: skip
_REPORTS = (
    {"name": "High grass: report sent on March 2, 2026", "address": f"{_SITE}/report/track",
     "steps": ({"day": _DAY, "what": "It is part of case CE-2026-00042."},)},
)  # fmt: skip
_DUE_CASE = (
    _NUMBER, _KIND,
    Fact(name="due", what="The day it fell due", example=_DAY),
    Fact(name="address", what="The link to the case", must=True,
         example=f"{_SITE}/office/case/CE-2026-00042"),
)  # fmt: skip
_DUE_CASES = (
    {"number": "CE-2026-00042", "kind": "High grass", "due": _DAY,
     "address": f"{_SITE}/office/case/CE-2026-00042"},
)  # fmt: skip
_OVER = "The time to correct is over: reinspect, then close or cite"
_PART = (
    Fact(name="what", what="What fell due, and what to do", example=_OVER, said=True),
    Fact(name="count", what="How many", example=12),
    Fact(name="cases", what="The first of them", item="case", each=_DUE_CASE, example=_DUE_CASES),
    Fact(name="more", what="How many more than are listed", example=2, may_lack=True),
    Fact(name="list", what="The link to the list of all of them", may_lack=True,
         example=f"{_SITE}/office/cases?queue=overdue"),
)  # fmt: skip
_PARTS = (
    {"what": _OVER, "count": 3, "cases": _DUE_CASES, "more": 2,
     "list": f"{_SITE}/office/cases?queue=overdue"},
    {"what": "A lien's life is over: record that it expired", "count": 2, "cases": _DUE_CASES,
     "more": 1, "list": ""},
)  # fmt: skip
_CASES_OPEN = "12 cases are open."
_QUESTION = (
    Fact(name="name", what="The name the question is kept under", example="Monday's open cases"),
    Fact(name="title", what="The report's title", example="Repeat parcels", said=True),
    Fact(name="day", what="The day it is as of", example=_DAY),
)
_RUN = Fact(
    name="address", what="The link to the report", must=True,
    example=f"{_SITE}/office/reports/runs/42",
)  # fmt: skip
_OPTION = (
    Fact(name="words", what="What is chosen", example="Zone", said=True),
    Fact(name="value", what="How", example="North", said=True),
)
_FIGURE = (
    Fact(name="words", what="What it counts", example="open cases"),
    Fact(
        name="value",
        what="The figure, with the interval around it where it is estimated",
        example="1,204",
    ),
)
_REPORT_FACTS = (
    TOWN, *_QUESTION,
    Fact(name="options", what="What it asks beside what the report usually does", item="option",
         each=_OPTION, example=({"words": "Zone", "value": "North"},), may_lack=True),
    Fact(name="findings", what="What was found, the most important first", item="finding",
         each=(Fact(name="what", what="One finding", example=_CASES_OPEN, said=True),),
         example=({"what": _CASES_OPEN},)),
    Fact(name="figures", what="Its figures", item="figure", each=_FIGURE,
         example=({"words": "open cases", "value": "1,204"},),
         may_lack=True),
    Fact(name="attached", what="The name of the file that is attached", may_lack=True,
         example="Monday's open cases.pdf"),
    Fact(name="left_out", what="Why no file is attached", may_lack=True, said=True,
         example="The PDF is too large to be mailed: it stands under the link."),
    _RUN,
    Fact(name="keeper", what="Who keeps the question, and can end these e-mails",
         example="A. Stone"),
)  # fmt: skip

MESSAGES: dict[MessageKind, Declared] = {
    MessageKind.FOLLOW_CONFIRM: Declared(
        title="Please confirm what you follow",
        sent="To whoever asks to follow something, before anything else is mailed to them.",
        facts=(
            TOWN,
            Fact(name="followed", what="What they want to follow",
                 example="412 Cypress Ave"),
            Fact(name="confirm", what="The link that says yes; it works for three days", must=True,
                 example=f"{_SITE}/follow/confirm/EXAMPLE"),
            STOP,
        ),
    ),
    MessageKind.FOLLOW_DIGEST: Declared(
        title="News of what you follow",
        sent="To whoever follows something, once a day at most, when something happened in it.",
        facts=(
            TOWN,
            Fact(name="day", what="The day it is sent", example=_DAY),
            Fact(name="count", what="How many cases there is news of", example=5),
            Fact(name="cases", what="The cases it tells of, twenty at most", item="case",
                 each=_FOLLOWED, example=_FOLLOWED_CASES),
            Fact(name="more", what="How many cases more there is news of", example=3,
                 may_lack=True),
            Fact(name="reports", what="The reports it tells of, followed by their codes",
                 item="report", each=_REPORT, example=_REPORTS, may_lack=True),
            STOP,
        ),
    ),
    MessageKind.CASE_MESSAGE: Declared(
        title="Message from a case",
        sent="To a respondent, when an officer or a clerk writes to them from their case.",
        facts=(
            TOWN, _NUMBER, _PLACE,
            Fact(name="said", what="What is written to them", must=True,
                 example="We saw your photos. Please cut the grass behind the shed too."),
            Fact(name="writer", what="Who writes", example="J. Okafor"),
        ),
    ),
    MessageKind.PASSWORD_RESET: Declared(
        title="New password",
        sent="To someone of the staff who forgot their password.",
        facts=(
            TOWN,
            Fact(name="login", what="The name they sign in with", example="okafor"),
            Fact(name="address", what="The link that sets a new password; it works for an hour",
                 must=True, example=f"{_SITE}/set-password/EXAMPLE"),
        ),
    ),
    MessageKind.STAFF_DIGEST: Declared(
        title="What fell due",
        sent="To each of the staff, on days when something of theirs fell due.",
        facts=(
            TOWN,
            Fact(name="day", what="The day it is sent", example=_DAY),
            Fact(name="count", what="How much fell due", example=5),
            Fact(name="parts", what="What fell due, by what is to be done", item="part",
                 each=_PART, example=_PARTS),
            Fact(name="start", what="The link to their first page", example=f"{_SITE}/office/"),
        ),
    ),
    MessageKind.REPORT: Declared(
        title="A report, by itself",
        sent="To the addresses of a kept question, on Mondays or the 1st of the month.",
        facts=_REPORT_FACTS,
    ),
    MessageKind.REPORT_FAILED: Declared(
        title="A report that could not be made",
        sent="To whoever keeps a question, when its report could not be made by itself.",
        facts=(
            TOWN, *_QUESTION,
            Fact(name="why", what="Why it could not be made", said=True,
                 example="There is no officer's zone by this name."),
            _RUN,
        ),
    ),
}  # fmt: skip
