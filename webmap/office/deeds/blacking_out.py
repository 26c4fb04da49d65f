"""Ask which boxes of a picture are blacked out for the public, each under what exempts it."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import current_app, request
from flask_babel import lazy_gettext as _
from wtforms import DecimalField, FieldList, FormField, HiddenField, StringField
from wtforms import Form as Lines
from wtforms.validators import Length, NumberRange, Optional

from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.documents import redacting
from cases.documents.queries import redactions_of
from cases.documents.store import Store
from cases.errors import CaseError
from cases.workflow.document import DocumentAction
from webmap.auth.desk import Desk
from webmap.office.deeds.deed import MOST_LINES, DeedForm, deed

WHOLE = 100
EDGES = ("left", "top", "width", "height")


class NothingBlackenedError(CaseError):
    """No box is given, so that nothing would be black."""


class TooManyBoxesError(CaseError):
    """More boxes were sent than are taken, and those beyond would stay seen."""


class BlackenedSinceError(CaseError):
    """Somebody blacked out something since the form was filled in, which would be seen again."""


def _percent(label: Any) -> DecimalField:
    return DecimalField(
        label, [Optional(), NumberRange(0, WHOLE)], places=2,
        render_kw={"min": 0, "max": WHOLE, "step": "any", "inputmode": "decimal"},
    )  # fmt: skip


class BoxLine(Lines):
    """One box, in percent of the upright picture's sides, and the law that exempts what it hides.

    It is given whole or not at all, and ends where the picture does.
    """

    left = _percent(_("From the left, %"))
    top = _percent(_("From the top, %"))
    width = _percent(_("Width, %"))
    height = _percent(_("Height, %"))
    exemption = StringField(_("Section that exempts it"), [Optional(), Length(max=200)])

    @property
    def is_given(self) -> bool:
        """Whether anything of it was typed."""
        return any(each.data not in (None, "") or each.errors for each in self)

    def validate(self, extra_validators: Any = None) -> bool:
        """Want of a box that is begun each of its sides, and its section."""
        sound = bool(super().validate(extra_validators))
        if not self.is_given:
            return sound
        open_still = [each for each in self if each.data in (None, "") and not each.errors]
        for each in open_still:
            each.errors = [*each.errors, _("Give this as well, or clear the line.")]
        return sound and not open_still


@deed(DocumentAction.REDACT, _("Black out parts"))
class BlackOut(DeedForm):
    """All that is black on the public's copy; it takes the place of what was black before.

    Attributes
    ----------
    picture
        The name of the file to draw the boxes on.
    """

    boxes = FieldList(
        FormField(BoxLine), _("Boxes"), min_entries=2, max_entries=MOST_LINES,
        description=_("The public's copy is black in these alone; a line left open is none. "
                      "A section is cited such as: s. 119.071(4)(d), Florida Statutes."),
    )  # fmt: skip
    since = HiddenField()
    picture = ""
    in_force = ""

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Show the picture upright, and what is black on it now."""
        self.picture = offer.row.public_copy or offer.row.sha256
        black = desk.rows(redactions_of([offer.row.sha256]))
        self.in_force = str(black[0].redaction_id) if black else ""
        if not self.is_submitted():
            self.since.data = self.in_force
            self._fill(black)

    def _fill(self, black: Sequence[Any]) -> None:
        while len(self.boxes) < min(len(black) + 1, MOST_LINES):
            self.boxes.append_entry()
        for line, row in zip(self.boxes, black, strict=False):
            line.exemption.data = row.exemption
            for edge in EDGES:
                line[edge].data = getattr(row, edge) * WHOLE

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Draw the copy anew.

        Raises
        ------
        TooManyBoxesError, BlackenedSinceError, NothingBlackenedError
            Something that is to be black would be seen.
        """
        sent = {name.split("-")[1] for name in request.form if name.startswith("boxes-")}
        if len(sent) > MOST_LINES:
            msg = _("At most %(most)s boxes are taken: cover more with each.", most=MOST_LINES)
            raise TooManyBoxesError(msg)
        if (self.since.data or "") != self.in_force:
            msg = _("Somebody blacked out a part of it meanwhile: open this form anew.")
            raise BlackenedSinceError(msg)
        boxes = list(self._boxes())
        if not boxes:
            msg = _("Give at least one box: drag it on the picture, or type its sides.")
            raise NothingBlackenedError(msg)
        redacting.redact(
            desk.connection, store(), case_document_id=offer.row.id, boxes=boxes, **desk.who
        )

    def _boxes(self) -> Iterator[redacting.Box]:
        for line in self.boxes:
            if line.form.is_given:
                left, top, width, height = (float(line[edge].data) / WHOLE for edge in EDGES)
                yield redacting.Box(
                    left=left, top=top, width=min(width, 1 - left), height=min(height, 1 - top),
                    exemption=line.exemption.data or "",
                )  # fmt: skip


def store() -> Store:
    """Return where the town's documents lie."""
    kept: Store = current_app.extensions["lotline_documents"]
    return kept
