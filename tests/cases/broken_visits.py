"""Break each rule of adopted plans and of what became of them once, by its name."""

FOLLOWS = ("broken_working",)

STAFF = "(SELECT id FROM lotline.staff WHERE login = 'field-officer')"
CASE = "(SELECT min(id) FROM lotline.case_file)"
COMPLAINT = "(SELECT min(id) FROM lotline.complaint)"
PLAN_ID = "(SELECT min(id) FROM lotline.visit_plan)"
STOP_ID = "(SELECT min(id) FROM lotline.visit_stop)"
NEXT_STOP = "(SELECT max(id) FROM lotline.visit_stop)"
NINE, TEN = "timestamptz '2026-06-15 13:00Z'", "timestamptz '2026-06-15 14:00Z'"
KEY, OTHER_KEY = (f"'00000000-0000-4000-8000-0000000000{last}'" for last in ("e1", "e2"))
PLAN = """INSERT INTO lotline.visit_plan (officer_id, on_day, begins_at, ends_at, starts, ends,
    drive_seconds, metres, estimated, seed, parameters, key, made_at, made_by, supersedes,
    superseded_at, superseded_by, withdrawn_because, legs, drives)
    VALUES ({officer}, {day}, {begins}, {ends}, '{{}}', '{{}}', {drive}, 0, {guessed}, 0, '{{}}',
            {key}, {made}, {by}, {supersedes}, {gone}, {why}, {legs}, {drives})"""
STOP = """INSERT INTO lotline.visit_stop (plan_id, place, spot, label, lon, lat, arrives_at,
    leaves_at) VALUES ({plan}, {place}, {spot}, 'Alder St', {lon}, 27.3, {arrives}, {leaves})"""
ITEM = """INSERT INTO lotline.visit_item (plan_id, stop_id, kind, subject_id, case_id,
    complaint_id, left_because, risks)
    VALUES ({plan}, {stop}, {kind}, {subject}, {case}, {complaint}, {left}, {risks})"""
OUTCOME = """INSERT INTO lotline.visit_outcome
    VALUES ({stop}, {arrived}, {left}, {skipped}, now(), {by})"""
REST = """INSERT INTO lotline.rest_answer VALUES
    ('00000000-0000-4000-8000-0000000000d1', {asked}, {told}, now())"""


def _plan(**changes: str) -> str:
    said = {
        "officer": STAFF, "day": "date '2026-06-16'", "begins": NINE, "ends": TEN, "drive": "0",
        "key": OTHER_KEY, "made": NINE, "by": "'x'", "supersedes": "NULL", "gone": "NULL, NULL",
        "why": "NULL", "guessed": "false", "legs": "'[]'", "drives": "NULL",
    }  # fmt: skip
    return PLAN.format(**{**said, **changes})


def _stop(**changes: str) -> str:
    said = {
        "plan": PLAN_ID, "place": "3", "spot": "'parcel-1'", "lon": "-80.4", "arrives": NINE,
        "leaves": TEN,
    }  # fmt: skip
    return STOP.format(**{**said, **changes})


def _item(**changes: str) -> str:
    said = {
        "plan": PLAN_ID, "stop": STOP_ID, "kind": "'order'", "subject": "9", "case": CASE,
        "complaint": "NULL", "left": "NULL", "risks": "NULL",
    }  # fmt: skip
    return ITEM.format(**{**said, **changes})


def _outcome(**changes: str) -> str:
    said = {"stop": NEXT_STOP, "arrived": NINE, "left": "NULL", "skipped": "NULL", "by": "'x'"}
    return OUTCOME.format(**{**said, **changes})


FILL = ";".join((
    _plan(day="date '2026-06-15'", key=KEY),
    _stop(place="1"),
    _stop(place="2"),
    _item(kind="'reinspection'", subject="1"),
    _outcome(stop=STOP_ID),
))  # fmt: skip

