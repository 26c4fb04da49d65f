"""The office's ground on a shared phone: of who is signed in alone, and gone at signing out."""

from field_browser import let_in, open_field, until
from field_day import Field
from playwright.sync_api import Page, expect


def test_the_offices_ground_is_dropped_for_whoever_signs_in_next_and_at_signing_out(
    field: Field,
) -> None:
    page = field.page
    until(page, _WHOLE)
    page.goto(f"{field.site}/office/")
    page.wait_for_load_state("networkidle")
    assert _tiles(page) > 0  # one's own stays
    let_in(field.context, field.site, field.app, field.database, "okafor")
    page.goto(f"{field.site}/office/")  # and never the field app, with a signal
    until(page, _NONE)
    let_in(field.context, field.site, field.app, field.database, "rivera")
    open_field(page, field.site)
    until(page, _WHOLE)  # fetched anew, though they were fetched today
    assert _tiles(page) > 0
    page.locator(".me summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    until(page, _NONE)


def test_signing_out_leaves_no_ground_though_the_page_after_it_never_comes(field: Field) -> None:
    page = field.page
    until(page, _WHOLE)
    field.context.route("**/sign-out", lambda route: route.abort())
    page.locator(".me summary").click()
    page.get_by_role("button", name="Sign out").click(no_wait_after=True)
    elsewhere = field.context.new_page()
    elsewhere.goto(f"{field.site}/healthz")  # where nothing of ours runs
    until(elsewhere, _NONE)


_TILES = """(async () => {
    const found = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
    const asked = (await Promise.all(found)).flat().map(({ url }) => new URL(url).pathname);
    return asked.filter((each) => each.startsWith("/tiles/")).length;
})"""
_NONE = f"{_TILES}().then((n) => n === 0)"
_WHOLE = """(async () =>
    Boolean(await (await caches.open("field-tiles")).match("/field/tiles")))()"""


def _tiles(page: Page) -> int:
    return int(page.evaluate(f"{_TILES}()"))
