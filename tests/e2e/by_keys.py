"""Work a page by the keyboard alone, as somebody does who uses no mouse."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page

MOST = 400
"""How often Tab is pressed before something counts as out of reach."""

_HAS_FOCUS = "element => element === document.activeElement"


def reach(page: Page, target: Locator) -> None:
    """Press Tab until an element has the focus."""
    target.wait_for(state="attached")
    for _ in range(MOST):
        if target.evaluate(_HAS_FOCUS):
            return
        page.keyboard.press("Tab")
    msg = f"the keyboard does not reach {target} on {page.url}"
    raise AssertionError(msg)


def press(page: Page, target: Locator) -> None:
    """Go to a link or a button and press Enter, and wait for the page it leads to."""
    reach(page, target)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def fill(page: Page, form: Locator, values: dict[str, Any]) -> None:
    """Type into the fields of a form, by their names; of boxes and options, what to choose."""
    for name, value in values.items():
        field = form.locator(f'[name="{name}"]')
        kind = field.first.evaluate("element => element.type")
        if kind == "checkbox":
            _tick(page, field, value)
        elif kind == "radio":
            _step_to(page, field, str(value))
        elif kind == "select-one":
            _select(page, field, str(value))
        else:
            _type(page, field, kind, str(value))


def _tick(page: Page, boxes: Locator, value: Any) -> None:
    wanted = [value] if isinstance(value, str) or not isinstance(value, Iterable) else value
    for each in wanted:
        box = boxes.first if boxes.count() == 1 else boxes.and_(page.locator(f'[value="{each}"]'))
        if not box.is_checked():
            reach(page, box)
            page.keyboard.press("Space")
        assert box.is_checked()


def _step_to(page: Page, options: Locator, value: str) -> None:
    target = options.and_(page.locator(f'[value="{value}"]'))
    chosen = options.and_(page.locator(":checked"))
    reach(page, chosen if chosen.count() else options.first)
    page.keyboard.press("Space")
    for _ in range(options.count()):
        if target.is_checked():
            return
        page.keyboard.press("ArrowDown")
    msg = f"the arrows do not reach {value}"
    raise AssertionError(msg)


def _select(page: Page, field: Locator, value: str) -> None:
    reach(page, field)
    page.keyboard.press("Home")
    for _ in range(field.locator("option").count()):
        if field.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    msg = f"the arrows do not reach {value}"
    raise AssertionError(msg)


def _type(page: Page, field: Locator, kind: str, value: str) -> None:
    if field.input_value() == value:
        return
    reach(page, field)
    if kind == "date":  # month, day and year one after the other, as an American browser asks
        page.keyboard.type(date.fromisoformat(value).strftime("%m%d%Y"))
    else:
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(value)
    assert field.input_value() == value
