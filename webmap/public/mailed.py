"""Ask for an address that mail is wanted at."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import EmailField, StringField
from wtforms.validators import Length

from cases.errors import MailError
from cases.mail.message import LONGEST_ADDRESS, require_address
from webmap.forms import LAPSED, KeyedForm
from webmap.interpreting import say


class MailedForm(KeyedForm):
    """A form that ends in an address that is mailed."""

    email = EmailField(
        _("Your e-mail address"), [Length(max=LONGEST_ADDRESS)],
        description=_("We mail a link to it. Nothing more is sent until you have used the link."),
        render_kw={"autocomplete": "email", "required": True},
    )  # fmt: skip
    website = StringField(
        _("Leave this empty"),
        render_kw={"tabindex": "-1", "autocomplete": "off", "spellcheck": "false"},
    )

    def has_lapsed(self) -> bool:
        """Tell whether its guard against forgery ran out, which is then said, and nothing lost."""
        if self.csrf_token.validate(self):
            return False
        self.csrf_token.errors = ()
        self.form_errors.append(LAPSED)
        return True

    def address(self) -> str | None:
        """Return the address typed; None where it is none, which is then said beside it."""
        try:
            return require_address((self.email.data or "").strip())
        except MailError as error:
            typed = (self.email.data or "").strip()
            said = say(error) if typed else gettext("Type your e-mail address.")
            self.complain("email", said)
            return None

    def complain(self, field: str, words: str) -> None:
        """Say what is wrong with a field."""
        self[field].errors = [*self[field].errors, words]
