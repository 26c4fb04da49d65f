"""Give the templates what all of them may use: words, filters, built files, the language."""

from datetime import datetime
from typing import Any

from flask import Flask, current_app
from flask_babel import Babel

from cases.stages import CLOCKED, Stage
from webmap.assets import age_label, age_looks, asset, stage_label, stage_looks
from webmap.interpreting import say, say_citation, say_line
from webmap.languages import LANGUAGES, NAMES, language, locale, offered
from webmap.scripts_words import script_words
from webmap.words import FILTERS, moment

ENDED = (Stage.COMPLIED, Stage.CLOSED)


def init_app(app: Flask) -> None:
    """Set the templates' environment up, and translate what they say."""
    Babel(app, locale_selector=locale)
    jinja = app.jinja_env
    jinja.filters.update(
        FILTERS, stage_label=stage_label, age_label=age_label, moment=_moment, say=say,
        say_line=say_line, say_citation=say_citation
    )  # fmt: skip
    jinja.globals.update(asset=asset, stages=stage_looks(), ages=age_looks(), town_name="Lotline")
    jinja.globals.update(ended=ENDED, clocked=CLOCKED)
    jinja.globals.update(language=language, languages=LANGUAGES, offered_languages=offered)
    jinja.globals.update(language_names=NAMES)
    jinja.globals.update(script_words=script_words)
    jinja.trim_blocks = jinja.lstrip_blocks = True
    jinja.autoescape = True  # every template is a page, whatever its name ends in
    app.context_processor(_defaults)


def _moment(value: datetime) -> str:
    """Write a moment of the records as it was in the town."""
    zone = current_app.extensions["lotline_clock"].now().tzinfo
    return moment(value.astimezone(zone))


def _defaults() -> dict[str, Any]:
    """Give every page, errors too, what its frame asks for where no town is known."""
    config = current_app.config
    return {
        "town": None, "brand": config["BRAND"], "has_seal": config["SEAL"]() is not None,
        "contact": config["CITY_CONTACT"],
    }  # fmt: skip
