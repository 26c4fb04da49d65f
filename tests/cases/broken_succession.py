"""Break each rule of what a later year's parcels did to those on record once, by its name."""

RUN = "(SELECT max(id) FROM lotline.import_run)"
REFRESH = """INSERT INTO lotline.parcel_refresh (import_run_id, as_of, unchanged)
    VALUES ({run}, '2027-01-01', 2)"""
FATE = """INSERT INTO lotline.parcel_fate (import_run_id, parcel_id, fate, parcel_no)
    VALUES ({run}, {parcel}, {fate}, 'A-1')"""
OF_REFRESH = "UPDATE lotline.parcel_refresh SET {}"
SUCCESSION = "UPDATE lotline.succession SET {}"
TWICE = """INSERT INTO lotline.succession (import_run_id, kind, row_id, from_parcel_id)
    SELECT import_run_id, kind, row_id, from_parcel_id FROM lotline.succession"""


def _fate(**changes: str) -> str:
    said = {"run": RUN, "parcel": "(SELECT max(id) FROM lotline.parcel)", "fate": "'split'"}
    return FATE.format(**said | changes)


FILL = f"""
    {REFRESH.format(run=RUN)};
    {_fate(parcel="(SELECT min(id) FROM lotline.parcel)")};
    INSERT INTO lotline.succession (import_run_id, kind, row_id, from_parcel_id)
    SELECT {RUN}, 'case', 7, min(id) FROM lotline.parcel
"""  # noqa: S608 - ours

BROKEN = [
    ("parcel_refresh_of_run", REFRESH.format(run="999999")),
    ("parcel_refresh_counts", OF_REFRESH.format("unchanged = -1")),
    ("parcel_refresh_undone_by_somebody", OF_REFRESH.format("undone_at = now()")),
    ("parcel_refresh_undone_by_somebody", OF_REFRESH.format("undone_at = now(), undone_by = ' '")),
    ("parcel_fate_in_refresh", _fate(run="999999")),
    ("parcel_fate_of_parcel", _fate(parcel="999999")),
    ("parcel_fate_known", _fate(fate="'sold'")),
    ("succession_in_refresh", SUCCESSION.format("import_run_id = 999999")),
    ("succession_from", SUCCESSION.format("from_parcel_id = 999999")),
    (
        "succession_to",
        SUCCESSION.format(
            "to_parcel_id = 999999, decided_on = '2027-01-02', decided_by = 'x', because = 'x'"
        ),
    ),
    ("succession_kind_known", SUCCESSION.format("kind = 'tree'")),
    ("succession_once", TWICE),
    ("succession_decided_whole", SUCCESSION.format("decided_on = '2027-01-02'")),
    ("succession_decided_whole", SUCCESSION.format("to_parcel_id = from_parcel_id")),
    (
        "succession_decided_whole",
        SUCCESSION.format("decided_on = '2027-01-02', decided_by = ' ', because = 'x'"),
    ),
    (
        "succession_point_plausible",
        SUCCESSION.format("point_was = ST_SetSRID(ST_MakePoint('NaN', 27.3), 4326)"),
    ),
]
