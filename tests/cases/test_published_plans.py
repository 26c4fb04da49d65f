"""A question that may be narrowed is planned for what it is asked, not once for all askers."""

import re

import sqlalchemy as sa

MAY_BE_LEFT_OUT = re.compile(r"\b(box|of_\w+|since|until|after) IS NULL OR\b")


def test_no_plan_of_the_whole_town_is_kept_for_a_view_of_a_few_streets(
    connection: sa.Connection,
) -> None:
    """After five askers PostgreSQL may keep one plan, which reads all that there is."""
    functions = connection.execute(
        sa.text(
            "SELECT p.proname, p.prosrc, coalesce(p.proconfig, '{}') AS settings FROM pg_proc p "
            "JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang "
            "WHERE n.nspname = 'published' AND l.lanname = 'plpgsql'"
        )
    ).all()
    narrowed = [each for each in functions if MAY_BE_LEFT_OUT.search(each.prosrc)]
    assert {"case_counts_within", "cases_within"} <= {each.proname for each in narrowed}
    kept = [
        each.proname
        for each in narrowed
        if "plan_cache_mode=force_custom_plan" not in each.settings
    ]
    assert kept == []
