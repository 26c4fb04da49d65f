"""What a respondent asks on the page of their own is a deed like any other, done once."""

import html
import io
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import files
import pytest
import sqlalchemy as sa
from counter import CLERK, OFFICER, ZONE, Counter
from letter_holder import GUARD, KEY, code_for, let_in, sent, typed, words
from lettered import stored, tell
from played import one, story
from played_after import sell

from cases.codes.giving import Scope
from cases.desk.queues import Queue, condition
from cases.models import (
    Case,
    CaseDocument,
    Citation,
    Contact,
    Document,
    Extension,
    Hearing,
    Inspection,
    RespondentForm,
    Violation,
)

type On = Callable[[int], Counter]
WAYS = ("time", "message", "photos", "ready", "hearing")


@pytest.fixture
def desk(on_case: On, case: int, served: int, tmp_path: Path, town: sa.Connection) -> Counter:  # noqa: ARG001
    """The counter on a published case whose warning was served, before its time ends."""
    town.execute(sa.update(Case).values(published=True))
    return stored(on_case(case).at(6, 9), tmp_path)


def _waits(town: sa.Connection, queue: Queue) -> bool:
    on = date(2026, 6, 9)
    return town.scalar(sa.select(sa.exists().where(condition(queue, on=on)))) or False


def _file(data: bytes | None = None, name: str = "lawn.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(data or files.jpeg()), name


def test_a_message_reaches_the_office_once_and_waits_for_an_answer_that_is_read_on_the_page(
    desk: Counter, town: sa.Connection
) -> None:
    client = let_in(desk, code_for(desk, town))
    answer = sent(client, "/my-case/message", said="I mow on Saturday.")
    assert (answer.status_code, answer.location) == (303, "/my-case"), words(answer.text)
    row = one(town, Contact)
    assert (row.direction, row.way, row.who, row.noted_by) == ("in", "page", "P. Lane", "P. Lane")
    assert "I mow on Saturday." in words(client.get("/my-case").text)
    assert "I mow on Saturday." in desk.page(CLERK)
    assert story(town)[-1] == "contact_noted"
    assert _waits(town, Queue.WRITTEN)
    told = tell(
        desk, f"/office/case/{desk.number}/answer", said="Thank you, we come.",
        respondent=str(code_owner(town)),
    )  # fmt: skip
    assert told.status_code == 302, told.text
    assert not _waits(town, Queue.WRITTEN)
    assert "Thank you, we come." in words(client.get("/my-case").text)


def code_owner(town: sa.Connection) -> int:
    return int(town.execute(sa.text("SELECT id FROM lotline.respondent")).scalar_one())


def test_photographs_hang_on_the_case_and_are_told_as_a_message(
    desk: Counter, town: sa.Connection
) -> None:
    client = let_in(desk, code_for(desk, town))
    answer = sent(
        client, "/my-case/photos", said="The back yard, mowed.",
        files=[_file(), _file(files.pdf(), "permit.pdf")],
    )  # fmt: skip
    assert answer.status_code == 303, words(answer.text)
    rows = town.execute(sa.select(CaseDocument.__table__).order_by(CaseDocument.id)).all()
    assert [(each.kind, each.added_by, each.audience) for each in rows] == [
        ("photo", "P. Lane", "staff"), ("evidence", "P. Lane", "staff"),
    ]  # fmt: skip
    page = client.get("/my-case").text
    assert f"/my-case/photo?of={rows[0].id}" in page
    assert "The back yard, mowed." in words(page)
    assert _waits(town, Queue.WRITTEN)


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"<svg onload=alert(1)>", "x.jpg"), (b"GIF89a;<?php", "x.php"), (b"MZ\x90", "x.exe"),
     (files.png_bomb(14_000, 14_000), "bomb.png"), (b"", "empty.jpg")],
)  # fmt: skip
def test_what_is_no_photograph_is_refused_and_no_word_typed_is_lost(
    desk: Counter, town: sa.Connection, data: bytes, name: str
) -> None:
    client = let_in(desk, code_for(desk, town))
    answer = sent(
        client, "/my-case/photos", said="My words", files=[_file(), (io.BytesIO(data), name)]
    )
    assert answer.status_code == 200
    assert f"<li>{name}: " in answer.text.partition('role="alert"')[2]
    assert "My words" in answer.text
    for table in (CaseDocument, Document, Contact, RespondentForm):
        assert town.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_more_time_is_asked_for_in_the_words_of_the_respondent_and_waits_for_the_officer(
    on_case: On, case: int, town: sa.Connection, fence: int, tmp_path: Path
) -> None:
    desk = stored(on_case(case).at(6, 9), tmp_path)
    client = let_in(desk, code_for(desk, town))
    violation = str(fence)
    answer = sent(
        client, "/my-case/time", violation=violation, until="2026-07-20", because="Ordered parts",
    )  # fmt: skip
    assert answer.status_code == 303, words(answer.text)
    row = one(town, Extension)
    assert (row.status, row.because, row.received_on) == (
        "requested", "Ordered parts", date(2026, 6, 9),
    )  # fmt: skip
    assert _waits(town, Queue.TIME_ASKED)
    said = words(client.get("/my-case").text)
    assert "It is not decided yet" in said
    assert "Ask for more time" not in said


