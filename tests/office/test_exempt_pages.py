"""The clerk notes a written request and the place is gone; the page asks for no person's name."""

import re
from collections.abc import Callable
from typing import Any

from counter import CLERK, OFFICER, Counter, filled, wrongs

type On = Callable[[int], Counter]
LIST = "/office/exempt-places"
HOME = "s. 119.071(4)(d), Florida Statutes"


def _send(desk: Counter, there: str, **typed: Any) -> Any:
    client = desk.client(CLERK)
    shown = client.get(there).text
    return client.post(there, data=filled(shown) | typed)


def test_a_place_is_exempted_seen_in_the_list_and_shown_again(on_case: On, case: int) -> None:
    desk = on_case(case).at(6, 9)
    assert "No place is exempt" in desk.client(CLERK).get(LIST).text
    unknown = _send(desk, f"{LIST}/new", place="9 Nowhere Ln", provision=HOME)
    assert "is the number of no parcel" in wrongs(unknown.text)
    assert "9 Nowhere Ln" in unknown.text
    empty = _send(desk, f"{LIST}/new", provision=HOME)
    assert "This is needed." in empty.text
    made = _send(desk, f"{LIST}/new", place="101 Alder St", provision=HOME, note="Cabinet 4")
    assert made.status_code == 302
    page = desk.client(CLERK).get(LIST).text
    assert all(words in page for words in ("101 Alder St", HOME, "Cabinet 4", "hidden since"))
    (end,) = re.findall(rf'href="({LIST}/\d+/end)"', page)
    assert "This is needed." in _send(desk, end).text
    assert _send(desk, end, because="The house was sold").status_code == 302
    page = desk.client(CLERK).get(LIST).text
    assert "shown again since" in page
    assert "The house was sold" in page
    assert desk.client(CLERK).get(end).status_code == 404


def test_a_form_sent_twice_makes_one_and_staff_still_work_there(on_case: On, case: int) -> None:
    desk = on_case(case).at(6, 9)
    client = desk.client(CLERK)
    said = filled(client.get(f"{LIST}/new").text) | {"place": "A-1", "provision": HOME}
    assert [client.post(f"{LIST}/new", data=said).status_code for _ in range(2)] == [302, 302]
    assert client.get(LIST).text.count("hidden since") == 1
    for page in (f"/office/case/{desk.number}", "/office/parcel/A-1"):
        assert "101 Alder St" in desk.client(OFFICER).get(page).text, page
    assert "1 open case · Parcel A-1" in desk.client(OFFICER).get("/office/find?q=A-1").text
