"""Tell the town's years of code cases, from complaint to correction, order or lien."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.town import trouble
from data.town.noise import Array
from data.town.offences import OFFENCES, TOGETHER, Offence
from data.town.people import Holding, person
from data.town.plat import Plat

CASES_PER_LOT_YEAR = 0.185
CHANNELS = ("phone", "web", "email", "walk_in", "referral")
CHANNEL_SHARES = (0.42, 0.30, 0.13, 0.09, 0.06)
OFFICER_SHARE = 0.44
SECOND_SHARE = 0.27
SOLD_A_YEAR = 0.045
LIEN_SHARE = 0.5
STUCK, STUCK_SHARE = 6.0, 0.31
REINSPECTED, CITED, HEARD, ORDERED, RECORDED = (2, 40), (10, 75), (35, 110), (25, 70), (80, 190)
"""Days from each step to the next, least and most: a department with a backlog."""
BY_NAME = {offence.category: offence for offence in OFFENCES}


@dataclass(frozen=True, slots=True)
class Course:
    """
    The days on which a case that is not mended would go on.

    Attributes
    ----------
    mended, seen
        When the owner mends it, and when an officer sees that he has.
    reinspected, cited, heard, ordered
        The first look after the deadline, and the steps after it.
    recorded
        When a lien is recorded; None where the town would not.
    """

    mended: date
    seen: date
    reinspected: date
    cited: date
    heard: date
    ordered: date
    recorded: date | None

    def reached(self, by: date) -> str:
        """Say how far the case has gone by a day, or went before it was mended."""
        steps = {"cited": self.cited, "hearing": self.heard, "ordered": self.ordered}
        if self.recorded is not None:
            steps["lien"] = self.recorded
        went = [name for name, day in steps.items() if day <= min(by, self.mended)]
        return went[-1] if went else "open"


@dataclass(frozen=True, slots=True)
class Case:
    """
    One case and how far it has come by the last day of the history.

    Attributes
    ----------
    lot
        Number of the lot in the plat.
    offences
        One violation each, found on the same visit.
    channel, received
        How and when it came in; an officer's own finding is received the day it is found.
    found, comply_by
        Dates of the visit and of the latest deadline.
    owner
        Name on the roll on the day it was found.
    course
        When everything would happen, whether or not it has by the last day of the history.
    reached
        How far it would have come by then, were it not mended: open, cited, hearing, ordered, lien.
    status
        As `reached`, or corrected.
    closed
        When it was closed; None while open.
    ordered
        When an order was signed; None if none was.
    lien_recorded
        When a lien was recorded; None if none was.
    """

    lot: int
    offences: list[Offence]
    channel: str
    received: date
    found: date
    comply_by: date
    owner: str
    course: Course
    reached: str
    status: str
    closed: date | None
    ordered: date | None
    lien_recorded: date | None


def tell(
    rng: np.random.Generator,
    plat: Plat,
    holdings: list[Holding],
    *,
    years: int,
    until: date,
) -> list[Case]:
    """
    Tell the cases of some years.

    Parameters
    ----------
    rng
        Source of every event; advanced by this call.
    plat, holdings
        The lots and who owns them.
    years
        How many years before `until` the history begins.
    until
        Its last day.

    Returns
    -------
    list of Case
        By the day found; nothing in them is later than `until` but deadlines still running.
    """
    first = until - timedelta(days=round(365.25 * years))
    count = int(np.ceil(len(plat.lots) * years * CASES_PER_LOT_YEAR))
    weight = trouble.proneness(rng, plat, holdings)
    lots = rng.choice(len(plat.lots), count, p=weight)
    calendar = _calendar(first, until)
    cases = [
        _case(rng, plat, holdings, lot=int(lot), calendar=calendar, first=first, until=until)
        for lot in lots
    ]
    return sorted(cases, key=lambda case: (case.found, case.received, case.lot))


def _calendar(first: date, until: date) -> Array:
    """Return, for each month of the year, the weight of each day in it: no visits on Sundays."""
    days = [first + timedelta(days=i) for i in range((until - first).days)]
    open_ = np.array([{5: 0.15, 6: 0.0}.get(day.weekday(), 1.0) for day in days])
    month = np.array([day.month - 1 for day in days])
    return np.stack([np.where(month == m, open_, 0.0) for m in range(12)])


def _case(
    rng: np.random.Generator,
    plat: Plat,
    holdings: list[Holding],
    *,
    lot: int,
    calendar: Array,
    first: date,
    until: date,
) -> Case:
    offences = _offences(rng, use=plat.lots[lot].use)
    weight = np.array(offences[0].months) @ calendar
    day = int(rng.choice(len(weight), p=weight / weight.sum()))
    received = first + timedelta(days=day)
    observed = rng.random() < OFFICER_SHARE
    channel = "officer" if observed else str(rng.choice(CHANNELS, p=CHANNEL_SHARES))
    wait = 0 if observed else min(int(rng.gamma(1.6, 2.4)), 30)
    found = min(working(received + timedelta(days=wait)), until)
    received = found if observed else received
    comply_by = working(found + timedelta(days=max(o.days for o in offences)))
    holding = holdings[lot]
    slow = trouble.SLOWNESS[holding.owner.kind]
    mended = found + timedelta(days=_days_to_mend(rng, offences, slow=slow))
    course = _course(rng, comply_by=comply_by, mended=mended)
    reached = course.reached(until)
    over = course.seen <= until
    sold = not holding.homestead or rng.random() < 0.5  # noqa: PLR2004 - a fair coin
    earlier = (until - found).days / 365.25 * SOLD_A_YEAR > rng.random()
    moved = sold and earlier and holding.owner.kind == "person"
    owner = person(rng) if moved else holding.owner.name
    return Case(
        lot=lot,
        offences=offences,
        channel=channel,
        received=received,
        found=found,
        comply_by=comply_by,
        owner=owner,
        course=course,
        reached=reached,
        status="corrected" if over else reached,
        closed=course.seen if over else None,
        ordered=course.ordered if reached in {"ordered", "lien"} else None,
        lien_recorded=course.recorded if reached == "lien" else None,
    )


def _offences(rng: np.random.Generator, *, use: str) -> list[Offence]:
    weight = np.array([_fits(offence.category, use) * offence.weight for offence in OFFENCES])
    lead = OFFENCES[int(rng.choice(len(OFFENCES), p=weight / weight.sum()))]
    found = [lead]
    companions = [n for n in TOGETHER.get(lead.category, ()) if _fits(n, use)]
    while companions and rng.random() < SECOND_SHARE:
        found.append(BY_NAME[companions.pop(int(rng.integers(len(companions))))])
    return found


def _fits(category: str, use: str) -> float:
    """Return how well a category suits a use of land: 0 where it cannot occur."""
    homes = {"Short-term rental", "Stagnant pool", "Boat or trailer parking"}
    if use == "vacant":
        bare = {
            "High grass": 1.0,
            "Trash and debris": 1.5,
            "Overgrown lot": 6.0,
            "Outdoor storage": 0.4,
        }
        return bare.get(category, 0.0)
    if category == "Overgrown lot" or (use in {"commercial", "industrial"} and category in homes):
        return 0.0
    if category == "Prohibited sign":
        return 6.0 if use == "commercial" else 0.15
    return 1.0


def _days_to_mend(rng: np.random.Generator, offences: list[Offence], *, slow: float) -> int:
    median = max(offence.mend_days for offence in offences) * slow
    stuck = STUCK if rng.random() < STUCK_SHARE * slow else 1.0
    return 1 + int(1.25 * median * rng.lognormal(0, 0.8) * stuck)


def working(day: date) -> date:
    """Move a day on a weekend to Monday."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)  # noqa: PLR2004


def _course(rng: np.random.Generator, *, comply_by: date, mended: date) -> Course:
    def later(day: date, low: int, high: int) -> date:
        return working(day + timedelta(days=int(rng.integers(low, high))))

    reinspected = later(comply_by, *REINSPECTED)
    cited = later(reinspected, *CITED)
    heard = later(cited, *HEARD)
    ordered = later(heard, *ORDERED)
    lien = later(ordered, *RECORDED)
    recorded = lien if rng.random() < LIEN_SHARE else None
    # a mended violation is seen at the reinspection, or when the owner next calls for one
    checked = reinspected if mended <= reinspected else later(mended, 2, 9)
    seen = min(checked, reinspected) if mended <= comply_by else checked
    if rng.random() < 0.4:  # noqa: PLR2004 - a share of owners call at once
        seen = min(seen, later(mended, 1, 5))
    return Course(mended, seen, reinspected, cited, heard, ordered, recorded)
