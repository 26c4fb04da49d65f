"""Who else a respondent may be: suggested with its reason, within bounds, and decided by nobody."""

import pytest
import sqlalchemy as sa
from desk import CLERK, day
from played_owners import BOX, LANDLORD, Played, find
from small_town import lay_out

from cases import owner_words, suggestions
from cases.identities import Verdict
from cases.owners.parties import Party
from cases.parts import NoSuchPartError

OWNER = """
    INSERT INTO lotline.ownership (parcel_id, owner_name, mail_line, mail_city, mail_state,
        mail_zip, valid_to, import_run_id, source_row)
    SELECT id, {}, {}, 'PELHAM COVE', 'FL', '34998', {}, (SELECT max(id) FROM lotline.import_run), 1
    FROM lotline.parcel WHERE parcel_no = {}
"""


def own(
    connection: sa.Connection, lot: str, name: str, line: str = "1 Oak St", until: str | None = None
) -> None:
    said = ("'" + name + "'", "'" + line + "'", f"'{until}'" if until else "NULL", f"'{lot}'")
    connection.exec_driver_sql(OWNER.format(*said))


@pytest.fixture
def landlord(town: sa.Connection, law: int) -> Played:
    return find(town, law, on=day(6, 1).on)


def words(connection: sa.Connection, played: Played) -> list[str]:
    return [each.words for each in suggestions.suggestions(connection, played.respondent)]


def test_a_like_name_and_a_shared_box_are_suggested_each_with_its_reason(
    town: sa.Connection, law: int, landlord: Played
) -> None:
    find(town, law, on=day(6, 1).on, lot="A-2", name="Sawgras Homes II LLC", address="2 Elm St")
    own(town, "A-3", "SAWGRASS HOMES III LLC", line="P.O. BOX 6196")
    own(town, "A-4", "SAWGRASS HOMES II INC")
    own(town, "A-5", "SAWGRASS HOMES II INC")
    own(town, "A-6", "TIDEWATER RENTALS LLC")
    assert words(town, landlord) == [
        "SAWGRASS HOMES II INC (parcel A-4, parcel A-5): The names differ in INC AND LLC alone.",
        (
            "SAWGRASS HOMES III LLC (parcel A-3): Letters to both go to P.O. BOX 6196, PELHAM "
            "COVE, FL 34998: a relation, no proof of one owner. Their numbers or generations "
            "differ."
        ),
        (
            "Sawgras Homes II LLC (case CE-2026-00002): The names differ by 1 letter: 'sawgras' "
            "and 'sawgrass'."
        ),
    ]


def test_who_is_known_or_told_apart_or_no_owner_any_more_is_not_suggested(
    town: sa.Connection, law: int, landlord: Played
) -> None:
    find(town, law, on=day(6, 1).on, lot="A-2", name="SAWGRASS HOMES II, L.L.C.")
    own(town, "A-3", "SAWGRASS HOMES II INC", until="2020-01-01")
    own(town, "A-4", "SAWGRASS HOMES II CORP")
    assert len(words(town, landlord)) == 1
    owner_words.confirm(
        town, Party(name=LANDLORD, mailing=BOX),
        Party(name="SAWGRASS HOMES II CORP", mailing="1 Oak St, Pelham Cove, FL 34998"),
        verdict=Verdict.DIFFERENT, reason="Two registrations", evidence="L15000012345",
        actor=CLERK, moment=day(6, 1),
    )  # fmt: skip
    assert words(town, landlord) == []


def test_no_more_than_so_many_records_are_looked_at(
    town: sa.Connection, landlord: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lot in range(2, 7):
        own(town, f"A-{lot}", f"SAWGRASS HOMES II {'LC' if lot % 2 else 'INC'}")
    monkeypatch.setattr(suggestions, "MOST", 2)
    (only,) = suggestions.suggestions(town, landlord.respondent)
    assert len(only.records) == 2


MANY = """
    INSERT INTO lotline.case_file (number, category, phase, published, tie_method, tie_confidence)
    VALUES ('X-1', 'High grass', 'reported', false, 'none', 0);
    INSERT INTO lotline.respondent (case_id, kind, name, address, since)
    SELECT c.id, 'owner', md5(n::text), n || ' Oak St', '2026-1-1'
    FROM lotline.case_file c, generate_series(1, 20000) n;
    INSERT INTO lotline.ownership (parcel_id, owner_name, mail_line, import_run_id, source_row)
    SELECT (SELECT min(id) FROM lotline.parcel), md5(n::text), n || ' Oak St',
           (SELECT max(id) FROM lotline.import_run), 1
    FROM generate_series(1, 20000) n;
    ANALYZE lotline.respondent, lotline.ownership
"""


def test_among_many_records_are_found_by_indexes_alone(connection: sa.Connection) -> None:
    lay_out(connection)
    connection.exec_driver_sql(MANY)
    asked = {"name": LANDLORD, "house": "6196", "zip": "34998", "respondent_id": 1, "most": 50}
    explain = sa.text(f"EXPLAIN {suggestions.RECORDS.text}")
    plan = "\n".join(connection.execute(explain, asked).scalars())
    for index in (
        "respondent_name_like",
        "respondent_mail",
        "ownership_name_like",
        "ownership_mail",
    ):
        assert index in plan
    assert "Seq Scan on respondent" not in plan
    assert "Seq Scan on ownership" not in plan


def test_of_nobody_nothing_is_suggested(town: sa.Connection) -> None:
    with pytest.raises(NoSuchPartError, match="no respondent with the identity 7"):
        suggestions.suggestions(town, 7)
