"""A complaint is taken at a desk: looked up before it is saved, saved once, told in full."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from front_desk import REPORTER, Clerk, FrontDesk, front_desk

from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import from_cluster

COMPLAINTS = "SELECT count(*) FROM lotline.complaint"
OVERRODE = "A person overrode what the review said of the duplicates"
UNANSWERED = "Say whether it is a new matter, or the same as one on record."


@pytest.fixture(scope="module")
def desk(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[FrontDesk]:
    """One town for all the calls, each about a lot of its own."""
    name = f"intake_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database, front_desk(database) as opened:
        yield opened
    cluster.drop_database(name)


@pytest.fixture
def clerk(desk: FrontDesk) -> Clerk:
    return desk.sit(Role.CLERK)


@pytest.fixture
def officer(desk: FrontDesk) -> Clerk:
    return desk.sit(Role.OFFICER)


def checked(clerk: Clerk, **asked: str) -> str:
    usual = {"address": "102 Alder St", "kind": "High grass", "channel": "phone", "link": "1"}
    answer = clerk.client.get("/office/intake/check", query_string=usual | asked)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def test_what_is_on_record_and_what_the_rules_say_shows_before_anything_is_saved(
    desk: FrontDesk, clerk: Clerk
) -> None:
    before = desk.ask(COMPLAINTS)
    shown = checked(clerk, named="1", addressed="1")
    assert "2026-0002" in shown  # of the same kind, next door
    assert 'value="case:2"' in shown
    assert "2026-0003" not in shown  # trash, three lots on
    assert "<strong>4 of 5 (1 is danger to life)</strong>" in shown
    assert "business days after" in shown
    assert "Zone 1, M. Rivera" in shown
    assert "The reporter gave a name and an address." in shown
    assert desk.ask(COMPLAINTS) == before


def test_without_a_name_the_rule_says_no_before_anything_is_saved(clerk: Clerk) -> None:
    assert "<strong>Not yet</strong>" in checked(clerk)
    assert "gave no address" in checked(clerk, named="1")


def test_a_place_that_is_no_parcel_is_told_of_before_saving_and_kept_all_the_same(
    clerk: Clerk,
) -> None:
    assert "on no parcel we know" in checked(clerk, address="1 Nowhere Rd")
    page = clerk.page(f"/office/complaint/{clerk.report(address='1 Nowhere Rd')}")
    assert "tied to no parcel" in page


@pytest.mark.parametrize("odd", ["%", "\\", "x" * 5000, "<script>alert(1)</script>"])
def test_whatever_is_typed_is_looked_up_without_a_fault(clerk: Clerk, odd: str) -> None:
    assert "<script>" not in checked(clerk, address=odd, parcel_no=odd, kind=odd)


def test_without_an_address_nothing_is_asked_for_yet(clerk: Clerk) -> None:
    assert "shows here before you save" in checked(clerk, address=" ")


def test_what_the_parcel_has_shows_as_soon_as_its_address_is_given(clerk: Clerk) -> None:
    shown = checked(clerk, address="100 Alder St", kind="")
    assert "2026-0001" in shown
    assert "2026-0002" not in shown  # next door: alike only once the kind is said
    assert "Say of what kind it is" in shown


def test_saving_stops_once_where_a_matter_of_the_kind_is_open_and_was_not_shown(
    desk: FrontDesk, clerk: Clerk
) -> None:
    earlier = clerk.report(address="122 Birch Ave")
    said = {**clerk.form("/office/intake"), "address": "122 Birch Ave", "kind": "High grass",
            "said": "Again", "channel": "phone"}  # fmt: skip
    before = desk.ask(COMPLAINTS)
    answer = clerk.client.post("/office/intake", data=said)
    assert f"Not saved yet: {earlier}, of the same kind, is open there." in answer.text
    assert desk.ask(COMPLAINTS) == before
    shown = re.findall(r'name="shown" value="([^"]+)"', answer.text)
    looked = {**said, "shown": shown, "same_as": ""}
    assert clerk.client.post("/office/intake", data=looked).status_code == 302
    assert desk.ask(COMPLAINTS) == before + 1


def test_another_kind_at_the_place_stops_nothing(clerk: Clerk) -> None:
    clerk.report(address="102 Birch Ave")
    said = {"address": "102 Birch Ave", "kind": "roof", "said": "A hole", "channel": "phone"}
    assert clerk.send("/office/intake", said).status_code == 302


def test_a_call_is_saved_and_its_page_tells_all_but_who_reported(
    desk: FrontDesk, clerk: Clerk
) -> None:
    number = clerk.report(address="104 Birch Ave", told="y", **REPORTER)
    page = clerk.page(f"/office/complaint/{number}")
    for said in ("104 Birch Ave", "Waist high", "High grass", "came in", "Look into it"):
        assert said in page
    assert "Ferrer" not in page
    kept = desk.ask(
        "SELECT name FROM lotline.reporter JOIN lotline.complaint ON id = complaint_id "
        "WHERE number = :number",
        number=number,
    )
    assert kept == "Odalys Ferrer"


def test_the_notice_stands_before_the_name_and_a_name_without_it_is_refused(
    desk: FrontDesk, clerk: Clerk
) -> None:
    page = clerk.page("/office/intake")
    assert "become a public record" in page
    assert (
        page.index("become a public record") < page.index('name="told"') < page.index('name="name"')
    )
    before = desk.ask(COMPLAINTS)
    said = {"address": "106 Birch Ave", "kind": "High grass", "said": "Tall", "channel": "phone"}
    answer = clerk.send("/office/intake", {**said, **REPORTER})
    assert answer.status_code == 200
    assert "Read them the notice first" in answer.text
    for kept in ("106 Birch Ave", "Tall", "Odalys Ferrer", "77 Quince Ct"):
        assert kept in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert desk.ask(COMPLAINTS) == before


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"address": ""}, "This is needed"),
        ({"address": " "}, "Say where it is"),
        ({"kind": "Dragons"}, "Choose one of the kinds"),
        ({"kind": "o"}, "Choose one of the kinds"),
        ({"said": ""}, "This is needed"),
        ({"channel": "pigeon"}, "Not a valid choice"),
        ({"channel": "officer"}, "Not a valid choice"),
        ({"said": "x" * 4001}, "longer than 4000"),
        ({"key": "short"}, "lost its key"),
        ({"same_as": "complaint:999999999"}, "There is no complaint"),
        ({"same_as": "case:999999999"}, "There is no case"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_typed_is_lost(
    desk: FrontDesk, clerk: Clerk, wrong: dict[str, str], told: str
) -> None:
    before = desk.ask(COMPLAINTS)
    said = {"address": "108 Birch Ave", "kind": "High grass", "said": "Down to the sidewalk",
            "channel": "phone"}  # fmt: skip
    answer = clerk.send("/office/intake", said | wrong)
    assert answer.status_code == 200
    assert told in answer.text
    for name, value in said.items():
        if name not in wrong and name != "channel":
            assert value in answer.text
    assert desk.ask(COMPLAINTS) == before


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pool", "Stagnant pool"), ("ROOF", "Roof in"), ("car", "Inoperable vehicle"),
        ("Mosq", "Stagnant pool"), ("vehic", "Inoperable vehicle"),
    ],
)  # fmt: skip
def test_a_part_of_a_kind_or_a_lay_word_for_it_is_enough(
    clerk: Clerk, typed: str, meant: str
) -> None:
    assert meant in clerk.page(f"/office/complaint/{clerk.report(kind=typed)}")


def test_a_kind_no_provision_knows_is_kept_for_a_person(clerk: Clerk) -> None:
    page = clerk.page(f"/office/complaint/{clerk.report(kind='Something else')}")
    assert "No provision is about" in page


def test_a_parcel_s_number_says_where_as_well_as_an_address(clerk: Clerk) -> None:
    page = clerk.page(f"/office/complaint/{clerk.report(address='12-30')}")
    assert "110 Birch Ave" in page


def test_the_same_form_sent_twice_is_one_complaint_and_is_told_so(
    desk: FrontDesk, clerk: Clerk
) -> None:
    said = {**clerk.form("/office/intake"), "address": "112 Birch Ave", "kind": "High grass",
            "said": "Again", "channel": "phone"}  # fmt: skip
    first, second = (clerk.client.post("/office/intake", data=said) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.location == second.location
    assert "nothing was saved twice" in clerk.page(first.location)
    assert desk.ask(f"{COMPLAINTS} WHERE stated_address = '112 Birch Ave'") == 1


def test_a_call_about_a_matter_on_record_is_saved_and_linked_to_it_at_once(clerk: Clerk) -> None:
    earlier = clerk.report(address="114 Birch Ave")
    shown = checked(clerk, address="114 Birch Ave")
    value = re.findall(r'value="(complaint:\d+)"', shown)[0]  # at this parcel: the first of all
    later = clerk.report(address="114 Birch Ave", same_as=value)
    page = clerk.page(f"/office/complaint/{later}")
    assert f'It repeats complaint <a href="/office/complaint/{earlier}">' in page
    assert f'Repeated by complaint <a href="/office/complaint/{later}">' in clerk.page(
        f"/office/complaint/{earlier}"
    )
    assert "A new matter, by whoever took it down" not in page


def test_that_a_complaint_is_a_new_matter_is_kept_where_it_was_asked(clerk: Clerk) -> None:
    first = clerk.report(address="118 Birch Ave")
    second = clerk.report(address="118 Birch Ave")
    page = clerk.page(f"/office/complaint/{second}")
    said = page.partition("A new matter, by whoever took it down: not the same as ")[2]
    assert first in said[:400]
    assert OVERRODE in page


def test_that_it_is_a_new_matter_is_said_of_nothing_that_the_page_did_not_show(
    clerk: Clerk,
) -> None:
    place = {"address": "107 Birch Ave", "kind": "roof", "channel": "phone"}
    clerk.report(**place)
    shown = clerk.shown(place)
    beside = clerk.report(**place | {"address": "109 Birch Ave"})  # comes in before it is saved
    page = clerk.page(f"/office/complaint/{clerk.report(**place, shown=shown)}")
    assert beside in page
    assert OVERRODE not in page


@pytest.mark.parametrize("said", [{}, {"same_as": "dragon"}])
def test_beside_what_is_on_record_nothing_is_chosen_beforehand_and_saving_asks(
    desk: FrontDesk, clerk: Clerk, said: dict[str, str]
) -> None:
    place = {"address": "102 Alder St", "kind": "High grass", "channel": "phone"}
    radios = re.findall(r'<input type="radio"[^>]*>', checked(clerk))
    assert len(radios) > 1
    assert all(" required" in each and " checked" not in each for each in radios)
    before = desk.ask(COMPLAINTS)
    asked = {**place, "said": "Waist high", "shown": clerk.shown(place), **said}
    answer = clerk.send("/office/intake", asked)
    assert answer.text.count(UNANSWERED) == 2  # at the top, and beside the field
    assert 'id="same_as" aria-describedby="same_as-error"' in answer.text
    assert desk.ask(COMPLAINTS) == before


def test_an_answer_is_kept_on_the_page_only_for_what_it_was_given_of(clerk: Clerk) -> None:
    place = {"address": "105 Birch Ave", "kind": "sign", "channel": "phone"}
    clerk.report(**place)
    wrong = {**place, "said": "", "same_as": ""}
    chosen = r'name="same_as" value="" required checked'
    assert chosen in clerk.send("/office/intake", wrong | {"shown": clerk.shown(place)}).text
    answer = clerk.send("/office/intake", wrong | {"shown": ["case:2"]})
    assert 'name="same_as" value="" required' in answer.text
    assert chosen not in answer.text


def test_an_officer_may_say_that_something_threatens_and_a_clerk_is_not_asked(
    desk: FrontDesk, clerk: Clerk, officer: Clerk
) -> None:
    assert "imminent" not in clerk.form("/office/intake")
    assert 'name="imminent"' not in clerk.page("/office/intake")
    threat: dict[str, Any] = {"address": "116 Birch Ave", "imminent": "health_safety_welfare"}
    silent = officer.send(
        "/office/intake", {"kind": "pool", "said": "x", "channel": "phone", **threat}
    )
    assert "Say why you believe it" in silent.text
    number = officer.report(kind="pool", because="A child fell in", **threat)
    page = officer.page(f"/office/complaint/{number}")
    assert "Yes, for an imminent threat: health safety welfare" in page
    assert "A child fell in" in page
    assert officer.client.get(f"/office/complaint/{number}/do/complaint.accept").status_code == 200
    done = officer.send(f"/office/complaint/{number}/do/complaint.accept", {"into": "new"})
    assert done.location.startswith("/office/case/CE-")
    assert desk.ask("SELECT case_id IS NOT NULL FROM lotline.complaint WHERE number = :n", n=number)


def test_without_scripts_a_button_looks_first_and_saves_nothing(
    desk: FrontDesk, clerk: Clerk
) -> None:
    before = desk.ask(COMPLAINTS)
    said = {
        "address": "102 Alder St",
        "kind": "grass",
        "check": "1",
        "said": "",
        "channel": "phone",
    }
    answer = clerk.send("/office/intake", said)
    assert "2026-0002" in answer.text
    assert desk.ask(COMPLAINTS) == before


def test_what_somebody_here_saw_opens_a_case_once(desk: FrontDesk, clerk: Clerk) -> None:
    said = {**clerk.form("/office/open"), "address": "118 Birch Ave", "kind": "roof"}
    first, second = (clerk.client.post("/office/open", data=said) for _ in range(2))
    assert first.location == second.location
    page = clerk.page(first.location)
    assert "118 Birch Ave" in page
    assert "nothing was opened twice" in page
    assert (
        desk.ask("SELECT count(*) FROM lotline.case_file WHERE category = 'Roof in disrepair'") == 1
    )


def test_the_key_of_one_form_opens_no_other(clerk: Clerk) -> None:
    said = {**clerk.form("/office/open"), "address": "120 Birch Ave", "kind": "sign"}
    assert clerk.client.post("/office/open", data=said).status_code == 302
    answer = clerk.send("/office/intake", {**said, "said": "x", "channel": "phone"})
    assert "used for something else" in answer.text


@pytest.mark.parametrize("path", ["/office/intake", "/office/open", "/office/post"])
@pytest.mark.parametrize("role", [Role.HEARING_OFFICER, Role.ADMIN])
def test_the_desk_is_not_for_a_hearing_officer_or_an_admin(
    desk: FrontDesk, path: str, role: Role
) -> None:
    assert desk.sit(role).client.get(path).status_code == 403
