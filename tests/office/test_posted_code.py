"""The code of a posted page opens what anybody may read, and nothing that anybody may not."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from counter import ZONE, Counter
from desk import CLERK as J_OKAFOR
from desk import day
from files import jpeg
from letter_holder import code_for, let_in, typed, words
from lettered import stored

from cases.codes.giving import Scope
from cases.documents.attaching import DocumentKind, Filing, attach, publish
from cases.documents.copies import make_copies
from cases.documents.intake import take_in
from cases.inspections import arrange
from cases.models import Case, ResidentPhoto

type On = Callable[[int], Counter]
HIDE = sa.text("""
    UPDATE lotline.public_rule
    SET hidden_kinds = (SELECT array_agg(DISTINCT lower(category)) FROM lotline.case_file)""")
WHO: dict[str, Any] = {"actor": J_OKAFOR, "moment": day(6, 9)}


@pytest.fixture
def desk(on_case: On, case: int, warning: int, tmp_path: Path, town: sa.Connection) -> Counter:  # noqa: ARG001
    """The counter on a published case that has an issued warning."""
    town.execute(sa.update(Case).values(published=True))
    return stored(on_case(case).at(6, 9), tmp_path)


@pytest.mark.parametrize(
    "hidden",
    [
        {"published": False},
        {"category": Case.category},
        {"phase": "closed", "closed_on": date(2001, 2, 3)},
    ],
    ids=["unpublished", "of a hidden kind", "aged off"],
)
def test_a_case_that_nobody_may_read_is_opened_by_no_posted_code(
    desk: Counter, town: sa.Connection, case: int, hidden: dict[str, Any]
) -> None:
    posted, mailed = code_for(desk, town, Scope.READS), code_for(desk, town)
    open_by, own = let_in(desk, posted), let_in(desk, mailed)
    if "category" in hidden:
        town.execute(HIDE)
    town.execute(sa.update(Case).where(Case.id == case).values(hidden))
    assert "opens no case" in words(typed(desk.app.test_client(), posted).text)
    assert open_by.get("/my-case").location == "/notice"
    assert own.get("/my-case").status_code == 200
    let_in(desk, mailed)


def test_a_posted_code_tells_no_visit_no_request_for_time_and_no_money(
    desk: Counter, town: sa.Connection, case: int
) -> None:
    arrange(town, case_id=case, at=datetime(2026, 6, 11, 10, tzinfo=ZONE), **WHO)
    own = words(let_in(desk, code_for(desk, town)).get("/my-case").text)
    posted = words(let_in(desk, code_for(desk, town, Scope.READS)).get("/my-case").text)
    for each in ("An officer comes on", "What it costs", "Nothing is owed"):
        assert each in own, each
        assert each not in posted, each
    assert "What fixes it:" in posted


def test_a_posted_code_tells_the_day_of_a_hearing_and_not_what_it_is_about(
    request: pytest.FixtureRequest, desk: Counter, town: sa.Connection
) -> None:
    request.getfixturevalue("docketed")
    own = words(let_in(desk, code_for(desk, town)).get("/my-case").text)
    posted = words(let_in(desk, code_for(desk, town, Scope.READS)).get("/my-case").text)
    assert "Hearing about" in own
    assert "Hearing about" not in posted
    assert "Hearing:" in posted


def test_the_photograph_of_who_complained_is_not_shown_before_it_is_made_public(
    desk: Counter, town: sa.Connection, case: int
) -> None:
    store = desk.app.extensions["lotline_documents"]
    taken = take_in(store, jpeg(), name="x.jpg", zone=ZONE)
    filing = Filing(kind=DocumentKind.PHOTO, caption="From over the fence")
    photo = attach(town, taken, case_id=case, client_id=uuid.uuid4(), filing=filing, **WHO)
    make_copies(town, store, sha256=taken.sha256)
    told = {"report_id": uuid.uuid4(), "sha256": taken.sha256, "kept_at": day(6, 1).now}
    town.execute(sa.insert(ResidentPhoto).values(told))
    clients = [let_in(desk, code_for(desk, town, each)) for each in Scope]
    for each in clients:
        assert "From over the fence" not in each.get("/my-case").text
        assert each.get(f"/my-case/photo?of={photo}").status_code == 404
    publish(town, case_document_id=photo, **WHO)
    for each in clients:
        assert each.get(f"/my-case/photo?of={photo}").status_code == 200
