"""Say on first pages that the town's offices are closed, or will be once the day is over."""

from flask_babel import gettext as _

from cases.adopted import NoLawError, law_in_force
from cases.business_days import DAY, TownCalendar
from cases.lawpack.schema import LawPack
from webmap.auth.desk import Desk
from webmap.interpreting import say
from webmap.words import weekday


def calendar(desk: Desk) -> TownCalendar:
    """Return the days on which the town works, by the law in force; without one, weekdays."""
    law = _law(desk)
    return law.calendar.days if law else TownCalendar()


def note(desk: Desk) -> str:
    """Name a holiday that is today or before the next working day; "" where there is none."""
    law = _law(desk)
    closing = law.calendar.days.closing(desk.today) if law else None
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


def _law(desk: Desk) -> LawPack | None:
    try:
        return law_in_force(desk.connection, on=desk.today)[1]
    except NoLawError:
        return None
