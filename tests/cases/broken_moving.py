"""Break each rule of the database on moving in from another system once, by its name."""

RUN = "(SELECT max(id) FROM lotline.import_run)"
ASIDE = """INSERT INTO lotline.moving_exception
    (import_run_id, file, line, number, code, reason, remedy)
    VALUES ({run}, 'cases.csv', {line}, {number}, 'no_place', {reason}, 'Mend it')"""
OVER = """INSERT INTO lotline.moving_cut_over (system, import_run_id, cut_over_on, actor)
    VALUES ({system}, {run}, '2026-06-01', {actor})"""


def _aside(**changes: str) -> str:
    return ASIDE.format(**{"run": RUN, "line": "2", "number": "'C-1'", "reason": "'x'", **changes})


def _over(**changes: str) -> str:
    return OVER.format(**{"run": RUN, "system": "'Other'", "actor": "'x'", **changes})


FILL = _over(system="'CodeTrak'")

BROKEN = [
    ("moving_exception_of_run", _aside(run="999999")),
    ("moving_exception_of_a_line", _aside(line="0")),
    ("moving_exception_says_why", _aside(number="' '")),
    ("moving_exception_says_why", _aside(reason="' '")),
    ("moving_cut_over_once", _over(system="'CodeTrak'")),
    ("moving_cut_over_of_run", _over(run="999999")),
    ("moving_cut_over_by_somebody", _over(actor="' '")),
    ("moving_cut_over_by_somebody", _over(system="' '")),
    ("moving_cut_over_append_only", "UPDATE lotline.moving_cut_over SET actor = 'y'"),
    ("moving_cut_over_append_only", "DELETE FROM lotline.moving_cut_over"),
    ("moving_cut_over_append_only", "TRUNCATE lotline.moving_cut_over"),
]
