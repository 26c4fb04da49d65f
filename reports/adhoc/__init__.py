"""Answer questions that staff put together: which cases, grouped by what, measured how, drawn how.

Nobody writes SQL: what may be grouped by and measured is a closed list, and which cases are meant
is said as the lists of cases say it. A question is bounded in time and in rows.
"""
