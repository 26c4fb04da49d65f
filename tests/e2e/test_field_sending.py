"""The phone sends each thing once, of whom it is of; what no longer can be, a person decides."""

from datetime import timedelta
from typing import Any

import axe
import sqlalchemy as sa
from field_browser import READY, finish, kept, let_in, open_field, take_photos
from field_day import Field
from field_town import MANAGER, OFFICER, counted, now, staff_of
from playwright.sync_api import Page, Route, expect

from cases import opening
from cases.accounts import sessions


def _finish_what_is_void_by_then(field: Field) -> None:
    """Finish a visit, with a photo, to a case voided meanwhile; then see what is to be decided."""
    take_photos(field.page, 1)
    finish(field.page)
    with field.database.app.begin() as connection:
        opening.void_case(
            connection, case_id=field.cases[0], reason="Opened twice", actor=MANAGER, moment=now()
        )
    field.context.set_offline(False)
    expect(field.page.locator("#bar")).to_contain_text("2 things need your decision")
    field.page.click(".tabs [data-view=outbox]")


def test_a_visit_to_a_case_that_ended_meanwhile_is_decided_by_the_officer(field: Field) -> None:
    page = field.page
    field.context.set_offline(True)
    page.click(".next .primary")
    page.wait_for_selector(".ending")
    _finish_what_is_void_by_then(field)
    expect(page.locator(".conflict")).to_have_count(2)
    expect(page.locator(".conflict").first).to_contain_text("voided as opened by mistake")
    assert axe.wrongs(page, axe.AAA) == []
    for button in ("Keep as a note", "Discard"):
        card = page.locator(".conflict").first
        card.get_by_role("button", name=button).click()
        expect(card.get_by_label("Reason")).to_be_focused()
        card.get_by_label("Reason").fill("The case was a double")
        left = page.locator(".conflict").count() - 1
        card.get_by_role("button", name=button).click()
        expect(page.locator(".conflict")).to_have_count(left)
    expect(page.locator("#receipt")).to_have_text("2 of 2 stored at the office")
    expect(page.locator("#badge")).to_be_hidden()
    assert counted(field.database, "field_settlement", "field_photo") == [2, 1]


KEEP = """async (deeds) => {
    const [{ name }] = await indexedDB.databases();
    const database = await new Promise((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
    });
    const transaction = database.transaction("deeds", "readwrite");
    for (const deed of deeds) transaction.objectStore("deeds").put(deed);
    await new Promise((resolve) => { transaction.oncomplete = resolve; });
    database.close();
}"""


def _keep(page: Page, *deeds: dict[str, Any]) -> None:
    """Let the phone have done this before, all of it as the office and its officer left it."""
    usual = {
        "state": "stored", "title": "A place", "made_at": now().now.isoformat(), "case": 0,
        "answer": {}, "visit": None,
    }  # fmt: skip
    page.evaluate(KEEP, [
        {**usual, "id": f"deed-{seq}", "seq": seq, **deed} for seq, deed in enumerate(deeds, 900)
    ])  # fmt: skip
    page.reload()
    page.wait_for_selector(READY)


def test_what_a_visit_found_is_counted_once_however_often_it_was_sent_and_not_once_discarded(
    field: Field,
) -> None:
    page = field.page
    _, twice, thrice = (f"case-{case}" for case in field.cases)
    retold, discarded = ({"state": "settled", "how": how} for how in ("again", "discard"))

    def result(visit: str, violation: int, found: str, **more: Any) -> dict[str, Any]:
        said = {"violation": violation, "result": found}
        return {"kind": "result", "visit": visit, "payload": said, **more}

    visit = {"kind": "visit", "payload": {"findings": []}}
    _keep(
        page,
        {**visit, "id": "whole", "stop": twice},
        result("whole", 1, "verified", **retold),
        result("whole", 1, "verified", again="deed-901"),
        result("whole", 2, "corrected", **discarded),
        {**visit, "id": "first", "stop": thrice, **retold},
        result("first", 3, "corrected"),
        {**visit, "id": "second", "stop": thrice, "again": "first", **retold},
        {**visit, "stop": thrice, "again": "second"},
    )
    rows = page.locator("details li .quiet")
    expect(rows).to_have_count(2)
    found = [each.split(" · ", 1)[1] for each in rows.all_text_contents()]
    assert sorted(found) == ["Found: complied: 1 of 1", "Found: violation seen: 1 of 1"]


