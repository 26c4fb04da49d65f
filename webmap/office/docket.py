"""Keep the dockets: the sittings, the hearings on each in their order, and those that wait."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from cases import docket_order, hearings, sittings
from cases.adopted import law_in_force
from cases.days import DayError
from cases.desk import docket as dockets
from cases.desk.serving import posted_in_time
from cases.errors import CaseError
from cases.permissions import Right, may
from cases.workflow.hearing import HearingAction, HearingStatus
from cases.workflow.registry import choices
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import JustDoIt, complain
from webmap.interpreting import say
from webmap.office.deeds.docket import CONVENED, SittingForm, proposed, seats, told_by_posting
from webmap.office.deeds.hearings import ABOUTS
from webmap.office.deeds.shifting import Shift
from webmap.office.frame import blueprint

AT_ITS_PLACE = (HearingAction.MOVE, HearingAction.CONTINUE)
"""What is done to a hearing where it stands on its docket."""
PLACE = "place-"
"""How the field of a hearing's place begins; its identity follows."""
LONGEST = 9
"""How many digits a number has that is none of ours."""


@blueprint.get("/docket")
@needs(Right.READ_DOCKET)
def docket() -> str:
    """Show the sittings, and the hearings that wait for a day."""
    with reading() as desk:
        return _shown(desk, SittingForm(formdata=None))


@blueprint.route("/docket/convene", methods=["GET", "POST"])
@needs(HearingAction.DOCKET)
def convene() -> str | Response:
    """Convene a sitting of one of the town's bodies."""
    form = SittingForm()
    with reading() as desk:
        form.offer(desk, desk.law)
    if form.validate_on_submit():
        try:
            with writing() as desk:
                law_id = law_in_force(desk.connection, on=desk.today)[0]
                found = form.convene(desk, law_pack_id=law_id)
        except CaseError as error:
            complain(form, error.of if isinstance(error, DayError) else "capacity", error)
        else:
            flash(CONVENED[found.how])
            return redirect(url_for("office.sitting", sitting_id=found.session_id))
    with reading() as desk:
        return _shown(desk, form)


@blueprint.get("/docket/<int:sitting_id>")
@needs(Right.READ_DOCKET)
def sitting(sitting_id: int) -> str:
    """Show one sitting's docket in its order."""
    with reading() as desk:
        row = desk.first(sittings.sitting(sitting_id)) or abort(404)
        rows = desk.rows(dockets.docket_of(sitting_id, on=desk.today))
        waits = [each.id for each in rows if each.waits]
        left = [
            *desk.rows(dockets.continued_from(sitting_id, on=desk.today)),
            *desk.rows(dockets.cancelled_from(sitting_id, on=desk.today)),
        ]
        return desk.page(
            "office/sitting.html", sitting=row, lines=dockets.lines(rows, left), abouts=ABOUTS,
            form=JustDoIt(),
            waits=waits, first=waits[:1], last=waits[-1:], may_do=_may(desk, *AT_ITS_PLACE),
            may_shift=_may_shift(desk, row, rows),
            next=dockets.next_after(rows, 0),
        )  # fmt: skip


@blueprint.route("/docket/<int:sitting_id>/hour", methods=["GET", "POST"])
@needs(HearingAction.SHIFT)
def shift(sitting_id: int) -> str | Response:
    """Change the hour or the place of a sitting, having shown who was told the old one."""
    form, back = Shift(), url_for("office.sitting", sitting_id=sitting_id)
    with reading() as desk:
        row = desk.first(sittings.sitting(sitting_id)) or abort(404)
        form.show(desk, row)
    if form.validate_on_submit():
        try:
            with writing() as desk:
                moved = form.shift(desk, sitting_id)
        except CaseError as error:
            form.refuse(error)
        else:
            flash(_shifted(moved))
            return redirect(back)
    with reading() as desk:
        return desk.page("office/sitting_hour.html", form=form, sitting=row, back=back)


def _shifted(moved: int) -> Any:
    if not moved:
        return _("The sitting has this hour and place now. Nobody has to be told anew.")
    return ngettext(
        "%(num)s hearing is heard at this hour and place now. Whoever was told another is to be "
        "served a new notice.",
        "%(num)s hearings are heard at this hour and place now. Whoever was told another is to be "
        "served a new notice.", moved,
    )  # fmt: skip


