"""Break each rule of when officers work, and of what visits are worth, once by its name."""

FOLLOWS = ("broken_field",)

STAFF = "(SELECT id FROM lotline.staff WHERE login = 'field-officer')"
NOW = "timestamptz '2026-06-15 12:00Z'"
KEY, OTHER_KEY = (f"'00000000-0000-4000-8000-0000000000{last}'" for last in ("c1", "c2"))
HOURS = """INSERT INTO lotline.working_hours VALUES
    ({staff}, {day}, {begins}, {ends}, {earliest}, {latest}, {minutes})"""
TERMS = """INSERT INTO lotline.working_terms (staff_id, starts_at, starts_lon, starts_lat, ends_at,
    ends_lon, ends_lat, overtime_minutes, zones)
    VALUES ({staff}, {start}, {end}, {overtime}, {zones})"""
CERTIFIED = "INSERT INTO lotline.working_certification VALUES ({staff}, {code})"
NEED = "INSERT INTO lotline.certification_need VALUES ({code}, {sort}, {value})"
EXCEPTION = """INSERT INTO lotline.working_exception (staff_id, kind, first_day, last_day,
    begins_at, ends_at, form_key, noted_at, noted_by, removed_at, removed_by)
    VALUES ({staff}, {kind}, {first}, {last}, {begins}, {ends}, {key}, {at}, {by}, {removed})"""
OFFICE = """INSERT INTO lotline.office_place (label, lon, lat, set_at, set_by)
    VALUES ({label}, {lon}, 27.3, now(), {by})"""
EVENT = """INSERT INTO lotline.working_event (staff_id, kind, actor, happened_at, details)
    VALUES ({staff}, {kind}, {by}, now(), '{{}}')"""
SETTING = """INSERT INTO lotline.visit_setting (name, value, set_at, set_by)
    VALUES ({name}, {value}, now(), {by})"""


def _hours(**changes: str) -> str:
    said = {
        "staff": STAFF, "day": "1", "begins": "'08:00'", "ends": "'17:00'",
        "earliest": "'11:30'", "latest": "'13:30'", "minutes": "30",
    }  # fmt: skip
    return HOURS.format(**{**said, **changes})


def _terms(**changes: str) -> str:
    somebody = "(SELECT min(id) FROM lotline.staff WHERE login <> 'field-officer')"
    said = {
        "staff": somebody, "start": "NULL, NULL, NULL", "end": "NULL, NULL, NULL",
        "overtime": "0", "zones": "'hard'",
    }  # fmt: skip
    return TERMS.format(**{**said, **changes})


def _exception(**changes: str) -> str:
    said = {
        "staff": STAFF, "kind": "'leave'", "first": "date '2026-07-06'",
        "last": "date '2026-07-10'", "begins": "NULL", "ends": "NULL", "key": OTHER_KEY,
        "at": NOW, "by": "'A. Stone'", "removed": "NULL, NULL",
    }  # fmt: skip
    return EXCEPTION.format(**{**said, **changes})


def _office(**changes: str) -> str:
    return OFFICE.format(**{"label": "'Town Hall'", "lon": "-80.4", "by": "'x'", **changes})


def _event(**changes: str) -> str:
    return EVENT.format(**{"staff": STAFF, "kind": "'terms'", "by": "'x'", **changes})


def _setting(**changes: str) -> str:
    return SETTING.format(**{"name": "'priority_1'", "value": "60", "by": "'x'", **changes})


def _need(**changes: str) -> str:
    return NEED.format(**{"code": "'Pools'", "sort": "'case'", "value": "'Fence'", **changes})


FILL = ";".join((
    _hours(day="0"),
    TERMS.format(
        staff=STAFF, start="NULL, NULL, NULL", end="NULL, NULL, NULL", overtime="0", zones="'hard'"
    ),
    "INSERT INTO lotline.certification VALUES ('Pools', now())",
    CERTIFIED.format(staff=STAFF, code="'Pools'"),
    _need(),
    _exception(first="date '2026-07-01'", last="date '2026-07-03'", key=KEY),
    _office(),
    _event(),
    _setting(),
))  # fmt: skip