def test_a_stop_is_done_on_the_day_it_was_visited_and_not_by_what_was_discarded(
    field: Field,
) -> None:
    page = field.page
    _, early, vain = (f"case-{case}" for case in field.cases)
    before = (now().now - timedelta(days=2)).isoformat()
    _keep(
        page,
        {"kind": "visit", "stop": early, "payload": {"seen_at": before}, "again": "older"},
        {
            "kind": "no_access", "stop": vain, "payload": {"reason": "Locked gate"},
            "state": "settled", "how": "discard",
        },
    )  # fmt: skip
    assert len(kept(page, "deeds")) == 2
    expect(page.locator(".day")).to_contain_text("3")
    assert "done" not in page.locator(".day").inner_text()


def test_a_stop_visited_before_midnight_is_not_listed_again_as_the_day_turns(field: Field) -> None:
    page = field.page
    late, early, _ = (f"case-{case}" for case in field.cases[::-1])
    midnight = now().now.replace(hour=0, minute=0, second=0, microsecond=0)
    made = {late: midnight - timedelta(minutes=5), early: midnight - timedelta(hours=9)}
    page.clock.set_fixed_time(midnight + timedelta(minutes=3))
    _keep(page, *(
        {"kind": "visit", "stop": stop, "payload": {}, "id": stop, "made_at": at.isoformat()}
        for stop, at in made.items()
    ))  # fmt: skip
    expect(page.locator(".day")).to_contain_text("1 done")
    page.locator("summary", has_text="Visited (1)").click()
    row = page.locator("details li", has_text="Found")
    expect(row).to_contain_text("11:55")
    expect(row).to_contain_text(f"{midnight - timedelta(days=1):%b %-d}")
    row.get_by_role("button").click()
    expect(page.locator(".visited")).to_contain_text("You were here on ")
    page.clock.set_fixed_time(midnight + timedelta(hours=8))
    page.click(".tabs [data-view=today]")
    expect(page.locator(".day")).not_to_contain_text("done")
    # What is seen after midnight on a list of the day before is done there.
    page.clock.set_fixed_time(midnight + timedelta(days=1, minutes=3))
    tomorrow = (midnight + timedelta(days=1, minutes=2)).isoformat()
    _keep(page, {"kind": "visit", "stop": late, "payload": {}, "made_at": tomorrow})
    expect(page.locator(".day")).to_contain_text("1 done")


def test_what_is_half_written_stays_over_every_redrawing_of_the_page(field: Field) -> None:
    page = field.page
    field.context.set_offline(True)
    page.click(".next .primary")
    page.locator(".ending summary").click()
    page.get_by_label("Why you could not see it").fill("Locked gate")
    page.locator("summary", has_text="Flag a hazard here").click()
    page.get_by_label("What the next who comes must know").fill("A wasps' nest")
    page.get_by_role("button", name="Flag it").click()
    expect(page.get_by_text("Flagged. It stands at the top")).to_be_focused()
    expect(page.get_by_label("Why you could not see it")).to_have_value("Locked gate")
    expect(page.get_by_label("What the next who comes must know")).to_have_value("")
    _finish_what_is_void_by_then(field)
    reason = page.locator(".conflict").nth(1).get_by_label("Reason")
    reason.type("The case was")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_load_state("networkidle")
    expect(reason).to_be_focused()
    expect(reason).to_have_value("The case was")
    card = page.locator(".conflict").first
    card.get_by_label("Reason").fill("The case was a double")
    card.get_by_role("button", name="Discard").click()
    expect(page.locator(".conflict")).to_have_count(1)
    expect(page.locator(".conflict").get_by_label("Reason")).to_have_value("The case was")


WHOAMI = "**/field/token.json"
QUICK_HAND = """
    new MutationObserver((_, watch) => {
      const reason = document.querySelector(".conflict input");
      if (!reason) return;
      watch.disconnect();
      reason.focus();
    }).observe(document.getElementById("main"), { childList: true })
"""


def test_who_writes_before_the_page_has_settled_keeps_their_place(field: Field) -> None:
    page = field.page
    field.context.set_offline(True)
    page.click(".next .primary")
    page.wait_for_selector(".ending")
    page.evaluate(QUICK_HAND)
    _finish_what_is_void_by_then(field)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".conflict").first.get_by_label("Reason")).to_be_focused()


