"""Choose the language of a page: what its reader said, or their browser."""

from flask import g, request

LANGUAGES = {"en": "English", "es": "Español"}
COOKIE = "language"


def language() -> str:
    """Return the language of this request's page."""
    member = g.get("member")
    said = member.language if member else request.cookies.get(COOKIE, "")
    if said in LANGUAGES:
        return str(said)
    return request.accept_languages.best_match(LANGUAGES) or "en"
