"""Say what a phone tells of a deed, by its kind; nothing unknown in it, nothing coerced."""

import uuid
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from cases.field.hazards import HazardKind
from cases.forum import Excused
from cases.inspections import Answer, Entry
from cases.screening import Imminent
from cases.service.attempts import Capacity, Place

Text = Annotated[str, Field(max_length=4000)]
Said = Annotated[str, Field(min_length=1, max_length=4000)]
Id = Annotated[int, Field(ge=1, lt=2**63)]
Matter = Annotated[str, Field(pattern=r"^(case|complaint):\d{1,19}$")]


class Kind(StrEnum):
    """What an officer does in the field."""

    OPEN = "open"  # a case, of what was seen in passing
    VISIT = "visit"
    NO_ACCESS = "no_access"
    RESULT = "result"
    WARN = "warn"
    CITE = "cite"
    SERVE = "serve"
    POST = "post"
    CLOSE = "close"
    HAZARD = "hazard"
    SETTLE = "settle"  # a person's decision about a deed that was not taken
    ARRIVE = "arrive"  # at a stop of the day's plan
    LEAVE = "leave"
    SKIP = "skip"


class Result(StrEnum):
    """What became of a violation, as seen on a visit."""

    VERIFIED = "verified"
    UNFOUNDED = "unfounded"
    STANDING = "standing"
    CORRECTED = "corrected"


class Table(BaseModel):
    """Something a phone tells."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Deed(Table):
    """The envelope that every deed comes in.

    Parameters
    ----------
    seq
        Its place among the deeds of its device, from 1 without a gap.
    made_at
        By the phone's clock, when the officer did it.
    basis
        The last event of the case that the officer had seen.
    visit
        The visit whose case this is about, where that is not known yet by its own identity: one
        that answered a complaint.
    again
        The deed that was not taken and that this one tells anew.
    done_at
        When it was done, where it is told anew: that never changes.
    """

    id: uuid.UUID
    device: uuid.UUID
    seq: Annotated[int, Field(ge=1, lt=2**31)]
    made_at: AwareDatetime
    kind: Kind
    case: Id | None = None
    complaint: Id | None = None
    visit: uuid.UUID | None = None
    basis: Annotated[int, Field(ge=0, lt=2**31)] = 0
    again: uuid.UUID | None = None
    done_at: AwareDatetime | None = None
    payload: dict[str, Any]


class Item(Table):
    """One item of a checklist, passed or not.

    Parameters
    ----------
    id
        What the phone calls the violation that an item which did not pass becomes, by which a
        citation of the same visit names it; older phones give none.
    """

    id: uuid.UUID | None = None
    section: Annotated[str, Field(min_length=1, max_length=80)]
    item: Annotated[str, Field(min_length=1, max_length=400)]
    passed: bool


class Looked(Table):
    """One line of what was looked for, answered."""

    line: Annotated[str, Field(min_length=1, max_length=400)]
    answer: Answer
    note: Text = ""


class Believed(Table):
    """Why an officer looks into a complaint without a name."""

    imminent: Imminent
    reason: Said


class Spot(Table):
    """Where the phone was, in degrees (EPSG:4326), and within how many metres it knew that."""

    lon: Annotated[float, Field(ge=-180, le=180)]
    lat: Annotated[float, Field(ge=-90, le=90)]
    accuracy_m: Annotated[float, Field(ge=0, lt=10**7)] | None = None


class Seen(Table):
    """What was seen and how; `seen_at` where it is told anew, of the day it really was."""

    entry: Entry
    entry_detail: Text = ""
    findings: tuple[Item, ...] = ()
    looked: Annotated[tuple[Looked, ...], Field(max_length=100)] = ()
    note: Text = ""
    seen_at: AwareDatetime | None = None


class Visit(Seen):
    """A visit made."""

    inspection: Id | None = None
    belief: Believed | None = None


class Opened(Seen):
    """A case opened for what an officer saw in passing, of a violation at the least.

    Parameters
    ----------
    category
        As the law in force names it.
    parcel_no, address, spot
        Where it is: the parcel that was pointed at, the address as it was said, where the phone
        was. One at the least; the surest counts.
    shown
        What the phone has shown as open there: ``case:7``, ``complaint:12``.
    """

    category: Annotated[str, Field(min_length=1, max_length=200)]
    parcel_no: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    address: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    spot: Spot | None = None
    shown: Annotated[tuple[Matter, ...], Field(max_length=100)] = ()


class NoAccess(Table):
    """A visit in vain; the reason with the visit's note behind it."""

    inspection: Id | None = None
    reason: Annotated[str, Field(min_length=1, max_length=4400)]


