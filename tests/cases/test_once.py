"""However often a form is sent, and by however many at once, one thing comes of it."""

import threading
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, day
from played import in_a_town_of_its_own
from reported import received

from cases.models import Complaint
from cases.once import Made, UnusableKeyError, once
from cases.opening import open_case
from cases.tying import Whereabouts
from geo.database import Database

KEY = "0123456789abcdef0123456789abcdef"
AT = Whereabouts(parcel_no="A-1", address=None, point=None, opened_on=date(2026, 6, 1))


def count(connection: sa.Connection) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(Complaint)).scalar_one()


def test_the_same_key_again_is_the_same_complaint(town: sa.Connection, law: int) -> None:
    first = once(town, lambda: received(town, law), what=Made.COMPLAINT, key=KEY, moment=day(6, 1))
    again = once(town, lambda: received(town, law), what=Made.COMPLAINT, key=KEY, moment=day(6, 2))
    assert (again.id, first.again, again.again) == (first.id, False, True)
    assert count(town) == 1


def test_another_key_is_another_complaint(town: sa.Connection, law: int) -> None:
    for key in (KEY, KEY[::-1]):
        once(town, lambda: received(town, law), what=Made.COMPLAINT, key=key, moment=day(6, 1))
    assert count(town) == 2


@pytest.mark.parametrize("key", ["", "x" * 15, "x" * 65, " " * 20])
def test_what_is_no_key_is_refused(town: sa.Connection, law: int, key: str) -> None:
    with pytest.raises(UnusableKeyError, match="lost its key"):
        once(town, lambda: received(town, law), what=Made.COMPLAINT, key=key, moment=day(6, 1))
    assert count(town) == 0


def test_the_key_of_a_complaint_opens_no_case(town: sa.Connection, law: int) -> None:
    once(town, lambda: received(town, law), what=Made.COMPLAINT, key=KEY, moment=day(6, 1))

    def open_one() -> int:
        return open_case(
            town, category="High grass", place=AT, law_pack_id=law, actor=CLERK, moment=day(6, 1)
        )

    with pytest.raises(UnusableKeyError, match="something else"):
        once(town, open_one, what=Made.CASE, key=KEY, moment=day(6, 1))


def test_five_who_send_the_same_at_once_make_one_complaint(fresh_database: Database) -> None:
    with in_a_town_of_its_own(fresh_database) as (_town, law):
        pass
    start, found = threading.Barrier(5), []

    def send() -> None:
        start.wait()
        with fresh_database.app.begin() as connection:
            kept = once(
                connection, lambda: received(connection, law), what=Made.COMPLAINT, key=KEY,
                moment=day(6, 1),
            )  # fmt: skip
        found.append(kept)

    threads = [threading.Thread(target=send) for _ in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len({each.id for each in found}) == 1
    assert sorted(each.again for each in found) == [False, True, True, True, True]
    with fresh_database.app.connect() as connection:
        assert count(connection) == 1
