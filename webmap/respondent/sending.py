"""Take in the photographs and papers by which a respondent shows what was done."""

import contextlib
import uuid
from typing import Any

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileRequired, MultipleFileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import Length, ValidationError

from cases.codes.wording import sent_with
from cases.documents.attaching import DocumentKind, Filing, attach
from cases.documents.copies import make_copies
from cases.documents.errors import RefusedFileError
from cases.documents.intake import TakenIn, take_in
from cases.documents.kinds import PICTURES
from cases.residents.unsent import hold_files
from webmap.auth.gate import anybody
from webmap.forms import GIVEN, KeyedForm
from webmap.interpreting import say
from webmap.respondent.doing import deed_page, note
from webmap.respondent.frame import Room, blueprint, reading

MOST_FILES = 6
ACCEPT = "image/jpeg,image/png,image/heic,image/heif,application/pdf"


class ProofForm(KeyedForm):
    """Some files, and what they show."""

    files = MultipleFileField(
        _("Photographs or papers"),
        [FileRequired(_("Choose at least one file."))],
        description=_("Up to six, each a photo (JPEG, PNG, HEIC) or a PDF, together up to 60 MB."),
        render_kw={"accept": ACCEPT},
    )
    said = TextAreaField(
        _("What they show"), [GIVEN, Length(max=300)],
        description=_("For instance: the back yard, mowed on Monday."), render_kw={"rows": 2},
    )  # fmt: skip

    def validate_files(self, _field: Any) -> None:
        """Take no more files than are looked at in one go."""
        if len(self.files.data or ()) > MOST_FILES:
            raise ValidationError(gettext("Send six files at the most, then others by a new form."))


@blueprint.route("/my-case/photos", methods=["GET", "POST"])
@anybody
def proof() -> Response:
    """Send photographs or papers."""
    form = ProofForm()
    with reading() as room:
        room.holder.require_acting()

    def send(room: Room) -> None:
        files: Any = form.files.data or ()
        caption = form.said.data or ""
        for nth, each in enumerate(files):
            name = uuid.uuid5(form.form_key, str(nth))
            hang(room, each, kind=None, caption=caption, client_id=name)
        note(room, sent_with(caption, count=len(files)))

    return deed_page(
        form, send, deed="photos", title=gettext("Send photographs"), button=gettext("Send them"),
        lead=gettext(
            "They become part of the case. Photographs do not end a case by themselves: an "
            "officer comes to see it."
        ),
    )  # fmt: skip


def hang(
    room: Room, file: FileStorage, *, kind: DocumentKind | None, caption: str, client_id: uuid.UUID
) -> TakenIn:
    """Look at a file, store it, and hang it on the case; copies are drawn for who may see them.

    Parameters
    ----------
    kind
        What it is to the case; a photograph or evidence where nothing is said.

    Raises
    ------
    RefusedFileError
        It is not taken in; the error names it, for it may be one of several.
    """
    store = current_app.extensions["lotline_documents"]
    with contextlib.closing(file) as sent:
        data, name = sent.stream.read(), sent.filename
    hold_files(room.connection)
    try:
        taken = take_in(store, data, name=name, zone=room.zone)
    except RefusedFileError as error:
        msg = f"{(name or '')[-80:]}: {say(error)}"
        raise RefusedFileError(msg) from error
    shown = DocumentKind.PHOTO if taken.media_type in PICTURES else DocumentKind.EVIDENCE
    attach(
        room.connection, taken, case_id=room.holder.case_id, client_id=client_id,
        filing=Filing(kind=kind or shown, caption=caption or None), **room.who,
    )  # fmt: skip
    make_copies(room.connection, store, sha256=taken.sha256)
    return taken
