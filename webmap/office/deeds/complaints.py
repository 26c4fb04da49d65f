"""Ask for what becomes of a complaint."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from cases import intake, linking, placing, reporters
from cases.answering import Told, close_complaint
from cases.desk.reported import Reported, is_barred, may_believe
from cases.errors import CaseError
from cases.phases import ENDED
from cases.residents.reporting import release
from cases.review import Rule
from cases.screening import Belief, Imminent
from cases.story import case_numbered, complaint_numbered
from cases.workflow.complaint import ComplaintAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN, Form, ReasonedForm
from webmap.office.deeds.fields import as_choices, choice_of, select
from webmap.office.deeds.placing import PlaceFields
from webmap.office.reporting import ReporterFields, unnamed_words

NEW = "new"


class UnknownNumberError(CaseError, ValueError):
    """No complaint and no case bears a number that was typed."""


class ComplaintForm(Form):
    """What a deed asks of whoever does it.

    Attributes
    ----------
    points
        Whether a point on the map may be given.
    """

    points = False

    def prepare(self, desk: Desk, reported: Reported) -> None:
        """Fill in choices and what is usual, from the complaint as it stands."""

    def do(self, desk: Desk, reported: Reported) -> None:
        """Call the command, on the desk's connection."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class ComplaintDeed:
    """A deed's words, its form and the step it takes."""

    words: Any
    form: type[ComplaintForm]
    action: ComplaintAction


COMPLAINT_DEEDS: dict[str, ComplaintDeed] = {}
"""Every deed that is done from a complaint's page, by its name in the page's address.

The name is that of its action; of an override the decision's follows: ``override.priority``.
"""


def deed[F: ComplaintForm](
    action: ComplaintAction, words: Any, *, rule: Rule | None = None
) -> Callable[[type[F]], type[F]]:
    """Enter a form in the table."""

    def enter(form: type[F]) -> type[F]:
        name = f"{action}.{rule}" if rule else str(action)
        COMPLAINT_DEEDS[name] = ComplaintDeed(words, form, action)
        return form

    return enter


class ReasonForm(ReasonedForm, ComplaintForm):
    """A deed that asks for a reason, which stays on record."""

    reason = TextAreaField(
        _("Reason"),
        [GIVEN, Length(max=2000)],
        description=_("It stays on record, in your words. Name no reporter in it."),
        render_kw={"rows": 3},
    )


@deed(ComplaintAction.RELEASE, _("It is a report: let it through"))
class Release(ComplaintForm):
    """Nothing more is asked."""

    def do(self, desk: Desk, reported: Reported) -> None:
        """Let it through."""
        release(desk.connection, complaint_id=reported.complaint.id, **desk.who)


@deed(ComplaintAction.ACCEPT, _("Look into it"))
class Accept(ComplaintForm):
    """Into which case it goes, and why it may, where it has no name."""

    into = RadioField(_("As"), [GIVEN], default=NEW)
    imminent = select(_("What threatens"), [Optional()])
    because = TextAreaField(
        _("Your reason to believe it"), [Optional(), Length(max=2000)], render_kw={"rows": 3}
    )

    def prepare(self, desk: Desk, reported: Reported) -> None:
        """Offer the open cases there, and to an officer the belief that lifts the bar."""
        self.into.choices = as_choices([
            (NEW, gettext("A new case")),
            *(
                (each.id, gettext("Part of case %(number)s", number=each.number))
                for each in reported.nearby
                if each.kind == "case" and each.status not in ENDED
            ),
        ])  # fmt: skip
        unless = reported.law.intake.anonymous_unless if reported.law else ()
        if is_barred(reported) and may_believe(reported, role=desk.member.role):
            self.imminent.choices = choice_of(unless, empty=gettext("Choose what threatens"))
            lacks = unnamed_words(reporters.unsaid(desk.connection, reported.complaint.id))
            self.imminent.description = (
                lacks
                + " "
                + gettext(
                    "It may be looked into all the same where you have reason to believe that "
                    "something imminent threatens."
                )
            )
            for each in (self.imminent, self.because):
                each.validators, each.flags.required = [GIVEN], True
        else:
            del self.imminent
            del self.because

    def do(self, desk: Desk, reported: Reported) -> None:
        """Accept it."""
        belief = None
        if "imminent" in self and self.imminent.data:
            belief = Belief(imminent=Imminent(self.imminent.data), reason=self.because.data or "")
        intake.accept(
            desk.connection, complaint_id=reported.complaint.id,
            case_id=None if self.into.data == NEW else int(self.into.data), belief=belief,
            **desk.who,
        )  # fmt: skip


@deed(ComplaintAction.PLACE, _("Say where it is"))
class Place(PlaceFields, ComplaintForm):
    """Where it turns out to be."""

    def do(self, desk: Desk, reported: Reported) -> None:
        """Place it."""
        placing.place_complaint(
            desk.connection, complaint_id=reported.complaint.id, where=self.place(), **desk.who
        )


