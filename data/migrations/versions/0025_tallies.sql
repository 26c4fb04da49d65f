-- Milestones of a case, kept beside its last event as its parts say them, so that lists and
-- figures need not look through the parts.
ALTER TABLE lotline.case_activity
    ADD COLUMN inspected_on date,
    ADD COLUMN noticed_on date,
    ADD COLUMN corrected_on date,
    ADD COLUMN cited boolean NOT NULL DEFAULT false;
CREATE INDEX case_activity_inspected ON lotline.case_activity (inspected_on)
    WHERE inspected_on IS NOT NULL;
CREATE INDEX case_activity_noticed ON lotline.case_activity (noticed_on)
    WHERE noticed_on IS NOT NULL;
CREATE INDEX case_activity_corrected ON lotline.case_activity (corrected_on)
    WHERE corrected_on IS NOT NULL;

-- What officers still drive to: whoever has it, a case not closed.
CREATE INDEX case_unclosed_by_zone ON lotline.case_file (zone_id)
    WHERE closed_on IS NULL AND voided_on IS NULL;
CREATE INDEX violation_alleged ON lotline.violation (case_id) WHERE status = 'alleged';

-- How many cases there are of what is counted, by day, zone and officer. A counter without a hot
-- row: a change adds rows, of minus what was and plus what is, and a count is their sum. It moves
-- with the commit and nobody waits; rows alike are folded together now and then.
CREATE TABLE lotline.case_tally (
    figure text NOT NULL,
    on_day date,
    zone_id bigint,
    officer_id bigint,
    took integer,
    cases bigint NOT NULL,
    CONSTRAINT case_tally_figure_known CHECK (figure IN ('open', 'held', 'reported', 'quiet',
        'opened', 'closed', 'verified', 'voluntary', 'inspected', 'noticed', 'complied')),
    CONSTRAINT case_tally_counts_something CHECK (cases <> 0)
);
CREATE INDEX case_tally_of ON lotline.case_tally (figure, on_day);

