"""Write to somebody in their own language where there is no page in hand."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask_babel import Babel, force_locale

from webmap.languages import LOCALES


class Correspondent:
    """Who writes for a town.

    Parameters
    ----------
    town
        Its name.
    url
        Where people reach this server.
    """

    def __init__(self, *, town: str, url: str) -> None:
        self.town, self.url = town, url
        self._app = Flask("webmap")  # for the catalogues alone
        Babel(self._app)

    @contextmanager
    def speaking(self, language: str | None) -> Iterator[None]:
        """Say what is said in a language; in English where none is said, or none there is."""
        with self._app.app_context(), force_locale(LOCALES.get(language or "", LOCALES["en"])):
            yield
