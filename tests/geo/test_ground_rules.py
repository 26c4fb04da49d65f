"""The database is the last guard of the ground: each of its rules, broken once, refuses by name."""

from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

BOX = "ST_MakeEnvelope(-80.41, 27.29, -80.39, 27.31, 4326)"
LOT = "ST_Multi(ST_MakeEnvelope(-80.4, 27.3, -80.3997, 27.3003, 4326))"
FAR = "ST_Multi(ST_MakeEnvelope(-70, 40, -69.9, 40.1, 4326))"
NAN = "'MULTIPOLYGON(((-80.4 27.3,nan 27.3,-80.4 27.301,-80.4 27.3)))'::geometry(MultiPolygon,4326)"
NOTHING = "'SRID=4326;MULTIPOLYGON EMPTY'::geometry"
LINE = "ST_SetSRID('MULTILINESTRING((-80.4 27.3,-80.3997 27.3))'::geometry, 4326)"
POINT = "ST_SetSRID(ST_MakePoint(-80.4, 27.3), 4326)"

RUN = {
    "kind": "'parcels'", "file_name": "'f'", "file_sha256": "'s'", "actor": "'a'",
    "started_at": "now()", "finished_at": "now()", "rows_read": "3", "rows_loaded": "2",
    "rows_repaired": "1", "rows_merged": "0", "rows_unchanged": "0", "rows_rejected": "1",
}  # fmt: skip
FROM = {"import_run_id": "(SELECT min(id) FROM lotline.import_run)", "source_row": "1"}
PARCEL = {"parcel_id": "(SELECT min(id) FROM lotline.parcel)"}
PERIOD = {
    **PARCEL, **FROM, "area_m2": "900", "content_sha": "'x'", "geom": LOT,
    "geom_3857": f"ST_Transform({LOT}, 3857)",
}  # fmt: skip
OWNER = {**PARCEL, **FROM, "owner_name": "'A'"}
ADDRESS = {
    **PARCEL, **FROM, "label": "'1 A St'", "street": "'A St'", "street_key": "'a st'",
    "content_sha": "'x'", "geom": POINT, "geom_3857": f"ST_Transform({POINT}, 3857)",
}  # fmt: skip
ZONE = {
    **FROM, "kind": "'officer'", "code": "'1'", "name": "'One'", "content_sha": "'x'",
    "geom": LOT, "geom_3857": f"ST_Transform({LOT}, 3857)",
}  # fmt: skip
STREET = {
    **FROM, "source_key": "'s1'", "rank": "3", "content_sha": "'x'", "geom": LINE,
    "geom_3857": f"ST_Transform({LINE}, 3857)",
}  # fmt: skip
LINEAGE = {
    "parent_id": "(SELECT min(id) FROM lotline.parcel)",
    "child_id": "(SELECT max(id) FROM lotline.parcel)",
    "as_of": "'2026-01-01'", "share": "0.5",
}  # fmt: skip
RENAMED = {"parcel_no": "'P3'", "was_no": "'P0'", "renamed_by_run": FROM["import_run_id"]}
ENDED = {"valid_to": "'2027-01-01'", "ended_by_run": FROM["import_run_id"]}
MOVED = {"was_on_parcel_id": PARCEL["parcel_id"], "moved_by_run": FROM["import_run_id"]}
TOWN = {"id": "1", "name": "'T'", "srid": "32617", "extent": BOX}

