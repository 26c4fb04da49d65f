"""Ask for what hangs on a case as a document: a file, and who may see it."""

import contextlib
import uuid

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length, Optional

from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.documents import attaching
from cases.documents.attaching import DocumentKind, Filing
from cases.documents.copies import make_copies
from cases.documents.intake import take_in
from cases.residents.unsent import hold_files
from cases.workflow.document import DocumentAction
from webmap.auth.desk import Desk
from webmap.office.deeds.blacking_out import store
from webmap.office.deeds.deed import DeedForm, by_itself, deed, with_reason
from webmap.office.deeds.fields import choice_of

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
        hold_files(desk.connection)
        taken = take_in(store(), data, name=name, zone=desk.zone)
        filing = Filing(kind=DocumentKind(self.kind.data), caption=self.caption.data or None)
        attaching.attach(
            desk.connection, taken, case_id=offer.row.id,
            client_id=uuid.UUID(self.client_id.data), filing=filing, **desk.who,
        )  # fmt: skip
        make_copies(desk.connection, store(), sha256=taken.sha256)


by_itself(DocumentAction.PUBLISH, _("Let the public see it"), attaching.publish, part=PART)
with_reason(DocumentAction.HOLD_BACK, _("Hold it back"), attaching.hold_back, part=PART)
with_reason(DocumentAction.WITHDRAW, _("Withdraw it"), attaching.withdraw, part=PART)
