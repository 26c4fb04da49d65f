"""What the worker does by night of its own accord drops the drafts of routes that are long over."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from field_town import MANAGER, now, settle_field

from cases.business_days import TownCalendar
from cases.models import RouteDraft
from cases.visits import drafts
from cases.visits.asked import Asked
from cases.visits.drafts import KEPT_FOR
from geo.database import Database
from webmap.worker import tasks


@pytest.fixture
def draft_id(fresh_database: Database) -> int:
    settle_field(fresh_database, cases=1)
    asked = Asked(first=now().on, days=1, iterations=20)
    with fresh_database.app.begin() as connection:
        made = drafts.ask_draft(
            connection, asked, key=uuid4(), calendar=TownCalendar(), actor=MANAGER, moment=now()
        ).id
        drafts.fail(connection, made, because="tried", now=datetime.now(UTC))
    return made


class Named:
    """Stands for the queue: it keeps what is named, as the worker would call it."""

    def __init__(self) -> None:
        self.tasks: dict[str, Any] = {}
        self.job_manager = SimpleNamespace()

    def periodic(self, **_when: Any) -> Any:
        return lambda does: does

    def task(self, *, name: str, **_how: Any) -> Any:
        def keep(does: Any) -> Any:
            self.tasks[name] = does
            return does

        return keep


def test_a_draft_is_kept_a_month_after_its_last_day_and_dropped_the_night_after(
    fresh_database: Database, draft_id: int
) -> None:
    named = Named()
    tasks._keep_up(named, fresh_database, SimpleNamespace())  # type: ignore[arg-type]
    by_night = named.tasks["upkeep.mend"]

    def night_of(days: int) -> bool:
        last = now().on - KEPT_FOR - timedelta(days=days)
        with fresh_database.app.begin() as connection:
            both = {"first_day": last, "last_day": last}
            connection.execute(sa.update(RouteDraft).values(both))
        by_night(0)
        with fresh_database.app.connect() as connection:
            return drafts.draft(connection, draft_id) is not None

    assert night_of(0)
    assert not night_of(1)
