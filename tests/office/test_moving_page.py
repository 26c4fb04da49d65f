"""The office sees what of a move waits for a person, and on a case's page whence it came."""

import csv
import io
import re
from pathlib import Path

import sqlalchemy as sa
from counter import CLERK, Counter
from desk import day
from flask.testing import FlaskClient
from moving_export import Writer, export

from cases.documents.store import Store
from cases.letters.mailing import letters_on
from cases.models import Case, Notice
from cases.moving_in.moving import Move, move_in

PLACES = [(f"A-{n}", f"{100 + n} Alder St") for n in range(1, 7)]


def test_what_waits_is_listed_with_its_reason_and_each_case_says_whence_it_came(
    counter: Counter,
    town: sa.Connection,
    law: int,  # noqa: ARG001 - under which the cases come in
    tmp_path: Path,
) -> None:
    client = counter.at(6, 15).client(CLERK)
    assert "Nothing was moved in yet." in client.get("/office/moving-in").text
    told = export(tmp_path / "export", PLACES, count=16)
    move = Move(
        folder=tmp_path / "export", store=Store("memory://moving"), actor="it", moment=day(6, 15)
    )
    move_in(town, move)
    page = client.get("/office/moving-in").text
    assert "Cases in it: 16; standing here: 15; still to settle: 1." in page
    assert "The mapping leaves &#34;LEGAL DEPT&#34; to a person" in page
    assert "$4,003.17" in page
    waits = ("CodeTrak", "cases.csv", "17", "by_hand")
    assert _listed(client) == [waits]
    _move_from_another(town, tmp_path / "other")
    page = client.get("/office/moving-in").text
    heads = re.findall(r'<h2 id="system-\d">(.+)</h2>', page)
    assert (heads, page.count("The mapping leaves")) == (["PermitBook", "CodeTrak"], 1)
    assert _listed(client) == [waits, ("PermitBook", "cases.csv", "2", "no_such_parcel")]

    number = told.files["cases"][3]["case_no"]
    case = client.get(f"/office/case/{number}").text
    assert f"Moved in from CodeTrak, where it is case {number}. What happened before" in case
    notice = town.execute(
        sa.select(Notice.id, Notice.issued_on)
        .join(Case, Case.id == Notice.case_id)
        .where(Case.number == number)
    ).one()
    way = f"/office/case/{number}/notice/{notice.id}"
    assert f'href="{way}"' in case
    assert f"{way}/letter.pdf" not in case
    letter = client.get(way).text
    assert "It was sent from CodeTrak, which has its own words." in letter
    assert "At stake for section" not in letter
    assert "letter.pdf" not in letter  # nothing here may pass for what was sent then
    assert client.get(f"{way}/letter.pdf").status_code == 404
    assert letters_on(town, notice.issued_on, language="en") == []


def _listed(client: FlaskClient) -> list[tuple[str, ...]]:
    rows = csv.DictReader(io.StringIO(client.get("/office/moving-in.csv").text))
    return [tuple(row[name] for name in ("system", "file", "line", "code")) for row in rows]


def _move_from_another(town: sa.Connection, folder: Path) -> None:
    """Take in a case of a second system, which lies on no parcel."""
    writer = Writer(PLACES)
    writer.case(99, "NOV SERVED", parcel_no="Z-9", address=None)
    told = writer.write(folder) / "mapping" / "system.toml"
    told.write_text(told.read_text().replace("CodeTrak", "PermitBook"))
    move_in(town, Move(folder=folder, store=Store("memory://other"), actor="it", moment=day(6, 15)))
