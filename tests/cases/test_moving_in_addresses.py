"""A respondent's mailing address in parts becomes one, or says what it lacks."""

import csv
from pathlib import Path

import pytest
import sqlalchemy as sa
from moved_town import Take

from cases.models import Respondent
from cases.moving_in.errors import RefusedExportError

PARTS = {
    "respondent_street": "STREET", "respondent_city": "CITY", "respondent_state": "ST",
    "respondent_zip": "ZIP",
}  # fmt: skip


def _in_parts(folder: Path, *, whole: bool = False, **changes: str) -> None:
    """Write the addresses of cases.csv in columns of their own; change some of the first row's."""
    path = folder / "cases.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for at, row in enumerate(rows):
        street, city, rest = row["OWNER_ADDR"].split(", ")
        state, zip_code = rest.split(" ")
        row.update({"STREET": street, "CITY": city, "ST": state, "ZIP": zip_code})
        row.update({} if at else changes)
        if not whole:
            del row["OWNER_ADDR"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    system = folder / "mapping" / "system.toml"
    said = system.read_text(encoding="utf-8")
    named = "\n".join(f'{ours} = "{theirs}"' for ours, theirs in PARTS.items())
    (head,) = [line for line in said.splitlines() if line.startswith("respondent_address")]
    kept = f"{head}\n{named}" if whole else named
    system.write_text(said.replace(head, kept), encoding="utf-8")


def test_an_address_in_parts_is_the_same_address_as_whole(
    moving_town: sa.Connection, take: Take, folder: Path
) -> None:
    first = take(folder)
    before = moving_town.scalars(sa.select(Respondent.address).order_by(Respondent.id)).all()
    assert "1 Bay St, Orrin Bay, FL 32960" in before
    _in_parts(folder)
    again = take(folder)
    assert (again.new, again.changed, again.unchanged) == (0, 0, first.new)
    assert (
        moving_town.scalars(sa.select(Respondent.address).order_by(Respondent.id)).all() == before
    )


def test_nine_digits_and_a_small_state_are_written_as_on_an_envelope(
    moving_town: sa.Connection, take: Take, folder: Path
) -> None:
    _in_parts(folder, ST="fl", ZIP="329600412")
    take(folder)
    written = moving_town.scalars(sa.select(Respondent.address)).all()
    assert "1 Bay St, Orrin Bay, FL 32960-0412" in written


@pytest.mark.parametrize(
    ("changes", "column", "why", "remedy"),
    [
        ({"CITY": ""}, "CITY", "is empty, but other parts", "respondent_address"),
        ({"ZIP": "2138"}, "ZIP", "is no zip code", "drops the zero"),
        ({"ST": "Florida"}, "ST", "is no state in two letters", "Write it as FL"),
    ],
)
def test_a_part_that_is_none_is_named_by_line_and_column(
    take: Take, folder: Path, changes: dict[str, str], column: str, why: str, remedy: str
) -> None:
    _in_parts(folder, **changes)
    with pytest.raises(RefusedExportError) as refused:
        take(folder)
    (fault,) = [each for each in refused.value.faults if each.column == column]
    assert (fault.file, fault.line, fault.value) == ("cases.csv", 2, changes[column])
    assert why in fault.why
    assert remedy in fault.remedy


def test_an_address_both_whole_and_in_parts_is_refused(take: Take, folder: Path) -> None:
    _in_parts(folder, whole=True)
    with pytest.raises(RefusedExportError, match=r"column STREET: .* stands beside"):
        take(folder)
