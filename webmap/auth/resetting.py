"""Let somebody set a password by a link: an invitation, or help for a forgotten one."""

from datetime import timedelta

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cases.accounts import links, throttle
from cases.accounts.errors import WeakPasswordError
from cases.accounts.throttle import Limit
from webmap.auth.forms import NewPasswordForm
from webmap.auth.gate import anybody, clock_now
from webmap.auth.sign_in import blueprint
from webmap.forms import complain
from webmap.visits import visit

BY_PLACE = Limit(tries=20, per=timedelta(hours=1))


@blueprint.route("/set-password/<token>", methods=["GET", "POST"])
@anybody
def set_password(token: str) -> str | Response:
    """Take a new password from the holder of a link."""
    form = NewPasswordForm()
    engine = current_app.extensions["lotline"].app
    with engine.begin() as connection:
        place = f"link:{request.remote_addr}"
        throttle.take(connection, place, BY_PLACE, now=clock_now())
    with engine.connect() as connection:
        person = links.whose(connection, token, now=clock_now())
    if form.validate_on_submit():
        try:
            with engine.begin() as connection:
                links.use(connection, token, str(form.password.data), now=clock_now())
        except WeakPasswordError as error:
            complain(form, "password", error)
        else:
            flash(_("Your password is set. Sign in with it."))
            return redirect(url_for("auth.sign_in"))
    with visit() as look:
        return look.page("auth/set_password.html", form=form, person=person)