BROKEN = [
    ("working_hours_of_staff", _hours(staff="999999")),
    ("working_hours_on_weekday", _hours(day="7")),
    ("working_hours_in_order",
     _hours(ends="'08:00'", earliest="NULL", latest="NULL", minutes="0")),
    ("working_hours_lunch_whole", _hours(earliest="NULL")),
    ("working_hours_lunch_whole", _hours(minutes="0")),
    ("working_hours_lunch_whole", _hours(earliest="NULL", latest="NULL")),
    ("working_hours_lunch_within", _hours(minutes="121")),
    ("working_hours_lunch_within", _hours(minutes="-1")),
    ("working_hours_lunch_within", _hours(earliest="'07:30'")),
    ("working_hours_lunch_within", _hours(latest="'17:30'")),
    ("working_terms_of_staff", _terms(staff="999999")),
    ("working_terms_start_whole", _terms(start="'Home', NULL, 27.3")),
    ("working_terms_start_whole", _terms(start="'Home', 181, 27.3")),
    ("working_terms_start_whole", _terms(start="' ', -80.4, 27.3")),
    ("working_terms_end_whole", _terms(end="NULL, -80.4, 27.3")),
    ("working_terms_end_whole", _terms(end="'Home', -80.4, -91")),
    ("working_terms_overtime_of_a_day", _terms(overtime="481")),
    ("working_terms_zones_known", _terms(zones="'spongy'")),
    ("certification_named", "INSERT INTO lotline.certification VALUES (' Pools', now())"),
    ("certification_named", "INSERT INTO lotline.certification VALUES ('', now())"),
    ("working_certification_of_staff", CERTIFIED.format(staff="999999", code="'Pools'")),
    ("working_certification_known", CERTIFIED.format(staff=STAFF, code="'Juggling'")),
    ("certification_need_known", _need(code="'Juggling'")),
    ("certification_need_sort_known", _need(sort="'nap'")),
    ("certification_need_named", _need(value="' Fence'")),
    ("certification_need_named", _need(value="''")),
    ("certification_need_named", _need(value="repeat('x', 201)")),
    ("certification_need_visit_named", _need(sort="'visit'", value="'A fence'")),
    ("working_exception_of_staff", _exception(staff="999999")),
    ("working_exception_kind_known", _exception(kind="'nap'")),
    ("working_exception_in_order", _exception(last="date '2026-07-05'")),
    ("working_exception_hours_told", _exception(kind="'hours'")),
    ("working_exception_hours_told", _exception(begins="'08:00'", ends="'09:00'")),
    ("working_exception_hours_told", _exception(kind="'hours'", begins="'08:00'")),
    ("working_exception_hours_in_order",
     _exception(kind="'hours'", begins="'09:00'", ends="'09:00'")),
    ("working_exception_says_who", _exception(by="' '")),
    ("working_exception_removed_whole", _exception(removed=f"{NOW}, NULL")),
    ("working_exception_removed_whole", _exception(removed=f"{NOW}, ' '")),
    ("working_exception_form_once", _exception(key=KEY)),
    ("working_exception_apart", _exception(first="date '2026-07-03'")),
    ("office_place_named", _office(label="' '")),
    ("office_place_on_earth", _office(lon="-181")),
    ("office_place_says_who", _office(by="' '")),
    ("office_place_append_only", "UPDATE lotline.office_place SET label = 'x'"),
    ("office_place_append_only", "DELETE FROM lotline.office_place"),
    ("office_place_append_only", "TRUNCATE lotline.office_place"),
    ("working_event_of_staff", _event(staff="999999")),
    ("working_event_kind_known", _event(kind="'nap'")),
    ("working_event_of_somebody", _event(kind="'office'")),
    ("working_event_of_somebody", _event(kind="'needed'")),
    ("working_event_of_somebody", _event(staff="NULL")),
    ("working_event_says_who", _event(by="' '")),
    ("working_event_append_only", "UPDATE lotline.working_event SET actor = 'y'"),
    ("working_event_append_only", "DELETE FROM lotline.working_event"),
    ("working_event_append_only", "TRUNCATE lotline.working_event"),
    ("visit_setting_named", _setting(name="'Priority 1'")),
    ("visit_setting_of_a_day", _setting(value="86401")),
    ("visit_setting_of_a_day", _setting(value="-1")),
    ("visit_setting_says_who", _setting(by="' '")),
    ("visit_setting_append_only", "UPDATE lotline.visit_setting SET value = 1"),
    ("visit_setting_append_only", "DELETE FROM lotline.visit_setting"),
    ("visit_setting_append_only", "TRUNCATE lotline.visit_setting"),
]  # fmt: skip