BROKEN: list[tuple[str, dict[str, str], dict[str, str], str]] = [
    ("town", TOWN, {"id": "2"}, "town_is_one"),
    ("town", TOWN, {"name": "' '"}, "town_name_given"),
    ("town", TOWN, {"extent": "ST_MakeEnvelope(-80, 27, -79, 91, 4326)"}, "town_extent_plausible"),
    ("import_run", RUN, {"kind": "'rivers'"}, "import_run_kind_known"),
    ("import_run", RUN, {"rows_read": "4"}, "import_run_adds_up"),
    ("import_run", RUN, {"rows_repaired": "3"}, "import_run_parts_within"),
    ("import_run", RUN, {"rows_merged": "-1"}, "import_run_parts_within"),
    ("parcel", {"parcel_no": "'P3'"}, {"parcel_no": "' '"}, "parcel_no_given"),
    ("parcel", {"parcel_no": "'P3'"}, {"parcel_no": "'P1'"}, "parcel_no_unique"),
    ("parcel", RENAMED, {"renamed_by_run": "0"}, "parcel_renamed_by"),
    ("parcel", RENAMED, {"was_no": "NULL"}, "parcel_renamed_from"),
    ("parcel_period", PERIOD, {"parcel_id": "0"}, "parcel_period_of_parcel"),
    ("parcel_period", PERIOD | ENDED, {"ended_by_run": "0"}, "parcel_period_ended_by"),
    ("parcel_period", PERIOD | ENDED, {"valid_to": "NULL"}, "parcel_period_ended_when"),
    ("parcel_period", PERIOD, {"import_run_id": "0"}, "parcel_period_from_import"),
    ("parcel_period", PERIOD, {"area_m2": "0"}, "parcel_period_area_plausible"),
    ("parcel_period", PERIOD, {"area_m2": "'NaN'"}, "parcel_period_area_plausible"),
    ("parcel_period", PERIOD, {"geom": NOTHING}, "parcel_period_geom_plausible"),
    ("parcel_period", PERIOD, {"geom": NAN}, "parcel_period_geom_plausible"),
    ("parcel_period", PERIOD, {"geom": FAR}, "parcel_period_inside_town"),
    (
        "parcel_period",
        PERIOD,
        {"valid_from": "'2026-01-02'", "valid_to": "'2026-01-02'"},
        "parcel_period_in_order",
    ),
    (
        "parcel_period",
        PERIOD,
        {"geom_3857": "ST_SetSRID(ST_Translate(" + LOT + ", 3e7, 0), 3857)"},
        "parcel_period_geom_3857_plausible",
    ),
    ("parcel_lineage", LINEAGE, {"parent_id": "0"}, "parcel_lineage_parent"),
    ("parcel_lineage", LINEAGE, {"child_id": "0"}, "parcel_lineage_child"),
    ("parcel_lineage", LINEAGE, {"import_run_id": "0"}, "parcel_lineage_from"),
    ("parcel_lineage", LINEAGE, {"share": "1.1"}, "parcel_lineage_share_of_area"),
    (
        "parcel_lineage",
        LINEAGE,
        {"child_id": LINEAGE["parent_id"]},
        "parcel_lineage_between_two",
    ),
    ("ownership", OWNER, {"parcel_id": "0"}, "ownership_of_parcel"),
    ("ownership", OWNER, {"import_run_id": "0"}, "ownership_from_import"),
    ("ownership", OWNER, {"owner_name": "''"}, "ownership_name_given"),
    ("ownership", OWNER | ENDED, {"ended_by_run": "0"}, "ownership_ended_by"),
    ("ownership", OWNER | ENDED, {"valid_to": "NULL"}, "ownership_ended_when"),
    (
        "ownership",
        OWNER,
        {"valid_from": "'2026-01-02'", "valid_to": "'2026-01-01'"},
        "ownership_in_order",
    ),
    ("situs_address", ADDRESS, {"parcel_id": "0"}, "situs_address_of_parcel"),
    ("situs_address", ADDRESS, {"import_run_id": "0"}, "situs_address_from_import"),
    ("situs_address", ADDRESS | MOVED, {"was_on_parcel_id": "0"}, "situs_address_was_on"),
    ("situs_address", ADDRESS | MOVED, {"moved_by_run": "0"}, "situs_address_moved_by"),
    ("situs_address", ADDRESS | MOVED, {"moved_by_run": "NULL"}, "situs_address_moved_from"),
    ("situs_address", ADDRESS, {"label": "' '"}, "situs_address_label_given"),
    (
        "situs_address",
        ADDRESS,
        {"number_low": "9", "number_high": "7"},
        "situs_address_numbers_in_order",
    ),
    (
        "situs_address",
        ADDRESS,
        {"geom": "ST_SetSRID(ST_MakePoint('NaN', 27.3), 4326)"},
        "situs_address_geom_plausible",
    ),
    ("zone", ZONE, {"kind": "'beat'"}, "zone_kind_known"),
    ("zone", ZONE, {"name": "' '"}, "zone_named"),
    ("zone", ZONE, {"import_run_id": "0"}, "zone_from_import"),
    ("zone", ZONE, {"import_run_id": "NULL"}, "zone_from_file_or_hand"),
    (
        "zone",
        ZONE,
        {"import_run_id": "NULL", "source_row": "NULL"},
        "zone_from_file_or_hand",
    ),
    ("zone", ZONE, {"geom": NOTHING}, "zone_geom_plausible"),
    ("zone", ZONE, {"geom": FAR}, "zone_inside_town"),
    ("street", STREET, {"rank": "5"}, "street_rank_known"),
    ("street", STREET, {"oneway": "2"}, "street_oneway_known"),
    ("street", STREET, {"maxspeed_kmh": "0"}, "street_maxspeed_plausible"),
    ("street", STREET, {"import_run_id": "0"}, "street_from_import"),
    (
        "street",
        STREET,
        {"geom": "ST_SetSRID('MULTILINESTRING EMPTY'::geometry, 4326)"},
        "street_geom_plausible",
    ),
    ("street_name", {"street_key": "'a'", "name": "'A'"}, {"name": "''"}, "street_name_given"),
    ("layer_change", {"layer": "'ground'"}, {"layer": "'sky'"}, "layer_change_layer_known"),
]

