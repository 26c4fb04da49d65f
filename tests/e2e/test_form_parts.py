"""A form shows only the parts that what was chosen calls for; without scripts it shows them all."""

from pathlib import Path

from playwright.sync_api import Browser, expect

import webmap

PARTS = Path(webmap.__file__).parent / "frontend/js/office/parts.js"
FORM = """<form><select name="how"><option>mail</option><option>hand</option></select>
<fieldset data-led-by="how" data-when="mail carrier"><label>Number <input name="no" value="7">
</label></fieldset><fieldset data-led-by="how" data-when="hand"><label>Age
<input name="age" value="40"></label></fieldset>
<p data-led-by="how" data-when="hand">Add a photograph</p></form>"""


def test_a_part_is_shown_and_sent_only_with_what_calls_for_it(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(FORM)
    number, age = page.get_by_label("Number"), page.get_by_label("Age")
    expect(number).to_be_visible()
    expect(age).to_be_visible()
    start = 'parts(document.querySelectorAll("[data-led-by]"));'
    page.add_script_tag(content=PARTS.read_text().replace("export ", "") + start)
    expect(age).to_be_hidden()
    expect(page.get_by_text("Add a photograph")).to_be_hidden()
    page.locator("select").select_option("hand")
    expect(number).to_be_hidden()
    expect(age).to_be_visible()
    sent = "Object.fromEntries(new FormData(document.forms[0]))"
    assert page.evaluate(sent) == {"how": "hand", "age": "40"}
    page.close()
