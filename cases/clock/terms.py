"""Put what each adopted law says of days beside the cases that stand under it, for one query."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from cases.lawpack.schema import LawPack

LEAST_DAYS_OF_A_YEAR = 365


class Terms:
    """The days of every adopted law as tables to join.

    Parameters
    ----------
    laws
        The packs by their identity.

    Attributes
    ----------
    laws
        ``law_id``, ``lien_years``, ``foreclosure_months``, ``homestead_foreclosure``,
        ``retention_years``; null where a law sets no end to liens, or gives none.
    unsigned
        ``law_id``, ``notice_kind`` and ``days``, after which a letter counts as not signed for.
    """

    def __init__(self, laws: Mapping[int, LawPack]) -> None:
        packs = list(laws.values())
        liens = [each.liens for each in packs]
        self.laws = _table(
            "laws",
            law_id=(sa.BigInteger, list(laws)),
            lien_years=(sa.Integer, [each and each.life_years for each in liens]),
            foreclosure_months=(
                sa.Integer, [each and each.foreclosure_after_months for each in liens],
            ),
            homestead_foreclosure=(
                sa.Boolean, [each and each.homestead_foreclosure for each in liens],
            ),
            retention_years=(sa.Integer, [each.retention.closed_case_years for each in packs]),
        )  # fmt: skip
        unsigned = [
            (law_id, kind, rules.unsigned_days)
            for law_id, each in laws.items()
            for kind, rules in each.service
        ]
        self.unsigned = _table(
            "unsigned",
            law_id=(sa.BigInteger, [each[0] for each in unsigned]),
            notice_kind=(sa.Text, [each[1] for each in unsigned]),
            days=(sa.Integer, [each[2] for each in unsigned]),
        )
        ends = (each.life_years for each in liens if each and each.life_years)
        self._lien_years = min(ends, default=0)
        self._kept_years = min((each.retention.closed_case_years for each in packs), default=0)

    @staticmethod
    def after(day: Any, *, years: Any = 0, months: Any = 0) -> sa.ColumnElement[date]:
        """Return the day so many years and months on, clamped as `cases.spans` clamps it."""
        span = sa.func.make_interval(years, months, type_=sa.Interval)
        return sa.cast(day + span, sa.Date)

    def recorded_by(self, on: date) -> date:
        """Return a day before which every lien was recorded that has lived its time by another."""
        return _years_before(on, self._lien_years)

    def closed_by(self, on: date) -> date:
        """Return a day before which every case was closed that was kept long enough by another."""
        return _years_before(on, self._kept_years)


def _years_before(on: date, years: int) -> date:
    """Go back so many years, or some days less, but never beyond the calendar."""
    return on - timedelta(days=min(LEAST_DAYS_OF_A_YEAR * years, on.toordinal() - 1))


def _table(name: str, **columns: tuple[Any, list[Any]]) -> sa.TableValuedAlias:
    arrays = [sa.literal(values, sa.ARRAY(kind)) for kind, values in columns.values()]
    named = [sa.column(each, kind) for each, (kind, _) in columns.items()]
    return sa.func.unnest(*arrays).table_valued(*named).render_derived(name=name)
