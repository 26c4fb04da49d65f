"""The letters of a case that are no notices are issued once, sent, and may come back."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pypdf
import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, OFFICER, Counter
from desk import MANAGER as A_STONE
from desk import OFFICER as M_RIVERA
from desk import RESPONDENT, day
from lettered import issue, press, stored, tell
from pdfs import parts_of, require_consistent, words_of
from played import hand_over, one
from played_liens import mown

from cases import extensions, releasing
from cases.actors import Actor
from cases.deadlines import Answer
from cases.letters.kinds import ABOUT, LetterKind
from cases.letters.templates import LetterError
from cases.models import (
    CaseLetter,
    EnforcementOrder,
    Lien,
    Notice,
    NoticeLetter,
    ServiceAttempt,
)
from cases.notices import withdraw
from cases.workflow.roles import Role
from webmap.languages import LANGUAGES
from webmap.worker import mailing as worker

type On = Callable[[int], Counter]

SAYS: dict[LetterKind, dict[str, tuple[str, ...]]] = {
    LetterKind.SERVICE_AFFIDAVIT: {
        "en": ("Affidavit of service", "being sworn, says", "It serves on", "P. Lane"),
        "es": ("Declaración jurada de notificación", "bajo juramento, dice", "P. Lane"),
    },
    LetterKind.NONCOMPLIANCE_AFFIDAVIT: {
        "en": ("Affidavit of non-", "Sep 4, 2026", "$250.00 for each day"),
        "es": ("Declaración jurada de incumplimiento", "4 sept 2026", "$250.00 por cada día"),
    },
    LetterKind.IMPOSING_ORDER: {
        "en": (
            "Order imposing a fine and lien",
            "$6,000.00",
            "s. 162.09(3)",
            "In all",
            "any other property",
            "is not enforced against a homestead",
        ),
        "es": (
            "Orden que impone una multa y un gravamen",
            "$6,000.00",
            "En total",
            "no se ejecuta contra una vivienda principal",
        ),
    },
    LetterKind.PAYOFF: {
        "en": ("Payoff statement", "pays the case off through Oct 20, 2026", "What it is made of"),
        "es": ("Estado de liquidación", "hasta el 20 oct 2026", "De qué se compone"),
    },
    LetterKind.RELEASE: {
        "en": ("Release of lien", "Instrument 2026098765", "Book 4312, page 87", "2026099001"),
        "es": ("Liberación de gravamen", "Instrumento 2026098765", "Libro 4312, página 87"),
    },
    LetterKind.ACKNOWLEDGMENT: {
        "en": ("Acknowledgment of compliance", "was met on Oct 5, 2026", "waives nothing of it"),
        "es": ("Constancia de cumplimiento", "se cumplió el 5 oct 2026", "no condona nada"),
    },
}


@pytest.fixture
def desk(
    on_case: On, case: int, lien: int, violation: int, town: sa.Connection, tmp_path: Path
) -> Counter:
    """The counter on a case whose order was met at last, and whose lien was given up."""
    mown(town, case, one(town, EnforcementOrder).id, violation)
    releasing.release(
        town, lien_id=lien, authorization="Resolution 26-9", reason="Hardship",
        instrument_no="2026099001", actor=A_STONE, moment=day(10, 7),
    )  # fmt: skip
    return stored(on_case(case).at(10, 7), tmp_path)


@pytest.fixture
def early(on_case: On, case: int, warning: int, tmp_path: Path) -> Counter:
    """The counter on a case whose warning is issued and not mailed yet."""
    assert warning
    return stored(on_case(case).at(6, 3), tmp_path)


def _part(town: sa.Connection, kind: LetterKind) -> int:
    match ABOUT[kind].section:
        case "attempt":
            return int(town.execute(sa.select(sa.func.max(ServiceAttempt.id))).scalar_one())
        case "lien":
            return int(one(town, Lien).id)
        case "case":
            return int(one(town, EnforcementOrder).case_id)
    return int(one(town, EnforcementOrder).id)


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_letter_is_a_tagged_pdf_of_what_the_case_has_on_record(
    desk: Counter, town: sa.Connection, language: str
) -> None:
    for kind, says in SAYS.items():
        part = _part(town, kind)
        answer = issue(desk, kind, part, language, through="2026-10-20")
        read = pypdf.PdfReader(io.BytesIO(answer.data))
        root: Any = read.trailer["/Root"]
        assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == (language, True)
        said = words_of(read)
        for each in (*says[language], desk.number, "1 Main St", "P. Lane", "J. Okafor"):
            assert each in said, (kind, each)
        tags = [each["/S"] for each in parts_of(read)]
        assert (tags.count("/H1"), tags.count("/Figure")) == (1, 1)
    rows = town.execute(sa.select(CaseLetter.__table__)).all()
    assert {each.kind for each in rows} == set(SAYS)
    assert {each.recipient for each in rows} == {"P. Lane"}


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            ("It is granted: you have until Jul 20, 2026.", "The contract was shown", "M. Rivera"),
        ),
        ("es", ("Se concede: tiene hasta el 20 jul 2026.", "The contract was shown")),
    ],
)
def test_a_decision_on_more_time_is_a_letter(
    on_case: On, case: int, fence: int, town: sa.Connection, tmp_path: Path, language: str,
    says: tuple[str, ...],
) -> None:  # fmt: skip
    asked = extensions.request(
        town, violation_id=fence, because="The contractor comes on Monday",
        until=date(2026, 7, 20), answer=Answer(received_on=date(2026, 6, 20)), actor=RESPONDENT,
        moment=day(6, 20),
    )  # fmt: skip
    desk = stored(on_case(case).at(6, 22), tmp_path)
    assert "extension_decision" not in desk.page(CLERK)
    extensions.grant(
        town, extension_id=asked, until=date(2026, 7, 20), reason="The contract was shown",
        actor=M_RIVERA, moment=day(6, 21),
    )  # fmt: skip
    answer = issue(desk, LetterKind.EXTENSION_DECISION, asked, language)
    said = words_of(pypdf.PdfReader(io.BytesIO(answer.data)))
    assert [each for each in says if each not in said] == []


def test_a_letter_is_issued_once_and_the_same_bytes_are_given_ever_after(
    desk: Counter, town: sa.Connection
) -> None:
    order = one(town, EnforcementOrder).id
    first = issue(desk, LetterKind.ACKNOWLEDGMENT, order, "en")
    desk.app.config["CITY_CONTACT"] = ("Elsewhere",)
    row = one(town, CaseLetter)
    way = f"/office/case/{desk.number}/letter/{row.id}"
    assert desk.client(JUDGE).get(f"{way}.pdf").data == first.data
    page = desk.page(CLERK)
    assert f'href="{way}.pdf"' in page
    assert f'{way}/sent"' in page
    assert "/sent" not in desk.page(JUDGE)


def test_a_payoff_through_no_day_is_refused_beside_its_field(
    desk: Counter, town: sa.Connection
) -> None:
    part = _part(town, LetterKind.PAYOFF)
    for through in ("", "20 October", "2026-02-30"):
        answer = press(desk, LetterKind.PAYOFF, part, "en", through=through)
        assert answer.status_code == 303
        page = desk.client(CLERK).get(answer.location).text
        assert "Give a day, such as the day of the closing." in page
        assert "field--wrong" in page
    assert town.scalar(sa.select(sa.func.count(CaseLetter.id))) == 0


def test_a_letter_is_locked_then_sent_then_comes_back_in_that_order(
    desk: Counter, town: sa.Connection
) -> None:
    issue(desk, LetterKind.ACKNOWLEDGMENT, one(town, EnforcementOrder).id, "es")
    way = f"/office/case/{desk.number}/letter/{one(town, CaseLetter).id}"
    assert "was not sent yet" in tell(desk, f"{way}/returned", because="Unclaimed").text
    early = tell(desk, f"{way}/sent", sent_on="2026-10-06")
    assert "lies before" in early.text
    assert tell(desk, f"{way}/sent", sent_on="2026-10-07").status_code == 302
    assert "was sent already" in tell(desk, f"{way}/sent").text
    desk.at(10, 12)
    post = desk.client(OFFICER).get(f"/office/post?q={desk.number}").text
    assert f"{way}/returned" in post
    assert tell(desk, f"{way}/returned", because="Unclaimed").status_code == 302
    page = " ".join(desk.page(CLERK).split())
    assert "returned Oct 12, 2026</strong>: Unclaimed" in page


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_wording_that_comes_with_lotline_can_be_looked_at_as_it_is(
    desk: Counter, language: str
) -> None:
    client = desk.client(CLERK)
    for kind in SAYS:
        way = f"/office/wording/{language}/{kind}"
        page = client.get(way).text
        guard = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page)[-1]
        text = page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
        looked = client.post(way, data={
            "csrf_token": guard, "text": unescape(text).strip(), "look": "1",
            "on_case": desk.number,
        })  # fmt: skip
        assert looked.mimetype == "application/pdf", (kind, looked.text)


def test_a_days_letters_are_bound_for_the_printer_with_a_list_for_a_mail_house(
    desk: Counter, town: sa.Connection
) -> None:
    order = one(town, EnforcementOrder).id
    issue(desk, LetterKind.ACKNOWLEDGMENT, order, "en")
    issue(desk, LetterKind.RELEASE, one(town, Lien).id, "en")
    client, day_ = desk.client(CLERK), "on=2026-10-07"
    read = pypdf.PdfReader(io.BytesIO(client.get(f"/office/letters/day.pdf?{day_}").data))
    # Behind each letter is the page by which its recipient may answer.
    assert [each.title for each in read.outline] == [f"{desk.number} P. Lane", "How to answer"] * 2
    _is_tagged_throughout(read)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/office/letters/day.csv?{day_}").text)))
    assert [(each["kind"], each["recipient"], each["first_page"]) for each in rows] == [
        ("Acknowledgment of compliance", "P. Lane", "1"), ("Release of lien", "P. Lane", "3"),
    ]  # fmt: skip
    kept = town.scalars(sa.select(CaseLetter.sha256).order_by(CaseLetter.id)).all()
    assert [each["sha256"] for each in rows] == list(kept)
    assert sum(int(each["pages"]) for each in rows) == len(read.pages)
    page = client.get(f"/office/letters?{day_}").text
    guard = re.findall(r'name="csrf_token" value="([^"]+)"', page)[-1]
    asked = {"csrf_token": guard, "on": "2026-10-07", "language": "en"}
    shown = re.findall(r'name="letter" value="(\d+)"', page)
    since = _part(town, LetterKind.PAYOFF)
    issue(desk, LetterKind.PAYOFF, since, "en", through="2026-10-20")
    assert client.post("/office/letters/sent", data=asked | {"letter": shown}).status_code == 302
    page = client.get(f"/office/letters?{day_}").text
    assert (page.count("sent <time"), page.count("to be mailed</span>")) == (2, 1)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/office/letters/day.csv?{day_}").text)))
    assert [each["kind"] for each in rows] == ["Payoff statement"]


def test_what_waits_in_another_language_is_told_beside_a_days_letters(
    desk: Counter, town: sa.Connection
) -> None:
    order = one(town, EnforcementOrder).id
    for language in LANGUAGES:
        issue(desk, LetterKind.ACKNOWLEDGMENT, order, language)
    client, way = desk.client(CLERK), "/office/letters?on=2026-10-07"
    page = client.get(way).text
    assert "1 more to be mailed, in Spanish" in page
    assert 'href="/office/letters?on=2026-10-07&amp;language=es"' in page
    guard = re.findall(r'name="csrf_token" value="([^"]+)"', page)[-1]
    shown = re.findall(r'name="letter" value="(\d+)"', page)
    asked = {"csrf_token": guard, "on": "2026-10-07", "language": "en", "letter": shown}
    client.post("/office/letters/sent", data=asked)
    page = client.get(way).text
    assert "The letter of this day is in the mail or served." in page
    assert "1 more to be mailed, in Spanish" in page
    assert "more to be mailed" not in client.get(f"{way}&language=es").text


def test_a_notice_is_a_letter_of_the_language_it_is_set_in_until_it_is_served(
    early: Counter, warning: int, town: sa.Connection
) -> None:
    client, way = early.client(CLERK), "/office/letters?on=2026-06-02"
    for language in LANGUAGES:
        page = client.get(f"{way}&language={language}").text
        assert "1 letter is still to be made as PDF" in page
    client.get(f"/office/case/{early.number}/notice/{warning}/letter.pdf?language=es")
    assert "No letter was issued on this day." in client.get(way).text
    assert "1 more to be mailed, in Spanish" in client.get(way).text
    assert "day.pdf" in client.get(f"{way}&language=es").text
    hand_over(town, warning, on=4)
    page = client.get(f"{way}&language=es").text
    assert 'served <time datetime="2026-08-04">' in page
    assert "day.pdf" not in page


def test_a_letter_that_came_back_is_not_sent_to_no_address(
    desk: Counter, town: sa.Connection
) -> None:
    order = one(town, EnforcementOrder).id
    issue(desk, LetterKind.ACKNOWLEDGMENT, order, "en")
    letter = one(town, CaseLetter)
    at = f"/office/case/{desk.number}/letter/{letter.id}"
    tell(desk, f"{at}/sent")
    tell(desk, f"{at}/returned", because="Vacant")
    client, case_page = desk.client(CLERK), f"/office/case/{desk.number}"
    guard = re.findall(r'name="csrf_token" value="([^"]+)"', client.get(case_page).text)[-1]
    answer = client.post(f"{case_page}/letter/{LetterKind.ACKNOWLEDGMENT}/{order}", data={
        "csrf_token": guard, "language": "en", "to": letter.respondent_id, "address": " ",
    }, follow_redirects=True)  # fmt: skip
    assert "Give the address to send it to" in answer.text
    assert one(town, CaseLetter).id == letter.id
    page = desk.client(CLERK).get(
        f"/office/case/{desk.number}", headers={"Accept-Language": "es"}
    ).text  # fmt: skip
    assert "fue devuelta por el correo" in page
    assert "Vacant" in page.partition("fue devuelta por el correo")[2][:80]  # as it was typed


def test_a_notice_that_was_taken_back_is_no_letter_of_its_day(
    desk: Counter, warning: int, town: sa.Connection
) -> None:
    issued = town.scalar(sa.select(Notice.issued_on).where(Notice.id == warning))
    way, client = f"/office/letters?on={issued}", desk.client(CLERK)
    assert "The letter of this day is in the mail or served." in client.get(way).text
    withdraw(town, notice_id=warning, reason="The wrong lot", actor=A_STONE, moment=day(10, 7))
    assert "No letter was issued on this day." in client.get(way).text


def _is_tagged_throughout(read: pypdf.PdfReader) -> None:
    """Check that both letters have brought their headings, maps and tables into one tree."""
    root: Any = read.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == ("en", True)
    assert read.metadata is not None
    assert read.metadata.title == "Letters of Oct 7, 2026"
    parts = list(parts_of(read))
    kinds = [each["/S"] for each in parts]
    assert [kinds.count(each) for each in ("/Document", "/Part", "/H1", "/Figure")] == [1, 4, 4, 4]
    assert {each["/Alt"][:3] for each in parts if each["/S"] == "/Figure"} == {"Map", "QR "}
    named = [each["/ID"] for each in parts if "/ID" in each]
    assert len(named) == len(set(named))
    require_consistent(read)


def test_what_is_not_set_of_a_day_is_put_on_the_queue(early: Counter, town: sa.Connection) -> None:
    client = early.client(CLERK)
    page = client.get("/office/letters?on=2026-06-02").text
    guard = re.findall(r'name="csrf_token" value="([^"]+)"', page)[-1]
    asked = {"csrf_token": guard, "on": "2026-06-02", "language": "es"}
    answer = client.post("/office/letters/set", data=asked, follow_redirects=True)
    assert "The PDFs are being made" in answer.text
    assert 'data-waits="The PDFs are made."' in answer.text
    assert "data-waits=" not in page
    jobs = "SELECT args FROM jobs.procrastinate_jobs WHERE task_name = 'letters.set_day'"
    args = town.scalars(sa.text(jobs)).one()
    assert {name: args[name] for name in ("on", "language")} == {
        "on": "2026-06-02", "language": "es",
    }  # fmt: skip


def test_a_worker_sets_and_keeps_the_notices_that_are_not_set(
    desk: Counter, warning: int, town: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "APPS", [desk.app])
    monkeypatch.setattr(worker, "set_all", _here)
    asked: dict[str, Any] = {"language": "es", "staff_id": desk.staff[CLERK]}
    for count in (1, 0):
        done = worker.set_day(desk.engine, Path("unused"), on=date(2026, 6, 2), **asked)
        assert done == count
    row = one(town, NoticeLetter)
    assert (row.notice_id, row.language, row.set_by) == (warning, "es", "J. Okafor")


def test_a_letter_that_its_template_spoils_keeps_no_other_back(
    desk: Counter, warning: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "APPS", [desk.app])

    def set_one(_app: object, which: worker.Which, _by: object) -> int:
        if which[1] != warning:
            raise LetterError
        return 1

    monkeypatch.setattr(worker, "_set_one", set_one)
    wanted = [(desk.number, 0, "en"), (desk.number, warning, "en")]
    assert worker._set_some(wanted, Actor(CLERK, Role.CLERK)) == 1


def _here(_home: Path, wanted: list[worker.Which], *, by: Any) -> list[int]:
    return [worker._set_some(wanted, by)]