def test_a_day_that_gives_no_more_time_is_said_to_be_none_where_it_was_typed(
    on_case: On, case: int, town: sa.Connection, fence: int, tmp_path: Path
) -> None:
    desk = stored(on_case(case).at(6, 9), tmp_path)
    client = let_in(desk, code_for(desk, town))
    answer = sent(
        client, "/my-case/time", violation=str(fence), until="2026-06-10", because="Ordered parts",
    )  # fmt: skip
    assert answer.status_code == 200
    assert "More time must end after" in answer.text.partition('id="until-error"')[2][:80]
    assert "Ordered parts" in answer.text


def test_no_more_time_is_asked_for_what_the_law_gives_none(
    desk: Counter, town: sa.Connection
) -> None:
    client = let_in(desk, code_for(desk, town))
    said = words(client.get("/my-case/time").text)
    assert "cannot be asked for: the law gives none." in said
    violation = str(one(town, Violation).id)
    answer = client.post("/my-case/time", data={"violation": violation})
    assert answer.status_code == 400  # without its guard
    assert "Ask for more time" not in words(client.get("/my-case").text)


def test_an_hour_of_the_officer_is_chosen_once_and_moved_by_choosing_again(
    desk: Counter, town: sa.Connection, case: int
) -> None:
    town.execute(sa.update(Case).where(Case.id == case).values(officer_id=desk.staff[OFFICER]))
    client = let_in(desk, code_for(desk, town))
    page = client.get("/my-case/ready").text
    assert "2026-06-10T08:00" in page  # the next day on
    assert "2026-06-13T" not in page  # a Saturday
    assert page.count("<optgroup") > 1
    assert '<optgroup label="Wed, Jun 10, 2026">' in page
    first = datetime(2026, 6, 10, 9, tzinfo=ZONE).isoformat()
    second = datetime(2026, 6, 11, 14, tzinfo=ZONE).isoformat()
    assert sent(client, "/my-case/ready", at=first, said="The gate is open").status_code == 303
    booked = sa.select(Inspection.booked_for).where(Inspection.status == "booked")
    assert town.execute(booked).scalar_one() == datetime.fromisoformat(first)
    assert "An officer comes on" in words(client.get("/my-case").text)
    assert "2026-06-10T09:00" not in client.get("/my-case/ready").text
    assert sent(client, "/my-case/ready", at=second).status_code == 303
    assert town.execute(booked).scalar_one() == datetime.fromisoformat(second)
    assert sent(client, "/my-case/ready", at=first).status_code == 303


def test_who_sold_the_place_neither_asks_for_time_nor_for_a_visit_there_and_the_buyer_does(
    on_case: On, case: int, town: sa.Connection, fence: int, tmp_path: Path
) -> None:
    desk = stored(on_case(case).at(6, 9), tmp_path)
    town.execute(sa.update(Case).where(Case.id == case).values(officer_id=desk.staff[OFFICER]))
    seller = let_in(desk, code_for(desk, town))
    for way in ("Ready for a visit", "Ask for more time"):
        assert way in words(seller.get("/my-case").text)
    hidden = {name: KEY.findall(seller.get(f"/my-case/{name}").text)[0] for name in ("time",)}
    guard = GUARD.findall(seller.get("/my-case/time").text)[-1]
    buyer = sell(town, case, month=6, number=9, on=date(2026, 6, 8))
    for way in ("Ready for a visit", "Ask for more time"):
        assert way not in words(seller.get("/my-case").text)
        assert way in words(let_in(desk, code_for(desk, town, to=buyer)).get("/my-case").text)
    asked = {"violation": str(fence), "until": "2026-07-20", "because": "Parts"}
    answer = seller.post(
        "/my-case/time", data={"csrf_token": guard, "key": hidden["time"], **asked}
    )  # fmt: skip
    assert answer.status_code == 200
    assert town.scalar(sa.select(sa.func.count()).select_from(Extension)) == 0
    assert "Write to the officer" in words(seller.get("/my-case").text)


