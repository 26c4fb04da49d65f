"""Keep who made a complaint apart from everything else, and tell it only on record.

No other module reads the table `reporter`, so that a name is in no history, page or list.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from cases import complaining
from cases.actors import Actor, Moment
from cases.advancing import advance
from cases.complaints import law_of, lock_complaint, move_complaint
from cases.errors import CaseError
from cases.models import Complaint, Reporter
from cases.review import Rule
from cases.screening import AnonymityRule, Belief, Channel, Opening, may_open
from cases.wording import tidy
from cases.workflow.complaint import ComplaintAction, ComplaintStatus


class NotToldError(CaseError):
    """A name is given before it was said that it becomes a public record."""


class NoReporterError(CaseError):
    """A complaint was made without a name."""


class ReporterKnownError(CaseError):
    """A reporter is to be named who gave a name and an address before."""


class NamelessError(CaseError):
    """A reporter is to be named, and the name or the address would still be missing."""


NAMED_BY = frozenset({"name", "address"})
"""What the statute asks of whoever reports (s. 162.06(1)(b), Florida Statutes)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who reports, as far as they say; its words never show in a log.

    Parameters
    ----------
    told_public_record
        The notice that this becomes a public record (chapter 119, Florida Statutes) was given
        before the name.
    """

    name: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    told_public_record: bool = False

    @property
    def given(self) -> dict[str, str]:
        """What is given, by its column."""
        said = {name: getattr(self, name) for name in ("name", "address", "phone", "email")}
        return {name: text for name, words in said.items() if (text := tidy(words))}


def require_told(identity: Identity) -> None:
    """Ask that whoever gives a name was told first what becomes of it.

    Raises
    ------
    NotToldError
        They were not.
    """
    if identity.given and not identity.told_public_record:
        msg = (
            "A reporter's name, address, telephone or e-mail becomes a public record: give the "
            "notice before it, and say that it was given; or take the complaint without them."
        )
        raise NotToldError(msg)


def keep(connection: sa.Connection, complaint_id: int, identity: Identity) -> None:
    """Keep who made a complaint, and leave what they said before as it is.

    Nothing is kept where they say nothing of themselves.
    """
    if not identity.given:
        return
    told = {"complaint_id": complaint_id, "told_public_record": identity.told_public_record}
    filled = {
        name: sa.func.coalesce(getattr(Reporter, name), text)
        for name, text in identity.given.items()
    }
    if is_known(connection, complaint_id):
        mine = sa.update(Reporter).where(Reporter.complaint_id == complaint_id)
        connection.execute(mine.values(filled))
    else:
        connection.execute(sa.insert(Reporter).values(**told, **identity.given))


def opening_of(
    connection: sa.Connection,
    complaint_id: int,
    *,
    rule: AnonymityRule,
    channel: Channel,
    belief: Belief | None = None,
) -> Opening:
    """Tell whether a complaint may be looked into, by who made it and what an officer believes."""
    who = sa.select(Reporter.name, Reporter.address).where(Reporter.complaint_id == complaint_id)
    name, address = connection.execute(who).first() or (None, None)
    return may_open(rule, name=name, address=address, belief=belief, channel=channel)


def is_known(connection: sa.Connection, complaint_id: int) -> bool:
    """Tell whether whoever made a complaint said anything of themselves."""
    said = sa.select(Reporter.complaint_id).where(Reporter.complaint_id == complaint_id)
    return connection.scalar(said) is not None


def unsaid(connection: sa.Connection, complaint_id: int) -> frozenset[str]:
    """Return which of name and address whoever made a complaint has not given."""
    query = sa.select(Reporter.name, Reporter.address).where(Reporter.complaint_id == complaint_id)
    row = connection.execute(query).first()
    return frozenset(name for name in NAMED_BY if getattr(row, name, None) is None)


def name_reporter(
    connection: sa.Connection,
    *,
    complaint_id: int,
    identity: Identity,
    actor: Actor,
    moment: Moment,
) -> None:
    """Keep who made a complaint that lacks a name or an address, and decide anew if it may open.

    What they said before stays as it was said, and only what they did not is filled in. What the
    rule said before stands in the history; an officer's belief stays beside it.

    Raises
    ------
    NotToldError
        They were not told first that it becomes a public record.
    NamelessError
        The name or the address would still be missing: the statute asks for both.
    ReporterKnownError
        They gave both before, which stay as they were said.
    NoLawError
        The complaint came from another system.
    """
    require_told(identity)
    row = lock_complaint(connection, complaint_id, moment=moment)
    step = advance(ComplaintStatus(row.status), ComplaintAction.NAME_REPORTER, actor=actor)
    rule = law_of(connection, row).intake.anonymity
    missing = unsaid(connection, complaint_id)
    if not missing:
        msg = f"Whoever made complaint {row.number} said who they are: that stays as it was said."
        raise ReporterKnownError(msg)
    if not missing <= identity.given.keys():
        msg = "Give the reporter's name and address: without both it may not be looked into."
        raise NamelessError(msg)
    keep(connection, complaint_id, identity)
    opening = opening_of(connection, complaint_id, rule=rule, channel=Channel(row.channel))
    anew = {"value": opening.allowed, "because": opening.because}
    (before,) = [each["value"] for each in row.screening if each["rule"] == Rule.MAY_OPEN]
    screening = [each | anew if each["rule"] == Rule.MAY_OPEN else each for each in row.screening]
    move_complaint(
        connection, row, step, actor=actor, moment=moment, values={"screening": screening},
        may_open=opening.allowed, automatic={"value": before},
    )  # fmt: skip


def can_be_told(connection: sa.Connection, complaint_id: int) -> bool:
    """Tell whether a complaint's maker left a way to be reached."""
    ways = sa.func.num_nonnulls(Reporter.address, Reporter.phone, Reporter.email)
    query = sa.select(ways).where(Reporter.complaint_id == complaint_id)
    return bool(connection.scalar(query))


