"""Write the town's messages in a language, and log a wording of its own that cannot be used."""

import logging
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from cases.worded.kinds import MessageKind
from cases.worded.messages import shelf_of, write
from webmap.interpreting import say
from webmap.languages import LOCALES
from webmap.words import day

log = logging.getLogger(__name__)


def mail_words(own: Path, kind: MessageKind, *, language: str, **facts: Any) -> tuple[str, str]:
    """Return the subject and the text of a message.

    Parameters
    ----------
    own
        The folder of the town's own wordings.
    facts
        Those that are declared of its kind, its days and the rules' words as they are kept.
    """
    with force_locale(LOCALES[language]):
        written = write(shelf_of(own), kind, language=language, speak=speak, **facts)
    if written.fault is not None:
        log.error("%s went out as it came with Lotline: %s", kind, written.fault)
    return written.subject, written.body


def speak(value: object) -> str:
    """Write a day or words of the rules in the language now spoken."""
    return day(value) if isinstance(value, date) else say(value)
