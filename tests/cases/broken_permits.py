"""Break each rule of the database on permits once, by its name."""

FOLLOWS = ("broken_casefile",)

FILL = """
    INSERT INTO lotline.permit (number, parcel_id, kind, status, issued_on, expires_on,
        content_sha, import_run_id, source_row)
    SELECT 'B-1', min(p.id), 'Re-roof', 'issued', '2026-05-01', '2026-11-01', '',
           (SELECT max(id) FROM lotline.import_run), 1 FROM lotline.parcel p;
"""

PERMIT = "UPDATE lotline.permit SET {}"
TWICE = """INSERT INTO lotline.permit (number, parcel_id, kind, status, content_sha, import_run_id,
    source_row) SELECT number, parcel_id, kind, status, '', import_run_id, 2 FROM lotline.permit"""

BROKEN = [
    ("permit_number_once", TWICE),
    ("permit_of_parcel", PERMIT.format("parcel_id = 999999")),
    ("permit_of_run", PERMIT.format("import_run_id = 999999")),
    ("permit_says_what", PERMIT.format("number = ' '")),
    ("permit_says_what", PERMIT.format("kind = ' '")),
    ("permit_status_known", PERMIT.format("status = 'lost'")),
    ("permit_in_order", PERMIT.format("expires_on = '2026-04-30'")),
]
