"""Issue letters at the town's counter, and tell what became of them."""

import io
import re
from pathlib import Path
from typing import Any

import pypdf
from counter import CLERK, Counter
from pdfs import words_of

from cases.documents.store import Store
from cases.letters.kinds import LetterKind


def stored(desk: Counter, tmp_path: Path) -> Counter:
    """Give a counter a store of its own, and no wording of its own."""
    desk.app.extensions["lotline_documents"] = Store(tmp_path / "documents")
    desk.app.config["LETTERS"] = tmp_path / "letters"
    return desk


def press(desk: Counter, kind: LetterKind, part: int, language: str, **also: str) -> Any:
    """Press the button on the page that offers a letter."""
    client = desk.client(CLERK)
    at = f"/office/case/{desk.number}"
    page = client.get(f"{at}/payoff" if kind is LetterKind.PAYOFF else at).text
    form = page.partition(f'action="{at}/letter/{kind}/{part}"')[2]
    guard = re.findall(r'name="csrf_token" value="([^"]+)"', form)[0]
    to = re.findall(r'name="to" value="(\d*)"', form)[0]
    asked = {"csrf_token": guard, "language": language, "to": to, **also}
    return client.post(f"{at}/letter/{kind}/{part}", data=asked)


def issue(desk: Counter, kind: LetterKind, part: int, language: str, **also: str) -> Any:
    """Issue a letter, and go to it."""
    answer = press(desk, kind, part, language, **also)
    assert answer.status_code == 303, answer.text
    return desk.client(CLERK).get(answer.location)


def said(answer: Any) -> str:
    """Return what a letter says."""
    return words_of(pypdf.PdfReader(io.BytesIO(answer.data)))


def tell(desk: Counter, way: str, **told: str) -> Any:
    """Fill in the form on a page, its days as they stand there."""
    client = desk.client(CLERK)
    page = client.get(way).text
    guard = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page)[-1]
    days = dict(re.findall(r'name="(\w+_on)"[^>]* value="([^"]+)"', page))
    return client.post(way, data={**days, "csrf_token": guard, **told})
