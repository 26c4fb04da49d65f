"""Let people who work here sign in, and let each do what their role may."""

from flask import Flask

from webmap.auth import account, gate, resetting, sign_in, staff

__all__ = ["account", "init_app", "resetting", "staff"]


def init_app(app: Flask) -> None:
    """Put the gate before every page, and add the pages of signing in and of accounts."""
    gate.init_app(app)
    app.register_blueprint(sign_in.blueprint)
