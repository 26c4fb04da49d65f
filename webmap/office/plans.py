"""Show the coming days of the officers, the plans in force and the drafts, and ask for a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from cases.business_days import DAY, TownCalendar
from cases.errors import CaseError
from cases.permissions import Right
from cases.visiting.due import to_visit
from cases.visiting.outlook import Outlook, outlook
from cases.visits.asked import MOST_DAYS, MOST_SECONDS, MOST_STOPS, Asked, AskedError
from cases.visits.comparing import plans_between
from cases.visits.drafts import ask_draft, newest
from cases.working.going import Going, NotGoing, OfficerDay, who_can_go
from geo import places
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import GIVEN, KeyedForm, complain
from webmap.interpreting import say
from webmap.office import closings
from webmap.office.deeds.fields import ChecksField, as_choices, day_field
from webmap.office.frame import blueprint
from webmap.office.plan_away import away_words
from webmap.office.plan_words import WORDS
from webmap.words import weekday

AHEAD = 5
"""How many working days are looked ahead."""
REMEMBERED = 20
USUAL_SECONDS = 30
EVEN = 0.1
"""How far above the even share a day may be where the work is to be shared evenly."""
_DIGITS = {"inputmode": "numeric", "class": "money"}


class AskForm(KeyedForm):
    """Of which days and zones a plan is wanted, and how long to search for it."""

    first = day_field(
        lazy_gettext("First day"), description=lazy_gettext("Empty: the next day that is worked.")
    )
    days = IntegerField(
        lazy_gettext("Working days"), [InputRequired(), NumberRange(1, MOST_DAYS)], default=AHEAD,
        render_kw=_DIGITS, description=lazy_gettext("1 to 10, the first one counted."),
    )  # fmt: skip
    zone_ids = ChecksField(
        lazy_gettext("Zones"), description=lazy_gettext("Tick none for the whole town.")
    )
    even = BooleanField(
        lazy_gettext("Share the work evenly among the officers"),
        description=lazy_gettext("Else it falls to whoever drives least for it."),
    )
    seconds = IntegerField(
        lazy_gettext("Seconds of search"), [GIVEN, NumberRange(1, MOST_SECONDS)],
        default=USUAL_SECONDS, render_kw=_DIGITS,
        description=lazy_gettext(
            "1 to 600. More finds better routes; you may stop it any time and keep the best."
        ),
    )  # fmt: skip
    max_stops = IntegerField(
        lazy_gettext("Most stops a day for one officer"),
        [Optional(), NumberRange(1, MOST_STOPS)], render_kw=_DIGITS,
    )  # fmt: skip

    def asked(self, *, today: date, calendar: TownCalendar) -> Asked:
        """Return what is asked for.

        Raises
        ------
        AskedError
            It cannot be planned.
        """
        first = self.first.data or calendar.next_worked(today)
        if first < today:
            msg = "The first day is over: choose today or a day to come."
            raise AskedError(msg, of="first")
        chosen = tuple(sorted(int(each) for each in self.zone_ids.data or ()))
        return Asked(
            first=first, days=self.days.data or 1, zone_ids=chosen or None,
            seconds=self.seconds.data or USUAL_SECONDS, max_stops=self.max_stops.data,
            fair_margin=EVEN if self.even.data else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingDay:
    """A day to come: what it brings, who works, and how many of them have a plan in force."""

    brings: Outlook
    out: Sequence[OfficerDay]
    away: Sequence[NotGoing]
    planned: Sequence[Any]


@blueprint.route("/plans", methods=["GET", "POST"])
@needs(Right.PLAN_WORK)
def plans() -> str | Response:
    """Show the coming days and every draft; ask for a plan."""
    form = AskForm()
    with reading() as desk:
        zones = desk.rows(places.zones())
        calendar = closings.calendar(desk)
    form.zone_ids.choices = as_choices((each.id, _zone(each)) for each in zones)
    if form.validate_on_submit():
        asked = _ask(form, calendar)
        if asked is not None:
            return asked
    with reading() as desk:
        days = _ahead(calendar, desk.today)
        return desk.page(
            "office/plans.html", form=form, coming=_coming(desk, days, calendar),
            drafts=desk.rows(newest().limit(REMEMBERED)), zone=desk.zone,
            zones={each.id: each.name for each in zones}, usual=days[0],
            yesterday=_before(calendar, desk.today), away_words=away_words, **WORDS,
        )  # fmt: skip


def _ask(form: AskForm, calendar: TownCalendar) -> Response | None:
    """Ask for the plan; None where it is refused, which the form then says."""
    try:
        with writing() as desk:
            asked = form.asked(today=desk.today, calendar=calendar)
            made = ask_draft(
                desk.connection, asked, key=form.form_key, calendar=calendar, **desk.who
            )
    except AskedError as error:
        complain(form, error.of if error.of in form else "days", error)
        return None
    except CaseError as error:
        form.form_errors.append(say(error))
        return None
    for other in made.others:
        words = _(
            "%(who)s has asked for a plan of %(first)s to %(last)s as well; both are kept, and "
            "you adopt one of them.",
            who=other.made_by, first=weekday(other.first_day), last=weekday(other.last_day),
        )  # fmt: skip
        flash(words)
    return redirect(url_for("office.plan", draft_id=made.id), 303)


def _zone(zone: Any) -> str:
    return f"{zone.name} ({zone.officer_name})" if zone.officer_name else str(zone.name)


def _ahead(calendar: TownCalendar, today: date) -> list[date]:
    """Return the next days that the town works, today the first of them where it does."""
    days = [calendar.next_worked(today)]
    while len(days) < AHEAD:
        days.append(calendar.next_worked(days[-1] + DAY))
    return days


def _before(calendar: TownCalendar, today: date) -> date:
    """Return the last day before today that the town worked."""
    on = today - DAY
    while not calendar.works_on(on):
        on -= DAY
    return on


def _coming(desk: Desk, days: list[date], calendar: TownCalendar) -> list[ComingDay]:
    found = to_visit(desk.connection, first=days[0], last=days[-1], zone=desk.zone)
    going = who_can_go(desk.connection, first=days[0], last=days[-1], calendar=calendar)
    planned = desk.rows(plans_between(days[0], days[-1]))
    return [
        ComingDay(
            brings=each, out=_out(going, each.on),
            away=[gone for gone in going.away if gone.on == each.on],
            planned=[plan for plan in planned if plan.on_day == each.on],
        )
        for each in outlook(found.visits, days=days, zone=desk.zone)
    ]  # fmt: skip


def _out(going: Going, on: date) -> list[OfficerDay]:
    return [each for each in going.days if each.on == on]
