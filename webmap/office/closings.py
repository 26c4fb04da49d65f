"""Say on first pages that the town's offices are closed, or will be once the day is over."""

from flask_babel import gettext as _

from cases.business_days import DAY, TownCalendar
from webmap.auth.desk import Acting
from webmap.interpreting import say
from webmap.words import weekday


def calendar(desk: Acting) -> TownCalendar:
    """Return the days on which the town works, by the law in force; without one, weekdays."""
    return desk.law.calendar.days if desk.law else TownCalendar()


def note(desk: Acting) -> str:
    """Name a holiday that is today or before the next working day; "" where there is none."""
    closing = desk.law.calendar.days.closing(desk.today) if desk.law else None
    if closing is None:
        return ""
    said = {"holiday": say(closing.why), "opens": weekday(closing.opens)}
    if closing.on == desk.today:
        words = _(
            "Today is %(holiday)s: the town's offices are closed and open again on %(opens)s.",
            **said,
        )
    elif closing.on == desk.today + DAY:
        words = _(
            "Tomorrow is %(holiday)s: the town's offices are closed and open again on %(opens)s.",
            **said,
        )
    else:
        words = _(
            "%(day)s is %(holiday)s: the town's offices are closed and open again on %(opens)s.",
            day=weekday(closing.on), **said,
        )  # fmt: skip
    moved = _("Deadlines that fall on a closed day move to that day, where the law moves them.")
    return f"{words} {moved}"
