"""A photograph or a paper comes onto a case by its page, larger than any form of words."""

import io
import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from counter import CLERK, OFFICER, ZONE, Counter, filled
from desk import OFFICER as CASE_OFFICER
from desk import day
from PIL import Image

from cases.documents import attaching
from cases.documents.attaching import DocumentKind, Filing
from cases.documents.copies import make_copies
from cases.documents.intake import take_in
from cases.documents.store import Store
from cases.models import CaseDocument, RedactionBox

type On = Callable[[int], Counter]


@pytest.mark.parametrize("side", [60, 1600], ids=["small", "of more than a megabyte"])
def test_a_photo_is_hung_on_the_case_once_with_its_copies(
    on_case: On, case: int, town: sa.Connection, side: int
) -> None:
    desk = on_case(case)
    desk.app.extensions["lotline_documents"] = Store("memory://office")
    drawn = io.BytesIO()
    Image.effect_noise((side, side), 80).save(drawn, "PNG")
    assert (len(drawn.getvalue()) > 1_000_000) is (side == 1600)
    client, way = desk.client(OFFICER), desk.way("document.add", case, OFFICER)
    typed = filled(client.get(way).text)
    for _ in range(2):
        file = (io.BytesIO(drawn.getvalue()), "front.png")
        answer = client.post(way, data={**typed, "kind": "photo", "file": file})
        answer.request.environ["wsgi.input"].close()  # what is sent lies in a file of the test's
        assert answer.status_code == 302
    [hung] = town.execute(sa.select(CaseDocument.__table__)).all()
    assert (hung.case_id, hung.kind, hung.audience) == (case, "photo", "staff")
    shown = client.get(f"/office/file/{hung.sha256}")
    assert (shown.status_code, shown.data) == (200, drawn.getvalue())


MANY = 31
EXEMPT = "s. 119.071(4)(d), Florida Statutes"


def _box(nth: int, left: int, top: int, side: int, exemption: str = EXEMPT) -> dict[str, object]:
    sides = {"left": left, "top": top, "width": side, "height": side, "exemption": exemption}
    return {f"boxes__{nth}__{name}": value for name, value in sides.items()}


def _black(town: sa.Connection) -> list[tuple[float, float, str]]:
    latest = sa.select(sa.func.max(RedactionBox.redaction_id)).scalar_subquery()
    query = sa.select(RedactionBox.left, RedactionBox.width, RedactionBox.exemption)
    in_force = query.where(RedactionBox.redaction_id == latest).order_by(RedactionBox.number)
    return [tuple(row) for row in town.execute(in_force)]


@pytest.fixture
def photo(on_case: On, case: int, town: sa.Connection) -> tuple[Counter, int]:
    """A photograph on a case, and the counter where it is worked on."""
    desk = on_case(case)
    desk.app.extensions["lotline_documents"] = store = Store("memory://blackened")
    drawn = io.BytesIO()
    Image.new("RGB", (80, 40), "white").save(drawn, "PNG")
    taken = take_in(store, drawn.getvalue(), name="front.png", zone=ZONE)
    hung = attaching.attach(
        town, taken, case_id=case, client_id=uuid.uuid4(), actor=CASE_OFFICER, moment=day(6, 1),
        filing=Filing(kind=DocumentKind.PHOTO, caption="The door"),
    )  # fmt: skip
    make_copies(town, store, sha256=taken.sha256)
    return desk, hung


def test_every_box_of_a_picture_is_black_and_those_of_before_are_offered_again(
    photo: tuple[Counter, int], town: sa.Connection
) -> None:
    desk, hung = photo
    desk.do(CLERK, "document.redact", hung, **_box(0, 0, 0, 10), **_box(1, 95, 50, 20))
    assert _black(town) == [(0, 0.1, EXEMPT), (0.95, pytest.approx(0.05), EXEMPT)]
    page = desk.client(CLERK).get(desk.way("document.redact", hung, CLERK)).text
    assert ">The door</p>" in page
    typed = filled(page)
    assert [typed[f"boxes-{nth}-left"] for nth in (0, 1, 2)] == ["0.00", "95.00", ""]
    desk.do(CLERK, "document.redact", hung, **_box(2, 40, 40, 5))
    assert [left for left, _width, _law in _black(town)] == [0, 0.95, 0.4]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (_box(0, 10, 10, 10, exemption=""), "Section that exempts it 1 : Give this as well"),
        ({"boxes__1__left": 10}, "Height, % 2 : Give this as well"),
        (_box(0, 10, 10, 120), "Width, % 1 : Number must be between 0 and 100."),
        ({}, "Give at least one box"),
    ],
    ids=["no section", "one side", "too wide", "none"],
)
def test_a_box_that_is_not_whole_is_named_and_nothing_is_drawn(
    photo: tuple[Counter, int], town: sa.Connection, typed: dict[str, object], said: str
) -> None:
    desk, hung = photo
    assert said in desk.refusal(CLERK, "document.redact", hung, **typed)
    assert not _black(town)


def test_boxes_beyond_what_is_taken_are_refused_and_not_left_out(
    photo: tuple[Counter, int], town: sa.Connection
) -> None:
    desk, hung = photo
    way = desk.way("document.redact", hung, CLERK)
    client = desk.client(CLERK)
    typed = filled(client.get(way).text)
    for nth in range(MANY):
        typed |= {name.replace("__", "-"): str(each) for name, each in _box(nth, nth, 0, 1).items()}
    assert "At most 30 boxes are taken" in client.post(way, data=typed).text
    assert not _black(town)
    typed = {name: each for name, each in typed.items() if f"-{MANY - 1}-" not in name}
    assert client.post(way, data=typed).status_code == 302
    assert len(_black(town)) == MANY - 1
    assert client.get(way).status_code == 200


def test_what_somebody_else_blacked_out_meanwhile_is_not_undone(
    photo: tuple[Counter, int], town: sa.Connection
) -> None:
    desk, hung = photo
    client, way = desk.client(CLERK), desk.way("document.redact", hung, CLERK)
    mine = filled(client.get(way).text)
    desk.do(CLERK, "document.redact", hung, **_box(0, 0, 0, 10))
    mine |= {name.replace("__", "-"): str(each) for name, each in _box(0, 50, 50, 5).items()}
    assert "Somebody blacked out a part of it meanwhile" in client.post(way, data=mine).text
    assert [left for left, _width, _law in _black(town)] == [0]
