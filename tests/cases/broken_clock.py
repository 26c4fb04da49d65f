"""Break each rule of the database on what the clock noticed once, by its name."""

NOTICE = """INSERT INTO lotline.clock_notice
        (kind, subject_id, due_on, case_id, noticed_on, noticed_at)
    VALUES ({kind}, {subject}, {due}, {case}, '2026-06-13', now())"""


def _notice(**changes: str) -> str:
    said = {
        "kind": "'correction'", "subject": "7", "due": "'2026-06-13'",
        "case": "(SELECT min(id) FROM lotline.case_file)", **changes,
    }  # fmt: skip
    return NOTICE.format(**said)


FILL = _notice(subject="1")

BROKEN = [
    ("clock_notice_once", _notice(subject="1")),
    ("clock_notice_of_case", _notice(case="999999")),
    ("clock_notice_kind_known", _notice(kind="'tea'")),
    ("clock_notice_of_something", _notice(subject="0")),
    ("clock_notice_of_something", _notice(case="NULL")),
    ("clock_notice_of_something", _notice(kind="'run'", case="NULL")),
    ("clock_notice_when_due", _notice(due="'2026-06-14'")),
    ("clock_notice_append_only", "UPDATE lotline.clock_notice SET noticed_on = '2026-06-14'"),
    ("clock_notice_append_only", "DELETE FROM lotline.clock_notice"),
]
