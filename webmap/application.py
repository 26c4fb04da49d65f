"""Put the web application together from its parts."""

import os

from flask import Flask

from geo.database import from_settings
from webmap import errors, headers, health, public, tiles
from webmap.settings import Settings, read_settings


def create_app(settings: Settings | None = None) -> Flask:
    """Return the web application; opens no connection and starts nothing.

    Parameters
    ----------
    settings
        Read from the environment when absent, as a server process does.
    """
    settings = settings or read_settings(os.environ)
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.config.update(MAX_CONTENT_LENGTH=1_000_000, TRUSTED_HOSTS=None)
    app.config["TILE_CACHE_BYTES"] = settings.tile_cache_bytes
    app.extensions["lotline"] = from_settings(settings.home, settings.environ)
    headers.init_app(app)
    errors.init_app(app)
    app.register_blueprint(health.blueprint)
    tiles.init_app(app)
    app.register_blueprint(public.blueprint)
    return app
