"""The docket desk, a sitting's docket and a hearing held on one page, through their forms."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, OFFICER, Counter, filled, wrongs
from desk import CLERK as CLERK_AT
from desk import MANAGER as ASKING
from desk import day
from papers import hang
from played import a_sitting, first_served, one, put_on_docket, tell_of_hearing, the_order
from werkzeug.test import TestResponse

from cases import continuing, hearings, notices
from cases.documents.intake import TakenIn
from cases.hearings import About
from cases.models import Exhibit, Hearing, HearingSession
from cases.workflow.roles import Role

type On = Callable[[int], Counter]


@pytest.fixture
def two(town: sa.Connection, case: int, hearing: int) -> list[int]:
    """Two hearings on the docket of 11 August."""
    sitting = a_sitting(town, held_on=date(2026, 8, 11), capacity=3)
    put_on_docket(town, hearing, sitting)
    other = hearings.request(
        town, case_id=case, about=About.VIOLATION, interpreter="Creole", actor=ASKING,
        moment=day(7, 2),
    )  # fmt: skip
    put_on_docket(town, other, sitting)
    return [hearing, other]


def page(desk: Counter, role: Role, path: str) -> str:
    answer = desk.client(role).get(path)
    assert answer.status_code == 200, path
    return answer.text


def do(
    desk: Counter, role: Role, action: str, row: int, *, back: str, press: str = "", **typed: str
) -> TestResponse:
    """Send what a page of the docket holds for a deed, as its buttons do."""
    client = desk.client(role)
    shown = client.get(f"/office/{back.replace('sitting-', 'docket/').replace('-', '/')}").text
    guard = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
    assert guard is not None
    held = {**filled(shown), "csrf_token": guard[1], press or "typed": "1"}
    said = {name.replace("__", "-"): value for name, value in typed.items()}
    way = f"/office/case/{desk.number}/do/{action}/{row}?back={back}"
    return client.post(way, data={**held, **said})


def places(connection: sa.Connection) -> list[int]:
    query = sa.select(Hearing.id).where(Hearing.docket_place.is_not(None))
    return list(connection.scalars(query.order_by(Hearing.docket_place)))


def test_a_hearing_is_put_on_a_sitting_convened_at_the_desk(
    on_case: On, case: int, hearing: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(7, 2)
    assert "convene one." in page(desk, CLERK, "/office/docket")
    client = desk.client(CLERK)
    typed = filled(client.get("/office/docket").text) | {"place": "Town Hall"}
    none = client.post("/office/docket/convene", data={**typed, "capacity": "0"})
    assert "Number must be between" in wrongs(none.text)
    assert 'value="0"' in none.text
    over = client.post("/office/docket/convene", data={**typed, "held_on": "2026-06-01"})
    assert "June 1, 2026 is over, for today is" in over.text
    convened = client.post(
        "/office/docket/convene", data={**typed, "held_on": "2026-08-11", "capacity": "2"}
    )
    sitting = one(town, HearingSession)
    assert convened.headers["Location"] == f"/office/docket/{sitting.id}"
    again = client.post(
        "/office/docket/convene", data={**typed, "held_on": "2026-08-11", "capacity": "5"}
    )
    assert "sits on August 11, 2026 already at 9:00 AM, Town Hall, with 2 seats" in wrongs(
        again.text
    )
    same = typed | {"held_on": "2026-08-11", "capacity": "2"}
    led = client.post("/office/docket/convene", data=same, follow_redirects=True)
    assert led.request.path == f"/office/docket/{sitting.id}"
    assert "convened already: nothing new was made" in led.text
    assert "is convened. Nobody" not in led.text
    assert one(town, HearingSession) == sitting
    way = desk.do(CLERK, "hearing.convene", held_on="2026-08-11", capacity="2", place="Town Hall")
    assert way == f"/office/docket/{sitting.id}"  # from a case's page too
    proposed = page(desk, CLERK, "/office/docket")
    assert (
        f'value="{sitting.id}" selected>Aug 11, 2026, room for 2 more: Special Magistrate'
        in proposed
    )
    assert {"place": "Town Hall", "capacity": "2"}.items() <= filled(proposed).items()
    a_sitting(town, held_on=date(2026, 7, 2))  # today, for which nobody can be told any more
    assert page(desk, CLERK, "/office/docket").count(" selected>Aug 11") == 1
    assert "s docket: 0 hearings · Special Magistrate" in page(desk, CLERK, "/office/")
    assert "s docket: 0 hearings" not in page(desk, OFFICER, "/office/")
    done = do(desk, CLERK, "hearing.docket", hearing, back="docket", session=str(sitting.id))
    assert done.headers["Location"] == "/office/docket"
    assert "Every hearing that was asked for has its day" in page(desk, CLERK, "/office/docket")
    assert 'hearing.docket"' not in page(desk, MANAGER, "/office/docket")


def test_a_sitting_too_near_for_a_posted_notice_is_marked_and_the_first_that_is_not_named(
    on_case: On, case: int, hearing: int, town: sa.Connection  # noqa: ARG001 - waits
) -> None:  # fmt: skip
    desk = on_case(case).at(7, 2)
    for held_on in (date(2026, 7, 12), date(2026, 7, 13)):
        a_sitting(town, held_on=held_on)
    way = desk.way("hearing.docket", None, CLERK)
    for where in ("/office/docket", way):
        shown = page(desk, CLERK, where)
        assert "must hang for 10 days" in shown
        assert "by posting only of a sitting on Jul 13, 2026 or later" in shown
        assert "s. 162.12(2)(b), Florida Statutes" in shown
        near, far = (
            shown[shown.index(f"Jul {day_}, 2026, room") :].partition("</option>")[0]
            for day_ in (12, 13)
        )
        assert near.endswith("too near for posting")
        assert not far.endswith("too near for posting")


@pytest.mark.usefixtures("case")
def test_a_sitting_on_a_holiday_is_convened_only_by_whoever_was_warned_of_that_day(
    counter: Counter, town: sa.Connection
) -> None:
    client = counter.at(7, 2).client(CLERK)
    typed = filled(client.get("/office/docket").text) | {"place": "Town Hall"}
    for day_, why in (("2026-12-25", "Christmas Day"), ("2026-11-26", "Thanksgiving")):
        shown = client.post("/office/docket/convene", data=typed | {"held_on": day_}).text
        assert why in wrongs(shown)
        typed = filled(shown)
    assert town.scalar(sa.select(HearingSession.id)) is None
    client.post("/office/docket/convene", data=typed)
    assert one(town, HearingSession).held_on == date(2026, 11, 26)


@pytest.mark.usefixtures("violation")
def test_the_desk_says_why_a_hearing_is_not_free_to_be_docketed(
    on_case: On, case: int, town: sa.Connection
) -> None:
    hearings.request(town, case_id=case, about=About.VIOLATION, actor=ASKING, moment=day(7, 2))
    a_sitting(town, held_on=date(2026, 8, 11))
    shown = page(on_case(case).at(7, 2), CLERK, "/office/docket")
    assert "Service is not proved yet." in shown
    assert "Nothing is docketed without proof of service" in shown
    assert "do/hearing.docket" not in shown


def test_the_docket_is_ordered_and_a_hearing_put_off_from_its_page(
    on_case: On, case: int, two: list[int], town: sa.Connection
) -> None:
    desk = on_case(case).at(7, 3)
    way = f"sitting-{one(town, HearingSession).id}"
    shown = page(desk, CLERK, f"/office/docket/{way[8:]}")
    assert "interpreter: Creole" in shown
    assert shown.index(f'id="hearing-{two[0]}"') < shown.index(f'id="hearing-{two[1]}"')
    done = do(desk, CLERK, "hearing.move", two[1], back=way, toward="earlier")
    assert done.headers["Location"] == f"/office/docket/{way[8:]}#hearing-{two[1]}"
    assert places(town) == two[::-1]
    assert "do/hearing.move" not in page(desk, MANAGER, f"/office/docket/{way[8:]}")
    do(desk, MANAGER, "hearing.move", two[1], back=way, toward="later")
    assert places(town) == two[::-1]
    bare = do(desk, CLERK, "hearing.continue", two[1], back=way, reason="")
    assert "This is needed." in bare.text
    assert f'href="/office/docket/{way[8:]}"' in bare.text
    later = a_sitting(town, held_on=date(2026, 9, 8))
    offered = page(desk, CLERK, f"/office/case/{desk.number}/do/hearing.continue/{two[1]}")
    assert f'<option value="{later}">Sep 8, 2026' in offered
    assert f'<option value="{way[8:]}"' not in offered
    do(desk, CLERK, "hearing.continue", two[0], back=way, reason="Counsel is ill")
    assert places(town) == two[1:]


def test_a_docket_keeps_in_its_place_what_was_put_off_from_it(
    on_case: On, case: int, two: list[int], town: sa.Connection
) -> None:
    desk, here = on_case(case).at(7, 3), one(town, HearingSession).id
    later, way = a_sitting(town, held_on=date(2026, 9, 8)), f"/office/docket/{here}"
    ill = {"back": f"sitting-{here}", "reason": "Counsel is ill"}
    do(desk, CLERK, "hearing.continue", two[0], **ill)
    shown = page(desk, CLERK, way)
    assert "continued, no day yet" in shown
    assert shown.index("continued, no day yet") < shown.index(f'id="hearing-{two[1]}"')
    assert "1 of at most 3 hearings" in shown
    waits = page(desk, CLERK, "/office/docket").partition("Sittings to come")[0]
    assert f'<option value="{later}"' in waits
    assert f'<option value="{here}"' not in waits  # it was just put off from there
    do(desk, CLERK, "hearing.docket", two[0], back="docket", session=str(later))
    assert "continued to Sep 8, 2026" in page(desk, CLERK, way)
    full = do(desk, CLERK, "hearing.continue", two[1], **ill, session=str(later))
    assert "Not a valid choice" in full.text
    latest = a_sitting(town, held_on=date(2026, 10, 6))
    from_its_page = ill | {"back": f"hearing-{two[1]}", "session": str(latest)}
    done = do(desk, CLERK, "hearing.continue", two[1], **from_its_page)
    assert done.headers["Location"] == way  # where the others are still to be called
    assert one_of(town, two[1]).session_id == latest
    shown = page(desk, CLERK, way)
    assert "continued to Oct 6, 2026" in shown
    assert "Print the docket" in shown
    assert "0 of at most 3 hearings" in shown


def test_a_docket_keeps_in_its_place_what_was_cancelled_with_who_and_why(
    on_case: On, case: int, two: list[int], town: sa.Connection
) -> None:
    desk, here = on_case(case).at(7, 3), one(town, HearingSession).id
    later, way = a_sitting(town, held_on=date(2026, 9, 8)), f"/office/docket/{here}"
    ill = {"back": f"sitting-{here}", "reason": "Counsel is ill"}
    desk.do(CLERK, "hearing.cancel", two[0], reason="The <tenant> has moved away")
    shown = page(desk, CLERK, way)
    assert "cancelled on Jul 3, 2026 by J. Okafor" in shown
    assert '<small class="own-words no-print">The &lt;tenant&gt;' in shown  # not for the door
    assert "The &lt;tenant&gt; has moved away" in shown
    assert shown.index("cancelled on") < shown.index(f'id="hearing-{two[1]}"')
    assert "1 of at most 3 hearings" in shown
    do(desk, CLERK, "hearing.continue", two[1], **ill, session=str(later))
    desk.do(CLERK, "hearing.cancel", two[1], reason="It was corrected")
    shown = page(desk, CLERK, way)
    assert ("continued to Sep 8, 2026" in shown, shown.count("cancelled on")) == (True, 1)
    assert "It was corrected" in page(desk, CLERK, f"/office/docket/{later}")


def test_what_comes_back_to_a_docket_and_is_cancelled_stands_there_once(
    on_case: On, case: int, two: list[int], town: sa.Connection
) -> None:
    desk, here = on_case(case).at(7, 3), one(town, HearingSession).id
    later, ill = a_sitting(town, held_on=date(2026, 9, 8)), {"reason": "Counsel is ill"}
    do(desk, CLERK, "hearing.continue", two[0], back=f"sitting-{here}", session=str(later), **ill)
    do(desk, CLERK, "hearing.continue", two[0], back=f"sitting-{later}", session=str(here), **ill)
    desk.do(CLERK, "hearing.cancel", two[0], reason="It was corrected")
    shown = page(desk, CLERK, f"/office/docket/{here}")
    assert (shown.count('class="put-off"'), shown.count("cancelled on")) == (1, 1)


def test_the_whole_order_of_a_docket_is_set_at_once_or_not_at_all(
    on_case: On, case: int, two: list[int], town: sa.Connection
) -> None:
    desk, sitting = on_case(case).at(7, 3), one(town, HearingSession).id
    client, way = desk.client(CLERK), f"/office/docket/{one(town, HearingSession).id}"
    guard = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(way).text)
    assert guard

    def sent(seen: Sequence[int] = (), **numbers: str) -> str:
        typed = {f"place-{two[int(nth[1:])]}": number for nth, number in numbers.items()}
        data = {"csrf_token": guard[1], "seen": ",".join(map(str, seen or places(town))), **typed}
        client.post(f"/office/docket/{sitting}/order", data=data)
        return client.get(way).text

    assert "The docket is not the one" in sent(n0="1")
    assert "The order is as it was" in sent(n0="1", n1="second")
    assert places(town) == two
    assert "2 hearings have another place now" in sent(n0="7", n1="3")
    assert places(town) == two[::-1]
    assert f'name="seen" value="{two[1]},{two[0]}"' in client.get(way).text
    assert "or moved one" in sent(seen=two, n0="1", n1="2")  # from a page of before
    assert places(town) == two[::-1]
    assert "2 hearings have another place now" in sent(n0="1", n1="1")  # the other one gives way
    assert places(town) == two


def test_a_hearing_is_held_on_one_page_and_what_was_typed_stays_when_it_is_refused(
    on_case: On,
    case: int,
    two: list[int],
    taken: TakenIn,
    town: sa.Connection,
) -> None:
    hang(town, taken, case, moment=day(7, 2))
    desk, way = on_case(case).at(8, 11), f"hearing-{two[0]}"
    address = f"/office/hearing/{two[0]}"
    untold = do(desk, JUDGE, "hearing.open", two[0], back=way, members_sitting="1")
    assert "the notice of hearing is served" in wrongs(untold.text)
    assert "is not served on everybody" in untold.text
    waits = page(desk, JUDGE, address)
    assert 'name="members_sitting"' not in waits
    assert "/do/notice.draft/" in page(desk, CLERK, address)
    tell_of_hearing(town, case)
    assert "/do/notice.draft/" not in page(desk, CLERK, address)
    assert 'name="members_sitting"' not in page(desk, CLERK, address)
    assert do(desk, JUDGE, "hearing.open", two[0], back=way).headers["Location"] == address
    heard = {
        "appeared": "representative", "outcome": "violation", "interpreted_by": "L. Ruiz",
        "minutes": "The officer testified.\nThe lot was mown once.",
        "findings": "Grass of 20 inches", "came": "R. Lane", "testified": "M. Rivera, officer",
        "exhibits__0__document": taken.sha256,
        "exhibits__1__what": "A contract", "exhibits__1__offered_by": "respondent",
    }  # fmt: skip
    for press in ("", "more", "again", "foretell"):
        unsworn = do(desk, JUDGE, "hearing.decide", two[0], back=way, press=press, **heard)
        assert unsworn.status_code == 200
        assert "On file" in unsworn.text
        kept = filled(unsworn.text)
        assert {name.replace("__", "-") for name in heard} <= kept.keys()
        for name, value in heard.items():
            assert kept[name.replace("__", "-")].replace("\r", "") == value, (press, name)
    empty = do(desk, JUDGE, "hearing.decide", two[0], back=way)
    assert "Testimony is taken under oath" in wrongs(empty.text)
    assert one_of(town, two[0]).status == "opened"
    done = do(desk, JUDGE, "hearing.decide", two[0], back=way, sworn="y", **heard)
    assert done.headers["Location"] == address
    query = sa.select(Exhibit.number, Exhibit.what, Exhibit.offered_by, Exhibit.sha256)
    assert [tuple(each) for each in town.execute(query.order_by(Exhibit.number))] == [
        (1, "The hedge from the sidewalk (photo, Jun 1, 2026)", "town", taken.sha256),
        (2, "A contract", "respondent", None),
    ]
    shown = page(desk, JUDGE, address)
    for kept in ("L. Ruiz", "R. Lane", "M. Rivera, officer", "Under oath"):
        assert kept in shown
    assert "A violation (no citation issued)" not in shown
    assert f"/office/hearing/{two[1]}" in shown
    assert "Enter an order" not in shown.partition("What else may be done")[0]
    desk.do(JUDGE, "citation.uphold")
    above = do(desk, JUDGE, "order.enter", two[0], back=way, cents_per_day="251.00")
    assert 'id="cents_per_day-error"' in above.text
    assert "What was heard and found" in above.text
    do(desk, JUDGE, "order.enter", two[0], back=way, comply_by="2026-09-01", cents_per_day="250")
    assert f"Order {the_order(town).number} was entered." in page(desk, JUDGE, address)


def one_of(connection: sa.Connection, hearing: int) -> sa.Row:
    return connection.execute(sa.select(Hearing.__table__).where(Hearing.id == hearing)).one()


@pytest.mark.usefixtures("served")
def test_the_writing_that_authorizes_is_chosen_from_what_is_on_file(
    on_case: On,
    case: int,
    taken: TakenIn,
    town: sa.Connection,
) -> None:
    hang(town, taken, case)
    desk = on_case(case).at(7, 1)
    asked = {"about": "violation", "representative": "A. Lane", "signed_by": "P. Lane"}
    page = desk.send(CLERK, "hearing.request", **asked).text
    assert 'id="authorized_on-error"' in page  # the day of the writing is nobody's to suppose
    assert "where somebody speaks for them" in page.partition('for="signed_by"')[2][:200]
    asked |= {"authorized_on": "2026-06-30"}
    lacking = desk.refusal(CLERK, "hearing.request", **asked)
    assert "the document it is" in lacking
    desk.do(CLERK, "hearing.request", **asked, writing=taken.sha256)
    row = one(town, Hearing)
    assert row.representative_sha256 == taken.sha256
    assert row.representative_document == "The hedge from the sidewalk (photo, Jun 1, 2026)"


def test_a_deed_leads_back_to_no_page_but_the_office_s(
    on_case: On, case: int, hearing: int
) -> None:
    desk = on_case(case).at(7, 3)
    for back in ("https://evil.example", "//evil.example", "sitting-x", "hearing-" + "9" * 40):
        client = desk.client(CLERK)
        way = f"/office/case/{desk.number}/do/hearing.cancel/{hearing}?back={back}"
        assert f'class="back" href="/office/case/{desk.number}"' in client.get(way).text


def test_a_hearing_put_off_is_not_served_by_the_notice_of_its_old_day(
    on_case: On, case: int, docketed: int, town: sa.Connection
) -> None:
    desk, address = on_case(case).at(8, 4), f"/office/hearing/{docketed}"
    tell_of_hearing(town, case)
    who: dict[str, Any] = {"hearing_id": docketed, "actor": CLERK_AT, "moment": day(8, 3)}
    continuing.continue_hearing(town, reason="Counsel is ill", **who)
    proof = notices.service_of(town, first_served(town), on=date(2026, 8, 3)).proof
    hearings.docket(town, session_id=a_sitting(town, held_on=date(2026, 9, 8)), proof=proof, **who)
    shown = page(desk, CLERK, address)
    assert "is not served on everybody" in shown
    assert "A notice that names another day, hour or place does not count." in shown
    assert desk.leads(CLERK)[0] == "notice.draft"
    desk.do(CLERK, "notice.draft")
    desk.do(CLERK, "notice.issue")
    assert "/do/notice.record_attempt/" in page(desk, CLERK, address)


@pytest.mark.usefixtures("decided")
def test_on_a_docket_whose_hearings_are_over_nothing_is_there_to_be_moved(
    counter: Counter, town: sa.Connection
) -> None:
    sitting = one(town, HearingSession).id
    shown = counter.at(8, 12).client(CLERK).get(f"/office/docket/{sitting}").text
    assert "Stands</th>" in shown
    assert "On the docket</th>" not in shown


def test_of_sittings_that_are_over_no_room_is_told(counter: Counter, town: sa.Connection) -> None:
    a_sitting(town, held_on=date(2026, 5, 12), capacity=52)
    a_sitting(town, held_on=date(2026, 6, 9), capacity=41)
    page = counter.client(CLERK).get("/office/docket").text
    coming, _, over = page.partition("<h2>Sittings of the last weeks</h2>")
    assert "Room for" in coming
    assert "0 of 52" in over
    assert "Room for" not in over
