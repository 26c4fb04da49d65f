"""Deal out what happens beside the usual course, so that every state has its example."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from data.town.years import Case


class Turn(StrEnum):
    """Something that happens to a few cases only."""

    UNFOUNDED = "unfounded"
    MISTAKEN = "mistaken"
    NO_ACCESS = "no_access"
    MAIL_RETURNED = "mail_returned"
    MORE_TIME = "more_time"
    NO_MORE_TIME = "no_more_time"
    CONTESTED = "contested"
    DISMISSED = "dismissed"
    PUT_OFF = "put_off"
    AGREED = "agreed"
    WAIVER_VACATED = "waiver_vacated"
    AFFIDAVIT_CONTESTED = "affidavit_contested"
    REDUCED = "reduced"


class _Deal(NamedTuple):
    """Of the cases that came at least so far, which share takes a turn."""

    turn: Turn
    reached: str
    share: float


REACHED = ("open", "cited", "hearing", "ordered", "lien")
DEALS = (
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
    _Deal(Turn.REDUCED, "lien", 0.15),
)


def deal(rng: np.random.Generator, fates: Sequence[Case]) -> list[frozenset[Turn]]:
    """Deal turns to fates: of each at least one, wherever a case came far enough.

    Parameters
    ----------
    rng
        Source of who gets what; advanced by this call.

    Returns
    -------
    list of frozenset
        The turns of each fate, in their order.
    """
    dealt: list[set[Turn]] = [set() for _ in fates]
    far = [REACHED.index(fate.reached) for fate in fates]
    for turn, reached, share in DEALS:
        able = [at for at, came in enumerate(far) if came >= REACHED.index(reached)]
        many = min(len(able), int(np.ceil(share * len(able))))
        for at in rng.choice(able, many, replace=False) if many else ():
            dealt[int(at)].add(turn)
    return [frozenset(turns) for turns in dealt]