BROKEN = [
    ("visit_plan_of_officer", _plan(officer="999999")),
    ("visit_plan_in_order", _plan(begins=TEN, ends=NINE)),
    ("visit_plan_measured", _plan(drive="-1")),
    ("visit_plan_says_who", _plan(by="' '")),
    ("visit_plan_once", _plan(key=KEY)),
    ("visit_plan_after_another", _plan(supersedes="999999")),
    ("visit_plan_after_one_alone",
     f"{_plan(supersedes=PLAN_ID)}; {_plan(supersedes=PLAN_ID, day="date '2026-06-17'",
                                           key="gen_random_uuid()")}"),
    ("visit_plan_superseded_whole", _plan(gone=f"{TEN}, NULL")),
    ("visit_plan_superseded_whole", _plan(gone=f"{TEN}, ' '")),
    ("visit_plan_superseded_after", _plan(made=TEN, gone=f"{NINE}, 'x'")),
    ("visit_plan_withdrawn_whole", _plan(why="'Rain'")),
    ("visit_plan_withdrawn_for_something", _plan(gone=f"{TEN}, 'x'", why="' '")),
    ("visit_plan_legs_listed", _plan(legs="'{}'")),
    ("visit_plan_legs_driven", _plan(guessed="true")),
    ("visit_plan_drives_listed", _plan(drives="'7'")),
    ("visit_plan_one_in_force", _plan(day="date '2026-06-15'")),
    ("visit_stop_of_plan", _stop(plan="999999")),
    ("visit_stop_counted", _stop(place="0")),
    ("visit_stop_in_its_place", _stop(place="1")),
    ("visit_stop_named", _stop(spot="' '")),
    ("visit_stop_on_earth", _stop(lon="181")),
    ("visit_stop_in_order", _stop(arrives=TEN, leaves=NINE)),
    ("visit_stop_append_only", "UPDATE lotline.visit_stop SET place = 9"),
    ("visit_stop_append_only", "DELETE FROM lotline.visit_stop"),
    ("visit_stop_append_only", "TRUNCATE lotline.visit_stop CASCADE"),
    ("visit_item_of_plan", _item(plan="999999", stop="NULL", left="'x'")),
    ("visit_item_at_stop", _item(stop="999999")),
    ("visit_item_of_case", _item(case="999999")),
    ("visit_item_of_complaint", _item(case="NULL", complaint="999999")),
    ("visit_item_of_one", _item(complaint=COMPLAINT)),
    ("visit_item_of_one", _item(case="NULL")),
    ("visit_item_kind_named", _item(kind="'A nap'")),
    ("visit_item_made_or_left", _item(left="'x'")),
    ("visit_item_made_or_left", _item(stop="NULL")),
    ("visit_item_left_for_something", _item(stop="NULL", left="' '")),
    ("visit_item_risks_something", _item(stop="NULL", left="'x'", risks="' '")),
    ("visit_item_risks_something", _item(risks="'x'")),
    ("visit_item_once", _item(kind="'reinspection'", subject="1", stop=NEXT_STOP)),
    ("visit_item_append_only", "UPDATE lotline.visit_item SET kind = 'x'"),
    ("visit_item_append_only", "DELETE FROM lotline.visit_item"),
    ("visit_item_append_only", "TRUNCATE lotline.visit_item"),
    ("visit_outcome_of_stop", _outcome(stop="999999")),
    ("visit_outcome_one_of_two", _outcome(arrived="NULL")),
    ("visit_outcome_one_of_two", _outcome(skipped="'x'")),
    ("visit_outcome_left_after", _outcome(arrived=TEN, left=NINE)),
    ("visit_outcome_left_after", _outcome(arrived="NULL", left=NINE, skipped="'x'")),
    ("visit_outcome_skipped_for_something", _outcome(arrived="NULL", skipped="' '")),
    ("visit_outcome_says_who", _outcome(by="' '")),
    ("rest_answer_of_something", REST.format(asked="'[]'", told="'x'")),
    ("rest_answer_says_something", REST.format(asked="'{}'", told="''")),
]  # fmt: skip
