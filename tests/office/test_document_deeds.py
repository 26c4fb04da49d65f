"""A photograph or a paper comes onto a case by its page, larger than any form of words."""

import io
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from counter import OFFICER, Counter, filled
from PIL import Image

from cases.documents.store import Store
from cases.models import CaseDocument

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
