"""A clerk or a manager says where what stood on a parcel that is no more belongs."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, MANAGER, Counter, filled, wrongs
from ended_parcel import end_parcel

from cases.models import Case
from cases.workflow.roles import Role
from geo.layers import Parcel

type On = Callable[[int], Counter]
PLACE = "/office/changed-parcels"


@pytest.fixture
def desk(on_case: On, case: int) -> Counter:
    return on_case(case).at(6, 20)


@pytest.fixture
def waits(desk: Counter, case: int) -> str:
    """The page that asks where the case belongs, whose parcel was split in two."""
    with desk.engine.begin() as connection:
        parcel = connection.execute(sa.select(Case.parcel_id).where(Case.id == case)).scalar_one()
        return f"{PLACE}/{end_parcel(connection, case_id=case, parcel_id=parcel)}"


def send(desk: Counter, there: str, **typed: str) -> str:
    """Send the form; gives where it leads, or what is wrong."""
    client = desk.client(MANAGER)
    answer = client.post(there, data=filled(client.get(there).text) | typed)
    return answer.location or wrongs(answer.text)


def parcel_of(desk: Counter, case: int) -> Any:
    query = sa.select(Parcel.parcel_no).join(Case, Case.parcel_id == Parcel.id)
    with desk.engine.begin() as connection:
        return connection.execute(query.where(Case.id == case)).scalar_one()


def test_what_waits_is_told_first_and_settled_once(desk: Counter, waits: str, case: int) -> None:
    for role in (CLERK, MANAGER):
        assert "On parcels that are no more" in desk.client(role).get("/office/").text
    assert "On parcels that are no more" not in desk.client(Role.OFFICER).get("/office/").text
    page = desk.client(CLERK).get(PLACE).text
    assert desk.number in page
    assert "Split" in page
    was = parcel_of(desk, case)
    asked = desk.client(CLERK).get(waits).text
    parts = [no for no in ("A-1", "A-2", "A-3") if no != was][:2]
    assert all(f"{no}, " in asked and "50% of the ground" in asked for no in parts)
    assert "Choose a parcel" in send(desk, waits, because="Seen")
    assert "Give the number" in send(desk, waits, parcel="another:", because="Seen")
    assert "no parcel Z-9 now" in send(
        desk, waits, parcel="another:", another="Z-9", because="Seen"
    )  # fmt: skip
    assert send(desk, waits, parcel=parts[1], because="The shed stands there") == PLACE
    assert parcel_of(desk, case) == parts[1]
    assert desk.client(CLERK).get(waits).status_code == 404
    story = desk.page(CLERK)
    assert f"belongs to parcel {parts[1]} now" in story
    assert "the shed stands there" in story.lower()


def test_what_belongs_nowhere_stays_on_the_record_of_its_parcel(
    desk: Counter, waits: str, case: int
) -> None:
    was = parcel_of(desk, case)
    assert send(desk, waits, parcel="stays:", because="It became street") == PLACE
    assert parcel_of(desk, case) == was
    assert f"stays on parcel {was}" in desk.page(CLERK)
    assert "Nothing waits." in desk.client(CLERK).get(PLACE).text


def test_the_page_of_a_parcel_that_ended_says_so_and_leads_on(
    desk: Counter, waits: str, case: int
) -> None:
    assert waits
    was = parcel_of(desk, case)
    with desk.engine.begin() as connection:
        connection.execute(
            sa.text("""
                UPDATE lotline.parcel_period SET valid_to = '2026-06-01'
                WHERE valid_to IS NULL AND parcel_id =
                    (SELECT id FROM lotline.parcel WHERE parcel_no = :was)"""),
            {"was": was},
        )
    part = next(no for no in ("A-1", "A-2") if no != was)
    client = desk.client(CLERK)
    ended, made = (client.get(f"/office/parcel/{no}").text for no in (was, part))
    assert "This parcel is no more since Jun 1, 2026." in ended
    assert f'<a href="/office/parcel/{part}">{part}</a> (50%, Jun 1, 2026)' in ended
    assert f'Made from: <a href="/office/parcel/{was}">{was}</a>' in made
