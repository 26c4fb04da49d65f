"""Open the templates of pages and papers; whatever an answer says is text in them."""

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.answers.cells import plain
from reports.answers.words import WORDS

FOLDER = Path(__file__).parent


def fill(name: str, **values: Any) -> str:
    """Fill a template in; `w` are `WORDS`, and ``line`` makes one line of a text."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["line"] = plain
    return environment.get_template(name).render(w=WORDS, **values)


def moment(at: datetime) -> str:
    """Write when an answer was reckoned."""
    return f"{at:%Y-%m-%d %H:%M %Z}".strip()
