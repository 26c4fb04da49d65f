"""Issue a notice only with the words that its page showed, to whom it showed them."""

from flask import request
from flask_babel import gettext as _
from wtforms import HiddenField

from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.errors import CaseError
from webmap.auth.desk import Desk
from webmap.office.deeds.deed import DeedForm
from webmap.office.deeds.weighing import Weighing


class UnseenWordsError(CaseError):
    """A notice would say something else than was shown, and none is issued."""


class ShowingForm(DeedForm):
    """A deed that issues a notice: what it will say is shown, and sent back as a mark of it.

    Whoever picks another respondent, or has an old page open, is shown the words anew.
    """

    seen_words = HiddenField()
    sent_mark: str | None = None

    def telling(self, desk: Desk, book: Book, offer: Offer) -> Weighing | None:
        """Return what the notice will say as things stand, to whoever is picked."""
        raise NotImplementedError

    def show(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Show what it will say."""
        self.sent_mark = self.seen_words.data
        self._put(self.telling(desk, book, offer))
        if not self.is_submitted() or "foretell" in request.form:
            self.sent_mark = self.seen_words.data

    def want_seen(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Refuse what the page did not show, and show it.

        Raises
        ------
        UnseenWordsError
            It is not what was shown.
        """
        self._put(self.telling(desk, book, offer))
        if self.sent_mark != self.seen_words.data:
            msg = _("What it will say was not shown yet: read it below, then press the button.")
            raise UnseenWordsError(msg)

    def refuse(self, error: CaseError) -> None:
        """Ask to read what is shown for the first time, which nobody did anything wrong for."""
        self.to_read = isinstance(error, UnseenWordsError) and not self.sent_mark
        if not self.to_read:
            super().refuse(error)

    def _put(self, weighing: Weighing | None) -> None:
        self.weighing = weighing
        self.seen_words.data = weighing.mark if weighing else ""