class Found(Table):
    """What became of one violation."""

    violation: Id
    result: Result


class Cite(Table):
    """A citation written under a number that the phone carried.

    Of a violation on record, or of one found on the visit that the deed names.
    """

    violation: Id | None = None
    found: uuid.UUID | None = None
    respondent: Id
    penalty_cents: Annotated[int, Field(ge=0, lt=10**13)]
    excused: Excused | None = None
    number: Annotated[str, Field(min_length=1, max_length=40)]


class Warn(Table):
    """A warning of some violations of the case, or of some found on the visit the deed names."""

    respondent: Id
    violations: Annotated[tuple[Id, ...], Field(max_length=100)] = ()
    found: Annotated[tuple[uuid.UUID, ...], Field(max_length=100)] = ()


class Taker(StrEnum):
    """Who took a paper from an officer."""

    RECIPIENT = "recipient"
    RESIDENT = "resident"  # somebody else, who lives there
    MANAGER = "manager"  # whoever is in charge of the business there


class Serve(Table):
    """A citation handed over, by its number.

    Parameters
    ----------
    taker
        Who took it; older phones give a name alone.
    capacity
        For what of the company or the trust that the paper names, where it names one.
    age, told_contents
        Of a resident: how old they say they are, and whether they were told what is in it.
    commercial
        Of a manager: whether the premises are commercial, as older phones never say.
    sworn
        Whether the officer swears to it, without which it proves nothing.
    """

    citation: Annotated[str, Field(min_length=1, max_length=40)]
    taker: Taker | None = None
    to: Annotated[str, Field(min_length=1, max_length=200)]
    capacity: Capacity | None = None
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    told_contents: bool = False
    commercial: bool = False
    at: AwareDatetime
    sworn: bool
    spot: Spot | None = None


class Post(Table):
    """A notice posted, by its identity.

    Parameters
    ----------
    places
        Where the law asks for it to hang.
    where
        Where it hangs, in the officer's words.
    sworn
        Whether the officer swears to it, without which it proves nothing.
    """

    notice: Id
    places: Annotated[tuple[Place, ...], Field(min_length=1, max_length=len(Place))]
    where: Annotated[str, Field(min_length=1, max_length=300)]
    at: AwareDatetime
    sworn: bool
    spot: Spot | None = None


class Close(Table):
    """The end of a case."""

    reason: Said


class HazardTold(Table):
    """A danger flagged, or one lifted."""

    parcel: Id | None = None
    kind: HazardKind | None = None
    note: Said
    until: date | None = None
    lift: Id | None = None


class How(StrEnum):
    """What a person may decide about a deed that was not taken, beside telling it anew."""

    NOTE = "note"
    DISCARD = "discard"


class Settle(Table):
    """What a person decided about a deed that was not taken."""

    deed: uuid.UUID
    how: How
    reason: Said


class AtStop(Table):
    """A stop of a plan that was come to, or left, and when."""

    stop: Id
    at: AwareDatetime


class Skipped(Table):
    """A stop of a plan that the officer does not go to, and why."""

    stop: Id
    at: AwareDatetime
    reason: Annotated[str, Field(min_length=1, max_length=300)]


PAYLOADS: dict[Kind, type[Table]] = {
    Kind.OPEN: Opened,
    Kind.VISIT: Visit,
    Kind.NO_ACCESS: NoAccess,
    Kind.RESULT: Found,
    Kind.WARN: Warn,
    Kind.CITE: Cite,
    Kind.SERVE: Serve,
    Kind.POST: Post,
    Kind.CLOSE: Close,
    Kind.HAZARD: HazardTold,
    Kind.SETTLE: Settle,
    Kind.ARRIVE: AtStop,
    Kind.LEAVE: AtStop,
    Kind.SKIP: Skipped,
}
