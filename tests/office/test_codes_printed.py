"""Behind a letter goes a page with the code by which it is answered; a posted copy's only reads."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, Counter
from lettered import stored, tell
from pdfs import parts_of, require_consistent, words_of
from played import one
from small_ledger import settle_constraints

from cases.codes.entering import holder_by_code
from cases.codes.giving import Scope
from cases.codes.spelling import read
from cases.models import Case, Document, NoticeLetter, Respondent, RespondentCode
from cases.story import events_of, told

type On = Callable[[int], Counter]
CODE = re.compile(r"\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}\b")


@pytest.fixture
def desk(on_case: On, case: int, warning: int, tmp_path: Path) -> Counter:  # noqa: ARG001
    """The counter on a case that has an issued warning."""
    return stored(on_case(case).at(6, 9), tmp_path)


def _copy(desk: Counter, notice: int, *, scope: str = "acts", language: str = "en") -> Any:
    way = f"/office/case/{desk.number}/notice/{notice}/copy.pdf"
    answer = desk.client(CLERK).get(f"{way}?scope={scope}&language={language}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    return pypdf.PdfReader(io.BytesIO(answer.data))


def _code(read_pdf: Any) -> str:
    (printed,) = set(CODE.findall(words_of(read_pdf)))
    return read(printed)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scope", list(Scope))
def test_the_page_behind_a_letter_is_one_page_tagged_and_tells_the_code_in_words_and_as_qr(
    desk: Counter, warning: int, town: sa.Connection, scope: Scope, language: str
) -> None:
    copy = _copy(desk, warning, scope=scope, language=language)
    require_consistent(copy)
    letter = pypdf.PdfReader(io.BytesIO(
        desk.app.extensions["lotline_documents"].get(one(town, NoticeLetter).sha256)
    ))  # fmt: skip
    assert len(copy.pages) == len(letter.pages) + 1
    assert not CODE.search(words_of(letter))
    holder = holder_by_code(town, _code(copy))
    if scope is Scope.ACTS:
        assert holder is not None
        assert holder.acts
    alts = [str(each["/Alt"]) for each in parts_of(copy) if "/Alt" in each]
    assert "127.0.0.1:8000/notice" in alts[-1]
    assert not CODE.search(" ".join(alts))


def test_the_code_page_alone_is_pdf_ua_and_fits_one_page(
    desk: Counter, town: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ("Town Hall, 1 Main Street", "352-555-0100", "code@town.example")
    monkeypatch.setitem(desk.client(CLERK).application.config, "CITY_CONTACT", lines)
    town.execute(sa.update(Respondent).values(name="The Very Long Name of a Trust " * 2))
    to = one(town, Respondent).id
    for language in ("en", "es"):
        for scope in Scope:
            way = f"/office/case/{desk.number}/respondent/{to}/code.pdf"
            answer = desk.client(CLERK).get(f"{way}?scope={scope}&language={language}")
            found = pypdf.PdfReader(io.BytesIO(answer.data))
            root: Any = found.trailer["/Root"]
            assert len(found.pages) == 1, (language, scope)
            assert root["/Lang"] == language
            assert re.search(rb"pdfuaid:part\W+1", root["/Metadata"].get_object().get_data())


def test_a_posted_copy_bears_another_code_and_only_what_anybody_may_read(
    desk: Counter, warning: int, town: sa.Connection
) -> None:
    town.execute(sa.update(Case).values(published=True))
    mailed, posted = _copy(desk, warning), _copy(desk, warning, scope="reads")
    assert _code(mailed) != _code(posted)
    found = holder_by_code(town, _code(posted))
    assert found is not None
    assert not found.acts
    assert "nothing can be done with it" in words_of(posted)
    assert "Without the internet" in words_of(mailed)
    assert "Without the internet" not in words_of(posted)


def test_every_letter_to_one_respondent_bears_the_same_code_until_it_is_taken_back(
    desk: Counter, warning: int, town: sa.Connection, case: int
) -> None:
    first = _code(_copy(desk, warning))
    assert _code(_copy(desk, warning, language="es")) == first
    kept = one(town, RespondentCode)
    assert first.encode() not in bytes(kept.sha256) + bytes(kept.salt)
    page = desk.page(CLERK)
    assert f"/code/{kept.id}/revoke" in page
    assert first not in page
    answer = tell(desk, f"/office/case/{desk.number}/code/{kept.id}/revoke", because="It was lost")
    assert answer.status_code == 302
    assert holder_by_code(town, first) is None
    second = _code(_copy(desk, warning))
    assert second != first
    assert holder_by_code(town, second) is not None
    lines = [each.text for each in told(town.execute(events_of(case)).all(), law=None)]
    assert any("was taken back: It was lost." in each for each in lines)
    again = tell(desk, f"/office/case/{desk.number}/code/{kept.id}/revoke", because="Again")
    assert "taken back before" in again.text
    settle_constraints(town)


def test_no_plain_code_is_kept_anywhere(desk: Counter, warning: int, town: sa.Connection) -> None:
    code = _code(_copy(desk, warning))
    store = desk.app.extensions["lotline_documents"]
    for sha256 in town.scalars(sa.select(Document.sha256)):
        if town.scalar(sa.select(NoticeLetter.sha256).where(NoticeLetter.sha256 == sha256)):
            assert code not in words_of(pypdf.PdfReader(io.BytesIO(store.get(sha256))))
    tables = town.scalars(sa.text(
        "SELECT relname FROM pg_class WHERE relnamespace = 'lotline'::regnamespace "
        "AND relkind = 'r'"
    )).all()  # fmt: skip
    for table in tables:
        rows = town.execute(sa.text(f'SELECT t::text FROM lotline."{table}" t'))  # noqa: S608
        assert not any(code in row[0] or code[:8] in row[0] for row in rows), table


def test_the_bench_prints_no_codes_and_what_is_not_there_has_none(
    desk: Counter, warning: int, town: sa.Connection
) -> None:
    at, to = f"/office/case/{desk.number}", one(town, Respondent).id
    assert desk.client(JUDGE).get(f"{at}/notice/{warning}/copy.pdf").status_code == 403
    for way in (
        f"{at}/notice/{warning}/copy.pdf?scope=x", f"{at}/notice/{warning}/copy.pdf?language=fr",
        f"{at}/notice/999999/copy.pdf", f"{at}/respondent/999999/code.pdf",
        f"{at}/code/999999/revoke", f"/office/case/Z-9/respondent/{to}/code.pdf",
    ):  # fmt: skip
        assert desk.client(CLERK).get(way).status_code == 404, way


def test_the_days_mail_has_the_page_behind_each_letter(
    desk: Counter, warning: int, town: sa.Connection
) -> None:
    desk.client(CLERK).get(f"/office/case/{desk.number}/notice/{warning}/letter.pdf")
    way = "/office/letters/day.csv?on=2026-06-02"
    before = desk.client(CLERK).get(way).text
    assert town.scalar(sa.select(sa.func.count()).select_from(RespondentCode)) == 0
    found = desk.client(CLERK).get("/office/letters/day.pdf?on=2026-06-02")
    assert found.status_code == 200
    assert found.headers["Cache-Control"] == "no-store"
    bound = pypdf.PdfReader(io.BytesIO(found.data))
    assert len(CODE.findall(words_of(bound))) == 1
    listed = desk.client(CLERK).get(way).text
    assert listed == before
    assert listed.splitlines()[1].startswith(f"1,{len(bound.pages)},")
