"""Let people who work here sign in, and let each do what their role may."""

from flask import Flask

from webmap.auth import account, city, gate, resetting, sign_in, staff
from webmap.auth.frame import blueprint
from webmap.city_settings import CitySettings

__all__ = ["account", "init_app", "resetting", "sign_in", "staff"]


def init_app(app: Flask, *, city_settings: CitySettings | None) -> None:
    """Put the gate before every page, and add the pages of signing in and of accounts."""
    gate.init_app(app)
    city.init_app(app, city_settings)
    app.register_blueprint(blueprint)
