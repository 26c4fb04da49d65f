"""Let a manager say which visits need an officer who is certified for something."""

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from cases.adopted import every_law
from cases.desk import lists
from cases.permissions import Right
from cases.visiting.kinds import Kind
from cases.working.needed import Need, certification_needs, say_needed
from cases.working.reading import certifications
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import Form
from webmap.interpreting import say
from webmap.office.bases import told_at_its_field
from webmap.office.deeds.fields import ChecksField, as_choices
from webmap.office.frame import blueprint
from webmap.office.simple import deed_page
from webmap.office.visit_worth import KINDS


class NeededForm(Form):
    """What one certification is needed for."""

    categories = ChecksField(
        lazy_gettext("Every visit in these kinds of cases"),
        description=lazy_gettext("Whatever is done there: an inspection, a posting, a photograph."),
    )  # fmt: skip
    kinds = ChecksField(
        lazy_gettext("These kinds of visit"),
        description=lazy_gettext("In every case, whatever its kind."),
    )


@blueprint.route("/working-days/needed", methods=["GET", "POST"])
@needs(Right.PLAN_WORK)
def working_needed() -> str | Response:
    """Say which visits need a certification of the town's."""
    code = request.args.get("of", "")
    with reading() as desk:
        known = code in certifications(desk.connection)
        need = certification_needs(desk.connection).by_code.get(code, Need())
        categories = _categories(desk, need)
    if not known:
        flash(_("The town names no such certification: choose one of its list."), "error")
        return redirect(url_for("office.working_days"))
    form = NeededForm(data=need.told())
    form.kinds.choices = as_choices((str(kind), words) for kind, words in KINDS.items())
    form.categories.choices = as_choices((each, say(each)) for each in categories)
    if not categories:
        del form.categories

    def keep(desk: Desk) -> None:
        with told_at_its_field(form):
            said = form.categories.data if "categories" in form else ()
            wanted = Need(
                kinds=frozenset(map(Kind, form.kinds.data or ())), categories=frozenset(said or ())
            )
            say_needed(desk.connection, code, wanted, **desk.who)

    return deed_page(
        form, keep, title=_("Visits that need “%(code)s”", code=code),
        back=url_for("office.working_days"), back_words=_("Working days"), button=_("Save"),
        lead=_(
            "Only an officer who is certified for it is sent. Where nobody on shift is, the visit "
            "is left for another day, and the plan says why."
        ),
    )  # fmt: skip


def _categories(desk: Desk, need: Need) -> Sequence[str]:
    """Return the kinds of cases the laws know, there are or are needed, by their words."""
    laws = every_law(desk.connection).values()
    there = {row.category for row in desk.rows(lists.categories())}
    lawful = {each.category for law in laws for each in law.ordinances}
    return sorted(lawful | there | need.categories, key=say)
