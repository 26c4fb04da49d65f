"""Break each rule of the plans that are asked for once, by its name."""

KEY, OTHER_KEY = (f"'00000000-0000-4000-8000-0000000000{last}'" for last in ("d1", "d2"))
EIGHT, NINE, TEN = (f"timestamptz '2026-06-15 {hour}:00Z'" for hour in (12, 13, 14))
DRAFT = """INSERT INTO lotline.route_draft (key, asked, first_day, last_day, state, failed_because,
    problem, plan, matrix, version, made_by, made_at, begun_at, ended_at, changed_at, changed_by,
    adopted_at, adopted_by)
    VALUES ({key}, '{{}}', date '2026-06-15', {last}, {state}, {failed}, {problem}, {plan},
            {matrix}, {version}, {by}, {made}, {begun}, {ended}, {changed}, {adopted})"""
PLANNED = {"problem": "'{}'", "plan": "'{}'", "matrix": "''"}
DONE = {"state": "'done'", "begun": NINE, "ended": TEN, **PLANNED}


def _draft(**changes: str) -> str:
    said = {
        "key": OTHER_KEY, "last": "date '2026-06-16'", "state": "'queued'", "failed": "NULL",
        "problem": "NULL", "plan": "NULL", "matrix": "NULL", "version": "1", "by": "'x'",
        "made": EIGHT, "begun": "NULL", "ended": "NULL", "changed": "NULL, NULL",
        "adopted": "NULL, NULL",
    }  # fmt: skip
    return DRAFT.format(**{**said, **changes})


FILL = _draft(key=KEY)

BROKEN = [
    ("route_draft_once", _draft(key=KEY)),
    ("route_draft_days_in_order", _draft(last="date '2026-06-14'")),
    ("route_draft_state_known", _draft(state="'asleep'")),
    ("route_draft_says_who", _draft(by="' '")),
    ("route_draft_begun", _draft(begun=NINE)),
    ("route_draft_begun", _draft(state="'running'")),
    ("route_draft_ended", _draft(ended=TEN)),
    ("route_draft_ended", _draft(state="'stopped'")),
    ("route_draft_in_order", _draft(**DONE | {"begun": TEN, "ended": NINE})),
    ("route_draft_planned_whole", _draft(**DONE | {"matrix": "NULL"})),
    ("route_draft_done_has_plan", _draft(state="'done'", begun=NINE, ended=TEN)),
    ("route_draft_failed_for_something", _draft(state="'failed'", ended=TEN)),
    ("route_draft_failed_for_something", _draft(failed="'x'")),
    ("route_draft_failed_for_something", _draft(state="'failed'", failed="' '", ended=TEN)),
    ("route_draft_versioned", _draft(version="0")),
    ("route_draft_changed_whole", _draft(**DONE | {"changed": f"{TEN}, NULL"})),
    ("route_draft_changed_whole", _draft(**DONE | {"changed": f"{TEN}, ' '"})),
    ("route_draft_adopted_whole", _draft(**DONE | {"adopted": f"{TEN}, NULL"})),
    ("route_draft_adopted_whole", _draft(**DONE | {"adopted": f"{TEN}, ' '"})),
    ("route_draft_adopted_plan", _draft(adopted=f"{TEN}, 'x'")),
]  # fmt: skip
