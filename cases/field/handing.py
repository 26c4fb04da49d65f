"""Tell what bringing a paper in the field was by law: by which way, and on which day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.actors import Actor, Moment
from cases.field import told
from cases.field.errors import HandingError
from cases.owners.bodies import is_body
from cases.service.attempts import Attempt, Method
from cases.wording import day_in_words, tidy

_A_VISIT = timedelta(hours=6)
"""How long before it is told of a paper may have been handed over at the visit that issued it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What was handed over or posted.

    Parameters
    ----------
    recipient
        Whom it names, as it was issued.
    of_visit
        Whether the visit that tells of it issued it as well: then it is dated as it was issued
        where a midnight lay between its handing over and the end of the visit, hours later.
    """

    recipient: str
    issued_on: date
    of_visit: bool = False


def handed(
    said: told.Serve, paper: Paper, *, deed: told.Deed, actor: Actor, moment: Moment
) -> Attempt:
    """Return the attempt at service that an officer tells of, made on the day it was handed over.

    Only the recipient takes it by hand (s. 162.12(1)(b)); a company or a trust does so by its
    officer, manager, registered agent or trustee. Whoever else did lives there, and proves
    nothing without their age and being told what is in it (s. 162.12(1)(c)); or is in charge of the
    business on the premises, which proves nothing where these are not said to be commercial
    (s. 162.12(1)(d)).

    Raises
    ------
    HandingError
        It was handed over before it was issued, unless only a midnight lay between, or after it
        was told, or to another recipient.
    """
    return Attempt(
        method=_method(said, paper),
        made_on=_day(said.at, f"Citation {said.citation}", paper, deed=deed, moment=moment),
        affidavit_on=moment.on if said.sworn else None,
        server=actor.name,
        resident_age=said.age,
        told_contents=said.told_contents,
        commercial=said.commercial,
        handed_to=said.to,
        handed_at=said.at,
        handed_as=said.capacity,
        handed_where=(said.spot.lon, said.spot.lat) if said.spot else None,
        handed_within_m=said.spot.accuracy_m if said.spot else None,
    )


def posted(
    said: told.Post, paper: Paper, *, deed: told.Deed, actor: Actor, moment: Moment
) -> Attempt:
    """Return the posting that an officer tells of, made on the day it was posted.

    By itself it never serves, and only after the days it must hang (s. 162.12(2)(b)).

    Raises
    ------
    HandingError
        It was posted before it was issued, or after it was told.
    """
    return Attempt(
        method=Method.POSTING,
        made_on=_day(said.at, "The notice", paper, deed=deed, moment=moment),
        posted_at=frozenset(said.places),
        posted_where=said.where,
        affidavit_on=moment.on if said.sworn else None,
        server=actor.name,
        handed_at=said.at,
        handed_where=(said.spot.lon, said.spot.lat) if said.spot else None,
        handed_within_m=said.spot.accuracy_m if said.spot else None,
    )


def _method(said: told.Serve, paper: Paper) -> Method:
    """Tell who took it; older phones have a name alone, which is the recipient's or is not."""
    if said.taker is told.Taker.RESIDENT:
        return Method.RESIDENT
    if said.taker is told.Taker.MANAGER:
        return Method.MANAGER
    if said.capacity is not None and is_body(paper.recipient):
        return Method.HAND
    if said.taker is told.Taker.RECIPIENT and is_body(paper.recipient):
        msg = (
            f"Citation {said.citation} names {paper.recipient}, which is no person: enter at the "
            "office who took it, and in what capacity."
        )
        raise HandingError(msg)
    if _plain(said.to) == _plain(paper.recipient):
        return Method.HAND
    if said.taker is None:
        return Method.RESIDENT
    msg = (
        f"Citation {said.citation} names {paper.recipient}, and {said.to} is said to have taken "
        "it as the recipient: enter at the office who did."
    )
    raise HandingError(msg)


def _plain(name: str) -> str:
    return (tidy(name) or "").casefold()


def _day(at: datetime, what: str, paper: Paper, *, deed: told.Deed, moment: Moment) -> date:
    """Return the day of the town on which it was handed over or posted, never before its issue.

    The moment itself is kept beside it.
    """
    if at > deed.made_at:
        msg = f"{what} cannot have been handed over after that was told."
        raise HandingError(msg)
    day = min(at, moment.now).astimezone(moment.now.tzinfo).date()
    at_midnight = paper.of_visit and deed.made_at - at <= _A_VISIT
    if day < paper.issued_on and not at_midnight:
        msg = (
            f"{what} was issued on {day_in_words(paper.issued_on)} and cannot have been handed "
            f"over on {day_in_words(day)}: enter at the office how it was brought."
        )
        raise HandingError(msg)
    return max(day, paper.issued_on)
