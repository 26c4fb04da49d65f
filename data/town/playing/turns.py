"""Deal out what happens beside the usual course, so that every state has its example."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from data.town.years import Case, Course, working


class Turn(StrEnum):
    """Something that happens to a few cases only."""

    REFERRED = "referred"
    IGNORED = "ignored"
    NO_NAME = "no_name"
    TWO_COMPLAIN = "two_complain"
    MORE_URGENT = "more_urgent"
    UNFOUNDED = "unfounded"
    MISTAKEN = "mistaken"
    NO_ACCESS = "no_access"
    MAIL_RETURNED = "mail_returned"
    MORE_TIME = "more_time"
    NO_MORE_TIME = "no_more_time"
    CONTESTED = "contested"
    GAVE_IN = "gave_in"  # mended while a contested citation waits to be heard
    DISMISSED = "dismissed"
    PUT_OFF = "put_off"
    AGREED = "agreed"
    WAIVER_VACATED = "waiver_vacated"
    AFFIDAVIT_CONTESTED = "affidavit_contested"
    SLIP = "slip"  # a notice begun wrong, and one taken back
    HANDED_ON = "handed_on"  # a violation that is another department's
    MISREAD = "misread"  # a violation that is none
    CITED_WRONG = "cited_wrong"  # a citation taken back and written anew
    THOUGHT_BETTER = "thought_better"  # a request or an appointment taken back
    CHEQUE_RETURNED = "cheque_returned"
    OVERPAID = "overpaid"
    PART_WAIVED = "part_waived"
    RECORDED = "recorded"  # the order, which is no lien
    REOPENED = "reopened"
    AFFIDAVIT_REJECTED = "affidavit_rejected"
    ORDER_VACATED = "order_vacated"
    REDUCED = "reduced"
    STAND_STILL = "stand_still"
    SOLD = "sold"
    UNTOLD = "untold"
    BANKRUPT = "bankrupt"
    ABATED = "abated"
    WORK_CANCELLED = "work_cancelled"
    UNBILLED = "unbilled"
    PART_RELEASED = "part_released"
    RELEASED = "released"
    FORECLOSED = "foreclosed"
    FORECLOSURE_WITHDRAWN = "foreclosure_withdrawn"
    SUED = "sued"
    DECLINED = "declined"
    SUIT_SETTLED = "suit_settled"
    SUIT_DISMISSED = "suit_dismissed"
    APPEALED = "appealed"
    STAYED = "stayed"
    STAY_LIFTED = "stay_lifted"
    REVERSED = "reversed"
    REMANDED = "remanded"
    APPEAL_DISMISSED = "appeal_dismissed"
    UNDECIDED = "undecided"
    WRONG_PHOTO = "wrong_photo"


class _Deal(NamedTuple):
    """Of the cases that came at least so far, which share takes a turn.

    Attributes
    ----------
    reported
        Only those that somebody reported.
    several
        Only those with more than one violation.
    about
        Only those of this category; any where it is empty.
    """

    turn: Turn
    reached: str
    share: float
    reported: bool = False
    several: bool = False
    about: str = ""

    def fits(self, fate: Case) -> bool:
        """Tell whether a fate may take it."""
        far = REACHED.index(fate.reached) >= REACHED.index(self.reached)
        known = fate.channel != "officer" or not self.reported
        enough = len(fate.offences) > 1 or not self.several
        return far and known and enough and self.about in {"", fate.offences[0].category}


REACHED = ("open", "cited", "hearing", "ordered", "lien")
DEALS = (
    _Deal(Turn.REFERRED, "open", 0.03, reported=True),
    _Deal(Turn.IGNORED, "open", 0.04, reported=True),
    _Deal(Turn.NO_NAME, "open", 0.5, reported=True, about="Unsecured structure"),
    _Deal(Turn.TWO_COMPLAIN, "open", 0.08, reported=True),
    _Deal(Turn.MORE_URGENT, "open", 0.03, reported=True),
    _Deal(Turn.MISTAKEN, "open", 0.004),
    _Deal(Turn.UNFOUNDED, "open", 0.05),
    _Deal(Turn.NO_ACCESS, "open", 0.03),
    _Deal(Turn.MAIL_RETURNED, "cited", 0.15),
    _Deal(Turn.MORE_TIME, "open", 0.08),
    _Deal(Turn.NO_MORE_TIME, "open", 0.03),
    _Deal(Turn.CONTESTED, "hearing", 0.35),
    _Deal(Turn.DISMISSED, "hearing", 0.06),
    _Deal(Turn.PUT_OFF, "hearing", 0.1),
    _Deal(Turn.AGREED, "hearing", 0.08),
    _Deal(Turn.WAIVER_VACATED, "hearing", 0.03),
    _Deal(Turn.AFFIDAVIT_CONTESTED, "ordered", 0.1),
    _Deal(Turn.SLIP, "open", 0.01),
    _Deal(Turn.HANDED_ON, "open", 0.03, several=True),
    _Deal(Turn.MISREAD, "open", 0.03, several=True),
    _Deal(Turn.THOUGHT_BETTER, "open", 0.01),
    _Deal(Turn.REOPENED, "open", 0.005),
    _Deal(Turn.CITED_WRONG, "cited", 0.02),
    _Deal(Turn.CHEQUE_RETURNED, "cited", 0.02),
    _Deal(Turn.OVERPAID, "cited", 0.02),
    _Deal(Turn.PART_WAIVED, "cited", 0.03),
    _Deal(Turn.RECORDED, "ordered", 0.4),
    _Deal(Turn.SOLD, "ordered", 0.03),
    _Deal(Turn.ABATED, "ordered", 0.5, about="Overgrown lot"),
    _Deal(Turn.BANKRUPT, "lien", 0.02),
    _Deal(Turn.REDUCED, "lien", 0.1),
    _Deal(Turn.WRONG_PHOTO, "open", 0.02),
)

APART = {
    Turn.SOLD: frozenset({Turn.AFFIDAVIT_CONTESTED, Turn.REDUCED}),
    Turn.REDUCED: frozenset({Turn.SOLD}),
}
"""Turns no case takes together: a buyer has had no notice, without which no hearing is docketed."""

SAGAS = tuple(
    frozenset(turns)
    for turns in (
        {Turn.CONTESTED, Turn.DISMISSED},
        {Turn.CONTESTED, Turn.GAVE_IN},
        {Turn.CONTESTED, Turn.PUT_OFF},
        {Turn.AGREED},
        {Turn.WAIVER_VACATED, Turn.CITED_WRONG},
        {Turn.APPEALED},
        {Turn.APPEALED, Turn.REVERSED},
        {Turn.APPEALED, Turn.REMANDED},
        {Turn.APPEALED, Turn.STAYED, Turn.STAY_LIFTED, Turn.APPEAL_DISMISSED},
        {Turn.APPEALED, Turn.STAYED, Turn.UNDECIDED},
        {Turn.SUED},
        {Turn.SUED, Turn.DECLINED},
        {Turn.SUED, Turn.SUIT_SETTLED},
        {Turn.SUED, Turn.SUIT_DISMISSED},
        {Turn.SUED, Turn.UNDECIDED},
        {Turn.FORECLOSED},
        {Turn.FORECLOSED, Turn.FORECLOSURE_WITHDRAWN},
        {Turn.FORECLOSED, Turn.UNDECIDED},
        {Turn.RELEASED},
        {Turn.PART_RELEASED},
        {Turn.BANKRUPT},
        {Turn.ABATED},
        {Turn.ABATED, Turn.WORK_CANCELLED},
        {Turn.ABATED, Turn.UNBILLED, Turn.UNDECIDED},
        {Turn.SOLD, Turn.UNTOLD},
        {Turn.REDUCED},
        {Turn.STAND_STILL},
        {Turn.ORDER_VACATED},
        {Turn.AFFIDAVIT_CONTESTED, Turn.AFFIDAVIT_REJECTED},
    )
)
"""The rare courses, of which a town of two years would else have none."""
SAGA_CITED, SAGA_HEARD, SAGA_MENDED = timedelta(25), timedelta(50), timedelta(430)
SAGA_GAVE_IN = timedelta(10)


def with_sagas(fates: Sequence[Case], *, homestead: Sequence[bool], until: date) -> list[Case]:
    """Let the first fates of a town drag on, so that each of the `SAGAS` has somebody to tell of.

    They come first in the list, and befall no homestead, which nobody may foreclose.

    Parameters
    ----------
    homestead
        Whether each fate's lot is one.
    until
        The last day of the history, by which a saga is mended, unless it is never.
    """
    away = [at for at, lived_in in enumerate(homestead) if not lived_in][: len(SAGAS)]
    dragged = (
        replace(fates[at], course=_saga(fates[at], turns, until=until), reached="lien")
        for at, turns in zip(away, SAGAS, strict=False)  # a small town has not all of them
    )
    return [*dragged, *(fate for at, fate in enumerate(fates) if at not in set(away))]


def _saga(fate: Case, turns: frozenset[Turn], *, until: date) -> Course:
    cited = working(fate.comply_by + SAGA_CITED)
    heard = working(cited + SAGA_HEARD)
    mended = min(fate.found + SAGA_MENDED, until - timedelta(60))
    if Turn.GAVE_IN in turns:
        mended = cited + SAGA_GAVE_IN
    return Course(
        mended=mended, seen=working(mended + timedelta(2)), cited=cited, heard=heard,
        reinspected=working(fate.comply_by + timedelta(3)), ordered=heard, recorded=heard,
    )  # fmt: skip


def deal(rng: np.random.Generator, fates: Sequence[Case]) -> list[frozenset[Turn]]:
    """Deal turns to fates: of each at least one, wherever a case came far enough.

    Parameters
    ----------
    rng
        Source of who gets what; advanced by this call.
    fates
        `with_sagas` at their head.

    Returns
    -------
    list of frozenset
        The turns of each fate, in their order.
    """
    rest = fates[len(SAGAS) :]
    dealt: list[set[Turn]] = [set() for _ in rest]
    for each in DEALS:
        apart = APART.get(each.turn, frozenset())
        able = [
            at for at, fate in enumerate(rest) if each.fits(fate) and dealt[at].isdisjoint(apart)
        ]
        many = int(np.ceil(each.share * len(able)))
        for at in rng.choice(able, many, replace=False) if many else ():
            dealt[int(at)].add(each.turn)
    return [*SAGAS[: len(fates)], *(frozenset(turns) for turns in dealt)]
