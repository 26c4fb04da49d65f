"""Choose the language of a page: what its reader said, or their browser."""

from typing import Any

from flask import current_app, g, request
from flask_babel import lazy_gettext as _

LANGUAGES = {"en": "English", "es": "Español"}
NAMES: dict[str, Any] = {"en": _("English"), "es": _("Spanish")}
"""What each language is called in that of the page."""
LOCALES = {"en": "en_US", "es": "es_US"}
"""By which days and figures are written: as this country does, in either language."""
COOKIE = "language"
A_YEAR = 365 * 86_400


def offered() -> dict[str, str]:
    """Return the languages this town's site is offered in, its own first, each by its name."""
    return {code: LANGUAGES[code] for code in current_app.config["SPOKEN"]}


def language() -> str:
    """Return the language of this request's page."""
    known, member = offered(), g.get("member")
    said = member.language if member else request.cookies.get(COOKIE, "")
    if said in known:
        return str(said)
    return request.accept_languages.best_match(known) or next(iter(known))


def locale() -> str:
    """Return by which customs this request's page writes days, hours and figures."""
    return LOCALES[language()]
