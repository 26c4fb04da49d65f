"""Ask axe-core what of a page somebody could not read or work."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

_SCRIPT = Path(__file__).parents[2] / "webmap/frontend/node_modules/axe-core/axe.min.js"
AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
AAA = ("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa")
_ASK = """([runOnly, without]) => {
    const rules = Object.fromEntries(without.map((rule) => [rule, {enabled: false}]));
    // Only what is wrong is wanted, and no rule of these reads style sheets fetched anew.
    const only = {resultTypes: ["violations"], preload: false};
    return axe.run({runOnly, rules, ...only}).then(({violations}) => violations.map(
        ({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" | ")}`));
}"""


def wrongs(page: Page, rules: Sequence[str] = AA, *, without: Sequence[str] = ()) -> list[str]:
    """List what breaks the rules on a page as it stands, each with the elements that do.

    Parameters
    ----------
    without
        Rules that axe cannot judge here.
    """
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(_SCRIPT.read_text(encoding="utf-8"))
    return [str(each) for each in page.evaluate(_ASK, [list(rules), list(without)])]
