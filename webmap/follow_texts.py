"""Write the texts to telephones of those who follow, each short enough to be sent.

Their words stand here alone. Accents that would halve what fits are left out, as telephones do.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from cases.following.digests import Digest
from cases.mail.segments import cut, fits, plain
from cases.open_data import STEPS
from webmap.correspondent import Correspondent
from webmap.interpreting import say
from webmap.words import day


def confirming_text(*, town: str, name: str, link: str) -> str:
    """Return what asks a number whether it wants to follow.

    Parameters
    ----------
    name
        What it would follow; cut where it is long.
    link
        By which it says yes.
    """

    def words(about: str) -> str:
        said = _(
            "%(town)s code enforcement: get texts about %(name)s? Say yes within 3 days: "
            "%(link)s Not you? Do nothing.", town=town, name=about, link=link,
        )  # fmt: skip
        return plain(said)

    return cut(name, words)


class FollowTexter(Correspondent):
    """Who writes texts to those who follow, outside of any page."""

    def words(self, digest: Digest, *, stop: str, on: date) -> tuple[str, str, int]:
        """Return what lists call a digest, its text, and how many cases it tells of.

        Parameters
        ----------
        stop
            The token of the link that shows what is followed and stops it.
        """
        with self.speaking(digest.follower.language):
            count = len(digest.cases) + digest.more
            subject = ngettext(
                "%(day)s: news of %(num)s case you follow",
                "%(day)s: news of %(num)s cases you follow", count, day=day(on),
            )  # fmt: skip
            link = f"{self.url}/follow/stop/{stop}"
            lines = [_line(steps) for steps in digest.cases]
            for shown in range(len(lines), 0, -1):
                text = self._text(lines[:shown], count, self._ending(digest, link))
                if fits(text):
                    return subject, text, shown
            return subject, self._shortest(count, link), 0

    def _text(self, lines: Sequence[str], count: int, ending: str) -> str:
        news = ngettext(
            "%(town)s code enforcement: news of %(num)s case you follow.",
            "%(town)s code enforcement: news of %(num)s cases you follow.", count, town=self.town,
        )  # fmt: skip
        more = count - len(lines)
        rest = [ngettext("And %(num)s more.", "And %(num)s more.", more)] if more else []
        return plain(" ".join([news, *lines, *rest, ending]))

    def _ending(self, digest: Digest, link: str) -> str:
        if len(digest.cases) > 1:
            return str(_("What you follow, and stop: %(link)s", link=link))
        page = f"{self.url}/case/{quote(digest.numbers[0])}"
        return str(_("See it: %(page)s Stop: %(link)s", page=page, link=link))

    def _shortest(self, count: int, link: str) -> str:
        """Return what is left where not one case can be told of."""
        text = ngettext("News of %(num)s case you follow: %(link)s",
                        "News of %(num)s cases you follow: %(link)s", count, link=link)  # fmt: skip
        return plain(text)


def _line(steps: Sequence[sa.Row[Any]]) -> str:
    """Tell the latest step of a case."""
    latest = steps[0]
    where = latest.situs_address or latest.parcel_no or latest.number
    return f"{where}: {say(STEPS[latest.kind])}"
