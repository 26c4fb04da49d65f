-- How often each thing was done in each case in some days, by what the records hold a day of. A
-- complaint that came to no case stands by itself. What an import tells of no visit for is taken
-- from the days on which violations were found and cases closed.
WITH look AS (
    SELECT case_id, id, booked_for IS NOT NULL AS booked,
        coalesce(made_on, (tried_at AT TIME ZONE :zone)::date) AS on_day,
        row_number() OVER (PARTITION BY case_id ORDER BY
            coalesce(made_on, (tried_at AT TIME ZONE :zone)::date), id) AS nth
    FROM lotline.inspection WHERE status IN ('made', 'no_access')
), unlooked AS NOT MATERIALIZED (
    SELECT case_id, found_on, comply_by FROM lotline.violation
    WHERE import_run_id IS NOT NULL AND found_on IS NOT NULL
        AND NOT EXISTS (SELECT FROM lotline.inspection AS made
            WHERE made.case_id = violation.case_id AND made.made_on = violation.found_on)
), found AS (
    SELECT each.*, NOT EXISTS (SELECT FROM unlooked AS earlier
        WHERE earlier.case_id = each.case_id AND earlier.found_on < each.on_day) AS is_first
    FROM (SELECT case_id, found_on AS on_day, bool_or(comply_by IS NOT NULL) AS told
        FROM unlooked WHERE found_on BETWEEN :first AND :last GROUP BY case_id, found_on) AS each
), noticed AS (
    SELECT found.* FROM found
    WHERE told AND NOT EXISTS (SELECT FROM lotline.notice WHERE notice.case_id = found.case_id)
), closed AS (
    SELECT id AS case_id, closed_on AS on_day FROM lotline.case_file
    WHERE closed_on BETWEEN :first AND :last AND import_run_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM lotline.inspection AS made WHERE made.case_id = case_file.id)
        AND EXISTS (SELECT FROM lotline.violation WHERE violation.case_id = case_file.id)
), brought AS (
    SELECT notice.case_id, service_attempt.made_on AS on_day,
        CASE WHEN method IN ('hand', 'resident', 'manager') THEN 'visit:service_by_hand'
             WHEN method = 'posting' AND coalesce(facts ->> 'place', 'property') = 'property'
                 THEN 'visit:posting'
             ELSE 'desk:mailing' END AS what
    FROM lotline.service_attempt JOIN lotline.notice ON notice.id = service_attempt.notice_id
), done (case_id, complaint_id, on_day, what) AS (
    SELECT case_id, NULL::bigint, on_day,
        CASE WHEN booked THEN 'visit:appointment' WHEN nth = 1 THEN 'visit:first_inspection'
             ELSE 'visit:reinspection' END FROM look
    UNION ALL SELECT case_id, NULL, on_day, 'desk:write_up' FROM look
    UNION ALL SELECT case_id, NULL, on_day,
        CASE WHEN is_first THEN 'visit:first_inspection' ELSE 'visit:reinspection' END FROM found
    UNION ALL SELECT case_id, NULL, on_day, 'desk:write_up' FROM found
    UNION ALL SELECT case_id, NULL, on_day, 'desk:notice' FROM noticed
    UNION ALL SELECT case_id, NULL, on_day, 'visit:reinspection' FROM closed
    UNION ALL SELECT case_id, NULL, on_day, 'desk:write_up' FROM closed
    UNION ALL SELECT case_id, NULL, on_day, what FROM brought
    UNION ALL SELECT case_id, CASE WHEN case_id IS NULL THEN id END, received_on, 'desk:report'
        FROM lotline.complaint
    UNION ALL SELECT id, NULL, opened_on, 'desk:opening' FROM lotline.case_file
    UNION ALL SELECT id, NULL, closed_on, 'desk:closing' FROM lotline.case_file
    UNION ALL SELECT case_id, NULL, issued_on, 'desk:notice' FROM lotline.notice
    UNION ALL SELECT case_id, NULL, received_on, 'desk:more_time' FROM lotline.extension
    UNION ALL SELECT citation.case_id, NULL, notice.issued_on, 'desk:citation'
        FROM lotline.citation JOIN lotline.notice ON notice.id = citation.notice_id
    UNION ALL SELECT hearing.case_id, NULL, held_on, 'desk:hearing'
        FROM lotline.hearing JOIN lotline.hearing_session AS sitting ON sitting.id = session_id
        WHERE hearing.status IN ('opened', 'decided', 'agreed')
    UNION ALL SELECT case_id, NULL, executed_on, 'desk:order' FROM lotline.enforcement_order
    UNION ALL SELECT case_id, NULL, affidavit_on, 'desk:affidavit' FROM lotline.enforcement_order
    UNION ALL SELECT case_id, NULL, recorded_on, 'desk:lien' FROM lotline.lien
        WHERE case_id IS NOT NULL
    UNION ALL SELECT case_id, NULL, coalesce(released_on, satisfied_on), 'desk:release'
        FROM lotline.lien WHERE case_id IS NOT NULL
    UNION ALL SELECT case_id, NULL, authorized_on, 'desk:abatement' FROM lotline.abatement
    UNION ALL SELECT case_id, NULL, referred_on, 'desk:court' FROM lotline.legal_action
    UNION ALL SELECT case_id, NULL, filed_on, 'desk:court' FROM lotline.appeal
    UNION ALL SELECT coalesce(contact.case_id, complaint.case_id),
        CASE WHEN coalesce(contact.case_id, complaint.case_id) IS NULL
             THEN contact.complaint_id END,
        (happened_at AT TIME ZONE :zone)::date, 'desk:contact'
        FROM lotline.contact LEFT JOIN lotline.complaint ON complaint.id = contact.complaint_id
)
SELECT case_id, complaint_id, what, count(*) AS times
FROM done WHERE on_day BETWEEN :first AND :last
GROUP BY case_id, complaint_id, what
