"""Photographs of a report that nobody sent go after a day with their files, and nothing else."""

import logging
import threading
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk import CLERK, day
from files import jpeg
from reported import GRASS
from small_town import lay_out

from cases.actors import Moment
from cases.documents.attaching import DocumentKind, Filing, attach
from cases.documents.intake import take_in as take_file
from cases.documents.store import Store
from cases.models import Document, ResidentPhoto
from cases.reporters import Identity
from cases.residents.codes import Codes
from cases.residents.photos import keep_photo
from cases.residents.reporting import Sent, take_in
from cases.residents.unsent import AT_ONCE, drop_unsent, hold_files
from cases.screening import Channel
from geo.database import Database
from webmap.worker.unsent import drop_all_unsent

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A document store of the test's own."""
    return Store(tmp_path)


def _picture(marks: str) -> bytes:
    return jpeg((40 + sum(marks.encode()), 30))


def _kept(
    connection: sa.Connection, store: Store, *, of: uuid.UUID | None = None, ago: timedelta,
    marks: str,
) -> str:  # fmt: skip
    taken = take_file(store, _picture(marks), name="IMG_1.jpg", zone=UTC)
    moment = Moment(on=(NOW - ago).date(), now=NOW - ago)
    keep_photo(connection, taken, report_id=of or uuid.uuid4(), moment=moment)
    return taken.sha256


def _left(connection: sa.Connection) -> set[str]:
    return set(connection.scalars(sa.select(Document.sha256)))


LONG, JUST = timedelta(hours=25), timedelta(hours=23)


def test_only_what_is_old_and_of_no_report_goes_with_its_file(
    town: sa.Connection, law: int, case: int, store: Store
) -> None:
    name = uuid.uuid4()
    gone = _kept(town, store, ago=LONG, marks="gone")
    sent = _kept(town, store, of=name, ago=LONG, marks="sent")
    young = _kept(town, store, ago=JUST, marks="young")
    hung = _kept(town, store, ago=LONG, marks="hung")
    shared = _kept(town, store, ago=LONG, marks="shared")
    _kept(town, store, of=name, ago=LONG, marks="shared")
    taken = take_file(store, _picture("hung"), name=None, zone=UTC)
    attach(
        town, taken, case_id=case, client_id=uuid.uuid4(), actor=CLERK, moment=day(6, 3),
        filing=Filing(kind=DocumentKind.PHOTO),
    )  # fmt: skip
    report = Sent(id=name, report=replace(GRASS, channel=Channel.WEB))
    take_in(
        town, report, reporter=Identity(), codes=Codes(["a key for tests"]), law_pack_id=law,
        moment=day(6, 3),
    )  # fmt: skip
    assert drop_unsent(town, store, now=NOW) == (3, 1)
    assert _left(town) == {sent, young, hung, shared}
    assert [store.holds(each) for each in (gone, sent, young, hung, shared)] == [
        False, True, True, True, True,
    ]  # fmt: skip
    assert drop_unsent(town, store, now=NOW) == (0, 0)


def test_a_file_that_is_gone_already_is_no_mistake(town: sa.Connection, store: Store) -> None:
    name = _kept(town, store, ago=LONG, marks="x")
    store.drop(name)
    assert drop_unsent(town, store, now=NOW) == (1, 1)


def test_nothing_younger_than_a_day_goes_whatever_is_asked(
    town: sa.Connection, store: Store
) -> None:
    now = town.scalar(sa.select(sa.func.now()))
    assert now is not None
    taken = take_file(store, _picture("now"), name=None, zone=UTC)
    keep_photo(town, taken, report_id=uuid.uuid4(), moment=Moment(on=now.date(), now=now))
    assert drop_unsent(town, store, now=now + timedelta(days=9)) == (0, 0)


def test_the_worker_drops_all_of_them_and_tells(
    fresh_database: Database, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    many = AT_ONCE + 3
    with fresh_database.app.begin() as connection:
        taken = take_file(store, _picture("many"), name=None, zone=UTC)
        moment = Moment(on=(NOW - LONG).date(), now=NOW - LONG)
        for _ in range(many):
            keep_photo(connection, taken, report_id=uuid.uuid4(), moment=moment)
    with caplog.at_level(logging.WARNING):
        drop_all_unsent(fresh_database.app, store, now=NOW)
    assert caplog.messages == [f"dropped {many} photographs of reports never sent, 1 files"]
    with fresh_database.app.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(ResidentPhoto)) == 0


def test_a_file_that_is_taken_in_again_meanwhile_is_not_lost(
    fresh_database: Database, store: Store
) -> None:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
    with fresh_database.app.begin() as connection:
        name = _kept(connection, store, ago=LONG, marks="x")
    worker = threading.Thread(
        target=drop_all_unsent, args=(fresh_database.app, store), kwargs={"now": NOW}
    )
    with fresh_database.app.begin() as connection:
        hold_files(connection)
        taken = take_file(store, _picture("x"), name=None, zone=UTC)  # is there, so is not written
        worker.start()
        worker.join(0.5)
        assert worker.is_alive()
        moment = Moment(on=NOW.date(), now=NOW)
        keep_photo(connection, taken, report_id=uuid.uuid4(), moment=moment)
    worker.join(10)
    assert not worker.is_alive()
    assert store.holds(name)
    with fresh_database.app.connect() as connection:
        assert _left(connection) == {name}
