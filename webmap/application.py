"""Put the web application together from its parts."""

import os
from functools import partial

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from cases.accounts.sessions import LONGEST
from cases.documents.store import Store
from cases.letters.templates import seal_in
from geo.database import from_settings
from reports.frontpage import Kept
from webmap import (
    api,
    auth,
    dressing,
    errors,
    field,
    headers,
    health,
    office,
    ogc,
    open311,
    opendata,
    plan_api,
    public,
    report_api,
    respondent,
    tiles,
)
from webmap.arguments import IdentityConverter
from webmap.city_settings import read_city
from webmap.kept_answers import KeptAnswers
from webmap.look_settings import read_brand, read_languages
from webmap.pay_settings import payments
from webmap.secret import code_keys, older_keys, seal, secret_key
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
    app.url_map.converters["int"] = IdentityConverter
    app.config.update(_config(settings))
    app.extensions["lotline"] = from_settings(settings.home, settings.environ)
    app.extensions["lotline_documents"] = Store(settings.documents)
    app.extensions["lotline_seal"] = seal(settings)
    app.extensions["lotline_codes"] = code_keys(settings)
    app.extensions["lotline_front"] = Kept()
    app.extensions["lotline_answers"] = KeptAnswers()
    app.extensions["lotline_payments"] = payments(settings.environ)
    headers.init_app(app)
    errors.init_app(app)
    CSRFProtect(app).exempt(open311.blueprint)  # who reports there has a key and no cookie
    dressing.init_app(app)
    auth.init_app(app, city_settings=read_city(settings.environ))
    app.register_blueprint(health.blueprint)
    tiles.init_app(app)
    for room in (public, respondent, api, ogc, opendata, open311):
        app.register_blueprint(room.blueprint)
    app.register_blueprint(plan_api.blueprint)
    app.register_blueprint(report_api.blueprint)
    office.init_app(app)
    field.init_app(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies, settings.proxies)  # type: ignore[method-assign]
    return app


def _config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": secret_key(settings),
        "SECRET_KEY_FALLBACKS": older_keys(settings),
        "SESSION_COOKIE_NAME": "lotline",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": LONGEST,
        # Else answers that cross on their way would each bring back an older guard of forms.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,  # a form may lie open over lunch; its session is what ends
        "MAX_CONTENT_LENGTH": 1_000_000,
        "TRUSTED_HOSTS": None,
        "TILE_CACHE_BYTES": settings.tile_cache_bytes,
        "HOME": settings.home,
        "STREETS": settings.streets,
        "OPEN311_KEYS": settings.open311_keys,
        "OPEN_DATA": settings.open_data,
        "DATA_LICENCE": settings.data_licence,
        "DEMO": settings.is_demo,
        "URL": settings.url,
        "CITY_CONTACT": settings.contact,
        "BRAND": read_brand(settings.environ),
        "SPOKEN": read_languages(settings.environ),
        "SEAL": partial(seal_in, settings.letters),
        "LETTERS": settings.letters,
        "MESSAGES": settings.messages,
        "MAIL": settings.mail is not None,
        "TEXTS": settings.texts,
    }
