"""Write in its reader's language the digest of what fell due."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, urlencode

from flask_babel import gettext as _

from cases.clock.kinds import Kind
from cases.clock.telling import Digest, Part, Reader
from cases.desk.queues import Queue
from cases.workflow.roles import Role
from webmap.correspondent import Correspondent
from webmap.interpreting import say
from webmap.words import day

QUEUES = {
    Kind.VISIT: Queue.BOOKED_TODAY,
    Kind.CORRECTION: Queue.OVERDUE,
    Kind.ORDER: Queue.ORDER_PAST,
    Kind.WAIVER: Queue.UNANSWERED,
    Kind.MAIL: Queue.AWAITING_SERVICE,
    Kind.DORMANT: Queue.DORMANT,
}
"""The list in which a kind goes on waiting."""


class DigestWriter(Correspondent):
    """Who writes digests outside of any page."""

    def words(self, digest: Digest, *, on: date) -> tuple[str, str]:
        """Return the subject and the text of a digest."""
        with self.speaking(digest.reader.language):
            subject = _("Fell due by %(day)s: %(count)s", day=day(on), count=f"{digest.count:,}")
            return subject, "\n".join(self._lines(digest, on=on))

    def _lines(self, digest: Digest, *, on: date) -> Iterator[str]:
        yield _("What fell due in %(town)s by %(day)s. Each is told once.",
                town=self.town, day=day(on))  # fmt: skip
        yield _("Nothing was done about it: every step is yours to confirm.")
        for part in digest.parts:
            yield ""
            yield f"{_headings()[part.kind]} ({part.count:,})"
            yield from self._cases(part, digest.reader)
        yield ""
        yield _("What still waits stands on your first page: %(address)s",
                address=f"{self.url}/office/")  # fmt: skip
        yield ""

    def _cases(self, part: Part, reader: Reader) -> Iterator[str]:
        for each in part.first:
            kind = say(each.category)
            yield f"- {each.number}, {kind}, {day(each.due_on)}: {self._case(each.number)}"
        more = part.count - len(part.first)
        if more and part.kind in QUEUES:
            address = self._list(QUEUES[part.kind], reader)
            yield _("- and %(count)s more: %(address)s", count=f"{more:,}", address=address)
        elif more:
            yield _("- and %(count)s more", count=f"{more:,}")

    def _case(self, number: str) -> str:
        return f"{self.url}/office/case/{quote(number)}"

    def _list(self, queue: Queue, reader: Reader) -> str:
        officer = {"officer": reader.name} if reader.role is Role.OFFICER else {}
        return f"{self.url}/office/cases?{urlencode({'queue': str(queue), **officer})}"


def _headings() -> dict[Kind, str]:
    """Say what of each kind fell due, and what to do."""
    return {
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
