-- Count the stale cells anew, then every cell above them, level by level, from the four below:
-- for the public what is published and open, for staff whatever has not ended.
-- Taking the marks and counting are two statements on purpose: the later one sees at least
-- every case whose mark the earlier one took.
DO $$
DECLARE
    stale integer;
    known integer;
BEGIN
    PERFORM set_config('work_mem', '128MB', true);
    CREATE TEMP TABLE stale_cell ON COMMIT DROP AS
        WITH taken AS (DELETE FROM lotline.case_grid_stale RETURNING cx, cy)
        SELECT DISTINCT cx, cy FROM taken;
    SELECT count(*) INTO stale FROM stale_cell;
    SELECT count(*) INTO known FROM lotline.case_grid WHERE audience = 'staff' AND z = 13;

    IF stale > known / 5 THEN
        -- Most of the grid: whole passes over the tables beat a search per cell.
        DELETE FROM lotline.case_grid;
        INSERT INTO lotline.case_grid (audience, z, cx, cy, open_cases)
        SELECT audience, 13, cell_x, cell_y, open_cases
        FROM (SELECT cell_x, cell_y, count(*) AS to_staff, count(*) FILTER (
                         WHERE published AND NOT withheld
                           AND (open_violations > 0 OR phase = 'lien')) AS to_public
              FROM lotline.case_file
              WHERE cell_x IS NOT NULL
                AND phase NOT IN ('closed', 'complied', 'unfounded', 'void')
              GROUP BY cell_x, cell_y) counted
        CROSS JOIN LATERAL
            (VALUES ('staff', to_staff), ('public', to_public)) seen (audience, open_cases)
        WHERE open_cases > 0;
        FOR level IN REVERSE 12..0 LOOP
            INSERT INTO lotline.case_grid (audience, z, cx, cy, open_cases)
            SELECT audience, level, cx >> 1, cy >> 1, sum(open_cases)
            FROM lotline.case_grid WHERE z = level + 1
            GROUP BY audience, cx >> 1, cy >> 1;
        END LOOP;
        ANALYZE lotline.case_grid;

    ELSIF stale > 0 THEN
        ANALYZE stale_cell;
        DELETE FROM lotline.case_grid g USING stale_cell s
        WHERE g.audience IN ('staff', 'public') AND g.z = 13 AND g.cx = s.cx AND g.cy = s.cy;
        INSERT INTO lotline.case_grid (audience, z, cx, cy, open_cases)
        SELECT audience, 13, cx, cy, open_cases
        FROM (SELECT s.cx, s.cy, count(*) AS to_staff, count(*) FILTER (
                         WHERE published AND NOT withheld
                           AND (open_violations > 0 OR phase = 'lien')) AS to_public
              FROM stale_cell s JOIN lotline.case_file f ON f.cell_x = s.cx AND f.cell_y = s.cy
              WHERE f.phase NOT IN ('closed', 'complied', 'unfounded', 'void')
              GROUP BY s.cx, s.cy) counted
        CROSS JOIN LATERAL
            (VALUES ('staff', to_staff), ('public', to_public)) seen (audience, open_cases)
        WHERE open_cases > 0;
        FOR level IN REVERSE 12..0 LOOP
            CREATE TEMP TABLE above_cell ON COMMIT DROP AS
                SELECT DISTINCT cx >> 1 AS cx, cy >> 1 AS cy FROM stale_cell;
            DROP TABLE stale_cell;
            ALTER TABLE above_cell RENAME TO stale_cell;
            ANALYZE stale_cell;
            DELETE FROM lotline.case_grid g USING stale_cell s
            WHERE g.audience IN ('staff', 'public')
              AND g.z = level AND g.cx = s.cx AND g.cy = s.cy;
            INSERT INTO lotline.case_grid (audience, z, cx, cy, open_cases)
            SELECT g.audience, level, s.cx, s.cy, sum(g.open_cases)
            FROM stale_cell s
            CROSS JOIN (VALUES ('staff'), ('public')) seen (audience)
            CROSS JOIN (VALUES (0), (1)) east (dx)
            CROSS JOIN (VALUES (0), (1)) south (dy)
            JOIN lotline.case_grid g
              ON g.audience = seen.audience AND g.z = level + 1
             AND g.cx = s.cx * 2 + dx AND g.cy = s.cy * 2 + dy
            GROUP BY g.audience, s.cx, s.cy;
        END LOOP;
    END IF;

    IF stale > 0 THEN
        INSERT INTO lotline.layer_change (layer) VALUES ('cases');
    END IF;
    DROP TABLE stale_cell;
END $$;
