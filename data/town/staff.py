"""Give the demo town's people accounts, so that anybody may sign in as each of them."""

import re
from datetime import datetime

import sqlalchemy as sa

from cases.accounts import passwords, people
from cases.workflow.roles import Role
from data.town.notes import GENERATOR
from data.town.playing.scene import CLERK, MAGISTRATE, MANAGER
from geo.layers import Zone

PASSWORD = "lotline demo town"  # noqa: S105 - it is told on the demo's own sign-in page
ADMIN = "T. Webb"


def add_staff(connection: sa.Connection, *, now: datetime) -> None:
    """Add an account for each officer of a zone and for each of the office, all one password."""
    named = sa.select(Zone.officer_name).where(Zone.officer_name.is_not(None)).distinct()
    officers = sorted(filter(None, connection.execute(named).scalars()))
    office = ((each.name, each.role) for each in (CLERK, MANAGER, MAGISTRATE))
    for name, role in [
        *((officer, Role.OFFICER) for officer in officers), *office, (ADMIN, Role.ADMIN)
    ]:  # fmt: skip
        staff_id = people.add(
            connection, login=_login(name), name=name, role=role, by=GENERATOR, now=now
        )
        passwords.set_password(connection, staff_id, PASSWORD, by=name, now=now)


def _login(name: str) -> str:
    """Return the family name in small letters: "Magistrate R. Bell" signs in as bell."""
    return re.sub(r"[^a-z]", "", name.rpartition(" ")[2].lower())
