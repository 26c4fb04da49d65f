"""Whoever holds the code of a letter reads their case; one from a posted copy reads less."""

import io
import uuid
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
import sqlalchemy as sa
from counter import CLERK, Counter
from desk import CLERK as J_OKAFOR
from desk import day
from files import jpeg
from letter_holder import code_for, let_in, typed, words
from lettered import stored, tell
from pdfs import words_of
from played import one

from cases.codes.giving import Scope
from cases.contacts import Direction, Note, Party, Way, note_on_case
from cases.documents.attaching import DocumentKind, Filing, attach, withdraw
from cases.documents.copies import make_copies
from cases.documents.intake import take_in
from cases.lawpack.reading import BUNDLED, read_pack
from cases.models import Case, CaseDocument, NoticeLetter, Respondent, RespondentCode
from cases.opening import RespondentKind, name_respondent

type On = Callable[[int], Counter]


@pytest.fixture
def desk(on_case: On, case: int, warning: int, tmp_path: Path, town: sa.Connection) -> Counter:  # noqa: ARG001
    """The counter on a published case that has an issued warning."""
    town.execute(sa.update(Case).values(published=True))
    return stored(on_case(case).at(6, 9), tmp_path)


def _photo(desk: Counter, town: sa.Connection, case: int, *, caption: str) -> int:
    store = desk.app.extensions["lotline_documents"]
    taken = take_in(store, jpeg(), name="x.jpg", zone=desk.clock.now().tzinfo)  # type: ignore[arg-type]
    who = {"actor": J_OKAFOR, "moment": day(6, 9)}
    filing = Filing(kind=DocumentKind.PHOTO, caption=caption)
    row = attach(town, taken, case_id=case, client_id=uuid.uuid4(), filing=filing, **who)  # type: ignore[arg-type]
    make_copies(town, store, sha256=taken.sha256)
    return row


def test_the_page_says_what_is_wrong_what_fixes_it_by_when_and_what_it_costs(
    desk: Counter, town: sa.Connection
) -> None:
    client = let_in(desk, code_for(desk, town))
    answer = client.get("/my-case")
    assert answer.headers["Cache-Control"] == "no-store"
    said = words(answer.text)
    for each in (
        "101 Alder St", f"Case {desk.number}", "Grass or weeds", "What fixes it:", "By when:",
        "Nothing is owed", "Warning, Jun 2, 2026", "Payoff statement",
    ):  # fmt: skip
        assert each in said, (each, said)
    spanish = client.get("/my-case", headers={"Accept-Language": "es"}).text
    assert '<html lang="es">' in spanish


def test_the_letters_are_given_as_they_were_issued_and_without_the_code(
    desk: Counter, town: sa.Connection, warning: int
) -> None:
    client = let_in(desk, code := code_for(desk, town))
    pdf = client.get(f"/my-case/notice.pdf?of={warning}&language=es")
    assert (pdf.status_code, pdf.mimetype) == (200, "application/pdf")
    said = words_of(pypdf.PdfReader(io.BytesIO(pdf.data)))
    assert "P. Lane" in said
    assert code not in said
    store = desk.app.extensions["lotline_documents"]
    assert pdf.data == store.get(one(town, NoticeLetter).sha256)
    payoff = client.get("/my-case/payoff.pdf")
    assert "Payoff statement" in words_of(pypdf.PdfReader(io.BytesIO(payoff.data)))
    assert client.get("/my-case/notice.pdf?of=999999").status_code == 404
    assert client.get(f"/my-case/notice.pdf?of={warning}&language=fr").status_code == 404
    assert client.get("/my-case/letter.pdf?of=1").status_code == 404
    assert "How to pay" in client.get("/my-case/pay").text


def test_a_posted_code_shows_no_letter_no_message_no_address_and_no_name(
    desk: Counter, town: sa.Connection, warning: int, case: int
) -> None:
    note = Note(
        direction=Direction.OUT, way=Way.EMAIL, party=Party.RESPONDENT, who="P. Lane",
        said="Call me at 352-555-0199", happened_at=day(6, 9).now,
    )  # fmt: skip
    note_on_case(town, case_id=case, note=note, actor=J_OKAFOR, moment=day(6, 9))
    hidden = _photo(desk, town, case, caption="Seen by staff alone")
    mine, posted = (let_in(desk, code_for(desk, town, each)) for each in Scope)
    own, page = mine.get("/my-case").text, posted.get("/my-case").text
    to = one(town, Respondent)
    for each in ("352-555-0199", "Seen by staff alone", "notice.pdf"):
        assert each in own, each
        assert each not in page, each
    for each in (to.name, to.address):
        assert each not in page, each
    assert "What fixes it:" in page
    assert mine.get(f"/my-case/photo?of={hidden}").status_code == 200
    assert posted.get(f"/my-case/photo?of={hidden}").status_code == 404
    for way in (f"/my-case/notice.pdf?of={warning}", "/my-case/payoff.pdf", "/my-case/pay"):
        answer = posted.get(way)
        assert answer.status_code == 400, way
        assert "only reads" in answer.text


def test_a_photograph_is_the_copy_without_metadata_and_only_of_this_case(
    desk: Counter, town: sa.Connection, case: int
) -> None:
    photo = _photo(desk, town, case, caption="The lawn")
    client = let_in(desk, code_for(desk, town))
    page = client.get("/my-case").text
    assert f"/my-case/photo?of={photo}" in page
    original = town.execute(
        sa.select(CaseDocument.sha256).where(CaseDocument.id == photo)
    ).scalar_one()
    store = desk.app.extensions["lotline_documents"]
    for size in ("", "&size=small"):
        shown = client.get(f"/my-case/photo?of={photo}{size}")
        assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
        assert shown.data != store.get(original)
        assert b"Exif" not in shown.data
    assert client.get("/my-case/photo?of=999999").status_code == 404
    withdraw(town, case_document_id=photo, reason="x", actor=J_OKAFOR, moment=day(6, 9))
    assert client.get(f"/my-case/photo?of={photo}").status_code == 404


