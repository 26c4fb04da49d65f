"""End a parcel that cases stand on, as a later year's file would, so that one of them waits."""

import sqlalchemy as sa

_END = sa.text("""
    WITH run AS (
        INSERT INTO lotline.import_run (kind, file_name, file_sha256, as_of, actor, started_at,
            finished_at, rows_read, rows_loaded, rows_repaired, rows_merged, rows_unchanged,
            rows_rejected)
        VALUES ('parcels', 'next year', '1', '2026-06-01', 'test', now(), now(), 0, 0, 0, 0, 0, 0)
        RETURNING id
    ), refresh AS (
        INSERT INTO lotline.parcel_refresh (import_run_id, as_of, unchanged)
        SELECT id, '2026-06-01', 5 FROM run RETURNING import_run_id
    ), fate AS (
        INSERT INTO lotline.parcel_fate (import_run_id, parcel_id, fate, parcel_no)
        SELECT refresh.import_run_id, parcel.id, 'split', parcel_no FROM refresh, lotline.parcel
        WHERE parcel.id = :parcel_id
    ), parts AS (
        INSERT INTO lotline.parcel_lineage (parent_id, child_id, as_of, share, import_run_id)
        SELECT :parcel_id, id, '2026-06-01', 0.5, import_run_id FROM refresh, lotline.parcel
        WHERE id <> :parcel_id ORDER BY id LIMIT 2
    )
    INSERT INTO lotline.succession (import_run_id, kind, row_id, from_parcel_id)
    SELECT import_run_id, 'case', :case_id, :parcel_id FROM refresh RETURNING id
""")


def end_parcel(connection: sa.Connection, *, case_id: int, parcel_id: int) -> int:
    """Say that a case's parcel was split in two others; gives what waits."""
    ended = connection.execute(_END, {"case_id": case_id, "parcel_id": parcel_id})
    return int(ended.scalar_one())
