"""Show who works when, week by week, and let a manager say what holds of every officer."""

from datetime import date, timedelta

from flask import request, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField

from cases.business_days import DAY
from cases.permissions import Right
from cases.working.going import Going, NotGoing, OfficerDay, who_can_go
from cases.working.needed import certification_needs
from cases.working.reading import certifications, changes, office_place
from cases.working.terms import LONGEST_LABEL
from cases.working.town import name_certifications, set_office
from webmap.arguments import day_asked
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import Form
from webmap.office import closings
from webmap.office.bases import base_typed, told_at_its_field
from webmap.office.frame import blueprint
from webmap.office.simple import deed_page
from webmap.office.visit_worth import kind_words

WEEK = timedelta(days=7)
REMEMBERED = 10


class TownForm(Form):
    """Where the town's office is, and what officers may be certified for."""

    office = StringField(
        _("The town's office"), render_kw={"maxlength": LONGEST_LABEL, "autocomplete": "off"},
        description=_(
            "An address or a parcel number; or latitude, longitude as in 27.2995, -80.3985. A day "
            "starts and ends here unless an officer's own page says otherwise."
        ),
    )  # fmt: skip
    certifications = TextAreaField(
        _("Certifications"), render_kw={"rows": 6, "spellcheck": "false"},
        description=_(
            "One a line, in your own words. Officers are given them on their own pages; what each "
            "is needed for, “Working days” says."
        ),
    )  # fmt: skip


@blueprint.get("/working-days")
@needs(Right.PLAN_WORK)
def working_days() -> str:
    """Show a week: of each officer the hours of each day, or why they do not go."""
    with reading() as desk:
        monday = _monday(day_asked(request.args, "week") or desk.today)
        days = [monday + DAY * nth for nth in range(WEEK.days)]
        going = who_can_go(
            desk.connection, first=monday, last=days[-1], calendar=closings.calendar(desk)
        )
        return desk.page(
            "office/working_days.html", days=days, rows=_rows(going), monday=monday, week=WEEK,
            this_week=_monday(desk.today), office=office_place(desk.connection),
            codes=certifications(desk.connection), zone=desk.zone, kind_words=kind_words,
            needed=certification_needs(desk.connection).by_code,
            changes=desk.rows(changes(None).limit(REMEMBERED)),
        )  # fmt: skip


@blueprint.route("/working-days/town", methods=["GET", "POST"])
@needs(Right.PLAN_WORK)
def working_town() -> str | Response:
    """Say where the town's office is, and what officers may be certified for."""
    with reading() as desk:
        office = office_place(desk.connection)
        codes = certifications(desk.connection)
    form = TownForm(
        data={"office": office.label if office else "", "certifications": "\n".join(codes)}
    )

    def keep(desk: Desk) -> None:
        with told_at_its_field(form):
            place = base_typed(desk, form.office.data, of="office", now=office)
            if place is not None:
                set_office(desk.connection, place, **desk.who)
            said = (form.certifications.data or "").splitlines()
            name_certifications(desk.connection, said, **desk.who)

    return deed_page(
        form, keep, title=_("The office and the certifications"),
        back=url_for("office.working_days"), back_words=_("Working days"), button=_("Save"),
    )  # fmt: skip


type Row = dict[date, OfficerDay | NotGoing]


def _rows(going: Going) -> dict[tuple[int, str], Row]:
    """Return each officer's days, by the officer's identity and name."""
    rows: dict[tuple[int, str], Row] = {}
    told: list[OfficerDay | NotGoing] = [*going.days, *going.away]
    for each in told:
        rows.setdefault((each.officer_id, each.officer), {})[each.on] = each
    return dict(sorted(rows.items(), key=lambda row: row[0][1]))


def _monday(day: date) -> date:
    return day - DAY * day.weekday()
