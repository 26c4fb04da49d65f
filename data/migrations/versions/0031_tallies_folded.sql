-- Tallies that are appended are told from those folded together, so that folding costs what was
-- appended and not what there is; and no two changes of one case reckon with a case and its
-- milestones as they were before the other.
ALTER TABLE lotline.case_tally ADD COLUMN folded boolean NOT NULL DEFAULT false;
WITH taken AS (DELETE FROM lotline.case_tally RETURNING *)
INSERT INTO lotline.case_tally (figure, on_day, zone_id, officer_id, took, cases, folded)
SELECT figure, on_day, zone_id, officer_id, took, sum(cases), true
FROM taken GROUP BY 1, 2, 3, 4, 5 HAVING sum(cases) <> 0;
CREATE UNIQUE INDEX case_tally_folded_once
    ON lotline.case_tally (figure, on_day, zone_id, officer_id, took) NULLS NOT DISTINCT
    WHERE folded;
-- What is to be folded, and what was folded to none.
CREATE INDEX case_tally_to_fold ON lotline.case_tally (figure) WHERE NOT folded OR cases = 0;
ALTER TABLE lotline.case_tally
    DROP CONSTRAINT case_tally_counts_something,
    ADD CONSTRAINT case_tally_counts_something CHECK (folded OR cases <> 0);

-- Whoever changes a milestone holds its case first, as whoever changes the case does; so what is
-- read after is what the other left. A statement of a function sees what was committed before it
-- began: the holding and the reading are two.
CREATE OR REPLACE FUNCTION lotline.keep_case_activity() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    PERFORM FROM lotline.case_file WHERE id IN (SELECT case_id FROM arrived)
        ORDER BY id FOR NO KEY UPDATE;
    UPDATE lotline.case_activity kept SET last_on = moved.last_on
    FROM (SELECT case_id, max(happened_on) AS last_on FROM arrived GROUP BY case_id) moved
    WHERE kept.case_id = moved.case_id AND (kept.last_on < moved.last_on OR kept.last_on IS NULL);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION lotline.keep_inspected_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
DECLARE of_case bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.case_id ELSE NEW.case_id END;
BEGIN
    PERFORM FROM lotline.case_file WHERE id = of_case FOR NO KEY UPDATE;
    UPDATE lotline.case_activity kept SET inspected_on = told.day
    FROM (SELECT min(made_on) AS day FROM lotline.inspection WHERE case_id = of_case) told
    WHERE kept.case_id = of_case AND kept.inspected_on IS DISTINCT FROM told.day;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION lotline.keep_noticed_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
DECLARE of_case bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.case_id ELSE NEW.case_id END;
BEGIN
    PERFORM FROM lotline.case_file WHERE id = of_case FOR NO KEY UPDATE;
    UPDATE lotline.case_activity kept SET noticed_on = told.day
    FROM (SELECT min(issued_on) AS day FROM lotline.notice WHERE case_id = of_case) told
    WHERE kept.case_id = of_case AND kept.noticed_on IS DISTINCT FROM told.day;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION lotline.keep_corrected_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
DECLARE of_case bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.case_id ELSE NEW.case_id END;
BEGIN
    PERFORM FROM lotline.case_file WHERE id = of_case FOR NO KEY UPDATE;
    UPDATE lotline.case_activity kept SET corrected_on = told.day
    FROM (SELECT max(corrected_on) AS day FROM lotline.violation WHERE case_id = of_case) told
    WHERE kept.case_id = of_case AND kept.corrected_on IS DISTINCT FROM told.day;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION lotline.keep_cited() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
