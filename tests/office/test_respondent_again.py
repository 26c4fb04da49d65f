"""A form of a respondent's page that is sent again is done once, and another one is not lost."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import files
import pytest
import sqlalchemy as sa
from counter import OFFICER, ZONE, Counter
from desk import CLERK as J_OKAFOR
from desk import day
from letter_holder import GUARD, KEY, code_for, let_in, words
from lettered import stored
from played import one

from cases.accounts.throttle import Limit
from cases.inspections import arrange
from cases.models import (
    Case,
    CaseDocument,
    Citation,
    Contact,
    Extension,
    Hearing,
    Inspection,
    RespondentForm,
    Violation,
)

type On = Callable[[int], Counter]
HOUR = datetime(2026, 6, 10, 9, tzinfo=ZONE).isoformat()


@pytest.fixture
def desk(on_case: On, case: int, tmp_path: Path, town: sa.Connection) -> Counter:
    """The counter on a case of an officer's."""
    desk = stored(on_case(case).at(6, 9), tmp_path)
    town.execute(sa.update(Case).values(officer_id=desk.staff[OFFICER]))
    return desk


def _hidden(page: str) -> dict[str, str]:
    return {"csrf_token": GUARD.findall(page)[-1], "key": KEY.findall(page)[0]}


def _count(town: sa.Connection, table: type) -> int:
    return town.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _asked(town: sa.Connection, deed: str) -> dict[str, Any]:
    """Return what is filled in; files are made anew, as a browser reads them anew."""
    if deed == "photos":
        return {"said": "The yard.", "files": [(io.BytesIO(files.jpeg()), "lawn.jpg")]}
    return {
        "message": lambda: {"said": "Once."},
        "ready": lambda: {"at": HOUR, "said": "The gate is open"},
        "time": lambda: {
            "violation": str(one(town, Violation).id), "until": "2026-07-20", "because": "Parts",
        },
        "hearing": lambda: {
            "about": f"citation:{one(town, Citation).id}", "asks": "myself", "said": "Away",
        },
    }[deed]()  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "stands", "table"),
    [("message", "served", Contact), ("ready", "served", Inspection),
     ("photos", "served", CaseDocument), ("time", "fence", Extension),
     ("hearing", "cited", Hearing)],
)  # fmt: skip
def test_the_same_form_sent_again_does_nothing_more(
    request: pytest.FixtureRequest, desk: Counter, town: sa.Connection, deed: str,
    stands: str, table: type,
) -> None:  # fmt: skip
    request.getfixturevalue(stands)
    if deed == "hearing":
        desk.clock.on = one(town, Citation).answer_by
    before = _count(town, table)
    client = let_in(desk, code_for(desk, town))
    hidden = _hidden(client.get(f"/my-case/{deed}").text)
    for _ in range(3):
        answer = client.post(
            f"/my-case/{deed}", data=hidden | _asked(town, deed), buffered=True,
            content_type="multipart/form-data",
        )  # fmt: skip
        assert (answer.status_code, answer.location) == (303, "/my-case"), words(answer.text)
    assert _count(town, table) == before + 1
    assert one(town, RespondentForm).deed == deed


@pytest.mark.usefixtures("served")
def test_another_message_from_the_same_page_is_not_said_to_be_on_record_and_sent_by_a_new_key(
    desk: Counter, town: sa.Connection
) -> None:
    client = let_in(desk, code_for(desk, town))
    hidden = _hidden(client.get("/my-case/message").text)
    assert client.post("/my-case/message", data={**hidden, "said": "First."}).status_code == 303
    answer = client.post("/my-case/message", data={**hidden, "said": "Second."})
    assert answer.status_code == 200
    assert "Something else was sent from this page before" in words(answer.text)
    assert "Second." in answer.text
    fresh = _hidden(answer.text)
    assert fresh["key"] != hidden["key"]
    assert client.post("/my-case/message", data={**fresh, "said": "Second."}).status_code == 303
    assert set(town.scalars(sa.select(Contact.said))) == {"First.", "Second."}


@pytest.mark.usefixtures("served")
def test_a_visit_whose_hour_an_officer_set_is_not_moved_by_a_respondent(
    desk: Counter, town: sa.Connection, case: int
) -> None:
    client = let_in(desk, code_for(desk, town))
    hidden = _hidden(client.get("/my-case/ready").text)
    set_for = datetime(2026, 6, 12, 10, tzinfo=ZONE)
    arrange(town, case_id=case, at=set_for, actor=J_OKAFOR, moment=day(6, 9))
    answer = client.post("/my-case/ready", data={**hidden, "at": HOUR})
    assert answer.status_code == 200
    assert "write to the officer" in words(answer.text)
    planned = sa.select(Inspection.booked_for).where(Inspection.status == "booked")
    assert town.execute(planned).scalar_one() == set_for
    assert "An officer set the hour" in words(client.get("/my-case/ready").text)


@pytest.mark.usefixtures("served")
def test_a_payoff_statement_is_set_so_often_by_one_code(
    desk: Counter, town: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.respondent.letters.PAYOFFS", Limit(1, timedelta(hours=1)))
    client = let_in(desk, code_for(desk, town))
    assert client.get("/my-case/payoff.pdf").status_code == 200
    assert client.get("/my-case/payoff.pdf").status_code == 429
