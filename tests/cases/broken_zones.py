"""Break each rule of the database on drawings of zones once, by its name."""

SHAPE = "ST_Multi(ST_MakeEnvelope(-80.399, 27.299, -80.398, 27.302, 4326))"
DRAWING = """INSERT INTO lotline.zone_drawing
    (zone_id, actor, drawn_on, recorded_at, cases_moved, old_name, old_officer_name, old_geom,
     name, officer_name, geom, file_name)
    VALUES ({zone_id}, {actor}, '2026-06-01', now(), {cases_moved}, {old_name}, {old_officer_name},
            {old_geom}, {name}, {officer_name}, {geom}, {file_name})"""


def _drawing(**changes: str) -> str:
    said = {
        "zone_id": "(SELECT min(id) FROM lotline.zone)", "actor": "'A. Stone'", "cases_moved": "0",
        "old_name": "'North'", "old_officer_name": "NULL", "old_geom": SHAPE, "name": "'South'",
        "officer_name": "NULL", "geom": SHAPE, "file_name": "NULL",
        **changes,
    }  # fmt: skip
    return DRAWING.format(**said)


HANDED = """WITH drawn AS (SELECT max(id) AS id FROM lotline.zone_drawing)
    INSERT INTO lotline.zone_handing (drawing_id, case_id, old_officer_name, officer_name)
    SELECT {drawing}, {case}, {old}, {officer} FROM drawn"""


def _handing(**changes: str) -> str:
    case = "(SELECT min(id) FROM lotline.case_file)"
    said = {"drawing": "id", "case": case, "old": "'M. Rivera'", "officer": "NULL", **changes}
    return HANDED.format(**said)


NEW = {"old_name": "NULL", "old_geom": "NULL"}
FILL = f"{_drawing()}; {_handing()}"

BROKEN = [
    ("zone_drawing_of_zone", _drawing(zone_id="999999")),
    ("zone_drawing_says_who", _drawing(actor="' '")),
    ("zone_drawing_named", _drawing(name="' '")),
    ("zone_drawing_file_named", _drawing(file_name="' '")),
    ("zone_drawing_moved_counted", _drawing(cases_moved="-1")),
    ("zone_drawing_old_whole", _drawing(old_geom="NULL")),
    ("zone_drawing_old_whole", _drawing(**{**NEW, "old_officer_name": "'M. Rivera'"})),
    ("zone_drawing_changes_something", _drawing(name="'North'")),
    ("zone_drawing_geom_plausible", _drawing(geom="'SRID=4326;MULTIPOLYGON EMPTY'")),
    ("zone_drawing_append_only", "UPDATE lotline.zone_drawing SET actor = 'y'"),
    ("zone_drawing_append_only", "DELETE FROM lotline.zone_drawing"),
    ("zone_drawing_append_only", "TRUNCATE lotline.zone_drawing CASCADE"),
    ("zone_handing_of_drawing", _handing(drawing="999999")),
    ("zone_handing_of_case", _handing(case="999999")),
    ("zone_handing_to_another", _handing(officer="'M. Rivera'")),
    ("zone_handing_to_another", _handing(old="NULL")),
    ("zone_handing_append_only", "UPDATE lotline.zone_handing SET officer_name = 'y'"),
    ("zone_handing_append_only", "DELETE FROM lotline.zone_handing"),
    ("zone_handing_append_only", "TRUNCATE lotline.zone_handing"),
]
