"""Say what the digest of what fell due tells its reader."""

from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from flask_babel import lazy_gettext as _

from cases.clock.kinds import Kind
from cases.clock.telling import Digest, Part, Reader
from cases.desk.queues import Queue
from cases.worded.kinds import MessageKind
from cases.workflow.roles import Role
from webmap.correspondent import Correspondent

QUEUES = {
    Kind.VISIT: Queue.BOOKED_TODAY,
    Kind.CORRECTION: Queue.OVERDUE,
    Kind.ORDER: Queue.ORDER_PAST,
    Kind.WAIVER: Queue.UNANSWERED,
    Kind.MAIL: Queue.AWAITING_SERVICE,
    Kind.DORMANT: Queue.DORMANT,
}
"""The list in which a kind goes on waiting."""


HEADINGS = {
    Kind.VISIT: _("An inspection is booked for today, or was and nobody went: go, or say "
              "what came of it"),
    Kind.CORRECTION: _("The time to correct is over: reinspect, then close or cite"),
    Kind.ORDER: _("An order's day to comply by is over: inspect, and say whether it is met"),
    Kind.WAIVER: _("The time to answer a citation is over: settle it, or confirm the waiver"),
    Kind.MAIL: _("Certified mail was not signed for in time: another way may serve now"),
    Kind.FORECLOSURE: _("An unpaid lien may be foreclosed from now on, unless the property "
                    "is a homestead"),
    Kind.LIEN_ENDING: _("A lien's life ends within 180 days: collect, or authorize a suit"),
    Kind.LIEN_OVER: _("A lien's life is over: record that it expired"),
    Kind.DORMANT: _("Nothing was done in a case for thirty days"),
    Kind.RETENTION: _("A closed case was kept for the years of the law: you may dispose of it"),
}  # fmt: skip
"""What of each kind fell due, and what to do."""


class DigestWriter(Correspondent):
    """Who writes digests outside of any page."""

    def words(self, digest: Digest, *, on: date) -> tuple[str, str]:
        """Return the subject and the text of a digest."""
        return self.written(
            MessageKind.STAFF_DIGEST, language=digest.reader.language, day=on, count=digest.count,
            parts=[self._part(part, digest.reader) for part in digest.parts],
            start=f"{self.url}/office/",
        )  # fmt: skip

    def _part(self, part: Part, reader: Reader) -> dict[str, Any]:
        more, queue = part.count - len(part.first), QUEUES.get(part.kind)
        cases = [
            {"number": each.number, "kind": each.category, "due": each.due_on,
             "address": f"{self.url}/office/case/{quote(each.number)}"}
            for each in part.first
        ]  # fmt: skip
        return {
            "what": HEADINGS[part.kind], "count": part.count, "cases": cases, "more": more,
            "list": self._list(queue, reader) if more and queue else "",
        }  # fmt: skip

    def _list(self, queue: Queue, reader: Reader) -> str:
        officer = {"officer": reader.name} if reader.role is Role.OFFICER else {}
        return f"{self.url}/office/cases?{urlencode({'queue': str(queue), **officer})}"
