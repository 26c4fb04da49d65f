"""Adopt law packs, and find the one a case was opened under."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.errors import CaseError
from cases.history import CASES, Chain
from cases.lawpack.ordinance import Ordinance
from cases.lawpack.reading import parse_pack
from cases.lawpack.schema import About, LawPack
from cases.models import AdoptedLaw, Case
from geo.compiled import Compiled


class NoLawError(CaseError):
    """A case stands under no law pack, or its law does not know what is asked of it."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """A law pack that was put in force.

    Parameters
    ----------
    since, until
        The day from which what was opened stands under it, and the day from which it stands under
        the next; None for the law in force.
    by
        Who adopted it; None where nobody is on record.
    cases
        How many stand under it.
    """

    law_pack_id: int
    law: LawPack
    since: date
    until: date | None
    by: str | None
    cases: int


def adopt(connection: sa.Connection, path: Path, *, on: date, by: str | None = None) -> int:
    """Put the law pack of a file in force, as `adopt_text` does; gives its identity."""
    text = path.read_text(encoding="utf-8")
    return adopt_text(connection, text, name=str(path), on=on, by=by)


def adopt_text(
    connection: sa.Connection, text: str, *, name: str, on: date, by: str | None = None
) -> int:
    """Put a law pack in force for the cases opened from now on; gives its identity.

    The same pack again is the same row.

    Parameters
    ----------
    name
        What the text is called in the sentences that say what is wrong with it.
    by
        Who adopts it.

    Raises
    ------
    LawPackError
        The pack is refused.
    NoLawError
        Another text was adopted under this name and version, or it was in force already and
        another came after it: raise the version.
    """
    about = parse_pack(text, name=name).pack
    sha256 = hashlib.sha256(text.encode()).digest()
    values = {"name": about.name, "version": about.version, "sha256": sha256, "content": text}
    connection.execute(
        insert(AdoptedLaw).values(**values, adopted_on=on, adopted_by=by).on_conflict_do_nothing()
    )
    check_adoptable(connection, about, sha256, on=on)
    found = _version(connection, about)
    assert found is not None  # noqa: S101 - one was put in, or was there
    return int(found.id)


def check_adoptable(connection: sa.Connection, about: About, sha256: bytes, *, on: date) -> None:
    """Refuse a law pack that cannot be put in force.

    Raises
    ------
    NoLawError
        As `adopt_text`.
    """
    found = _version(connection, about)
    if found is None:
        return
    if found.sha256 != sha256:
        msg = (
            f"{about.name} {about.version} was adopted with another text, and cases stand under "
            "it: give the changed pack a version of its own."
        )
        raise NoLawError(msg)
    if found.adopted_on <= on and law_in_force(connection, on=on)[0] != found.id:
        msg = (
            f"{about.name} {about.version} was in force before, and another law came after it: to "
            "go back to it give it a version of its own."
        )
        raise NoLawError(msg)


def _version(connection: sa.Connection, about: About) -> sa.Row[int, bytes, date] | None:
    """Return what is adopted under a pack's name and version."""
    return connection.execute(
        sa.select(AdoptedLaw.id, AdoptedLaw.sha256, AdoptedLaw.adopted_on).where(
            AdoptedLaw.name == about.name, AdoptedLaw.version == about.version
        )
    ).first()


def adoptions(connection: sa.Connection) -> list[Adoption]:
    """Return the law packs that were put in force, the latest first."""
    counted = sa.select(Case.law_pack_id, sa.func.count().label("cases")).group_by(Case.law_pack_id)
    stand = counted.subquery()  # the town is counted once, however many laws it had
    rows = connection.execute(
        sa.select(
            AdoptedLaw.id, AdoptedLaw.sha256, AdoptedLaw.adopted_on, AdoptedLaw.adopted_by,
            sa.func.coalesce(stand.c.cases, 0).label("cases"),
        )
        .outerjoin(stand, stand.c.law_pack_id == AdoptedLaw.id)
        .order_by(AdoptedLaw.adopted_on.desc(), AdoptedLaw.id.desc())
    ).all()  # fmt: skip
    ends = [None, *(row.adopted_on for row in rows)]
    return [
        Adoption(
            int(row.id), _read(connection, row.id, row.sha256), row.adopted_on, until,
            row.adopted_by, int(row.cases),
        )
        for row, until in zip(rows, ends, strict=False)
    ]  # fmt: skip


