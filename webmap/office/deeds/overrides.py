"""Ask for what a person puts in the place of what the review of a complaint decided."""

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, StringField
from wtforms.validators import Length

from cases.desk.reported import Reported
from cases.overriding import Value, override
from cases.review import Rule
from cases.workflow.complaint import ComplaintAction
from geo import places
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.deeds.complaints import ReasonForm, deed
from webmap.office.deeds.fields import as_choices, choice_of, select

MOST_URGENT, LEAST_URGENT = 1, 5


class OverrideForm(ReasonForm):
    """What counts instead, and why."""

    rule: Rule

    def value(self) -> Value:
        """Return what was chosen, as the command takes it."""
        raise NotImplementedError

    def do(self, desk: Desk, reported: Reported) -> None:
        """Override it."""
        override(
            desk.connection, complaint_id=reported.complaint.id, rule=self.rule,
            value=self.value(), reason=self.reason.data or "", **desk.who,
        )  # fmt: skip


@deed(ComplaintAction.OVERRIDE, _("Change how urgent it is"), rule=Rule.PRIORITY)
class Urgency(OverrideForm):
    """Another priority."""

    rule = Rule.PRIORITY
    priority = select(_("Priority"), [GIVEN])

    def prepare(self, desk: Desk, reported: Reported) -> None:  # noqa: ARG002
        """Offer the five, the one that counts chosen."""
        ends = {
            MOST_URGENT: gettext("1, danger to life"),
            LEAST_URGENT: gettext("5, least urgent"),
        }
        known = range(MOST_URGENT, LEAST_URGENT + 1)
        self.priority.choices = as_choices((each, ends.get(each, str(each))) for each in known)
        if not self.is_submitted():
            self.priority.data = str(reported.decided(self.rule))

    def value(self) -> Value:
        """Return the priority."""
        return int(self.priority.data)


@deed(ComplaintAction.OVERRIDE, _("Change the day to respond by"), rule=Rule.RESPOND_BY)
class Day(OverrideForm):
    """Another day."""

    rule = Rule.RESPOND_BY
    on = DateField(_("To be looked at by"), [GIVEN])

    def prepare(self, desk: Desk, reported: Reported) -> None:  # noqa: ARG002
        """Start from the day that counts."""
        if not self.is_submitted():
            self.on.data = date.fromisoformat(reported.decided(self.rule))

    def value(self) -> Value:
        """Return the day."""
        assert self.on.data is not None  # noqa: S101 - the field requires one
        return self.on.data


@deed(ComplaintAction.OVERRIDE, _("Change the zone"), rule=Rule.ZONE)
class OtherZone(OverrideForm):
    """Another officer's zone."""

    rule = Rule.ZONE
    zone = select(_("Zone"), [GIVEN])

    def prepare(self, desk: Desk, reported: Reported) -> None:
        """Offer the officers' zones."""
        self.zone.choices = as_choices(
            (each.code, f"{each.name}, {each.officer_name}" if each.officer_name else each.name)
            for each in desk.rows(places.zones())
        )
        if not self.is_submitted():
            self.zone.data = reported.decided(self.rule)

    def value(self) -> Value:
        """Return the zone's code."""
        return str(self.zone.data)


@deed(ComplaintAction.OVERRIDE, _("Say that something threatens"), rule=Rule.MAY_OPEN)
class Threat(OverrideForm):
    """What an officer believes to threaten, which lifts the bar on a report without a name."""

    rule = Rule.MAY_OPEN
    imminent = select(_("What threatens"), [GIVEN])

    def prepare(self, desk: Desk, reported: Reported) -> None:  # noqa: ARG002
        """Offer what lifts the bar by the town's law."""
        unless: Any = reported.law.intake.anonymous_unless if reported.law else ()
        self.imminent.choices = choice_of(unless)

    def value(self) -> Value:
        """Return the threat."""
        return str(self.imminent.data)


@deed(ComplaintAction.OVERRIDE, _("Say what it repeats"), rule=Rule.DUPLICATES)
class Repeats(OverrideForm):
    """Which complaints and cases may be about the same matter after all."""

    rule = Rule.DUPLICATES
    numbers = StringField(
        _("Numbers of complaints and cases"),
        [Length(max=500)],
        description=_("With commas between them; empty for none."),
    )

    def prepare(self, desk: Desk, reported: Reported) -> None:  # noqa: ARG002
        """Start from those that count."""
        if not self.is_submitted():
            self.numbers.data = ", ".join(reported.decided(self.rule) or ())

    def value(self) -> Value:
        """Return the numbers."""
        said = (self.numbers.data or "").split(",")
        return [number for each in said if (number := each.strip())]
