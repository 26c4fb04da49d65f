"""Ask for what hangs on a case as a document: a file, who may see it, what is blacked out."""

import contextlib
import uuid

from flask import current_app
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import DecimalField, HiddenField, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.documents import attaching, redacting
from cases.documents.attaching import DocumentKind, Filing
from cases.documents.copies import make_copies
from cases.documents.intake import take_in
from cases.documents.store import Store
from cases.workflow.document import DocumentAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.deeds.deed import DeedForm, by_itself, deed, with_reason
from webmap.office.deeds.fields import choice_of

WHOLE = 100
PART = "case_document_id"


@deed(DocumentAction.ADD, _("Add a photo or paper"))
class Add(DeedForm):
    """A file, what it is, and what it shows."""

    client_id = HiddenField()
    file = FileField(
        _("File"), [FileRequired(_("Choose a file."))],
        description=_("A photo (JPEG, PNG, HEIC) or a PDF, up to 32 MB."),
        render_kw={"accept": "image/jpeg,image/png,image/heic,image/heif,application/pdf"},
    )  # fmt: skip
    kind = SelectField(_("What it is"), choices=choice_of(DocumentKind))
    caption = StringField(_("What it shows"), [Optional(), Length(max=300)])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Name the upload before it is sent, so that a second click adds nothing."""
        self.client_id.data = self.client_id.data or str(uuid.uuid4())

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Look at the file, store it, hang it on the case, and draw its copies."""
        with contextlib.closing(self.file.data) as sent:
            data, name = sent.stream.read(), sent.filename
        taken = take_in(_store(), data, name=name, zone=desk.zone)
        filing = Filing(kind=DocumentKind(self.kind.data), caption=self.caption.data or None)
        attaching.attach(
            desk.connection, taken, case_id=offer.row.id,
            client_id=uuid.UUID(self.client_id.data), filing=filing, **desk.who,
        )  # fmt: skip
        make_copies(desk.connection, _store(), sha256=taken.sha256)


class PercentField(DecimalField):
    """A share of a picture's side, in percent."""


_EDGES = ("left", "top", "width", "height")


@deed(DocumentAction.REDACT, _("Black out a part"))
class Redact(DeedForm):
    """One box of the picture, and the law that exempts what it hides."""

    exemption = StringField(
        _("Section that exempts it"), [GIVEN, Length(max=200)],
        description=_("For instance: s. 119.071(4)(d), Florida Statutes"),
    )  # fmt: skip
    left = PercentField(_("From the left, %"), [GIVEN, NumberRange(0, WHOLE)])
    top = PercentField(_("From the top, %"), [GIVEN, NumberRange(0, WHOLE)])
    width = PercentField(_("Width, %"), [GIVEN, NumberRange(0, WHOLE)])
    height = PercentField(_("Height, %"), [GIVEN, NumberRange(0, WHOLE)])

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Draw the copy anew."""
        share = {name: float(self[name].data) / WHOLE for name in _EDGES}
        box = redacting.Box(**share, exemption=self.exemption.data or "")
        redacting.redact(
            desk.connection, _store(), case_document_id=offer.row.id, boxes=[box], **desk.who
        )


by_itself(DocumentAction.PUBLISH, _("Let the public see it"), attaching.publish, part=PART)
with_reason(DocumentAction.HOLD_BACK, _("Hold it back"), attaching.hold_back, part=PART)
with_reason(DocumentAction.WITHDRAW, _("Withdraw it"), attaching.withdraw, part=PART)


def _store() -> Store:
    store: Store = current_app.extensions["lotline_documents"]
    return store
