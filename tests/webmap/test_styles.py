"""A class is dressed in one place, lest one page's look change another's."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "webmap" / "frontend" / "styles"
PART = re.compile(r'^@forward "([a-z_]+)";', re.MULTILINE)
DRESSED = re.compile(r"^\.([a-z][\w-]*)(?=,$| \{$)", re.MULTILINE)


@pytest.mark.parametrize("sheet", ["app", "field"])
def test_no_class_is_dressed_in_two_parts_of_a_sheet(sheet: str) -> None:
    parts = PART.findall((STYLES / f"{sheet}.scss").read_text(encoding="utf-8"))
    where: defaultdict[str, set[str]] = defaultdict(set)
    for part in parts:
        for name in DRESSED.findall((STYLES / f"_{part}.scss").read_text(encoding="utf-8")):
            where[name].add(part)
    assert len(where) > 20
    assert {name: its for name, its in where.items() if len(its) > 1} == {}