@blueprint.post("/docket/<int:sitting_id>/order")
@needs(HearingAction.MOVE)
def set_order(sitting_id: int) -> Response:
    """Set the whole order of a docket by the number given to each hearing that waits."""
    with reading() as desk:
        desk.first(sittings.sitting(sitting_id)) or abort(404)
        rows = desk.rows(dockets.docket_of(sitting_id, on=desk.today))
    typed = _typed()
    places = {row.id: place for place, row in enumerate(rows, 1)}
    try:
        with writing() as desk:
            moved = docket_order.arrange(
                desk.connection, session_id=sitting_id,
                order=docket_order.order_of(typed, places=places), seen=_seen(), **desk.who,
            )  # fmt: skip
    except CaseError as error:
        flash(say(error), "error")
    else:
        flash(
            ngettext("%(num)s hearing has another place now.",
                     "%(num)s hearings have another place now.", moved)
            if moved else _("The order is as it was.")
        )  # fmt: skip
    return redirect(url_for("office.sitting", sitting_id=sitting_id))


def _typed() -> dict[int, int | None]:
    """Return the place typed for each hearing that the page showed; None for what is no number."""
    sent = ((name.removeprefix(PLACE), value.strip()) for name, value in request.form.items()
            if name.startswith(PLACE))  # fmt: skip
    return {int(name): _number(value) for name, value in sent if _number(name) is not None}


def _seen() -> list[int]:
    """Return the hearings that waited as the page showed them, in its order."""
    said = map(_number, request.form.get("seen", "").split(","))
    return [each for each in said if each is not None]


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < LONGEST else None


def _shown(desk: Desk, form: SittingForm) -> str:
    waiting = dockets.judged(
        desk.connection, desk.rows(dockets.waiting(on=desk.today)), on=desk.today
    )
    coming = desk.rows(sittings.upcoming(on=desk.today))
    begun = {each.id for each in coming if hearings.has_begun(each, moment=desk.moment)}
    free = [each for each in coming if each.id not in begun]
    form.offer(desk, desk.law)
    posted = posted_in_time(desk.law, on=desk.today)
    return desk.page(
        "office/docket.html", begun=begun, form=form, coming=coming, abouts=ABOUTS, waiting=waiting,
        recent=desk.rows(sittings.recent(on=desk.today)), seats=seats, proposed=proposed,
        posted=posted, nearest=min((each.held_on for each in free), default=None),
        told_by_posting=told_by_posting,
        open_to={each.row.id: _open_to(each, free) for each in waiting},
        may_do=_may(desk, HearingAction.DOCKET), may_put=_may_put(desk), most=dockets.MOST,
    )  # fmt: skip


def _open_to(waiting: dockets.Waiting, coming: Any) -> list[Any]:
    """Return the sittings to come that a hearing may be put on."""
    if waiting.free_from is None:
        return []
    return [
        each
        for each in coming
        if each.taken < each.capacity and each.held_on >= waiting.free_from
        and each.id != waiting.row.left_session
    ]  # fmt: skip


def _may_put(desk: Desk) -> set[str]:
    """Return from which statuses whoever looks may put a hearing on a docket."""
    role = desk.member.role
    return {
        str(at)
        for at in (HearingStatus.REQUESTED, HearingStatus.CONTINUED)
        for step in choices(at, section="hearing", role=role)
        if step.action == HearingAction.DOCKET
    }


def _may_shift(desk: Desk, sitting: Any, rows: Any) -> bool:
    """Tell whether whoever looks may give a sitting another hour: it is to come, nothing called."""
    called = {each.status for each in rows} & {HearingStatus.OPENED, HearingStatus.DECIDED}
    is_theirs = may(desk.member.role, HearingAction.SHIFT)
    return is_theirs and sitting.held_on >= desk.today and not called


def _may(desk: Desk, *actions: HearingAction) -> set[str]:
    return {str(each) for each in actions if may(desk.member.role, each)}
