"""A town in which much is due, whose clock is run, killed and run again."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mail_town import MailTown, wait_until
from small_town import import_cases, lay_out, violation

from cases.accounts import people
from cases.workflow.roles import Role
from geo.database import Database
from webmap.worker.clock import Telling, TownsDay, towns_day

CASES = 24
READERS = {"Officer 1": Role.OFFICER, "Officer 2": Role.OFFICER, "A. Stone": Role.MANAGER}

OVERDUE = (
    "UPDATE lotline.violation SET comply_by = current_date - 4 - mod(id, 3)::integer",
    "UPDATE lotline.case_activity SET last_on = current_date - 40 * (mod(case_id, 4) = 0)::integer",
)
DUE = """
    SELECT 'correction', id, comply_by + 1 FROM lotline.violation
    UNION ALL
    SELECT 'dormant', case_id, last_on + 31 FROM lotline.case_activity
    WHERE last_on < current_date - 30"""
NOTICED = "SELECT kind, subject_id, due_on FROM lotline.clock_notice WHERE subject_id > 0"
WAITS = """SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE NOT granted AND datname = current_database()"""


@dataclass
class ClockTown(MailTown):
    """A database in which corrections are overdue and cases dormant."""

    @property
    def environ(self) -> dict[str, str]:
        """The environment of the commands, by which the root is mailed too."""
        return {**super().environ, "LOTLINE_AUDIT_MAIL": "root@example.org"}

    @property
    def roots(self) -> list[str]:
        """The names of what lies in the folder of roots."""
        return sorted(each.name for each in (self.home / "roots").glob("*"))

    @property
    def day(self) -> TownsDay:
        """The moment it is in the town."""
        day = towns_day(self.database.app, now=datetime.now(UTC))
        assert day is not None
        return day

    def telling(self) -> Telling:
        """Tell as the commands do."""
        return Telling(
            url="http://127.0.0.1:8000", mails=True, roots=self.home / "roots",
            root_to="root@example.org", messages=self.home / "messages",
        )  # fmt: skip

    def later(self, days: int) -> TownsDay:
        """The moment it is in the town so many days on."""
        return TownsDay(self.day.town, self.day.now + timedelta(days=days))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what a query gives, in order."""
        with self.database.owner.connect() as connection:
            return sorted(tuple(row) for row in connection.exec_driver_sql(query))

    def mails(self) -> list[tuple[Any, ...]]:
        """Return whom anything was queued for, in order."""
        return [to for (to,) in self.rows("SELECT to_address FROM lotline.mail")]

    def is_told_once(self) -> bool:
        """Tell whether all that is due was noticed, and everybody mailed of it, once each."""
        clock = "SELECT kind, due_on FROM lotline.clock_notice WHERE subject_id = 0"
        today = self.day.today
        return (
            self.rows(NOTICED) == self.rows(DUE)
            and self.mails() == ["1@example.org", "2@example.org", "3@example.org",
                                 "root@example.org"]
            and self.rows(clock) == [("root", today), ("run", today)]
            and self.roots == [f"root-{today}.txt"]
        )  # fmt: skip

    @contextlib.contextmanager
    def held_up(self, statement: str) -> Iterator[None]:
        """Hold a lock until whoever runs the clock waits for it, and then until the end."""
        with self.database.owner.connect() as connection, connection.begin() as transaction:
            connection.exec_driver_sql(statement)
            yield
            transaction.rollback()

    def kill_clock_at(self, statement: str) -> None:
        """Start a worker, and kill it where it waits for a lock."""
        with self.held_up(statement):
            worker = self.start_worker()
            wait_until(lambda: self.run(WAITS))
            worker.kill()
            worker.wait(20)
        self.let_an_hour_pass()


def clock_town(database: Database, folder: Path, *, port: int) -> ClockTown:
    """Lay the town out: a violation a case on six lots, of two officers, and their manager."""
    town = ClockTown(database, folder, port)
    rows = [violation(case_no=f"C-{n}", parcel_no=f"A-{n % 6 + 1}") for n in range(CASES)]
    with database.owner.begin() as connection:
        lay_out(connection)
        import_cases(connection, folder, *rows)
        for number, (name, role) in enumerate(READERS.items(), 1):
            people.add(
                connection, login=f"reader{number}", name=name, role=role,
                email=f"{number}@example.org", by="T. Webb", now=datetime.now(UTC),
            )  # fmt: skip
        for statement in OVERDUE:
            connection.exec_driver_sql(statement)
    return town
