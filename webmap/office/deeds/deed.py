"""Say what a deed's form is, and keep the one table of them by action."""

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import FieldList, TextAreaField
from wtforms.validators import Length

from cases.advancing import GuardError
from cases.days import DayError
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.errors import CaseError
from webmap.auth.desk import Desk
from webmap.forms import GIVEN, Form, ReasonedForm, complain
from webmap.interpreting import say
from webmap.office.deeds.earlier import Earlier
from webmap.office.deeds.refusals import FIELDS
from webmap.office.deeds.weighing import Weighing

MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class Part:
    """Fields that are asked only where the field that leads a form has one of some values.

    Parameters
    ----------
    words
        When that is, for a page that shows every part.
    when
        Those values.
    fields
        The names of the fields.
    needed
        Those of them that are needed where they are asked.
    """

    words: Any
    when: Collection[str]
    fields: Sequence[str]
    needed: Sequence[str] = ()


class DeedForm(Form):
    """What a deed asks of whoever does it.

    Attributes
    ----------
    picks_documents
        Whether documents of the case are chosen in it, so that one may have to be added first.
    says_figures
        Whether all that it changes of what is owed is typed in it. What another deed changes is
        shown before it is done.
    weighing
        What to weigh before it is done, above all the figures it puts on record.
    to_read
        Whether that is shown now that it was sent, to be read before it is sent again.
    earlier
        What was found before of who answers for what it is about; None where that is not told.
    points
        Whether a point on the map may be given.
    warning
        What to know before anything is filled in; "" for nothing.
    answer
        What to say once it is done, where no line of the story does; "" for that it is on record.
    issued
        The notice that it issued once it is done; None of what issues none.
    led_by, parts
        The name of the field that leads, and the parts that hang on it; "" and none for a form
        that asks everything of everybody.
    """

    picks_documents = False
    says_figures = False
    weighing: Weighing | None = None
    to_read = False
    earlier: Earlier | None = None
    points = False
    warning = ""
    answer: Any = ""
    issued: int | None = None
    led_by = ""
    parts: Sequence[Part] = ()

    def lead(self, by: str, parts: Sequence[Part]) -> None:
        """Let a field lead what else is asked, and mark what is needed then."""
        self.led_by, self.parts = by, parts
        for name in {name for part in parts for name in part.needed}:
            self[name].flags.required = True

    def validate(self, extra_validators: Any = None) -> bool:
        """Want what is needed by what was chosen, and of nobody else."""
        is_good = super().validate(extra_validators)
        chosen = self[self.led_by].data if self.led_by else None
        needed = {name for part in self.parts if chosen in part.when for name in part.needed}
        for field in [each for each in self if each.name in needed]:
            if not field.data and not field.errors:
                complain(self, field.name, str(GIVEN.message))
                is_good = False
        return is_good

    @property
    def asked(self) -> list[str]:
        """The names of the fields in the parts that what was chosen calls for."""
        chosen = self[self.led_by].data
        return [name for part in self.parts if chosen in part.when for name in part.fields]

    @property
    def documents_when(self) -> list[str]:
        """What has to be chosen for documents to be asked; none where they always are."""
        return sorted(
            {each for part in self.parts if "photos" in part.fields for each in part.when}
        )

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Fill in choices and what is usual, from the case as it stands."""

    def take_from(self, said: Mapping[str, str]) -> None:
        """Fill in what the address of the page already says; what cannot be is left out.

        Parameters
        ----------
        said
            Values by the names of fields, as a form would send them.
        """
        for name in said.keys() & self._fields.keys() - {"csrf_token"}:
            with contextlib.suppress(ValueError):
                self[name].process_formdata([said[name]])

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Call the command, on the desk's connection."""
        raise NotImplementedError

    def onward(self, book: Book) -> str | None:  # noqa: ARG002
        """Return the page to show once it is done; None for the case's."""
        return None

    def refuse(self, error: CaseError) -> None:
        """Put what the command said beside the field it is about, where that is clear."""
        if isinstance(error, DayError) and error.of in self:
            complain(self, error.of, error)
            return
        lacking = error.lacking if isinstance(error, GuardError) else type(error).__mro__
        if isinstance(error, GuardError) and len(lacking) != 1:
            lacking = ()
        named = (name for cause in lacking for name in FIELDS.get(cause, ()) if name in self)
        field = next(named, None)
        if field is None:
            self.form_errors.append(say(error))
        else:
            complain(self, field, error)

    def ask_for_more(self) -> None:
        """Add empty lines to each list of lines."""
        for field in self:
            if isinstance(field, FieldList):
                for _each in range(min(3, MOST_LINES - len(field))):
                    field.append_entry()


class ReasonForm(ReasonedForm, DeedForm):
    """A deed that asks for a reason."""

    reason = TextAreaField(
        _("Reason"),
        [GIVEN, Length(max=2000)],
        description=_("It stays on record, in your words."),
        render_kw={"rows": 3},
    )


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed's words and form.

    Parameters
    ----------
    words
        What its button says, a verb first.
    """

    words: Any
    form: type[DeedForm]


DEEDS: dict[str, Deed] = {}
"""Every deed that is done from a case's page, by its action in the table of steps."""


def deed[F: DeedForm](action: str, words: Any) -> Callable[[type[F]], type[F]]:
    """Enter a form in the table."""

    def enter(form: type[F]) -> type[F]:
        DEEDS[action] = Deed(words, form)
        return form

    return enter


def by_itself(action: str, words: Any, command: Callable[..., Any], *, part: str) -> None:
    """Enter a deed that asks for nothing.

    Parameters
    ----------
    part
        The name under which the command takes what it is done to: ``notice_id``.
    """

    class Itself(DeedForm):
        def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
            command(desk.connection, **{part: offer.row.id}, **desk.who)

    DEEDS[action] = Deed(words, Itself)


def with_reason(action: str, words: Any, command: Callable[..., Any], *, part: str) -> None:
    """Enter a deed that asks for its reason and nothing else; `part` as for `by_itself`."""

    class Reasoned(ReasonForm):
        def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
            command(
                desk.connection, reason=self.reason.data, **{part: offer.row.id}, **desk.who
            )  # fmt: skip

    DEEDS[action] = Deed(words, Reasoned)
