"""Write in its reader's language what happened in what they follow."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from cases.following.digests import Digest
from cases.open_data import STEPS
from webmap.correspondent import Correspondent
from webmap.interpreting import say
from webmap.report_news import report_lines
from webmap.words import day


class FollowWriter(Correspondent):
    """Who writes to those who follow, outside of any page."""

    def stop_address(self, token: str) -> str:
        """Return the address of the page that a link in a message opens."""
        return f"{self.url}/follow/stop/{token}"

    def words(self, digest: Digest, *, stop: str, on: date) -> tuple[str, str]:
        """Return the subject and the text of a digest.

        Parameters
        ----------
        stop
            The token of the link that stops it.
        """
        with self.speaking(digest.follower.language):
            count = len(digest.cases) + digest.more
            subject = ngettext(
                "%(day)s: news of %(num)s case you follow",
                "%(day)s: news of %(num)s cases you follow", count, day=day(on),
            )  # fmt: skip
            if digest.reports:
                subject = _("%(day)s: news of what you follow", day=day(on))
            return subject, "\n".join(self._lines(digest, self.stop_address(stop)))

    def _lines(self, digest: Digest, stop: str) -> Iterator[str]:
        yield _("What happened in what you follow in %(town)s:", town=self.town)
        for news in digest.reports:
            yield ""
            yield from report_lines(news, page=f"{self.url}/report/track")
        for steps in digest.cases:
            yield ""
            yield from self._case(steps)
        if digest.more:
            yield ""
            yield ngettext(
                "And %(num)s more case. What you follow, with its pages: %(address)s",
                "And %(num)s more cases. What you follow, with its pages: %(address)s",
                digest.more, address=stop,
            )  # fmt: skip
        yield ""
        yield _("You get this at most once a day, and only when something happened.")
        yield _("Stop it, or choose what to stop: %(address)s", address=stop)
        yield ""

    def _case(self, steps: Sequence[sa.Row[Any]]) -> Iterator[str]:
        first = steps[0]
        number = _("Case %(number)s", number=first.number)
        where = first.situs_address or first.parcel_no
        yield ", ".join(each for each in (where, say(first.category), number) if each)
        for step in reversed(steps):
            on = f"{day(step.happened_on)}: " if step.happened_on else ""
            yield f"- {on}{say(STEPS[step.kind])}"
        yield f"  {self.url}/case/{quote(first.number)}"
