"""Ask under which name a question is kept, for whom, and whom its answer is mailed to."""

import re
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from reports.runs import saving
from reports.runs.rhythm import Rhythm
from reports.runs.saving import Sending
from webmap.forms import GIVEN, KeyedForm, choice
from webmap.languages import NAMES, language
from webmap.office.kept_words import RHYTHMS

_BETWEEN = re.compile(r"[\s,;]+")


class KeepForm(KeyedForm):
    """Under which name, for whom, and whether its answer is mailed by itself."""

    name = StringField(_("Name"), [GIVEN, Length(max=saving.LONGEST)], id="keep-name")
    shared = BooleanField(
        _("Share it with the office"), id="keep-shared",
        description=_("Whoever reads reports sees it, and whom it is mailed to; you alone can "
                      "change it."),
    )  # fmt: skip
    rhythm = SelectField(
        _("Ask it by itself and mail the answer"), [GIVEN], id="keep-rhythm",
        choices=[choice(str(key), words) for key, words in RHYTHMS.items()],
        default=str(Rhythm.NONE),
    )  # fmt: skip
    recipients = TextAreaField(
        _("Mail it to"), [Length(max=20_000)], id="keep-recipients",
        description=_("One e-mail address a line, twenty at the most. They read what the office "
                      "reads: for people outside it, ask the question for people outside."),
        render_kw={"rows": 4, "spellcheck": "false", "autocapitalize": "none"},
    )  # fmt: skip
    language = SelectField(_("Language of the e-mail"), [GIVEN], id="keep-language", choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [choice(code, words) for code, words in NAMES.items()]

    def sending(self) -> Sending:
        """Return how often it is asked, and who is mailed."""
        return Sending(
            rhythm=Rhythm(self.rhythm.data), language=self.language.data,
            recipients=[each for each in _BETWEEN.split(self.recipients.data or "") if each],
        )  # fmt: skip


def new_form() -> KeepForm:
    """Return the form of a question that is kept by nobody yet, or as it was sent."""
    return KeepForm(data={"language": language()})