def named_in(connection: sa.Connection, case_id: int) -> list[sa.Row[int, str]]:
    """Return the complaints of a case whose makers said who they are: ``id``, ``number``."""
    query = sa.select(Complaint.id, Complaint.number).join(
        Reporter, Reporter.complaint_id == Complaint.id
    )
    return list(
        connection.execute(query.where(Complaint.case_id == case_id).order_by(Complaint.id))
    )


def repeated_pairs(
    connection: sa.Connection, about: Mapping[int, Collection[str]]
) -> complaining.Pairs:
    """Count how often the same people complained of the same respondents; nobody is named.

    Two complaints are one person's where the e-mail address, the telephone number, or name and
    address are the same but for case, blanks and punctuation. The database compares them and gives
    a number for each that means nothing elsewhere, so that no word of anybody's leaves it; and
    what is counted of fewer than five pairs is not told (`cases.complaining`).

    It leaves no event: nobody is told who made a complaint, which is what `disclose_reporter` asks
    a reason for. That the cases of a count belong to such a pair is for those who read reports
    (`cases.permissions.Right.READ_REPORTS`), who may each ask for the name on record; a report that
    goes outside leaves it out. Who asked for a report, and when, stands with it.

    Parameters
    ----------
    about
        Who answers in each case that is looked at, by a key.
    """
    said = sa.union_all(*(_marked(each) for each in _MARKS)).subquery()
    mark = sa.func.dense_rank().over(order_by=said.c.mark)
    query = sa.select(said.c.id, said.c.case_id, mark).where(
        said.c.mark.is_not(None),
        said.c.case_id == sa.any_(sa.literal(list(about), sa.ARRAY(sa.BigInteger))),
    )
    return complaining.pairs((tuple(row) for row in connection.execute(query)), about=about)


def _same(prefix: str, *said: InstrumentedAttribute[str | None], but: str) -> sa.ColumnElement[Any]:
    """Spell what somebody said the one way it is compared, without what makes no difference."""
    spelt = [
        sa.func.nullif(sa.func.regexp_replace(sa.func.lower(each), but, "", "g"), "")
        for each in said
    ]
    mark: sa.ColumnElement[Any] = sa.literal(prefix, sa.Text)
    for each in spelt:
        mark = mark.concat(" ").concat(each)
    return mark


_MARKS = (
    _same("e-mail", Reporter.email, but=r"\s"),
    _same("telephone", Reporter.phone, but=r"\D"),
    _same("name", Reporter.name, Reporter.address, but="[^[:alnum:]]"),
)
"""By what two complaints are known to be one person's; NULL where it was not said."""


def _marked(mark: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return (
        sa.select(Complaint.id, Complaint.case_id, mark.label("mark"))
        .join(Reporter, Reporter.complaint_id == Complaint.id)
        .where(sa.or_(Complaint.channel.is_(None), Complaint.channel != Channel.OFFICER))
    )


def disclose_reporter(
    connection: sa.Connection, *, complaint_id: int, reason: str, actor: Actor, moment: Moment
) -> Identity:
    """Tell staff who made a complaint; who asked and why is on record, the answer is not.

    Parameters
    ----------
    reason
        What it is needed for: a public-records request, a witness at the hearing.

    Raises
    ------
    NoReporterError
        Nobody gave a name.
    """
    row = lock_complaint(connection, complaint_id, moment=moment)
    at = ComplaintStatus(row.status)
    step = advance(at, ComplaintAction.DISCLOSE_REPORTER, actor=actor, reason=reason)
    query = sa.select(Reporter.__table__).where(Reporter.complaint_id == complaint_id)
    found = connection.execute(query).mappings().first()
    if found is None:
        msg = f"Complaint {row.number} was made without a name, so there is none to tell."
        raise NoReporterError(msg)
    move_complaint(connection, row, step, actor=actor, moment=moment, reason=reason)
    return Identity(**{name: value for name, value in found.items() if name != "complaint_id"})
