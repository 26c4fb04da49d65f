"""Ask for zones that share the work evenly, and list those that were asked for."""

from datetime import date, timedelta
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from werkzeug.wrappers import Response
from wtforms import DateField, FloatField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from cases.accounts.members import in_role
from cases.permissions import Right
from cases.workflow.roles import Role
from cases.zone_drafts import (
    LEAST_RATIO,
    MOST_KEEPING,
    MOST_RATIO,
    MOST_SEED,
    MOST_ZONES,
    Asked,
    AskedError,
    ask_zones,
    draft,
    newest,
)
from geo import places
from webmap.arguments import whole
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import GIVEN, KeyedForm, choice, complain
from webmap.office.frame import blueprint
from webmap.office.zone_words import WORDS

REMEMBERED = 20
A_YEAR = timedelta(days=364)
USUAL_RATIO = 1.1
USUAL_KEEPING = "1"
KEEPING: dict[str, Any] = {
    "0": lazy_gettext("not at all"),
    "0.3": lazy_gettext("a little"),
    USUAL_KEEPING: lazy_gettext("as is usual"),
    "3": lazy_gettext("much"),
    f"{MOST_KEEPING:g}": lazy_gettext("as much as can be"),
}
"""How much it counts that things stay as they are, by the number the search takes."""
_DIGITS = {"inputmode": "numeric", "class": "money"}


class AskForm(KeyedForm):
    """Whose work is shared out, among how many zones, and what counts in it."""

    first = DateField(lazy_gettext("Work from"), [GIVEN])
    last = DateField(
        lazy_gettext("Work until"), [GIVEN],
        description=lazy_gettext(
            "What was done in these days is shared out. A whole year has all its seasons."
        ),
    )  # fmt: skip
    zones = IntegerField(
        lazy_gettext("Zones"), [Optional(), NumberRange(1, MOST_ZONES)], render_kw=_DIGITS
    )
    keeping = SelectField(
        lazy_gettext("Keeping today's zones counts"), [InputRequired()],
        choices=[choice(value, words) for value, words in KEEPING.items()],
        description=lazy_gettext(
            "Officers know their streets. The more it counts, the fewer lots change zones, and the "
            "less even the shares may be."
        ),
    )  # fmt: skip
    ratio = FloatField(
        lazy_gettext("Largest share at the most"),
        [InputRequired(), NumberRange(LEAST_RATIO, MOST_RATIO)],
        render_kw={"inputmode": "decimal", "class": "money"},
        description=lazy_gettext("Times the smallest: 1.01 to 3."),
    )
    seed = IntegerField(
        lazy_gettext("Try"), [InputRequired(), NumberRange(0, MOST_SEED)], render_kw=_DIGITS,
        description=lazy_gettext(
            "Any number. Another may find other zones; the same finds the same again."
        ),
    )  # fmt: skip

    def asked(self, *, zones: int, today: date) -> Asked:
        """Return what is asked for; `zones` where no number is given.

        Raises
        ------
        AskedError
            It cannot be made.
        """
        assert self.first.data is not None  # noqa: S101 - the field requires one
        assert self.last.data is not None  # noqa: S101 - the field requires one
        if self.last.data > today:
            msg = f"{self.last.data} is to come: end on {today} or before."
            raise AskedError(msg, of="last")
        wanted = zones if self.zones.data is None else self.zones.data
        return Asked(
            zones=wanted, first=self.first.data, last=self.last.data,
            keeping=float(self.keeping.data), ratio=self.ratio.data or USUAL_RATIO,
            seed=self.seed.data or 0,
        )  # fmt: skip


@blueprint.route("/zones/balance", methods=["GET", "POST"])
@needs(Right.DRAW_ZONES)
def balance_zones() -> str | Response:
    """Ask for zones that share the work evenly, and show those asked for."""
    with reading() as desk:
        zones = desk.rows(places.zones())
        officers = [each.name for each in desk.rows(in_role(Role.OFFICER))]
        form = AskForm(data=_usual(desk))
    usual = len(zones) or len(officers) or 1
    form.zones.description = _hint(zones=len(zones), officers=len(officers), usual=usual)
    if form.validate_on_submit():
        asked = _ask(form, zones=usual)
        if asked is not None:
            return asked
    with reading() as desk:
        return desk.page(
            "office/zone_balance.html", form=form,
            drafts=desk.rows(newest().limit(REMEMBERED)), zone=desk.zone, **WORDS,
        )  # fmt: skip


def _ask(form: AskForm, *, zones: int) -> Response | None:
    """Have zones made; None where that is refused, which the form then says."""
    try:
        with writing() as desk:
            asked = form.asked(zones=zones, today=desk.today)
            draft_id = ask_zones(desk.connection, asked, key=form.form_key, **desk.who)
    except AskedError as error:
        complain(form, error.of, error)
        return None
    return redirect(url_for("office.zone_draft", zone_draft_id=draft_id), 303)


def _hint(*, zones: int, officers: int, usual: int) -> str:
    """Say how many zones are made where no number is given, and who works here."""
    words: Any = _("Empty: %(count)s, for the town has no zones yet.", count=usual)
    if zones:
        words = ngettext(
            "Empty: as many as today, which is 1.", "Empty: as many as today, which are %(num)s.",
            zones,
        )  # fmt: skip
    here: Any = ngettext("1 officer works here.", "%(num)s officers work here.", officers)
    return f"{words} {here}"


def _usual(desk: Desk) -> dict[str, Any]:
    """Return what the form says at first: the last year, or what a draft was asked with."""
    again = whole(request.args, "again")
    row = None if again is None else draft(desk.connection, again)
    if row is None:
        return {
            "first": desk.today - A_YEAR, "last": desk.today, "keeping": USUAL_KEEPING,
            "ratio": USUAL_RATIO, "seed": 0,
        }  # fmt: skip
    asked = Asked.read(row.asked)
    return {
        "first": asked.first, "last": asked.last, "zones": asked.zones, "ratio": asked.ratio,
        "keeping": min(KEEPING, key=lambda each: abs(float(each) - asked.keeping)),
        "seed": asked.seed,
    }  # fmt: skip
