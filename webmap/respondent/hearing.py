"""Let a respondent, or whom they authorized in writing, ask for a hearing."""

import uuid
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from cases import citing, hearings, orders
from cases.codes.wording import authorization_of
from cases.deadlines import Answer
from cases.documents.attaching import DocumentKind
from cases.hearings import About
from cases.minutes import Representative
from webmap.auth.gate import anybody
from webmap.forms import GIVEN, KeyedForm, choice
from webmap.office.deeds.deed import Part
from webmap.office.deeds.fields import as_choices
from webmap.respondent.doing import deed_page, note
from webmap.respondent.frame import Room, blueprint, reading
from webmap.respondent.not_now import why_no_hearing
from webmap.respondent.sending import ACCEPT, hang
from webmap.respondent.ways import affidavits, citations
from webmap.words import day

MYSELF, OTHER = "myself", "other"
CITATION, ORDER = "citation", "order"
NEEDED = ("name", "authorized_on", "authorization")


class HearingForm(KeyedForm):
    """Against what a hearing is asked for, by whom, and who may speak."""

    about = SelectField(_("What you contest"), [GIVEN], choices=[])
    said = TextAreaField(
        _("Why"), [Optional(), Length(max=4000)],
        description=_("You need not say so now: you are heard at the hearing."),
        render_kw={"rows": 4},
    )  # fmt: skip
    interpreter = StringField(
        _("Language you need an interpreter for"), [Optional(), Length(max=60)]
    )
    asks = RadioField(
        _("Who asks"), default=MYSELF,
        choices=[
            choice(MYSELF, _("I am the person the letter is addressed to")),
            choice(OTHER, _("I speak for that person, and have a signed authorization")),
        ],
    )  # fmt: skip
    name = StringField(_("Your name"), [Optional(), Length(max=200)])
    authorized_on = DateField(_("Day of the authorization"), [Optional()])
    authorization = FileField(
        _("The signed authorization"),
        description=_("A photo (JPEG, PNG, HEIC) or a PDF, up to 32 MB."),
        render_kw={"accept": ACCEPT},
    )

    led_by = "asks"
    parts = (Part(_("If you speak for somebody else"), (OTHER,), NEEDED, NEEDED),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NEEDED:
            self[name].flags.required = True  # of who speaks for somebody

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask who speaks for somebody else for the writing that lets them."""
        is_good = super().validate(extra_validators)
        if self.asks.data != OTHER:
            return is_good
        lacking = [self[name] for name in NEEDED if not self[name].data]
        for field in lacking:
            field.errors = [*field.errors, gettext("This is needed where you speak for somebody.")]
        return is_good and not lacking


@blueprint.route("/my-case/hearing", methods=["GET", "POST"])
@anybody
def ask_hearing() -> Response:
    """Ask for a hearing against a citation, or an affidavit that an order is not met."""
    form = HearingForm()
    with reading() as room:
        room.holder.require_acting()
        form.about.choices = as_choices(_contestable(room))
        why = why_no_hearing(room, room.book())
    return deed_page(
        form, lambda room: _ask(room, form), deed="hearing", title=gettext("Ask for a hearing"),
        button=gettext("Ask for it"),
        lead=gettext("The day of the hearing comes by letter."),
        nothing="" if form.about.choices or form.is_submitted() else " ".join(why) or gettext(
            "There is nothing against which a hearing can be asked for here now."
        ),
    )  # fmt: skip


def _contestable(room: Room) -> list[tuple[str, str]]:
    book = room.book()
    cited = [
        (f"{CITATION}:{row.id}", gettext(
            "Citation %(number)s, by %(day)s", number=row.number, day=day(row.answer_by)
        ))
        for row in citations(room, book)
    ]  # fmt: skip
    sworn = [
        (f"{ORDER}:{row.id}", gettext(
            "That order %(number)s is not met, by %(day)s", number=row.number,
            day=day(row.contest_by),
        ))
        for row in affidavits(room, book)
    ]  # fmt: skip
    return [*cited, *sworn]


def _ask(room: Room, form: HearingForm) -> None:
    what, _colon, part = str(form.about.data).partition(":")
    answer = Answer(received_on=room.today)
    speaks = _representative(room, form) if form.asks.data == OTHER else None
    asked: dict[str, Any] = {
        "case_id": room.holder.case_id, "representative": speaks,
        "interpreter": form.interpreter.data or None,
    }  # fmt: skip
    if what == CITATION:
        citing.request_hearing(
            room.connection, citation_id=int(part), answer=answer, **room.who
        )  # fmt: skip
        asked |= {"about": About.CITATION, "citation_id": int(part)}
    else:
        orders.contest(room.connection, order_id=int(part), answer=answer, **room.who)
        asked |= {"about": About.NONCOMPLIANCE}
    hearings.request(room.connection, **asked, **room.who)
    if form.said.data:
        note(room, form.said.data, who=speaks.name if speaks else None)


def _representative(room: Room, form: HearingForm) -> Representative:
    """Hang the authorization on the case, and return whom it lets speak."""
    document = authorization_of(form.name.data or "")
    taken = hang(
        room, form.authorization.data, kind=DocumentKind.HEARING, caption=document,
        client_id=uuid.uuid5(form.form_key, "paper"),
    )  # fmt: skip
    assert form.authorized_on.data is not None  # noqa: S101 - asked for above
    return Representative(
        name=form.name.data or "", authorized_on=form.authorized_on.data,
        signed_by=room.holder.name, document=document,
        sha256=taken.sha256,
    )  # fmt: skip
