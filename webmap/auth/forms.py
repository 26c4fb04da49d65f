"""Describe the forms of signing in and of one's account."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.validators import Length

from cases.accounts.members import ROLES
from webmap.forms import GIVEN, Form, choice
from webmap.words import plain_later


class SignInForm(Form):
    """A name and a password."""

    login = StringField(
        _("Sign-in name or e-mail"),
        [GIVEN, Length(max=200)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Password"), [GIVEN, Length(max=1000)], render_kw={"autocomplete": "current-password"}
    )


class CodeForm(Form):
    """The code a telephone shows, or one kept for its loss."""

    code = StringField(
        _("Code"),
        [GIVEN, Length(max=20)],
        description=_(
            "Six digits from the authenticator app on your phone. "
            "Without the phone, type one of your recovery codes."
        ),
        render_kw={"autocomplete": "one-time-code", "class": "short"},
    )


class FirstCodeForm(Form):
    """The first code that a telephone shows."""

    code = StringField(
        _("Code"),
        [GIVEN, Length(max=20)],
        description=_("The six digits that the app shows now."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"},
    )


class ForgottenForm(Form):
    """Where to send a link."""

    email = EmailField(
        _("Your e-mail address"), [GIVEN, Length(max=200)], render_kw={"autocomplete": "email"}
    )


class NewPasswordForm(Form):
    """A password to come."""

    password = PasswordField(
        _("New password"),
        [GIVEN, Length(max=1000)],
        description=_("At least 12 characters. Three or four words will do."),
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(Form):
    """The password that was, and the one to come."""

    current = PasswordField(
        _("Current password"),
        [GIVEN, Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _("New password"),
        [GIVEN, Length(max=1000)],
        description=_("At least 12 characters. Three or four words will do."),
        render_kw={"autocomplete": "new-password"},
    )


class LoginForm(Form):
    """The name by which somebody signs in."""

    login = StringField(
        _("Sign-in name"),
        [GIVEN, Length(max=40)],
        description=_("Small letters, digits, dots and hyphens. It cannot be changed later."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class PersonForm(Form):
    """What is known of somebody who works here."""

    name = StringField(
        _("Full name"),
        [GIVEN, Length(max=200)],
        description=_("As letters and the records of cases will show it."),
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _("E-mail address"),
        [Length(max=200)],
        description=_("For a forgotten password and for the city's own sign-in."),
        render_kw={"autocomplete": "off"},
    )
    role = SelectField(
        _("Role"), [GIVEN], choices=[choice(role, plain_later(role)) for role in ROLES]
    )


class NewPersonForm(LoginForm, PersonForm):
    """Somebody to be added."""
