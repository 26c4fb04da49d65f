"""The named rules of contacts and of the keys of forms, each broken once."""

CONTACT = """INSERT INTO lotline.contact
    (case_id, complaint_id, direction, way, party, who, said, happened_at, noted_at, noted_by,
     mail_id)
    SELECT {case}, {complaint}, {direction}, {way}, {party}, {who}, {said}, {happened}, now(), {by},
           {mail}
    FROM lotline.complaint WHERE number = 'CP-1'"""
KEY = """INSERT INTO lotline.intake_key (key, complaint_id, case_id, kept_at)
    SELECT {key}, {complaint}, {case}, now() FROM lotline.complaint WHERE number = 'CP-1'"""


def _contact(**changes: str) -> str:
    usual = {
        "case": "NULL", "complaint": "id", "direction": "'in'", "way": "'phone'",
        "party": "'other'", "who": "'P. Ortiz'", "said": "'x'", "happened": "now()", "by": "'x'",
        "mail": "NULL",
    }  # fmt: skip
    return CONTACT.format(**(usual | changes))


def _key(**changes: str) -> str:
    usual = {"key": "'0123456789abcdef'", "complaint": "id", "case": "NULL"}
    return KEY.format(**(usual | changes))


MAIL = "(SELECT max(id) FROM lotline.mail WHERE subject = 'Case')"

FOLLOWS = ("broken_intake",)

BROKEN = [
    ("contact_of_case", _contact(complaint="NULL", case="999999")),
    ("contact_of_complaint", _contact(complaint="999999")),
    ("contact_about_one", _contact(complaint="NULL")),
    ("contact_about_one", _contact(case="(SELECT min(id) FROM lotline.case_file)")),
    ("contact_direction_known", _contact(direction="'up'")),
    ("contact_way_known", _contact(way="'pigeon'")),
    ("contact_party_known", _contact(party="'ghost'")),
    ("contact_names_no_reporter", _contact(party="'reporter'")),
    ("contact_says_with_whom", _contact(who="NULL")),
    ("contact_says_with_whom", _contact(who="' '")),
    ("contact_says_what", _contact(said="' '")),
    ("contact_noted_by_somebody", _contact(by="' '")),
    ("contact_noted_afterwards", _contact(happened="now() + interval '1 hour'")),
    ("contact_by_mail", _contact(way="'email'", direction="'out'", mail="999999")),
    ("contact_mail_once", _contact(way="'email'", direction="'out'", mail=MAIL)),
    ("contact_mail_goes_out", _contact(way="'email'", mail=MAIL)),
    ("contact_mail_goes_out", _contact(direction="'out'", mail=MAIL)),
    ("contact_append_only", "UPDATE lotline.contact SET said = 'y'"),
    ("contact_append_only", "DELETE FROM lotline.contact"),
    ("contact_append_only", "TRUNCATE lotline.contact"),
    ("intake_key_given", _key(key="' too short        '")),
    ("intake_key_given", _key(key="repeat('x', 65)")),
    ("intake_key_of_complaint", _key(complaint="999999")),
    ("intake_key_of_case", _key(complaint="NULL", case="999999")),
    ("intake_key_of_one", _key(complaint="NULL")),
    ("intake_key_of_one", _key(case="(SELECT min(id) FROM lotline.case_file)")),
    ("intake_key_pkey", _key(key="'fedcba9876543210'")),
    ("intake_key_append_only", "UPDATE lotline.intake_key SET kept_at = now()"),
    ("intake_key_append_only", "DELETE FROM lotline.intake_key"),
    ("intake_key_append_only", "TRUNCATE lotline.intake_key"),
]

FILL = """
    INSERT INTO lotline.contact
        (complaint_id, direction, way, party, said, happened_at, noted_at, noted_by)
    SELECT id, 'in', 'phone', 'reporter', 'x', now(), now(), 'J. Okafor'
    FROM lotline.complaint WHERE number = 'CP-1';
    INSERT INTO lotline.mail (to_address, subject, body, status, queued_at)
    VALUES ('p.lane@example.org', 'Case', 'x', 'queued', now());
    INSERT INTO lotline.contact (complaint_id, direction, way, party, who, said, happened_at,
        noted_at, noted_by, mail_id)
    SELECT c.id, 'out', 'email', 'other', 'P. Lane', 'x', now(), now(), 'J. Okafor', m.id
    FROM lotline.complaint c, lotline.mail m WHERE c.number = 'CP-1' AND m.subject = 'Case';
    INSERT INTO lotline.intake_key (key, complaint_id, kept_at)
    SELECT 'fedcba9876543210', id, now() FROM lotline.complaint WHERE number = 'CP-1';
"""
