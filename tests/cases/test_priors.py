"""What the town's own records hold against an owner, how it is found, and what is not there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from played_owners import LANDLORD, Played, find, waive
from small_town import import_cases, lay_out, violation

from cases import priors
from cases.adopted import adopt
from cases.charges import Outcome
from cases.lawpack.reading import DEFAULT
from cases.repeating import repeat_evidence
from geo.database import Database

ASKED = {"section": "30-36 (A)", "before": date(2026, 6, 1), "but_case": 0}


def test_a_space_or_a_capital_makes_no_other_section(town: sa.Connection, earlier: Played) -> None:
    (prior,) = priors.charges(town, **ASKED)  # type: ignore[arg-type]
    assert (prior.number, prior.outcome) == ("UCV-2023-00001", Outcome.WAIVED)
    assert (prior.violator.name, prior.violator.parcel_no) == (LANDLORD, "A-1")
    assert priors.charges(town, **{**ASKED, "but_case": earlier.case}) == ()  # type: ignore[arg-type]
    assert priors.charges(town, **{**ASKED, "before": date(2023, 3, 1)}) == ()  # type: ignore[arg-type]


def test_every_charge_of_the_town_is_the_charges_under_each_provision(
    town: sa.Connection, law: int, earlier: Played
) -> None:
    waive(town, find(town, law, on=date(2024, 3, 1), lot="A-2", section="30-36(b)"))
    every = priors.every_charge(town)
    by_section = [
        priors.charges(town, **{**ASKED, "section": section})  # type: ignore[arg-type]
        for section in ("30-36(a)", "30-36(b)")
    ]
    assert [len(charges) for charges in by_section] == [1, 1]
    assert sorted(every, key=str) == sorted((c for some in by_section for c in some), key=str)
    assert earlier


def test_before_the_county_court_silence_admits_nothing(
    town: sa.Connection, tmp_path: Path
) -> None:
    text = DEFAULT.read_text("utf-8")
    other = tmp_path / "court.toml"
    for said, instead in (
        ('citation_forum = "magistrate"', 'citation_forum = "county_court"'),
        (', "itinerant"]', "]"),
        ("waiver_admits = true", "waiver_admits = false"),
        ('version = "2026.1"', 'version = "2026.court"'),
    ):
        assert said in text
        text = text.replace(said, instead)
    other.write_text(text, encoding="utf-8")
    law = adopt(town, other, on=date(2020, 1, 1))
    waive(town, find(town, law, on=date(2023, 3, 1)))
    again = find(town, law, on=date(2026, 6, 1), lot="A-3")
    (prior,) = priors.charges(town, **{**ASKED, "but_case": again.case})  # type: ignore[arg-type]
    assert prior.outcome is Outcome.CITED
    (evidence,) = repeat_evidence(town, again.violation)
    assert (evidence.repeats, evidence.possible) == ((), ())


def test_what_came_closed_from_another_system_was_found_by_nobody(
    fresh_database: Database, tmp_path: Path
) -> None:
    closed = violation(
        section="Sec. 30-36(a)", status="closed", found_on="2024-06-01", comply_by="2024-06-10",
        owner_name=LANDLORD,
    )  # fmt: skip
    with fresh_database.owner.begin() as owner:
        lay_out(owner)
        import_cases(owner, tmp_path, closed)
    with fresh_database.app.begin() as app:
        again = find(app, adopt(app, DEFAULT, on=date(2026, 1, 1)), on=date(2026, 6, 1))
        (evidence,) = repeat_evidence(app, again.violation)
        assert (evidence.repeats, evidence.possible) == ((), ())
        assert priors.charges(app, **ASKED) == ()  # type: ignore[arg-type]


@pytest.fixture
def asked_of(town: sa.Connection) -> Iterator[list[str]]:
    """The statements sent while it is in force."""
    sent: list[str] = []

    def keep(*said: object) -> None:
        sent.append(str(said[2]))

    sa.event.listen(town, "before_cursor_execute", keep)
    yield sent
    sa.event.remove(town, "before_cursor_execute", keep)


def test_many_priors_cost_no_more_questions_than_one(
    town: sa.Connection, law: int, later: Played, asked_of: list[str]
) -> None:
    del asked_of[:]
    repeat_evidence(town, later.violation)
    one = len(asked_of)
    for month in (5, 6, 7):
        waive(town, find(town, law, on=date(2024, month, 1), lot="A-3"))
    del asked_of[:]
    (evidence,) = repeat_evidence(town, later.violation)
    assert (len(evidence.repeats), len(asked_of)) == (4, one)
    assert one <= 9


@pytest.mark.parametrize("query", [priors.CITED, priors.ORDERED])
def test_priors_are_looked_up_by_their_provision(
    fresh_database: Database, query: sa.Select
) -> None:
    """In a database of its own: the pages others leave in its tables sway no plan."""
    with fresh_database.owner.begin() as town:
        lay_out(town)
        town.exec_driver_sql("SET LOCAL enable_seqscan = off")
        compiled = query.params(ASKED).compile(town.engine, compile_kwargs={"literal_binds": True})
        lines = town.exec_driver_sql(f"EXPLAIN {compiled}".replace("%%", "%")).scalars()
        plan = "\n".join(lines)
    assert "violation_provision" in plan
    for table in ("violation", "citation", "enforcement_order", "case_event", "ledger_posting"):
        assert f"Seq Scan on {table}" not in plan