def test_whose_session_ended_signs_in_again_and_nothing_is_lost(field: Field) -> None:
    page = field.page
    with field.database.app.begin() as connection:
        sessions.end_all(connection, staff_of(connection, "rivera"), now=now().now)
    page.click(".next .primary")
    page.wait_for_selector(".ending")
    finish(page)
    expect(page.locator("#bar")).to_contain_text("Sign in again to send. Nothing is lost.")
    let_in(field.context, field.site, field.app, field.database, "rivera")
    page.reload()
    expect(page.locator("#receipt")).to_have_text("2 of 2 stored at the office")


def test_who_cannot_sign_out_reads_why_or_does_so_where_it_goes(field: Field) -> None:
    page = field.context.new_page()  # whose complaints of the answers below are meant
    open_field(page, field.site)
    page.locator(".me summary").click()
    leave = page.get_by_role("button", name="Sign out", exact=True)
    field.context.route(WHOAMI, lambda route: route.fulfill(status=503))
    leave.click()
    expect(page.locator("#leaving")).to_have_text("The office does not answer. Try again.")
    field.context.unroute(WHOAMI)
    with field.database.app.begin() as connection:
        connection.exec_driver_sql("UPDATE lotline.staff SET role = 'clerk' WHERE login = 'rivera'")
    leave.click()
    page.wait_for_url("**/account")
    page.locator(".me summary").click()
    leave.click()
    page.wait_for_url("**/sign-in")


def test_who_signs_out_before_the_app_has_opened_posts_no_old_token(field: Field) -> None:
    page, held = field.page, list[Route]()
    field.context.route(WHOAMI, lambda route: held.append(route))  # noqa: PLW0108 - takes no builtin
    page.reload()
    page.evaluate("document.querySelector('.sign-out').elements.csrf_token.value = 'old'")
    page.locator(".me summary").click()
    with page.expect_request(WHOAMI):
        page.get_by_role("button", name="Sign out").click(no_wait_after=True)
    for each in held:
        each.continue_()
    page.wait_for_url("**/sign-in")


def test_another_officer_on_the_same_phone_neither_sees_nor_sends_it(field: Field) -> None:
    page = field.page
    field.context.set_offline(True)
    page.click(".next .primary")
    page.wait_for_selector(".ending")
    finish(page)
    page.locator(".me summary").click()
    expect(page.locator("#leaves")).to_contain_text("2 things are not stored at the office yet")
    assert axe.wrongs(page, axe.AAA) == []
    page.get_by_role("button", name="Sign out").click()
    said = page.locator("#leaving[role=status]")
    expect(said).to_have_text("No signal: you can sign out once there is one.")
    page.evaluate("dispatchEvent(new Event('offline'))")  # so that the head is told anew
    page.wait_for_timeout(200)
    expect(said).to_have_text("No signal: you can sign out once there is one.")
    expect(page.locator("#leaves")).to_contain_text("2 things are not stored at the office yet")
    assert axe.wrongs(page, axe.AAA) == []
    let_in(field.context, field.site, field.app, field.database, "okafor")
    field.context.set_offline(False)
    expect(page.locator("#bar")).to_contain_text("Sign in again")
    page.reload()
    expect(page.locator(".empty h2")).to_have_text("Nothing waits in your zone today")
    expect(page.locator("#receipt")).to_have_text("Nothing to send")
    let_in(field.context, field.site, field.app, field.database, "rivera")
    page.reload()
    expect(page.locator("#receipt")).to_have_text("2 of 2 stored at the office")
    with field.database.owner.connect() as connection:
        officers = connection.scalars(sa.text("SELECT officer FROM lotline.inspection")).all()
    assert [each for each in officers if each] == [OFFICER.name]


def test_two_tabs_send_each_thing_once(field: Field) -> None:
    other = field.context.new_page()
    open_field(other, field.site)
    field.context.set_offline(True)
    field.page.click(".next .primary")
    field.page.wait_for_selector(".ending")
    take_photos(field.page, 1, 2)
    finish(field.page)
    sent: list[str] = []
    for page in (field.page, other):
        page.on("request", lambda each: sent.append(each.url) if each.method == "PUT" else None)
    field.context.set_offline(False)
    expect(field.page.locator("#receipt")).to_have_text("4 of 4 stored at the office")
    expect(other.locator("#receipt")).to_have_text("4 of 4 stored at the office")
    assert len(sent) == len(set(sent)) == 2
