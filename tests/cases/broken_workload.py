"""Break each rule of how long work takes, and of zones that are proposed, once, by its name."""

MINUTES = """INSERT INTO lotline.work_minutes (name, minutes, set_at, set_by)
    VALUES ({name}, {minutes}, now(), {by})"""

KEY, OTHER_KEY = (f"'00000000-0000-4000-8000-0000000000{last}'" for last in ("e1", "e2"))
EIGHT, NINE, TEN = (f"timestamptz '2026-06-15 {hour}:00Z'" for hour in (12, 13, 14))
DRAFT = """INSERT INTO lotline.zone_draft (key, asked, state, failed_because, proposal, made_by,
    made_at, begun_at, ended_at, adopted_at, adopted_by)
    VALUES ({key}, '{{}}', {state}, {failed}, {proposal}, {by}, {made}, {begun}, {ended},
            {adopted})"""
DONE = {"state": "'done'", "begun": NINE, "ended": TEN, "proposal": "'{}'"}


def _minutes(**changes: str) -> str:
    return MINUTES.format(**{"name": "'notice'", "minutes": "20", "by": "'x'", **changes})


def _draft(**changes: str) -> str:
    said = {
        "key": OTHER_KEY, "state": "'queued'", "failed": "NULL", "proposal": "NULL", "by": "'x'",
        "made": EIGHT, "begun": "NULL", "ended": "NULL", "adopted": "NULL, NULL",
    }  # fmt: skip
    return DRAFT.format(**{**said, **changes})


FILL = f"{_minutes()}; {_draft(key=KEY)}"

BROKEN = [
    ("work_minutes_named", _minutes(name="'A Notice'")),
    ("work_minutes_of_a_day", _minutes(minutes="1441")),
    ("work_minutes_of_a_day", _minutes(minutes="-1")),
    ("work_minutes_says_who", _minutes(by="' '")),
    ("work_minutes_append_only", "UPDATE lotline.work_minutes SET minutes = 1"),
    ("work_minutes_append_only", "DELETE FROM lotline.work_minutes"),
    ("work_minutes_append_only", "TRUNCATE lotline.work_minutes"),
    ("zone_draft_once", _draft(key=KEY)),
    ("zone_draft_state_known", _draft(state="'asleep'")),
    ("zone_draft_says_who", _draft(by="' '")),
    ("zone_draft_begun", _draft(begun=NINE)),
    ("zone_draft_begun", _draft(state="'running'")),
    ("zone_draft_ended", _draft(ended=TEN)),
    ("zone_draft_ended", _draft(state="'stopped'")),
    ("zone_draft_in_order", _draft(**DONE | {"begun": TEN, "ended": NINE})),
    ("zone_draft_done_has_zones", _draft(**DONE | {"proposal": "NULL"})),
    ("zone_draft_zones_once_ended", _draft(proposal="'{}'")),
    ("zone_draft_failed_for_something", _draft(state="'failed'", ended=TEN)),
    ("zone_draft_failed_for_something", _draft(failed="'x'")),
    ("zone_draft_failed_for_something", _draft(state="'failed'", failed="' '", ended=TEN)),
    ("zone_draft_adopted_whole", _draft(**DONE | {"adopted": f"{TEN}, NULL"})),
    ("zone_draft_adopted_whole", _draft(**DONE | {"adopted": f"{TEN}, ' '"})),
    ("zone_draft_adopted_zones", _draft(adopted=f"{TEN}, 'x'")),
]  # fmt: skip
