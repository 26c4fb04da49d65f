"""List what an officer looks for on the spot by the town's law, and how each may be answered."""

from datetime import date
from typing import Any

from cases.field.offering import offer_of
from cases.field.warning import warn_of
from cases.lawpack.schema import LawPack
from cases.workflow.citation import CitationAction


def checklist(law: LawPack | None, category: str | None, *, on: date) -> list[dict[str, Any]]:
    """List what to look for: the provisions in force, those of the category first and marked."""
    texts: dict[str, Any] = {}
    for each in law.ordinances if law else ():
        held = texts.get(each.section)
        if each.in_force_from <= on and (held is None or each.in_force_from > held.in_force_from):
            texts[each.section] = each
    citing = law if law and CitationAction.ISSUE not in law.without else None
    mine = sorted(texts.values(), key=lambda each: each.category != category)
    return [
        {
            "section": each.section, "item": each.title, "text": each.text,
            "fix": each.corrected_by, "category": each.category,
            "usual": each.category == category,
            "cite": offer_of(each, citing, lacks=["warning", "deadline"]) if citing else None,
            "warn": warn_of(law, each, on=on) if law is not None else None,
        }
        for each in mine
    ]  # fmt: skip
