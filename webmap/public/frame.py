"""Frame the public pages: their blueprint, and what every template may use."""

from typing import Any

from flask import Blueprint, abort, request
from flask.blueprints import BlueprintSetupState

from cases.stages import Stage
from webmap.public.assets import asset, stage_label, stage_looks
from webmap.public.words import FILTERS

ENDED = (Stage.COMPLIED, Stage.CLOSED)

blueprint = Blueprint("public", __name__)


@blueprint.record_once
def dress(state: BlueprintSetupState) -> None:
    """Give the templates their words, filters and built files."""
    jinja = state.app.jinja_env
    jinja.add_extension("jinja2.ext.i18n")
    # English now; a translation replaces this one line and no template.
    jinja.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    jinja.filters.update(FILTERS, stage_label=stage_label)
    jinja.globals.update(asset=asset, stages=stage_looks(), ended=ENDED, town_name="Lotline")
    jinja.trim_blocks = jinja.lstrip_blocks = True


@blueprint.before_request
def refuse_nul() -> None:
    """Refuse the one character that no name or number in the database can hold."""
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        abort(400)


@blueprint.app_context_processor
def defaults() -> dict[str, Any]:
    """Give every page, errors too, what its frame asks for where no town is known."""
    return {"town": None}
