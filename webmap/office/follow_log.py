"""Show the clerk what was sent to those who follow: to whom, when, and what it told."""

from flask import request
from flask_babel import lazy_gettext as _

from cases.following import mailing
from cases.following.holding import Held
from cases.following.refusing import NO_MORE
from cases.following.reports import LOGGED
from cases.mail.outbox import TURNED_AWAY
from cases.permissions import Right
from webmap.arguments import whole
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.frame import blueprint

LISTED = 100
HELD = {
    Held.STOPPED: _("Not sent: whoever it was for has stopped, or did not say yes in time."),
    Held.WITHHELD: _(
        "Not sent: it tells of a place that the public is told nothing of since then."
    ),
}
"""Why something was held back; what a server or a gateway says is shown as it said it."""
_BEFORE = (
    (NO_MORE, _("Written to no more, for digest after digest was refused.")),
    (TURNED_AWAY, _("The address is refused:")),
)
"""What the outbox has before the words of a server."""


@blueprint.get("/follow-log")
@needs(Right.GIVE_RECORDS)
def follow_log() -> str:
    """Show a page of what was sent, the latest first."""
    page = whole(request.args, "page") or 1
    with reading() as desk:
        found = desk.rows(mailing.log().limit(LISTED + 1).offset((page - 1) * LISTED))
        counted = desk.first(mailing.followers())
        return desk.page(
            "office/follow_log.html", rows=found[:LISTED], counted=counted, page=page,
            more=len(found) > LISTED, a_report=LOGGED, why=why,
        )  # fmt: skip


def why(said: str) -> str:
    """Say why a message did not go, with the words of a server where they are one's."""
    if said in HELD:
        return str(HELD[Held(said)])
    ours = []
    for mark, words in _BEFORE:
        if said.startswith(mark):
            ours.append(str(words))
            said = said.removeprefix(mark)
    return " ".join((*ours, said))
