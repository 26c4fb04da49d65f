"""Name what each part of the sentence may be that narrows a list or a map of cases."""

from typing import Any

from flask_babel import gettext as _

from cases.accounts.members import in_role
from cases.desk import lists
from cases.desk.passed import Age
from cases.desk.queues import WAITING, Queue
from cases.stages import Stage
from cases.workflow.roles import Role
from geo import places
from webmap.assets import age_label, stage_label
from webmap.auth.desk import Desk
from webmap.interpreting import say
from webmap.office.asking import lien_choices

_ENDED = {Stage.COMPLIED, Stage.CLOSED}


def choices(desk: Desk, asked: lists.Filter) -> dict[str, Any]:
    """Return what each part of the sentence may be, each with its words."""
    return {
        "queue_choices": [(str(each), say(WAITING[each].words)) for each in Queue],
        "stage_choices": [
            ("", _("at any stage")),
            *((str(each), stage_label(each)) for each in Stage if each not in _ENDED),
        ],
        "category_choices": [
            ("", _("any kind")), *((each, say(each)) for (each,) in desk.rows(lists.categories()))
        ],
        "section_choices": _section_choices(desk, asked.section),
        "age_choices": [("", _("of any age")), *((str(each), age_label(each)) for each in Age)],
        "lien_choices": [("", _("with a lien or none")), *lien_choices()],
        "zone_choices": [
            ("", _("the whole town")), *((each.id, each.name) for each in desk.rows(places.zones()))
        ],
        "officer_choices": _officer_choices(desk),
    }  # fmt: skip


def _section_choices(desk: Desk, asked: str) -> list[tuple[str, str]]:
    """Return the sections there are; one that is asked for is among them, whatever it is."""
    titles = {each.section: say(each.title or "") for each in desk.rows(lists.sections())}
    titles |= {asked: titles.get(asked, "")} if asked else {}
    named = ((each, f"Sec. {each} {title}".strip()) for each, title in titles.items())
    return [("", _("any section")), *named]


def _officer_choices(desk: Desk) -> list[tuple[str, str]]:
    """Return whose cases may be asked for: one's own first, where one has some."""
    names = {each.name for each in desk.rows(in_role(Role.OFFICER))}
    mine = [(desk.member.name, _("me"))] if desk.member.name in names else []
    rest = [(name, name) for name in sorted(names - {desk.member.name})]
    return [("", _("anyone")), *mine, *rest]
