"""Have a person say which owners are one and which are not, and take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField

from cases.identities import Verdict, word, word_between, words_in_force
from cases.owner_words import confirm, withdraw
from cases.owners.parties import Party
from cases.permissions import Right
from cases.repeating import repeat_evidence
from reports.answers.written import ROWS, from_json
from reports.owners.suggested import PAIRS, pair_of
from reports.runs import running
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import GIVEN, Form, choice
from webmap.office.book import book_of
from webmap.office.deeds.fields import text_field
from webmap.office.frame import blueprint
from webmap.office.reports import the_run
from webmap.office.simple import deed_page

VERDICTS: Mapping[Verdict, Any] = {
    Verdict.SAME: _("One owner: the same person or company, in law too"),
    Verdict.ONE_LANDLORD: _("Two owners in law, and one landlord behind them"),
    Verdict.DIFFERENT: _("Two owners who have nothing to do with each other"),
}
SAID: Mapping[Verdict, Any] = {
    Verdict.SAME: _("one owner"),
    Verdict.ONE_LANDLORD: _("one landlord"),
    Verdict.DIFFERENT: _("two owners"),
}


def _reason() -> TextAreaField:
    return text_field(_("Why that is so"), rows=2)


def _evidence() -> TextAreaField:
    return text_field(
        _("What it was seen by"), rows=2,
        description=_("A deed, a registration, what somebody said: with its number and day."),
    )  # fmt: skip


class WordForm(Form):
    """What a person says of two owners, why, and what that person saw."""

    verdict = RadioField(
        _("What they are"), [GIVEN],
        choices=[choice(each, words) for each, words in VERDICTS.items()],
    )  # fmt: skip
    reason, evidence = _reason(), _evidence()


class WithdrawForm(Form):
    """Why what was said does not hold, and what shows it."""

    reason, evidence = _reason(), _evidence()


@dataclass(frozen=True, slots=True, kw_only=True)
class Two:
    """Two owners of whom somebody is to say what they are, and why they may be one."""

    a: Party
    b: Party
    why: str


@blueprint.route("/reports/runs/<int:run_id>/owners/<row_key>", methods=["GET", "POST"])
@needs(Right.CONFIRM_OWNERS)
def say_of_owners(run_id: int, row_key: str) -> str | Response:
    """Say whether two owners are one, of whom a report suggests it."""
    with reading() as desk:
        row = the_run(desk, run_id)
        sides = running.part(desk.connection, run_id, f"{ROWS}{PAIRS}")
    pair = sides and pair_of(from_json(row.answer, {f"{ROWS}{PAIRS}": sides}), row_key)
    back = url_for("office.report_run", run_id=run_id)
    if not pair:
        return _suggested_no_more(back)
    return _ask(Two(a=pair.a, b=pair.b, why=pair.why), back=back, back_words=_("The report"))


@blueprint.route(
    "/case/<path:number>/violation/<int:violation_id>/owner/<path:prior_no>",
    methods=["GET", "POST"],
)
@needs(Right.CONFIRM_OWNERS)
def say_of_violator(number: str, violation_id: int, prior_no: str) -> str | Response:
    """Say whether who answers for a violation is whom an earlier charge was against."""
    with reading() as desk:
        book = book_of(desk, number)
        is_there = book.part("violation", violation_id) is not None and book.law is not None
        told = repeat_evidence(desk.connection, violation_id) if is_there else ()
    back = url_for("office.case", number=number)
    for each in (each for evidence in told for each in evidence.possible):
        if each.prior.number == prior_no:
            two = Two(a=each.finding.violator, b=each.prior.violator, why=each.likeness.words)
            return _ask(two, back=back, back_words=gettext("Case %(number)s", number=number))
    return _suggested_no_more(back)


def _suggested_no_more(back: str) -> Response:
    """Lead back from what a page suggested before somebody said what it is, or the roll changed."""
    flash(gettext("Nothing suggests any more that these are one: it was said, or records changed."))
    return redirect(back)


def _ask(two: Two, *, back: str, back_words: Any) -> str | Response:
    form = WordForm()
    with reading() as desk:
        said = word_between(desk.connection, two.a, two.b)

    def keep(desk: Desk) -> None:
        confirm(
            desk.connection, two.a, two.b, verdict=Verdict(form.verdict.data),
            reason=form.reason.data or "", evidence=form.evidence.data or "", **desk.who,
        )  # fmt: skip

    return deed_page(
        form, keep, title=_("Are these one owner?"), template="office/owner_pair.html", two=two,
        said=said, words=SAID, button=_("Keep it on record"), back=back, back_words=back_words,
    )  # fmt: skip


@blueprint.get("/owners")
@needs(Right.CONFIRM_OWNERS)
def owner_words() -> str:
    """Show all that people said of owners, as it stands."""
    with reading() as desk:
        rows = desk.rows(words_in_force())
        return desk.page("office/owner_words.html", rows=rows, words=SAID, zone=desk.zone)


@blueprint.route("/owners/<int:word_id>/withdraw", methods=["GET", "POST"])
@needs(Right.CONFIRM_OWNERS)
def withdraw_owner_word(word_id: int) -> str | Response:
    """Take back what was said of two owners."""
    form = WithdrawForm()
    with reading() as desk:
        said = word(desk.connection, word_id) or abort(404)

    def keep(desk: Desk) -> None:
        withdraw(
            desk.connection, word_id, reason=form.reason.data or "",
            evidence=form.evidence.data or "", **desk.who,
        )  # fmt: skip

    return deed_page(
        form, keep, title=_("Take back what was said of two owners"), said=said, words=SAID,
        template="office/owner_word.html", back=url_for("office.owner_words"),
        back_words=_("What was said of owners"),
    )  # fmt: skip
