"""Break each rule of the database on mail once, by its name."""

MAIL = """INSERT INTO lotline.mail (to_address, subject, body, status, queued_at, case_id,
        attempts, attempted_at, sent_at, last_error, channel, html, unsubscribe)
    VALUES ({to}, {subject}, {body}, {status}, now(), {case_id}, {attempts}, {attempted_at},
        {sent_at}, {last_error}, {channel}, {html}, NULL)"""


def _mail(**changes: str) -> str:
    said = {
        "to": "'a@example.org'", "subject": "'x'", "body": "'x'", "status": "'queued'",
        "case_id": "NULL", "attempts": "0", "attempted_at": "NULL", "sent_at": "NULL",
        "last_error": "NULL", "channel": "'mail'", "html": "NULL", **changes,
    }  # fmt: skip
    return MAIL.format(**said)


TRIED = {"attempts": "1", "attempted_at": "now()"}
TEXT = {"channel": "'text'", "to": "'+13525550100'"}
SENT = {**TRIED, "status": "'sent'", "sent_at": "now()"}

FILL = f"{_mail()}; {_mail(**SENT)}"

BROKEN = [
    ("mail_message_id_once", """INSERT INTO lotline.mail
        (message_id, to_address, subject, body, status, queued_at)
        SELECT message_id, to_address, subject, body, 'queued', queued_at FROM lotline.mail"""),
    ("mail_about_case", _mail(case_id="999999")),
    ("mail_address_plain", _mail(to="'nobody'")),
    ("mail_address_plain", _mail(to="E'a@example.org\\nBcc: b@example.org'")),
    ("mail_address_plain", _mail(to="E'a@example.org\\n'")),
    ("mail_address_plain", _mail(to="'a@example.org, b@example.org'")),
    ("mail_address_plain", _mail(to="'a@example.org>'")),
    ("mail_address_plain", _mail(channel="'text'")),
    ("mail_address_plain", _mail(to="'+13525550100'")),
    ("mail_address_plain", _mail(**{**TEXT, "to": "'352-555-0100'"})),
    ("mail_channel_known", _mail(channel="'fax'")),
    ("mail_text_short", _mail(**TEXT, body="repeat('x', 307)")),
    ("mail_text_short", _mail(**TEXT, html="'x'")),
    ("mail_subject_one_line", _mail(subject="E'x\\nBcc: b@example.org'")),
    ("mail_subject_one_line", _mail(subject="E'x\\ry'")),
    ("mail_subject_one_line", _mail(subject="' '")),
    ("mail_subject_one_line", _mail(subject="repeat('x', 201)")),
    ("mail_says_something", _mail(body="E' \\n'")),
    ("mail_status_known", _mail(status="'lost'", **TRIED)),
    ("mail_attempted", _mail(attempts="-1", attempted_at="now()")),
    ("mail_attempted", _mail(attempts="1")),
    ("mail_attempted", _mail(attempted_at="now()")),
    ("mail_attempted", _mail(status="'sending'")),
    ("mail_sent_when", _mail(**{**SENT, "sent_at": "NULL"})),
    ("mail_sent_when", _mail(sent_at="now()")),
    ("mail_trouble_told", _mail(status="'failed'", **TRIED)),
    ("mail_trouble_told", _mail(status="'uncertain'", last_error="' '", **TRIED)),
    ("mail_sent_stays", "UPDATE lotline.mail SET status = 'queued', sent_at = NULL"),
]  # fmt: skip
