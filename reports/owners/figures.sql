-- What each verified case comes to now.
WITH stood AS (
    SELECT case_id, count(*) AS violations FROM lotline.violation
    WHERE status = ANY (:stood) GROUP BY case_id
), owed AS (
    SELECT case_id, sum(cents) AS cents FROM lotline.ledger_balance
    WHERE account = 'receivable' GROUP BY case_id
)
SELECT c.id, c.number, c.parcel_id, c.opened_on, c.open_violations > 0,
       coalesce(stood.violations, 0), coalesce(owed.cents, 0)::bigint, c.withheld
FROM lotline.case_file c
LEFT JOIN stood ON stood.case_id = c.id
LEFT JOIN owed ON owed.case_id = c.id
WHERE c.published AND c.voided_on IS NULL
ORDER BY c.opened_on NULLS FIRST, c.id