def test_another_respondents_letters_are_not_theirs(
    desk: Counter, town: sa.Connection, warning: int, case: int
) -> None:
    other = name_respondent(
        town, case_id=case, kind=RespondentKind.TENANT, name="T. Ott", address="101 Alder St",
        actor=J_OKAFOR, moment=day(6, 9),
    )  # fmt: skip
    client = let_in(desk, code_for(desk, town, to=other))
    page = client.get("/my-case").text
    assert "notice.pdf" not in page
    assert "P. Lane" not in page
    assert client.get(f"/my-case/notice.pdf?of={warning}").status_code == 404


def test_wrong_revoked_and_unknown_codes_answer_alike_and_a_misread_one_is_told(
    desk: Counter, town: sa.Connection
) -> None:
    code = code_for(desk, town)
    reads = code_for(desk, town, Scope.READS)
    unknown = "0000-0000-0000-0000-0000"  # spelt rightly, and nobody's
    acting = sa.select(RespondentCode.id).where(RespondentCode.scope == "acts")
    row = town.execute(acting).scalar_one()
    client = let_in(desk, code)
    tell(desk, f"/office/case/{desk.number}/code/{row}/revoke", because="Lost")
    town.execute(sa.update(Case).values(published=False))
    pages = []
    for each in (code, reads, unknown):
        answer = typed(desk.app.test_client(), each)
        assert answer.status_code == 200
        assert "lotline_notice" not in str(answer.headers)
        pages.append(words(answer.text).replace(each, ""))
    assert "This code opens no case" in pages[0]
    assert pages[0] == pages[1] == pages[2]
    misread = typed(desk.app.test_client(), f"{code[:-1]}{'0' if code[-1] != '0' else '1'}")
    assert "two changed places" in words(misread.text)
    # What was open by it is closed at once.
    assert client.get("/my-case").location == "/notice"


def test_a_code_is_read_small_and_without_its_hyphens(desk: Counter, town: sa.Connection) -> None:
    code = code_for(desk, town)
    let_in(desk, code.lower().replace("-", " "))
    let_in(desk, code.replace("-", ""))


def test_codes_are_tried_so_often_from_one_place_and_a_right_one_gives_its_try_back(
    desk: Counter, town: sa.Connection
) -> None:
    unknown = "0000-0000-0000-0000-0000"
    client = desk.app.test_client()
    for _ in range(12):
        let_in(desk, code_for(desk, town))
    assert [typed(client, unknown).status_code for _ in range(10)] == [200] * 10
    answer = typed(client, unknown)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert f'value="{unknown}"' in answer.text  # nothing typed is lost
    right = typed(client, code_for(desk, town))
    assert right.status_code == 429  # the place is held, whoever tries


def test_the_code_is_in_no_address_no_cookie_and_no_page(
    desk: Counter, town: sa.Connection
) -> None:
    code = code_for(desk, town)
    client = desk.app.test_client()
    answer = typed(client, code)
    bare = code.replace("-", "")
    cookies = " ".join(answer.headers.getlist("Set-Cookie"))
    for said in (answer.location, cookies, client.get("/my-case").text):
        assert code not in said
        assert bare not in said
    assert "HttpOnly" in cookies
    assert "Path=/my-case" in cookies


def test_one_without_a_code_is_led_to_its_page_and_leaves_for_it(
    desk: Counter, town: sa.Connection
) -> None:
    client = desk.app.test_client()
    for way in ("/my-case", "/my-case/pay", "/my-case/payoff.pdf", "/my-case/photo?of=1"):
        assert client.get(way).location == "/notice"
    client.set_cookie("lotline_notice", "WzFd.forged.x", path="/my-case")
    assert client.get("/my-case").location == "/notice"
    client = let_in(desk, code_for(desk, town))
    page = client.get("/my-case").text
    guard = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert client.post("/my-case/leave", data={"csrf_token": guard}).location == "/notice"
    assert client.get("/my-case").location == "/notice"


def test_staff_signed_in_need_the_code_too(desk: Counter) -> None:
    assert desk.client(CLERK).get("/my-case").location == "/notice"


def test_the_forms_are_for_anybody(desk: Counter) -> None:
    said = words(desk.app.test_client().get("/notice/forms").text)
    for each in ("Request for more time", "Request for a hearing", "Somebody may speak for me"):
        assert each in said


@pytest.mark.parametrize(
    ("named", "counts"),
    [("florida-town", "The day it came counts"), ("california-admin", "its postmark counts")],
)
def test_the_forms_say_which_day_of_a_letter_counts_by_the_towns_law(
    desk: Counter, monkeypatch: pytest.MonkeyPatch, named: str, counts: str
) -> None:
    pack = read_pack(BUNDLED / f"{named}.toml")
    monkeypatch.setattr("webmap.respondent.forms.law_now", lambda: pack)
    said = words(desk.app.test_client().get("/notice/forms").text)
    assert "postmarked" not in said
    assert counts in said.partition("Request for a hearing")[2]


def test_the_forms_of_a_town_without_a_law_promise_nothing_of_a_postmark(
    desk: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.respondent.forms.law_now", lambda: None)
    said = words(desk.app.test_client().get("/notice/forms").text)
    assert said.count("The day it came counts, not its postmark.") == 2
