"""Repeat owners: the list leads to each web with its evidence, and the figures are its cases."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from reports.answers.answer import Answer
from reports.answers.options import OptionError, Value, ask
from reports.registry import find_report, make

NOW = datetime(2016, 3, 10, 15, tzinfo=UTC)


def owners(connection: sa.Connection, **values: Value) -> Answer:
    return make(connection, ask("owners", find_report("owners").options, now=NOW, values=values))


def test_in_cambridge_each_owner_of_the_list_has_a_page_that_counts_the_same(
    cambridge: sa.Connection,
) -> None:
    listed = owners(cambridge, at_least=20)
    rows = listed.table("owners").rows
    assert len(rows) > 3
    assert all(int(row.cells["in_window"] or 0) >= 20 for row in rows)  # type: ignore[arg-type]
    first = rows[0]
    kind, what = first.of["name"]
    assert kind == "owner"
    one = owners(cambridge, owner=str(what).partition("|")[0])
    assert one.title == first.cells["name"]
    assert one.figures[0].value == first.cells["all"]
    assert one.figures[0].cases == first.cases["all"]
    links = one.table("links").rows
    assert all(row.cells["why"] for row in links)
    years = sum(int(row.cells["cases"] or 0) for row in one.table("years").rows)  # type: ignore[arg-type]
    assert years == one.figures[0].value
    parcels = {each for row in one.table("parcels").rows for each in row.cases["cases"].ids}
    assert parcels == set(one.figures[0].cases.ids)  # type: ignore[union-attr]


def test_every_suggestion_says_what_speaks_for_it(cambridge: sa.Connection) -> None:
    for row in owners(cambridge, at_least=30).table("owners").rows[:5]:
        one = owners(cambridge, owner=row.key)
        assert all(each.cells["why"] for each in one.table("suggested").rows)


def test_an_unknown_owner_is_refused_at_its_option(alder: sa.Connection) -> None:
    with pytest.raises(OptionError, match="No owner is known here") as refused:
        owners(alder, owner="nobody")
    assert refused.value.of == "owner"