DECLARE of_case bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.case_id ELSE NEW.case_id END;
BEGIN
    PERFORM FROM lotline.case_file WHERE id = of_case FOR NO KEY UPDATE;
    UPDATE lotline.case_activity kept SET cited = told.stands
    FROM (SELECT EXISTS (SELECT FROM lotline.citation
                         WHERE case_id = of_case AND status <> 'voided') AS stands) told
    WHERE kept.case_id = of_case AND kept.cited IS DISTINCT FROM told.stands;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION lotline.tally_activity_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    PERFORM FROM lotline.case_file WHERE id IN (SELECT case_id FROM arrived)
        ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO lotline.case_tally (figure, on_day, zone_id, officer_id, took, cases)
    SELECT t.figure, t.on_day, t.zone_id, t.officer_id, t.took, sum(a.many)
    FROM (SELECT *, -1 AS many FROM gone UNION ALL SELECT *, 1 FROM arrived) a
    JOIN lotline.case_file c ON c.id = a.case_id
    CROSS JOIN LATERAL lotline.tallies_of(
        c.phase, c.imported_stage IS NOT NULL, c.opened_on, c.closed_on, c.next_due, c.zone_id,
        c.officer_id, a.last_on, a.inspected_on, a.noticed_on, a.corrected_on, a.cited) t
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(a.many) <> 0;
    RETURN NULL;
END $$;

-- What the parts of each case say of its milestones, which those kept must equal.
CREATE VIEW lotline.case_activity_told AS
SELECT c.id AS case_id, e.last_on, i.inspected_on, n.noticed_on, v.corrected_on,
    z.case_id IS NOT NULL AS cited
FROM lotline.case_file c
LEFT JOIN (SELECT case_id, max(happened_on) AS last_on FROM lotline.case_event GROUP BY 1) e
    ON e.case_id = c.id
LEFT JOIN (SELECT case_id, min(made_on) AS inspected_on FROM lotline.inspection GROUP BY 1) i
    ON i.case_id = c.id
LEFT JOIN (SELECT case_id, min(issued_on) AS noticed_on FROM lotline.notice GROUP BY 1) n
    ON n.case_id = c.id
LEFT JOIN (SELECT case_id, max(corrected_on) AS corrected_on FROM lotline.violation GROUP BY 1) v
    ON v.case_id = c.id
LEFT JOIN (SELECT DISTINCT case_id FROM lotline.citation WHERE status <> 'voided') z
    ON z.case_id = c.id;

-- Mend what is kept where it is not what the parts say, while work goes on: milestones of cases
-- that are held meanwhile, then the tallies by what they lack. Answers how many of each were wrong.
DROP FUNCTION lotline.tally_anew();
CREATE FUNCTION lotline.tally_anew(OUT milestones bigint, OUT tallies bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
DECLARE wrong bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(7011623);
    wrong := ARRAY(
        SELECT told.case_id FROM lotline.case_activity_told told
        LEFT JOIN lotline.case_activity kept ON kept.case_id = told.case_id
        WHERE (kept.case_id, kept.last_on, kept.inspected_on, kept.noticed_on, kept.corrected_on,
               kept.cited)
            IS DISTINCT FROM
              (told.case_id, told.last_on, told.inspected_on, told.noticed_on, told.corrected_on,
               told.cited));
    PERFORM FROM lotline.case_file WHERE id = ANY(wrong) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO lotline.case_activity AS kept
        (case_id, last_on, inspected_on, noticed_on, corrected_on, cited)
    SELECT case_id, last_on, inspected_on, noticed_on, corrected_on, cited
    FROM lotline.case_activity_told WHERE case_id = ANY(wrong)
    ON CONFLICT (case_id) DO UPDATE SET (last_on, inspected_on, noticed_on, corrected_on, cited)
        = (excluded.last_on, excluded.inspected_on, excluded.noticed_on, excluded.corrected_on,
           excluded.cited)
    WHERE (kept.last_on, kept.inspected_on, kept.noticed_on, kept.corrected_on, kept.cited)
        IS DISTINCT FROM
          (excluded.last_on, excluded.inspected_on, excluded.noticed_on, excluded.corrected_on,
           excluded.cited);
    GET DIAGNOSTICS milestones = ROW_COUNT;
    INSERT INTO lotline.case_tally (figure, on_day, zone_id, officer_id, took, cases)
    SELECT figure, on_day, zone_id, officer_id, took, sum(cases) FROM (
        SELECT figure, on_day, zone_id, officer_id, took, cases FROM lotline.case_tally_counted
        UNION ALL
        SELECT figure, on_day, zone_id, officer_id, took, -cases FROM lotline.case_tally
    ) both_ways
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(cases) <> 0;
    GET DIAGNOSTICS tallies = ROW_COUNT;
END $$;
