"""Ask what liens stand open, how they grow and end, and what else their violators own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select

from cases.adopted import NoLawError, law_of_case
from cases.lien_terms import expires_on, foreclosure_from
from cases.models import Case, EnforcementOrder, Lien, LienRelease, Respondent, Succession
from cases.ordered import fine_of
from cases.owners.names import name_key
from cases.workflow.lien import BINDING
from cases.workflow.order import OrderStatus
from geo.layers import Ownership, Parcel, ParcelLineage, ParcelPeriod

type Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LienReckoning:
    """What an open lien comes to on a day, and how long it lasts.

    Attributes
    ----------
    accrued_cents
        What its fine has added since the recording, before payments; None where the lien came
        from a file, so that nobody here counts it. So for `per_diem_cents`.
    expires_on, foreclosure_from
        Its last day, and the first on which it may be foreclosed: None where it never may be, and
        for both where no law of ours or no day of recording is known.
    """

    lien_id: int
    principal_cents: int
    accrued_cents: int | None
    per_diem_cents: int | None
    expires_on: date | None
    foreclosure_from: date | None


def open_liens() -> Rows:
    """Select the liens that bind, in the order of recording, which is that of their priority.

    Columns: the lien's own, ``case_number``, ``order_number``, ``parcel_no``.
    """
    return (
        sa.select(
            Lien.__table__,
            Case.number.label("case_number"),
            EnforcementOrder.number.label("order_number"),
            Parcel.parcel_no,
        )
        .join(Parcel, Parcel.id == Lien.parcel_id)
        .outerjoin(Case, Case.id == Lien.case_id)
        .outerjoin(EnforcementOrder, EnforcementOrder.id == Lien.order_id)
        .where(Lien.status.in_(BINDING))
        .order_by(Lien.recorded_on, Lien.id)
    )


def reckoned(
    connection: sa.Connection, liens: Iterable[sa.Row[Any]], *, on: date
) -> Iterator[LienReckoning]:
    """Yield what each open lien comes to at the end of a day.

    A lien whose order was vacated or set aside has accrued nothing: it is to be released.

    Parameters
    ----------
    liens
        Rows of `open_liens`, as many as a page shows: each asks for its order.
    """
    for lien in liens:
        accrued, per_diem = _growth(connection, lien, on=on)
        last, first = _term(connection, lien)
        yield LienReckoning(
            lien_id=lien.id, principal_cents=lien.amount_cents, accrued_cents=accrued,
            per_diem_cents=per_diem, expires_on=last, foreclosure_from=first,
        )  # fmt: skip


def names_of_violator(connection: sa.Connection, case_id: int) -> list[str]:
    """Return the names on the tax roll that are a case's respondents', spelled in any order.

    Equal by `cases.owners.names.name_key` alone, of those that `joined_alike` finds: what is only
    alike is no violator's property.
    """
    respondents = sa.select(Respondent.name).where(Respondent.case_id == case_id)
    names = connection.scalars(respondents).all()
    keys = {name_key(name) for name in names} - {""}
    if not keys:
        return []
    roll = (
        sa.select(Ownership.owner_name)
        .select_from(joined_alike(Ownership, Ownership.owner_name, names=names))
        .where(Ownership.valid_to.is_(None))
        .distinct()
    )
    return sorted(name for name in connection.scalars(roll) if name_key(name) in keys)


def joined_alike(table: Any, column: Any, *, names: Iterable[str]) -> sa.Join:
    """Join a table to some names that a column of it is like, by its index of trigrams.

    Asked for as they are written and by their keys, and for what holds them, so that neither who
    takes the letters in nor the order of words keeps an equal name from being found.
    """
    spelled = sorted({each for name in names for each in (name, name_key(name)) if each})
    array = sa.literal(spelled, sa.ARRAY(sa.Text))
    asked = sa.func.unnest(array).table_valued("name", name="asked")
    alike = sa.or_(column.op("%")(asked.c.name), column.op("%>")(asked.c.name))
    return sa.join(asked, table, alike)


def other_property(connection: sa.Connection, case_id: int) -> Rows:
    """Select what else a case's violator owns in town now, which a lien binds (s. 162.09(3)).

    Columns: ``parcel_id``, ``parcel_no``, ``situs_address``, ``owner_name``, ``homestead`` (None
    where the roll does not say; a homestead is not bound). Nothing is found where the law of the
    case binds no other property, and of a case that came from elsewhere, which is under no law
    here. What one lien of the case freed is not left out: another may bind it (`freed_from`).
    """
    of_case = sa.select(Case.parcel_id, Case.law_pack_id).where(Case.id == case_id)
    case = connection.execute(of_case).one()
    rules = None if case.law_pack_id is None else law_of_case(connection, case_id).liens
    binds = rules is not None and rules.other_property
    names = names_of_violator(connection, case_id) if binds else []
    return (
        sa.select(
            Parcel.id.label("parcel_id"),
            Parcel.parcel_no,
            ParcelPeriod.situs_address,
            Ownership.owner_name,
            Ownership.homestead,
        )
        .join(Ownership, Ownership.parcel_id == Parcel.id)
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .where(Ownership.valid_to.is_(None), ParcelPeriod.valid_to.is_(None))
        .where(Ownership.owner_name == sa.any_(sa.literal(names, sa.ARRAY(sa.Text))))
        .where(Parcel.id.is_distinct_from(case.parcel_id))
        .order_by(Parcel.parcel_no, Ownership.owner_name)
    )


def releasable(connection: sa.Connection, lien: sa.Row[Any]) -> list[sa.Row[Any]]:
    """Return the parcels, beside the one it was recorded against, that a lien binds and may free.

    Those made from that parcel, for a split does not end a lien, and what else its violator owns.

    Columns: ``parcel_id``, ``parcel_no``, ``situs_address``.
    """
    others = other_property(connection, lien.case_id).where(Parcel.id.not_in(freed_from(lien.id)))
    bound = connection.execute(others).all()
    made = (
        sa.select(Parcel.id.label("parcel_id"), Parcel.parcel_no, ParcelPeriod.situs_address)
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .where(ParcelPeriod.valid_to.is_(None), Parcel.id.in_(bound_lots(lien)))
    )
    found = {row.parcel_id: row for row in [*bound, *connection.execute(made)]}
    return sorted(found.values(), key=lambda row: str(row.parcel_no))


def bound_lots(lien: sa.Row[Any]) -> sa.Select[tuple[int]]:
    """Select the identities of the parcels made from a lien's own that it has not freed.

    Its own are the one it is on and those that it was on before they ended. A lot made of a freed
    one and a bound one is bound: what reaches it by one way is enough.
    """
    unfreed = ParcelLineage.child_id.not_in(freed_from(lien.id))
    was_on = sa.select(Succession.from_parcel_id).where(stood(lien.id))
    own = sa.or_(ParcelLineage.parent_id == lien.parcel_id, ParcelLineage.parent_id.in_(was_on))
    made = sa.select(ParcelLineage.child_id).where(own, unfreed).cte("made", recursive=True)
    later = sa.select(ParcelLineage.child_id).join(made, made.c.child_id == ParcelLineage.parent_id)
    every = made.union(later.where(unfreed))  # which ends, though lots were joined in a circle
    return sa.select(every.c.child_id).where(every.c.child_id != lien.parcel_id)


def stood(lien_id: Any) -> sa.ColumnElement[bool]:
    """Tell of a succession that it is a lien's, whose parcel ended."""
    return sa.and_(Succession.kind == "lien", Succession.row_id == lien_id)


