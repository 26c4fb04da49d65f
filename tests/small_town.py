"""Lay out a town of six lots in two officers' zones, and write the files it might import."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from cases.importing import load_cases, load_liens
from geo.loading.mapping import Mapping as ColumnMapping
from geo.loading.rows import Outcome
from geo.loading.runs import Request

TODAY = date(2026, 6, 15)

# Lots stand in a row from 80.400 W, 27.300 N, each 0.001 degrees a side
# are in zone 1, A-4 to A-6 in zone 2. A-6 was larger until 2020.
LAYOUT = """
    INSERT INTO lotline.town (name, srid, extent)
    VALUES ('Smallville', 32617, ST_MakeEnvelope(-80.6, 27.1, -80.2, 27.5, 4326));
    INSERT INTO lotline.import_run (kind, file_name, file_sha256, actor, started_at, finished_at,
        rows_read, rows_loaded, rows_repaired, rows_merged, rows_unchanged, rows_rejected)
    VALUES ('parcels', 'small', '0', 'test', now(), now(), 0, 0, 0, 0, 0, 0);
    INSERT INTO lotline.parcel (parcel_no) SELECT 'A-' || n FROM generate_series(1, 6) n;
    INSERT INTO lotline.parcel_period (parcel_id, valid_from, valid_to, situs_address, area_m2,
        content_sha, import_run_id, source_row, geom, geom_3857)
    SELECT id, since, until, 100 + n || ' Alder St', 10000, '', run, n, shape,
           ST_Transform(shape, 3857)
    FROM (SELECT p.id, n, (SELECT max(id) FROM lotline.import_run) AS run, since, until,
                 ST_Multi(ST_MakeEnvelope(
                     -80.400 + n * 0.001, 27.3, -80.399 + n * 0.001, 27.301 + grown, 4326)) AS shape
          FROM lotline.parcel p, LATERAL (SELECT substr(parcel_no, 3)::integer AS n) lot,
               LATERAL (VALUES (NULL::date, CASE WHEN n = 6 THEN date '2020-01-01' END,
                                CASE WHEN n = 6 THEN 0.001 ELSE 0 END),
                               (date '2020-01-01', NULL::date, 0)) AS held (since, until, grown)
          WHERE n = 6 OR since IS NULL) lots;
    INSERT INTO lotline.situs_address (parcel_id, label, number_low, number_high, street,
        street_key, content_sha, import_run_id, source_row, geom, geom_3857)
    SELECT parcel_id, situs_address, left(situs_address, 3)::integer,
           left(situs_address, 3)::integer, 'Alder St', 'alder st', '', import_run_id, source_row,
           ST_Centroid(geom), ST_Centroid(geom_3857)
    FROM lotline.parcel_period WHERE valid_to IS NULL;
    INSERT INTO lotline.zone (kind, code, name, officer_name, content_sha, import_run_id,
        source_row, geom, geom_3857)
    SELECT 'officer', z::text, 'Zone ' || z, 'Officer ' || z, '',
           (SELECT max(id) FROM lotline.import_run), z, shape, ST_Transform(shape, 3857)
    FROM generate_series(1, 2) z,
         LATERAL (SELECT ST_Multi(ST_MakeEnvelope(-80.402 + z * 0.003, 27.299,
                                                  -80.399 + z * 0.003, 27.302, 4326)) AS shape) box;
"""

VIOLATION = {
    "case_no": "C-1",
    "parcel_no": "A-1",
    "category": "High grass",
    "section": "Sec. 30-36(b)",
    "section_text": "Grass over 12 inches",
    "found_on": "2026-06-01",
    "comply_by": "2026-06-10",
    "status": "open",
}


def lay_out(connection: sa.Connection) -> None:
    """Make the town; its street list is not needed here."""
    connection.exec_driver_sql(LAYOUT)


def write(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """Write rows as a CSV whose columns are all that any row names."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def violation(**changes: str) -> dict[str, str]:
    """Tell of an open violation on lot A-1, or of one that differs."""
    return {**VIOLATION, **changes}


def import_cases(
    connection: sa.Connection,
    folder: Path,
    *rows: Mapping[str, str],
    mapping: ColumnMapping | None = None,
) -> Outcome:
    """Import violations from a CSV of these rows."""
    return load_cases(connection, _request(folder, rows, mapping=mapping))


def import_liens(
    connection: sa.Connection,
    folder: Path,
    *rows: Mapping[str, str],
    mapping: ColumnMapping | None = None,
) -> Outcome:
    """Import liens from a CSV of these rows."""
    return load_liens(connection, _request(folder, rows, mapping=mapping))


def _request(
    folder: Path, rows: Sequence[Mapping[str, str]], *, mapping: ColumnMapping | None
) -> Request:
    path = write(folder / "rows.csv", rows)
    return Request(path=path, today=TODAY, actor="clerk", mapping=mapping)
