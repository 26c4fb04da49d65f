"""Say where a draft of zones stands, and write its figures."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from webmap.office.plan_words import span

STATES: dict[str, Any] = {
    "queued": lazy_gettext("waits its turn"),
    "running": lazy_gettext("is being made"),
    "done": lazy_gettext("ready"),
    "stopped": lazy_gettext("stopped"),
    "failed": lazy_gettext("could not be made"),
}
"""Where the making of zones stands."""


def ratio_words(ratio: float | None) -> str:
    """Write how the largest share stands to the smallest: ``1.08 times``."""
    if ratio is None:
        return str(_("no zone to hold against"))
    return str(_("%(ratio)s times", ratio=f"{ratio:,.2f}"))


def drive_words(minutes: float) -> str:
    """Write how long is driven: ``1 h 5 min``."""
    return span(round(minutes * 60))


WORDS = {"zone_states": STATES, "ratio_words": ratio_words, "drive_words": drive_words}
"""What the pages of proposed zones say with."""