def freed_from(lien_id: int) -> Rows:
    """Select the identities of the parcels that were released from a lien by name."""
    return sa.select(LienRelease.parcel_id).where(
        LienRelease.lien_id == lien_id, LienRelease.parcel_id.is_not(None)
    )


def _growth(
    connection: sa.Connection, lien: sa.Row[Any], *, on: date
) -> tuple[int | None, int | None]:
    if lien.order_id is None:
        return None, None
    order = sa.select(EnforcementOrder.status).where(EnforcementOrder.id == lien.order_id)
    if connection.scalar(order) == OrderStatus.VACATED:
        return 0, 0
    fine = fine_of(connection, lien.order_id, as_of=on)
    recorded = fine_of(connection, lien.order_id, as_of=lien.recorded_on)
    return fine.total_cents - recorded.total_cents, fine.per_diem_cents


def _term(connection: sa.Connection, lien: sa.Row[Any]) -> tuple[date | None, date | None]:
    if lien.case_id is None or lien.recorded_on is None:
        return None, None
    try:
        rules = law_of_case(connection, lien.case_id).liens
    except NoLawError:
        return None, None
    first = foreclosure_from(
        rules, recorded_on=lien.recorded_on, homestead=lien.homestead is not False
    )
    return expires_on(rules, recorded_on=lien.recorded_on), first