-- What a case counts for. Of those that have not ended: how old, who has it and until when, and
-- how long it has been quiet; of all: what happened when, and how many days after the opening.
CREATE FUNCTION lotline.tallies_of(
    phase text, imported boolean, opened_on date, closed_on date, next_due date,
    zone_id bigint, officer_id bigint,
    last_on date, inspected_on date, noticed_on date, corrected_on date, cited boolean
) RETURNS TABLE (figure text, on_day date, zone_id bigint, officer_id bigint, took integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT each.figure, each.on_day, each.zone_id, each.officer_id, each.took
    FROM (VALUES
        ('open', $3, NULL::bigint, NULL::bigint, NULL::integer,
            $1 NOT IN ('closed', 'complied', 'unfounded', 'void')),
        ('held', CASE WHEN $1 = 'open' THEN $5 END, $6, $7, NULL,
            $1 NOT IN ('closed', 'complied', 'unfounded', 'void')),
        ('reported', NULL, $6, $7, NULL, $1 = 'reported'),
        ('quiet', $8, $6, $7, NULL,
            $8 IS NOT NULL AND $1 NOT IN ('closed', 'complied', 'unfounded', 'void')),
        ('opened', $3, NULL, NULL, NULL, $3 IS NOT NULL),
        ('closed', $4, NULL, NULL, NULL, $4 IS NOT NULL),
        ('verified', $4, NULL, NULL, NULL, $4 IS NOT NULL AND $1 IN ('complied', 'closed')),
        ('voluntary', $4, NULL, NULL, NULL,
            $4 IS NOT NULL AND $1 = 'complied' AND NOT $2 AND NOT $12),
        ('inspected', $9, NULL, NULL, $9 - $3, $9 IS NOT NULL),
        ('noticed', $10, NULL, NULL, $10 - $3, $10 IS NOT NULL),
        ('complied', $11, NULL, NULL, $11 - $3, $11 IS NOT NULL AND $1 = 'complied')
    ) AS each (figure, on_day, zone_id, officer_id, took, counts)
    WHERE each.counts
$$;

-- The same counted from the cases themselves, which the tallies must equal.
CREATE VIEW lotline.case_tally_counted AS
SELECT t.figure, t.on_day, t.zone_id, t.officer_id, t.took, count(*) AS cases
FROM lotline.case_file c
JOIN lotline.case_activity a ON a.case_id = c.id
CROSS JOIN LATERAL lotline.tallies_of(
    c.phase, c.imported_stage IS NOT NULL, c.opened_on, c.closed_on, c.next_due, c.zone_id,
    c.officer_id, a.last_on, a.inspected_on, a.noticed_on, a.corrected_on, a.cited) t
GROUP BY 1, 2, 3, 4, 5;

-- A case has its row from its first moment.
CREATE FUNCTION lotline.begin_case_activity() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    INSERT INTO lotline.case_activity (case_id) SELECT id FROM arrived;
    RETURN NULL;
END $$;
CREATE TRIGGER case_file_begins_activity AFTER INSERT ON lotline.case_file
    REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT
    EXECUTE FUNCTION lotline.begin_case_activity();
-- Every case having one, an event only moves it.
CREATE OR REPLACE FUNCTION lotline.keep_case_activity() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    UPDATE lotline.case_activity kept SET last_on = moved.last_on
    FROM (SELECT case_id, max(happened_on) AS last_on FROM arrived GROUP BY case_id) moved
    WHERE kept.case_id = moved.case_id AND (kept.last_on < moved.last_on OR kept.last_on IS NULL);
    RETURN NULL;
END $$;
-- It goes before its case does, so that what it counted for can still be told.
CREATE FUNCTION lotline.end_case_activity() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    DELETE FROM lotline.case_activity WHERE case_id = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER case_file_ends_activity BEFORE DELETE ON lotline.case_file
    FOR EACH ROW EXECUTE FUNCTION lotline.end_case_activity();

CREATE FUNCTION lotline.keep_inspected_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
DECLARE of_case bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.case_id ELSE NEW.case_id END;
        day date := (SELECT min(made_on) FROM lotline.inspection WHERE case_id = of_case);
BEGIN
    UPDATE lotline.case_activity SET inspected_on = day
    WHERE case_id = of_case AND inspected_on IS DISTINCT FROM day;
    RETURN NULL;
END $$;
CREATE FUNCTION lotline.keep_noticed_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
DECLARE of_case bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.case_id ELSE NEW.case_id END;
        day date := (SELECT min(issued_on) FROM lotline.notice WHERE case_id = of_case);
BEGIN
    UPDATE lotline.case_activity SET noticed_on = day
    WHERE case_id = of_case AND noticed_on IS DISTINCT FROM day;
    RETURN NULL;
END $$;
CREATE FUNCTION lotline.keep_corrected_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
DECLARE of_case bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.case_id ELSE NEW.case_id END;
        day date := (SELECT max(corrected_on) FROM lotline.violation WHERE case_id = of_case);
BEGIN
    UPDATE lotline.case_activity SET corrected_on = day
    WHERE case_id = of_case AND corrected_on IS DISTINCT FROM day;
    RETURN NULL;
END $$;
CREATE FUNCTION lotline.keep_cited() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
DECLARE of_case bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.case_id ELSE NEW.case_id END;
        stands boolean := EXISTS (
            SELECT FROM lotline.citation WHERE case_id = of_case AND status <> 'voided');
BEGIN
    UPDATE lotline.case_activity SET cited = stands
    WHERE case_id = of_case AND cited IS DISTINCT FROM stands;
    RETURN NULL;
END $$;
CREATE TRIGGER inspection_keeps_activity_insert AFTER INSERT ON lotline.inspection
    FOR EACH ROW WHEN (NEW.made_on IS NOT NULL) EXECUTE FUNCTION lotline.keep_inspected_on();
CREATE TRIGGER inspection_keeps_activity_update AFTER UPDATE ON lotline.inspection
    FOR EACH ROW WHEN (OLD.made_on IS DISTINCT FROM NEW.made_on)
    EXECUTE FUNCTION lotline.keep_inspected_on();
CREATE TRIGGER inspection_keeps_activity_delete AFTER DELETE ON lotline.inspection
    FOR EACH ROW WHEN (OLD.made_on IS NOT NULL) EXECUTE FUNCTION lotline.keep_inspected_on();
CREATE TRIGGER notice_keeps_activity_insert AFTER INSERT ON lotline.notice
    FOR EACH ROW WHEN (NEW.issued_on IS NOT NULL) EXECUTE FUNCTION lotline.keep_noticed_on();
CREATE TRIGGER notice_keeps_activity_update AFTER UPDATE ON lotline.notice
    FOR EACH ROW WHEN (OLD.issued_on IS DISTINCT FROM NEW.issued_on)
    EXECUTE FUNCTION lotline.keep_noticed_on();
CREATE TRIGGER notice_keeps_activity_delete AFTER DELETE ON lotline.notice
    FOR EACH ROW WHEN (OLD.issued_on IS NOT NULL) EXECUTE FUNCTION lotline.keep_noticed_on();
CREATE TRIGGER violation_keeps_activity_insert AFTER INSERT ON lotline.violation
    FOR EACH ROW WHEN (NEW.corrected_on IS NOT NULL) EXECUTE FUNCTION lotline.keep_corrected_on();
CREATE TRIGGER violation_keeps_activity_update AFTER UPDATE ON lotline.violation
    FOR EACH ROW WHEN (OLD.corrected_on IS DISTINCT FROM NEW.corrected_on)
    EXECUTE FUNCTION lotline.keep_corrected_on();
CREATE TRIGGER violation_keeps_activity_delete AFTER DELETE ON lotline.violation
    FOR EACH ROW WHEN (OLD.corrected_on IS NOT NULL) EXECUTE FUNCTION lotline.keep_corrected_on();
CREATE TRIGGER citation_keeps_activity AFTER INSERT OR DELETE ON lotline.citation
    FOR EACH ROW EXECUTE FUNCTION lotline.keep_cited();
CREATE TRIGGER citation_keeps_activity_update AFTER UPDATE ON lotline.citation
    FOR EACH ROW WHEN ((OLD.status = 'voided') IS DISTINCT FROM (NEW.status = 'voided'))
    EXECUTE FUNCTION lotline.keep_cited();

-- A part does not change its case, so each change is of one side of the pair: what the other
-- says now, it said before.
CREATE FUNCTION lotline.tally_file_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    INSERT INTO lotline.case_tally (figure, on_day, zone_id, officer_id, took, cases)
    SELECT t.figure, t.on_day, t.zone_id, t.officer_id, t.took, sum(c.many)
    FROM (SELECT id, phase, imported_stage, opened_on, closed_on, next_due, zone_id, officer_id,
                 -1 AS many FROM gone
          UNION ALL
          SELECT id, phase, imported_stage, opened_on, closed_on, next_due, zone_id, officer_id,
                 1 FROM arrived) c
    JOIN lotline.case_activity a ON a.case_id = c.id
    CROSS JOIN LATERAL lotline.tallies_of(
        c.phase, c.imported_stage IS NOT NULL, c.opened_on, c.closed_on, c.next_due, c.zone_id,
        c.officer_id, a.last_on, a.inspected_on, a.noticed_on, a.corrected_on, a.cited) t
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(c.many) <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER case_file_tallied AFTER UPDATE ON lotline.case_file
    REFERENCING OLD TABLE AS gone NEW TABLE AS arrived
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.tally_file_change();

CREATE FUNCTION lotline.tally_activity_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
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
CREATE FUNCTION lotline.tally_activity_one_way() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    INSERT INTO lotline.case_tally (figure, on_day, zone_id, officer_id, took, cases)
    SELECT t.figure, t.on_day, t.zone_id, t.officer_id, t.took, TG_ARGV[0]::integer * count(*)
    FROM moved a
    JOIN lotline.case_file c ON c.id = a.case_id
    CROSS JOIN LATERAL lotline.tallies_of(
        c.phase, c.imported_stage IS NOT NULL, c.opened_on, c.closed_on, c.next_due, c.zone_id,
        c.officer_id, a.last_on, a.inspected_on, a.noticed_on, a.corrected_on, a.cited) t
    GROUP BY 1, 2, 3, 4, 5;
    RETURN NULL;
END $$;
CREATE FUNCTION lotline.tally_nothing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    DELETE FROM lotline.case_tally;
    RETURN NULL;
END $$;

-- Take everything from the parts, as after a restore of tables alone.
CREATE FUNCTION lotline.tally_anew() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    INSERT INTO lotline.case_activity AS kept
        (case_id, last_on, inspected_on, noticed_on, corrected_on, cited)
    SELECT c.id, e.last_on, i.made_on, n.issued_on, v.corrected_on, z.case_id IS NOT NULL
    FROM lotline.case_file c
    LEFT JOIN (SELECT case_id, max(happened_on) AS last_on FROM lotline.case_event GROUP BY 1) e
        ON e.case_id = c.id
    LEFT JOIN (SELECT case_id, min(made_on) AS made_on FROM lotline.inspection GROUP BY 1) i
        ON i.case_id = c.id
    LEFT JOIN (SELECT case_id, min(issued_on) AS issued_on FROM lotline.notice GROUP BY 1) n
        ON n.case_id = c.id
    LEFT JOIN (SELECT case_id, max(corrected_on) AS corrected_on FROM lotline.violation GROUP BY 1) v
        ON v.case_id = c.id
    LEFT JOIN (SELECT DISTINCT case_id FROM lotline.citation WHERE status <> 'voided') z
        ON z.case_id = c.id
    ON CONFLICT (case_id) DO UPDATE SET (last_on, inspected_on, noticed_on, corrected_on, cited)
        = (excluded.last_on, excluded.inspected_on, excluded.noticed_on, excluded.corrected_on,
           excluded.cited);
    DELETE FROM lotline.case_tally;
    INSERT INTO lotline.case_tally (figure, on_day, zone_id, officer_id, took, cases)
    SELECT figure, on_day, zone_id, officer_id, took, cases FROM lotline.case_tally_counted;
END $$;

-- Before anything is tallied by its change, which would be tallied twice.
SELECT lotline.tally_anew();
CREATE TRIGGER case_activity_tallied AFTER UPDATE ON lotline.case_activity
    REFERENCING OLD TABLE AS gone NEW TABLE AS arrived
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.tally_activity_change();
CREATE TRIGGER case_activity_tallied_insert AFTER INSERT ON lotline.case_activity
    REFERENCING NEW TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.tally_activity_one_way('1');
CREATE TRIGGER case_activity_tallied_delete AFTER DELETE ON lotline.case_activity
    REFERENCING OLD TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.tally_activity_one_way('-1');
CREATE TRIGGER case_activity_tallied_truncate AFTER TRUNCATE ON lotline.case_activity
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.tally_nothing();
