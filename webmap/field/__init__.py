"""Give officers in the field an app that works without a signal, and take in what it tells."""

from flask import Flask

from webmap.field import calendar, day, planning, shell, telling, uploads
from webmap.field.frame import blueprint

__all__ = ["calendar", "day", "init_app", "planning", "shell", "telling", "uploads"]


def init_app(app: Flask) -> None:
    """Add the field app and what it talks to."""
    app.register_blueprint(blueprint)
