"""Break each rule of the reports that are asked for once, by its name."""

EIGHT, NINE, TEN = (f"timestamptz '2026-06-15 {hour}:00Z'" for hour in (12, 13, 14))
RUN = """INSERT INTO lotline.report_run (report, asked, on_day, generation, state, share,
    failed_because, answer, asked_by, asked_at, begun_at, ended_at)
    VALUES ({report}, {asked}, date '2026-06-15', 1, {state}, {share}, {failed}, {answer}, {by},
            {at}, {begun}, {ended})"""
DONE = {"state": "'done'", "begun": NINE, "ended": TEN, "answer": "'{}'"}


def _run(**changes: str) -> str:
    said = {
        "report": "'repeat'", "asked": "'{\"years\": \"3\"}'", "state": "'queued'", "share": "0",
        "failed": "NULL", "answer": "NULL", "by": "'x'", "at": EIGHT, "begun": "NULL",
        "ended": "NULL",
    }  # fmt: skip
    return RUN.format(**{**said, **changes})


def _of(table: str, values: str) -> str:
    return f"INSERT INTO lotline.{table} SELECT min(id), {values} FROM lotline.report_run"  # noqa: S608


FILL = f"""{_run()};
    {_of("report_cases", "'cases', '{1, 2}'")};
    {_of("report_part", "'layer:parcels', ''")}"""

BROKEN = [
    ("report_run_named", _run(report="'Repeat Offenders'")),
    ("report_run_asks_something", _run(asked="'[]'")),
    ("report_run_state_known", _run(state="'asleep'", asked="'{}'")),
    ("report_run_says_who", _run(by="' '", asked="'{}'")),
    ("report_run_share", _run(share="1.1", asked="'{}'")),
    ("report_run_begun", _run(begun=NINE, asked="'{}'")),
    ("report_run_begun", _run(state="'running'")),
    ("report_run_ended", _run(ended=TEN, asked="'{}'")),
    ("report_run_ended", _run(state="'stopped'")),
    ("report_run_in_order", _run(**DONE | {"begun": TEN, "ended": NINE})),
    ("report_run_done_has_answer", _run(**DONE | {"answer": "NULL"})),
    ("report_run_done_has_answer", _run(answer="'{}'", asked="'{}'")),
    ("report_run_failed_for_something", _run(state="'failed'", ended=TEN)),
    ("report_run_failed_for_something", _run(failed="'x'", asked="'{}'")),
    ("report_run_failed_for_something", _run(state="'failed'", failed="' '", ended=TEN)),
    ("report_run_open_once", _run()),
    ("report_cases_pkey", _of("report_cases", "'cases', '{}'")),
    ("report_cases_of_run", "INSERT INTO lotline.report_cases VALUES (0, 'x', '{}')"),
    ("report_cases_named", _of("report_cases", "'', '{}'")),
    ("report_cases_known", _of("report_cases", "'x', '{1, NULL}'")),
    ("report_part_pkey", _of("report_part", "'layer:parcels', ''")),
    ("report_part_of_run", "INSERT INTO lotline.report_part VALUES (0, 'layer:x', '')"),
    ("report_part_named", _of("report_part", "'paper:x', ''")),
]