TWICE: list[tuple[str, dict[str, str], str]] = [
    ("parcel_period", PERIOD, "parcel_period_no_overlap"),
    ("parcel_lineage", LINEAGE, "parcel_lineage_pk"),
    ("ownership", OWNER, "ownership_no_overlap"),
    ("situs_address", ADDRESS, "situs_address_once"),
    ("zone", ZONE, "zone_once"),
    ("street", STREET, "street_once"),
    ("street_name", {"street_key": "'a'", "name": "'A'"}, "street_name_pk"),
]


@pytest.fixture
def ground(connection: sa.Connection) -> sa.Connection:
    """A town with two parcels and a run they came from."""
    _insert(connection, "town", TOWN)
    _insert(connection, "import_run", RUN)
    for number in ("'P1'", "'P2'"):
        _insert(connection, "parcel", {"parcel_no": number})
    return connection


def _insert(connection: sa.Connection, table: str, values: dict[str, str]) -> None:
    names, told = ", ".join(values), ", ".join(values.values())
    connection.exec_driver_sql(f"INSERT INTO lotline.{table} ({names}) VALUES ({told})")  # noqa: S608 - ours


def _refused_by(caught: pytest.ExceptionInfo[Any]) -> str | None:
    assert isinstance(caught.value.orig, psycopg.Error)
    return caught.value.orig.diag.constraint_name


@pytest.mark.parametrize(
    ("table", "sound", "fault", "rule"), BROKEN, ids=[f"{b[3]}-{n}" for n, b in enumerate(BROKEN)]
)
def test_a_broken_rule_refuses_by_its_name(
    ground: sa.Connection, table: str, sound: dict[str, str], fault: dict[str, str], rule: str
) -> None:
    if table == "town":
        ground.exec_driver_sql("DELETE FROM lotline.town")
    with pytest.raises(sa.exc.IntegrityError) as caught, ground.begin_nested():
        _insert(ground, table, sound | fault)
    assert _refused_by(caught) == rule


@pytest.mark.parametrize(("table", "sound", "rule"), TWICE, ids=[rule for *_, rule in TWICE])
def test_the_same_twice_is_refused_by_name(
    ground: sa.Connection, table: str, sound: dict[str, str], rule: str
) -> None:
    _insert(ground, table, sound)
    with pytest.raises(sa.exc.IntegrityError) as caught, ground.begin_nested():
        _insert(ground, table, sound)
    assert _refused_by(caught) == rule


def test_nothing_lies_anywhere_before_there_is_a_town(ground: sa.Connection) -> None:
    ground.exec_driver_sql("DELETE FROM lotline.town")
    with pytest.raises(sa.exc.IntegrityError) as caught, ground.begin_nested():
        _insert(ground, "zone", ZONE)
    assert _refused_by(caught) == "zone_inside_town"


def test_moving_a_shape_out_of_town_is_refused_like_putting_it_there(
    ground: sa.Connection,
) -> None:
    _insert(ground, "zone", ZONE)
    with pytest.raises(sa.exc.IntegrityError) as caught, ground.begin_nested():
        ground.exec_driver_sql(f"UPDATE lotline.zone SET geom = {FAR}")  # noqa: S608 - ours
    assert _refused_by(caught) == "zone_inside_town"


@pytest.mark.parametrize(
    ("table", "values"),
    [("parcel_period", PERIOD), ("situs_address", ADDRESS), ("zone", ZONE), ("street", STREET)],
)
def test_every_change_of_a_layer_moves_its_generation(
    ground: sa.Connection, table: str, values: dict[str, str]
) -> None:
    generation = sa.text("SELECT generation FROM published.generation WHERE layer = 'ground'")
    seen = [ground.scalar(generation) or 0]
    _insert(ground, table, values)
    seen.append(ground.scalar(generation) or 0)
    for deed in ("UPDATE lotline.{} SET source_row = 2", "DELETE FROM lotline.{}"):
        ground.exec_driver_sql(deed.format(table))
        seen.append(ground.scalar(generation) or 0)
    assert seen == sorted(set(seen))
