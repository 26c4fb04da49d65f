"""Name the letters whose wording a town may change, and say where their wordings stand."""

from cases.letters.kinds import LetterKind
from cases.letters.templates import BUNDLED, Site
from cases.notice_words import NoticeKind
from cases.worded.keeping import Shelf

WORDED = (*(str(each) for each in NoticeKind), *(str(each) for each in LetterKind))
"""The letters whose wording a town may change."""


def shelf_of(site: Site) -> Shelf:
    """Return where the wordings of a town's letters stand."""
    return Shelf(site.own, BUNDLED, "html")
