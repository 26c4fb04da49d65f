"""Hold what the database keeps of cases against what their parts and events say."""

import sqlalchemy as sa

_MILESTONES = """
    SELECT case_id, last_on, inspected_on, noticed_on, corrected_on, cited
    FROM lotline.case_activity
    EXCEPT
    SELECT id, (SELECT max(happened_on) FROM lotline.case_event
            WHERE case_id = c.id AND kind <> 'case_assigned'),
        (SELECT min(made_on) FROM lotline.inspection WHERE case_id = c.id),
        (SELECT min(issued_on) FROM lotline.notice WHERE case_id = c.id),
        (SELECT max(corrected_on) FROM lotline.violation WHERE case_id = c.id),
        EXISTS (SELECT FROM lotline.citation WHERE case_id = c.id AND status <> 'voided')
    FROM lotline.case_file c"""
_MISSING = "SELECT id FROM lotline.case_file EXCEPT SELECT case_id FROM lotline.case_activity"
_TALLIES = """
    SELECT figure, on_day, zone_id, officer_id, took, sum(cases) FROM (
        SELECT figure, on_day, zone_id, officer_id, took, cases FROM lotline.case_tally
        UNION ALL
        SELECT figure, on_day, zone_id, officer_id, took, -cases FROM lotline.case_tally_counted
    ) both_ways GROUP BY 1, 2, 3, 4, 5 HAVING sum(cases) <> 0"""


def misremembered(connection: sa.Connection) -> list[sa.Row[tuple[object, ...]]]:
    """Return each milestone and tally kept that is not what the parts say."""
    looks = (_MILESTONES, _MISSING, _TALLIES)
    return [row for look in looks for row in connection.execute(sa.text(look))]