def test_a_hearing_is_asked_for_against_a_citation_by_somebody_authorized_in_writing(
    request: pytest.FixtureRequest, desk: Counter, town: sa.Connection
) -> None:
    request.getfixturevalue("cited")
    row = one(town, Citation)
    assert row.status == "served"
    desk.clock.on = row.answer_by
    client = let_in(desk, code_for(desk, town))
    assert "Ask for a hearing" in words(client.get("/my-case").text)
    about = f"citation:{row.id}"
    lacking = sent(client, "/my-case/hearing", about=about, asks="other", said="I was away")
    assert "needed where you speak for somebody" in lacking.text
    assert "I was away" in lacking.text
    answer = sent(
        client, "/my-case/hearing", about=about, asks="other", said="I was away",
        name="A. Lawyer", authorized_on="2026-06-01", interpreter="Spanish",
        authorization=_file(files.pdf(), "auth.pdf"),
    )  # fmt: skip
    assert answer.status_code == 303, words(answer.text)
    assert one(town, Citation).status == "contested"
    heard = one(town, Hearing)
    assert (heard.representative, heard.interpreter, heard.requested_by) == (
        "A. Lawyer", "Spanish", "P. Lane",
    )  # fmt: skip
    assert heard.representative_sha256 == one(town, CaseDocument).sha256
    assert town.scalar(sa.select(Contact.party)) == "representative"
    on = desk.clock.on
    assert town.scalar(sa.select(sa.exists().where(condition(Queue.TO_DOCKET, on=on))))
    assert "was asked for" in words(client.get("/my-case").text)


def test_a_posted_code_does_nothing(desk: Counter, town: sa.Connection) -> None:
    mine = let_in(desk, code_for(desk, town))
    page = mine.get("/my-case/message").text
    posted = let_in(desk, code_for(desk, town, Scope.READS))
    assert "What you can do now" not in words(posted.get("/my-case").text)
    guard = posted.get("/my-case").text.partition('name="csrf_token" value="')[2].split('"')[0]
    key = page.partition('name="key" type="hidden" value="')[2].split('"')[0]
    for way in WAYS:
        assert posted.get(f"/my-case/{way}").status_code == 400, way
        answer = posted.post(f"/my-case/{way}", data={"csrf_token": guard, "key": key, "said": "x"})
        assert answer.status_code == 400, way
        assert "only reads" in answer.text
    assert town.scalar(sa.select(sa.func.count()).select_from(Contact)) == 0


def test_what_is_typed_when_the_code_is_over_is_not_lost(
    desk: Counter, town: sa.Connection
) -> None:
    client = let_in(desk, code_for(desk, town))
    page = client.get("/my-case/message").text
    guard = page.partition('name="csrf_token" type="hidden" value="')[2].split('"')[0]
    key = KEY.findall(page)[0]
    client.delete_cookie("lotline_notice", path="/my-case")
    wrote = 'I mow on "Saturday" <at last>,\r\nand the fence after it.'
    sent_then = {"csrf_token": guard, "key": key, "said": wrote}
    answer = client.post("/my-case/message", data=sent_then)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
    assert "another window" in answer.text
    assert "I mow on &#34;Saturday&#34; &lt;at last&gt;" in words(answer.text)
    assert "choose them once more" not in answer.text
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    again = {name: html.unescape(value) for name, value in kept.items()}
    assert again["said"] == wrote
    assert client.post("/my-case/message", data=again).status_code == 400  # not typed yet
    typed(client, code_for(desk, town))
    assert client.post("/my-case/message", data=again).status_code == 303
    assert one(town, Contact).said == wrote


def test_files_sent_when_the_code_is_over_are_said_to_be_chosen_again(
    desk: Counter, town: sa.Connection
) -> None:
    client = let_in(desk, code_for(desk, town))
    guard = GUARD.findall(client.get("/my-case/photos").text)[-1]
    client.delete_cookie("lotline_notice", path="/my-case")
    answer = client.post(
        "/my-case/photos", data={"csrf_token": guard, "said": "The yard", "files": [_file()]},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert answer.status_code == 400
    assert "The yard" in words(answer.text)
    assert "choose them once more" in answer.text
