"""Keep what a manager sets of visits, each change with who made it and when."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from cases.actors import Actor, Moment
from cases.models import VisitSetting
from cases.visiting.settings import SETTINGS, Settings, refuse_value
from cases.working.recording import permit


def settings_in_force(connection: sa.Connection) -> Settings:
    """Return what is in force; what nobody has set, or was set back, is as the program takes it."""
    query = (
        sa.select(VisitSetting.name, VisitSetting.value)
        .ext(distinct_on(VisitSetting.name))
        .order_by(VisitSetting.name, VisitSetting.id.desc())
    )
    rows = connection.execute(query)
    return Settings({row.name: row.value for row in rows if row.value is not None})


def set_visits(
    connection: sa.Connection, values: Mapping[str, int | None], *, actor: Actor, moment: Moment
) -> int:
    """Set some settings, None for as the program takes it; gives how many are changed by it.

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    SettingError
        One is not known, or out of its bounds; it names which.
    """
    permit(actor)
    lock = sa.func.hashtextextended("visit_setting", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))
    said = settings_in_force(connection).said
    for name, value in values.items():
        refuse_value(name, value)
    wanted = {name: _other_than(name, value) for name, value in values.items()}
    changed = [
        {"name": name, "value": value, "set_at": moment.now, "set_by": actor.name}
        for name, value in wanted.items()
        if value != said.get(name)
    ]
    if changed:
        connection.execute(sa.insert(VisitSetting), changed)
    return len(changed)


def _other_than(name: str, value: int | None) -> int | None:
    """Return None for what is as the program takes it anyway."""
    return None if value == SETTINGS[name].default else value


def setting_changes() -> sa.Select[Any]:
    """Select what was set, the latest first: ``name``, ``value``, ``before``, by whom and when."""
    before = sa.func.lag(VisitSetting.value).over(
        partition_by=VisitSetting.name, order_by=VisitSetting.id
    )
    columns: tuple[Any, ...] = (
        VisitSetting.id, VisitSetting.name, VisitSetting.value, before.label("before"),
        VisitSetting.set_at, VisitSetting.set_by,
    )  # fmt: skip
    return sa.select(*columns).order_by(VisitSetting.id.desc())