def law_of_case(connection: sa.Connection, case_id: int) -> LawPack:
    """Return the law a case was opened under.

    Raises
    ------
    NoLawError
        It came from a file, under no law of ours.
    """
    law = law_over(connection, case_id, chain=CASES)
    if law is None:
        msg = "This case came from another system: put it under a law pack before acting in it."
        raise NoLawError(msg)
    return law


def law_over(connection: sa.Connection, about: int, *, chain: Chain) -> LawPack | None:
    """Return the law that a case or a complaint stands under; None for one that came from a file.

    Parameters
    ----------
    about, chain
        The identity of the case, or of the complaint where the chain is theirs.
    """
    found = _over(chain).first(connection, about=about)
    return _read(connection, found.id, found.sha256) if found is not None else None


@lru_cache
def _over(chain: Chain) -> Compiled:
    subject = chain.subject.__table__
    mine = sa.select(AdoptedLaw.id, AdoptedLaw.sha256).join(
        subject, subject.c.law_pack_id == AdoptedLaw.id
    )
    return Compiled(mine.where(subject.c.id == sa.bindparam("about")))


def left_out(
    connection: sa.Connection, law_pack_id: int | None, sha256: bytes | None
) -> tuple[str, ...]:
    """Return the actions that a law leaves out, known by its row; none where there is no law."""
    if law_pack_id is None or sha256 is None:
        return ()
    return _read(connection, law_pack_id, sha256).without


def adopted_law(connection: sa.Connection, law_pack_id: int) -> LawPack:
    """Return one adopted law pack."""
    return _read(connection, *_ADOPTED.first(connection, law_pack_id=law_pack_id))


def every_law(connection: sa.Connection) -> dict[int, LawPack]:
    """Return all adopted law packs by their identity."""
    rows = connection.execute(sa.select(AdoptedLaw.id, AdoptedLaw.sha256).order_by(AdoptedLaw.id))
    return {int(row.id): _read(connection, row.id, row.sha256) for row in rows.all()}


def law_in_force(connection: sa.Connection, *, on: date) -> tuple[int, LawPack]:
    """Return the law that what begins on a day stands under, and its identity: the latest adopted.

    Raises
    ------
    NoLawError
        None is adopted yet.
    """
    latest = sa.select(AdoptedLaw.id, AdoptedLaw.sha256).where(AdoptedLaw.adopted_on <= on)
    row = connection.execute(
        latest.order_by(AdoptedLaw.adopted_on.desc(), AdoptedLaw.id.desc()).limit(1)
    ).first()
    if row is None:
        msg = (
            "No law pack is adopted in this town yet, so nothing can be reviewed or opened. "
            "Run: lotline law adopt"
        )
        raise NoLawError(msg)
    return int(row.id), _read(connection, *row)


def provision(law: LawPack, section: str, *, on: date) -> Ordinance:
    """Return the text of a provision that was in force on a day.

    Raises
    ------
    NoLawError
        The pack has no such provision, or none yet on that day.
    """
    text = law.text_of(section, on=on)
    if text is None:
        known = ", ".join(sorted({each.section for each in law.ordinances}))
        msg = f"The law pack has no section {section} in force on {on}. It has: {known}."
        raise NoLawError(msg)
    return text


_ADOPTED = Compiled(
    sa.select(AdoptedLaw.id, AdoptedLaw.sha256).where(AdoptedLaw.id == sa.bindparam("law_pack_id"))
)
_known: dict[bytes, LawPack] = {}
"""Packs read before, by the hash of their text, which the database itself holds them to."""


def _read(connection: sa.Connection, law_pack_id: int, sha256: bytes) -> LawPack:
    if sha256 not in _known:
        query = sa.select(AdoptedLaw.content).where(AdoptedLaw.id == law_pack_id)
        content = connection.execute(query).scalar_one()
        _known[sha256] = parse_pack(content, name="the adopted law pack")
    return _known[sha256]
