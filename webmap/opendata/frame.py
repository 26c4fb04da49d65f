"""Frame what of the town's data can be taken away."""

from flask import Blueprint

from webmap.api.answering import let_all_read

blueprint = Blueprint("opendata", __name__, url_prefix="/data")
let_all_read(blueprint)
