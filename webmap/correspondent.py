"""Write to somebody in their own language where there is no page in hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import Babel, force_locale

from cases.worded.kinds import MessageKind
from webmap.languages import LOCALES
from webmap.worded_mail import mail_words


class Correspondent:
    """Who writes for a town.

    Parameters
    ----------
    town
        Its name.
    url
        Where people reach this server.
    own
        The folder of the town's own wordings of messages.
    """

    def __init__(self, *, town: str, url: str, own: Path) -> None:
        self.town, self.url, self.own = town, url, own
        self._app = Flask("webmap")  # for the catalogues alone
        Babel(self._app)

    def written(self, kind: MessageKind, *, language: str | None, **facts: Any) -> tuple[str, str]:
        """Return the subject and the text of a message.

        Parameters
        ----------
        language
            English where none is said, or none there is.
        facts
            Those that are declared of its kind, but the town.
        """
        known = _known(language)
        with self._app.app_context():
            return mail_words(self.own, kind, language=known, town=self.town, **facts)

    @contextmanager
    def speaking(self, language: str | None) -> Iterator[None]:
        """Say in a language what facts are made of; in English where it is none there is."""
        with self._app.app_context(), force_locale(LOCALES[_known(language)]):
            yield


def _known(language: str | None) -> str:
    return language if language and language in LOCALES else "en"
