"""Write to a respondent from their case, and keep where they may be written to."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import EmailField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from cases.contacts import Direction, Note, Party, Way, note_on_case
from cases.desk.book import Book
from cases.errors import CaseError
from cases.mail.message import LONGEST_ADDRESS, LONGEST_SUBJECT
from cases.messages import Writing, note_address, write
from cases.permissions import Right, may
from cases.worded.kinds import MessageKind
from cases.wording import tidy
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import GIVEN, Form
from webmap.interpreting import say
from webmap.languages import language
from webmap.office.book import book_of
from webmap.office.deeds.fields import as_choices
from webmap.office.frame import blueprint
from webmap.office.simple import deed_page
from webmap.worded_mail import mail_words


class MessageForm(Form):
    """What is written, and to whom; the key makes it one message however often it is sent."""

    key = HiddenField(default=lambda: str(uuid.uuid4()))
    respondent = SelectField(_("To"), [GIVEN], id="message-to")
    subject = StringField(_("Subject"), [GIVEN, Length(max=LONGEST_SUBJECT)])
    said = TextAreaField(
        _("Message"),
        [GIVEN, Length(max=8000)],
        id="message",
        description=_("It goes by e-mail, and stays in the case's history as it was sent."),
        render_kw={"rows": 6},
    )

    def validate_key(self, _field: Any) -> None:
        """Take no key but one made for such a form."""
        try:
            uuid.UUID(self.key.data)
        except (TypeError, ValueError):
            self.key.data = str(uuid.uuid4())
            raise ValidationError(gettext("Send it once more.")) from None


class AddressForm(Form):
    """Where a respondent may be written to."""

    respondent = SelectField(_("Whose"), [GIVEN], id="address-of")
    email = EmailField(_("E-mail address"), [GIVEN, Length(max=LONGEST_ADDRESS)])


class AnswerForm(Form):
    """What a respondent is to read on the page of their own."""

    respondent = SelectField(_("To"), [GIVEN], choices=[])
    said = TextAreaField(_("Message"), [GIVEN, Length(max=4000)], render_kw={"rows": 6})


def message_form(desk: Desk, book: Book) -> MessageForm | None:
    """Return an empty form to write to those whose address is known; None where nobody's is."""
    known = [each for each in _current(book) if each.email]
    if not known or not may(desk.member.role, Right.NOTE_CONTACT):
        return None
    form = MessageForm(formdata=None)
    form.respondent.choices = _choices(known)
    form.subject.data = _subject(desk, book)
    return form


def address_form(desk: Desk, book: Book) -> AddressForm | None:
    """Return an empty form to note an address; None for who may not, or where nobody is named."""
    current = _current(book)
    if not current or not may(desk.member.role, Right.NOTE_CONTACT):
        return None
    form = AddressForm(formdata=None)
    form.respondent.choices = _choices(current)
    return form


@blueprint.route("/case/<path:number>/message", methods=["GET", "POST"])
@needs(Right.NOTE_CONTACT)
def write_message(number: str) -> str | Response:
    """Write to a respondent by e-mail."""
    form = MessageForm()
    with reading() as desk:
        book = book_of(desk, number)
        form.respondent.choices = _choices([each for each in _current(book) if each.email])
        if not form.respondent.choices:
            flash(gettext("Nobody's e-mail address is on record: note one first."), "error")
            return redirect(url_for("office.keep_address", number=book.case.number))
        if not form.is_submitted():
            form.subject.data = _subject(desk, book)
        body = _worded(desk, book, tidy(form.said.data) or "…")[1]
    back = url_for("office.case", number=book.case.number) + "#messages"
    if form.validate_on_submit():
        said = Writing(
            key=uuid.UUID(form.key.data), subject=form.subject.data or "",
            said=form.said.data or "", body=body,
        )  # fmt: skip
        try:
            with writing() as desk:
                write(
                    desk.connection, case_id=book.case.id,
                    respondent_id=int(form.respondent.data), writing=said, **desk.who,
                )  # fmt: skip
        except CaseError as error:
            form.form_errors.append(say(error))
        else:
            flash(gettext("The message goes out by e-mail."))
            return redirect(back)
    return _form_page(form, _("Write to the respondent"), _("Send it"), book, back)


@blueprint.route("/case/<path:number>/email", methods=["GET", "POST"])
@needs(Right.NOTE_CONTACT)
def keep_address(number: str) -> str | Response:
    """Keep a respondent's e-mail address."""
    form = AddressForm()
    with reading() as desk:
        book = book_of(desk, number)
        form.respondent.choices = _choices(_current(book))
    back = url_for("office.case", number=book.case.number) + "#messages"
    if form.validate_on_submit():
        try:
            with writing() as desk:
                note_address(
                    desk.connection, case_id=book.case.id,
                    respondent_id=int(form.respondent.data), email=form.email.data or "",
                    **desk.who,
                )  # fmt: skip
        except CaseError as error:
            form.form_errors.append(say(error))
        else:
            flash(gettext("The address is kept."))
            return redirect(back)
    return _form_page(form, _("Note an e-mail address"), _("Keep it"), book, back)


@blueprint.route("/case/<path:number>/answer", methods=["GET", "POST"])
@needs(Right.NOTE_CONTACT)
def answer_on_page(number: str) -> str | Response:
    """Answer a respondent where they read it by their code."""
    form = AnswerForm()
    with reading() as desk:
        book = book_of(desk, number)
        form.respondent.choices = as_choices((each.id, each.name) for each in _current(book))
    back = url_for("office.case", number=book.case.number) + "#messages"

    def keep(desk: Desk) -> None:
        to = next(each for each in book.respondents if str(each.id) == form.respondent.data)
        note = Note(
            direction=Direction.OUT, way=Way.PAGE, party=Party.RESPONDENT, who=to.name,
            said=form.said.data or "", happened_at=desk.moment.now,
        )  # fmt: skip
        note_on_case(desk.connection, case_id=book.case.id, note=note, **desk.who)

    return deed_page(
        form, keep, title=_("Answer on their own page"), back=back, back_words=number,
        lead=_("Who has the code of a letter reads it there. No mail is sent."),
    )  # fmt: skip


def _form_page(form: Form, title: Any, button: Any, book: Book, back: str) -> str:
    with reading() as desk:
        return desk.page(
            "office/message.html", form=form, title=title, button=button, back=back,
            number=book.case.number,
        )  # fmt: skip


def _current(book: Book) -> Sequence[Any]:
    return [each for each in book.respondents if each.until is None]


def _choices(respondents: Sequence[Any]) -> list[Any]:
    return as_choices(
        (str(each.id), f"{each.name}, {each.email}" if each.email else each.name)
        for each in respondents
    )


def _subject(desk: Desk, book: Book) -> str:
    """Return what the subject is where nobody writes another."""
    return _worded(desk, book, "…")[0]


def _worded(desk: Desk, book: Book, said: str) -> tuple[str, str]:
    return mail_words(
        current_app.config["MESSAGES"], MessageKind.CASE_MESSAGE, language=language(),
        town=desk.town.name if desk.town else "", number=book.case.number,
        place=book.case.situs_address or book.case.parcel_no, said=said, writer=desk.member.name,
    )  # fmt: skip
