"""Break each rule of kept questions, of what they ask, and of what hangs on mail once, by name."""

FOLLOWS = ("broken_accounts", "broken_mail", "broken_reports")

SAVED = """INSERT INTO lotline.report_saved (key, staff_id, name, report, asked, shared, rhythm,
        since_day, recipients, language, made_at, ended_at)
    VALUES ({key}, {staff}, {name}, {report}, {asked}, {shared}, {rhythm}, date '2026-06-15',
        {recipients}, {language}, timestamptz '2026-06-15 12:00Z', {ended})"""
KEY = "'0b0e7d1e-6f0f-4f6e-9f5d-1c2f3a4b5c6d'"
LATER = "timestamptz '2026-06-15 13:00Z'"
RUN = """INSERT INTO lotline.report_run (report, asked, on_day, generation, state, failed_because,
        asked_by, asked_at, ended_at, saved_id, mailed_at)
    SELECT 'repeat', '{{}}', date '2026-06-15', 1, {state}, {why}, 'x', made_at, {ended}, {saved},
        {mailed} FROM lotline.report_saved ORDER BY id LIMIT 1"""
FILE = """INSERT INTO lotline.mail_file (mail_id, name, media_type, body)
    SELECT {mail}, {name}, {kind}, {body} FROM lotline.mail"""


def _saved(**changes: str) -> str:
    said = {
        "key": "gen_random_uuid()", "staff": "(SELECT min(id) FROM lotline.staff)",
        "name": "'Mine'", "report": "'repeat'", "asked": "'{}'", "shared": "false",
        "rhythm": "'none'", "recipients": "'{}'", "language": "'en'", "ended": "NULL",
    }  # fmt: skip
    return SAVED.format(**{**said, **changes})


def _run(**changes: str) -> str:
    said = {"state": "'queued'", "why": "NULL", "ended": "NULL", "saved": "id", "mailed": "NULL"}
    return RUN.format(**{**said, **changes})


def _file(**changes: str) -> str:
    said = {"mail": "min(id)", "name": "'x.pdf'", "kind": "'application/pdf'", "body": "'x'"}
    return FILE.format(**{**said, **changes})


def _to(*addresses: str) -> str:
    return _saved(recipients=f"ARRAY[{', '.join(addresses)}]::text[]")


_UNENDED = "UPDATE lotline.report_run SET mailed_at = now() WHERE saved_id IS NOT NULL"
MANY = "(SELECT array_agg(n || '@example.org') FROM generate_series(1, {}) n)"

FILL = f"""{_saved(key=KEY, name="'Kept'")}; {_saved(recipients=MANY.format(20), name="'Many'")};
    {_run()}; {_file(name="'kept.pdf'")}"""

BROKEN = [
    ("report_saved_key_once", _saved(key=KEY)),
    ("report_saved_of_staff", _saved(staff="999999")),
    ("report_saved_named", _saved(name="' '")),
    ("report_saved_named", _saved(name="repeat('x', 81)")),
    ("report_saved_named", _saved(name="E'x\\nBcc: b@example.org'")),
    ("report_saved_name_once", _saved(name="'KEPT'")),
    ("report_saved_report_named", _saved(report="'Repeat Offenders'")),
    ("report_saved_asks_something", _saved(asked="'[]'")),
    ("report_saved_rhythm_known", _saved(rhythm="'daily'", recipients="'{a@example.org}'")),
    ("report_saved_language_known", _saved(language="'fr'")),
    ("report_saved_few_recipients", _saved(recipients=MANY.format(21))),
    ("report_saved_recipients_plain", _to("'nobody'")),
    ("report_saved_recipients_plain", _to("'a@example.org'", "NULL")),
    ("report_saved_recipients_plain", _to("'a@example.org'", "''")),
    ("report_saved_recipients_plain", _to("E'a@example.org\\nBcc: b@example.org'")),
    ("report_saved_recipients_plain", _to("E'a@example.org\\n'")),
    ("report_saved_recipients_plain", _to("'A <a@example.org>'")),
    ("report_saved_recipients_differ", _to("'a@example.org'", "'A@example.org'")),
    ("report_saved_recipients_differ", _to("'a@b.org'", "'b@b.org'", "'c@b.org'", "'b@b.org'")),
    ("report_saved_sent_to_somebody", _saved(rhythm="'weekly'")),
    ("report_saved_ended_later", _saved(ended="timestamptz '2026-06-15 11:00Z'")),
    ("report_saved_ended_sends_nothing", _saved(ended=LATER, shared="true")),
    ("report_saved_ended_sends_nothing", _saved(ended=LATER, recipients="'{a@example.org}'")),
    ("report_saved_ended_sends_nothing",
     _saved(ended=LATER, rhythm="'weekly'", recipients="'{a@example.org}'")),
    ("report_run_of_saved", _run(saved="999999")),
    ("report_run_saved_once", _run()),
    ("report_run_saved_once", _run(state="'failed'", why="'x'", ended=LATER)),
    ("report_run_mailed", _run(saved="NULL", state="'failed'", why="'x'", ended=LATER,
                               mailed=LATER)),
    ("report_run_mailed", _UNENDED),
    ("mail_file_pkey", _file(name="'kept.pdf'")),
    ("mail_file_of_mail", _file(mail="min(id) - 1")),
    ("mail_file_named", _file(name="''")),
    ("mail_file_named", _file(name="'../x.pdf'")),
    ("mail_file_named", _file(name="'.pdf'")),
    ("mail_file_named", _file(name="'a\\b.pdf'")),
    ("mail_file_named", _file(name="E'a\\r\\nBcc: b@example.org'")),
    ("mail_file_named", _file(name="repeat('x', 121)")),
    ("mail_file_type_named", _file(kind="'pdf'")),
    ("mail_file_type_named", _file(kind="E'application/pdf\\r\\nBcc: b'")),
    ("mail_file_size", _file(body="''")),
    ("mail_file_size", _file(body="convert_to(repeat('x', 10485761), 'UTF8')")),
]  # fmt: skip
