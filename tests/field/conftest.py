"""Give Rivera a phone, in a small town with a case to verify in their zone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alder_town import application
from field_phone import Phone
from field_town import in_light, lay_out_field, now, settle_field, sign_in
from flask import Flask
from staffed import StoppedClock

from cases.actors import Moment
from cases.documents.store import Store
from geo.database import Database


@pytest.fixture
def copied(laid_out_once: Callable[[str, Callable[[Database], object]], str]) -> str:
    """The town of today with its people and its law, without a case."""
    return laid_out_once(f"field_{now().on:%Y%m%d}", lay_out_field)


@pytest.fixture
def cases(fresh_database: Database) -> list[int]:
    """The cases to verify in Rivera's zone, a violation alleged in each; a file may want more."""
    return settle_field(fresh_database, cases=1)


@pytest.fixture
def app(fresh_database: Database, cases: list[int], tmp_path: Path) -> Iterator[Flask]:
    """The application over the town; `HOME` holds its documents and plans."""
    assert cases
    with application(fresh_database) as app:
        app.config["HOME"] = tmp_path
        app.extensions["lotline_documents"] = Store(tmp_path / "documents")
        yield app


@pytest.fixture
def case(cases: list[int]) -> int:
    """The case on the first lot."""
    return cases[0]


@pytest.fixture
def phone(app: Flask, fresh_database: Database) -> Phone:
    """Rivera's phone, known to the office."""
    phone = Phone(sign_in(app.test_client(), fresh_database, "rivera"))
    phone.introduce()
    return phone


@pytest.fixture
def by_day(app: Flask, phone: Phone, fresh_database: Database) -> Moment:
    """A moment of this day at which it is light, where the office's clock stands."""
    moment = in_light()
    app.extensions["lotline_clock"] = StoppedClock(moment.now)
    sign_in(phone.client, fresh_database, "rivera", now=moment.now)
    phone.token = phone.client.get("/field/token.json").json["token"]
    return moment
