"""Let who has the code of a letter read their case and answer it, without an account.

Whoever holds a code is known by a short signed cookie that the office's pages never see. Each deed
is one of the commands that the staff use, done as the respondent.
"""

from webmap.respondent import (
    asking,
    entering,
    forms,
    hearing,
    lapsed,
    letters,
    page,
    paid,
    paying,
    photos,
    ready,
    sending,
)
from webmap.respondent.frame import blueprint

__all__ = [
    "asking",
    "blueprint",
    "entering",
    "forms",
    "hearing",
    "lapsed",
    "letters",
    "page",
    "paid",
    "paying",
    "photos",
    "ready",
    "sending",
]