@deed(ComplaintAction.NAME_REPORTER, _("Add who reported"))
class NameReporter(ReporterFields, ComplaintForm):
    """Who says now who they are, having read the notice."""

    notice = ""

    def prepare(self, desk: Desk, reported: Reported) -> None:
        """Want what is missing of name and address, without which no more may be done than before.

        What was said is neither shown nor asked for again.
        """
        self.notice = reported.law.intake.public_record_notice if reported.law else ""
        missing = reporters.unsaid(desk.connection, reported.complaint.id)
        for each, column in ((self.name, "name"), (self.home, "address")):
            if column in missing:
                each.validators, each.flags.required = [GIVEN, Length(max=200)], True
            elif missing:
                del self[each.name]

    def do(self, desk: Desk, reported: Reported) -> None:
        """Add them."""
        reporters.name_reporter(
            desk.connection, complaint_id=reported.complaint.id, identity=self.identity(),
            **desk.who,
        )  # fmt: skip


@deed(ComplaintAction.LINK, _("Link to what it repeats"))
class Link(ComplaintForm):
    """Which complaint or case is about the same matter."""

    same_as = RadioField(_("It repeats"), [Optional()])
    number = StringField(
        _("Or the number of another complaint or case"), [Optional(), Length(max=60)]
    )

    def prepare(self, desk: Desk, reported: Reported) -> None:  # noqa: ARG002
        """Offer what is on record there."""
        self.same_as.choices = as_choices(
            (f"{each.kind}:{each.id}", f"{each.number} ({each.category})")
            for each in reported.nearby
        )
        if not reported.nearby:
            del self.same_as
            self.number.validators, self.number.flags.required = [GIVEN, Length(max=60)], True

    def do(self, desk: Desk, reported: Reported) -> None:
        """Link it."""
        same_as = self.same_as.data if "same_as" in self else None
        link(desk, reported.complaint.id, to=same_as or _numbered(desk, self.number.data or ""))


def link(desk: Desk, complaint_id: int, *, to: str) -> None:
    """Link a complaint to what a page calls ``complaint:12`` or ``case:7``."""
    kind, _colon, about = to.partition(":")
    if kind == "case":
        linking.link_to_case(
            desk.connection, complaint_id=complaint_id, case_id=int(about), **desk.who
        )
    else:
        linking.link_to_complaint(
            desk.connection, complaint_id=complaint_id, earlier_id=int(about), **desk.who
        )


def _numbered(desk: Desk, number: str) -> str:
    for said in (number.strip(), number.strip().upper()):
        for kind, query in (("complaint", complaint_numbered), ("case", case_numbered)):
            if found := desk.first(query(said)):
                return f"{kind}:{found.id}"
    msg = gettext("Choose what it repeats, or give the number of a complaint or a case.")
    raise UnknownNumberError(msg)


@deed(ComplaintAction.REFER, _("Refer it"))
class Refer(ReasonForm):
    """To whom, and why."""

    to = StringField(_("To which department or office"), [GIVEN, Length(max=200)])

    def do(self, desk: Desk, reported: Reported) -> None:
        """Refer it."""
        intake.refer(
            desk.connection, complaint_id=reported.complaint.id, to=self.to.data or "",
            reason=self.reason.data or "", **desk.who,
        )  # fmt: skip


@deed(ComplaintAction.CLOSE, _("Close it"))
class Close(ComplaintForm):
    """How and when whoever reported was told what came of it."""

    told = RadioField(
        _("Whoever reported was told"), [GIVEN],
        choices=choice_of(Told, words={
            Told.PHONE: _("By telephone"), Told.EMAIL: _("By e-mail"),
            Told.LETTER: _("By a letter"), Told.IN_PERSON: _("In person"),
            Told.NOBODY: _("Nobody: they left no way to be reached"),
        }),
        default=Told.PHONE,
    )  # fmt: skip
    told_on = DateField(_("On"), [GIVEN])

    def prepare(self, desk: Desk, reported: Reported) -> None:  # noqa: ARG002
        """Take it for today until another day is given."""
        if not self.is_submitted():
            self.told_on.data = desk.today

    def do(self, desk: Desk, reported: Reported) -> None:
        """Close it."""
        assert self.told_on.data is not None  # noqa: S101 - the field requires one
        close_complaint(
            desk.connection, complaint_id=reported.complaint.id, told=Told(self.told.data),
            told_on=self.told_on.data, **desk.who,
        )  # fmt: skip


def _reasoned(action: ComplaintAction, words: Any, command: Callable[..., None]) -> None:
    class Reasoned(ReasonForm):
        def do(self, desk: Desk, reported: Reported) -> None:
            command(
                desk.connection, complaint_id=reported.complaint.id, reason=self.reason.data,
                **desk.who,
            )  # fmt: skip

    deed(action, words)(Reasoned)


_reasoned(ComplaintAction.DISMISS, _("Dismiss it"), intake.dismiss)
_reasoned(ComplaintAction.REOPEN, _("Take it up again"), intake.reopen)
