"""Every page of a case that went all the way says nothing that the catalogues do not."""

import re
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from brackets import speak_brackets, told_of, untold
from counter import CLERK, JUDGE, MANAGER, OFFICER, Counter

PAGES = (
    "/office/", "/office/cases", "/office/cases?queue=every&stage=lien", "/office/complaints",
    "/office/map", "/office/zones", "/office/intake", "/office/post?q=77", "/office/find?q=12",
    "/account", "/office/open", "/office/working-days", "/office/working-days/town",
    "/office/visit-worth",
)  # fmt: skip
DESKS = (
    "/office/docket", "/office/deposits?first=2026-01-01", "/office/deposits/day/2026-10-01",
    "/office/deposits/gather/2026-10-01/cash", "/office/lien-searches", "/office/lien-searches/new",
    "/office/records", "/office/records/new", "/office/moving-in",
)  # fmt: skip
OF_CASE = ("", "/owner", "/message", "/email")


def test_no_page_of_a_case_holds_words_that_no_catalogue_knows(
    counter: Counter, on_case: Callable[[int], Counter], town: sa.Connection, lien: int,
    tmp_path: Path,
) -> None:  # fmt: skip
    speak_brackets(counter.app, tmp_path)
    town.execute(sa.text("UPDATE lotline.staff SET language = 'es'"))
    (case,) = town.execute(
        sa.text("SELECT case_id FROM lotline.lien WHERE id = :id"), {"id": lien}
    ).one()
    number = on_case(case).number
    held = told_of(town) | set(counter.app.config["CITY_CONTACT"])
    wrong: dict[str, str] = {}
    for role in (OFFICER, CLERK, MANAGER, JUDGE):
        client = counter.client(role)
        shown = client.get(f"/office/case/{number}").text
        deeds = re.findall(r"/office/case/[^\"]*/do/[a-z_.]+/\d+", shown)
        days = town.execute(_OF_ITS_TRIBUNAL, {"case": case}).scalars()
        others = {MANAGER: PAGES, CLERK: DESKS}.get(role, ())
        of_case = [f"/office/case/{number}{each}" for each in OF_CASE]
        for address in (*of_case, *deeds, *days, *others):
            answer = client.get(address, follow_redirects=True)
            assert answer.status_code in {200, 403}, address
            wrong |= dict.fromkeys(untold(answer.text, held=held), address)
    assert not wrong


_OF_ITS_TRIBUNAL = sa.text("""
    SELECT '/office/hearing/' || id FROM lotline.hearing WHERE case_id = :case
    UNION SELECT '/office/docket/' || session_id FROM lotline.hearing
    WHERE case_id = :case AND session_id IS NOT NULL
""")
