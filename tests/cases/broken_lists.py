"""Break each rule of the database on lists of work once, by its name."""

SAVED = """INSERT INTO lotline.saved_list (staff_id, name, query, saved_at)
    VALUES ({staff}, {name}, {query}, now())"""

TWICE = """INSERT INTO lotline.case_tally (figure, cases, folded)
    VALUES ('opened', 1, true), ('opened', 2, true)"""


def _saved(**changes: str) -> str:
    said = {"staff": "(SELECT min(id) FROM lotline.staff)", "name": "'Mine'", "query": "'x=1'"}
    return SAVED.format(**(said | changes))


FOLLOWS = ("broken_accounts",)

FILL = _saved(name="'Kept'")

BROKEN = [
    ("saved_list_of_staff", _saved(staff="999999")),
    ("saved_list_once", _saved(name="'Kept'")),
    ("saved_list_named", _saved(name="' '")),
    ("saved_list_named", _saved(name="repeat('x', 81)")),
    ("saved_list_query_short", _saved(query="repeat('x', 4001)")),
    ("case_of_officer", "UPDATE lotline.case_file SET officer_id = 999999"),
    (
        "case_activity_of_case",
        "INSERT INTO lotline.case_activity (case_id, last_on) VALUES (999999, current_date)",
    ),
    (
        "case_tally_figure_known",
        "INSERT INTO lotline.case_tally (figure, cases) VALUES ('every', 1)",
    ),
    (
        "case_tally_counts_something",
        "INSERT INTO lotline.case_tally (figure, cases) VALUES ('open', 0)",
    ),
    ("case_tally_folded_once", TWICE),
]
