"""Say what a digest tells of what happened in what its reader follows."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from cases.following.digests import Digest
from cases.open_data import STEPS
from cases.worded.kinds import MessageKind
from webmap.correspondent import Correspondent
from webmap.report_news import report_news


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
            reports = [
                report_news(each, page=f"{self.url}/report/track") for each in digest.reports
            ]
        return self.written(
            MessageKind.FOLLOW_DIGEST, language=digest.follower.language, day=on,
            count=len(digest.cases) + digest.more, more=digest.more, reports=reports,
            cases=[self._case(steps) for steps in digest.cases], stop=self.stop_address(stop),
        )  # fmt: skip

    def _case(self, steps: Sequence[sa.Row[Any]]) -> dict[str, Any]:
        first = steps[0]
        return {
            "number": first.number, "place": first.situs_address or first.parcel_no,
            "kind": first.category, "address": f"{self.url}/case/{quote(first.number)}",
            "steps": [
                {"day": step.happened_on, "what": STEPS[step.kind]} for step in reversed(steps)
            ],
        }  # fmt: skip
