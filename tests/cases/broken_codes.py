"""Break each rule of the codes of respondents and of the forms sent by them once, by its name."""

FOLLOWS = ("broken_documents",)

CODE = """INSERT INTO lotline.respondent_code (respondent_id, scope, salt, sha256, made_at, made_by,
        revoked_at, revoked_by, revoked_because)
    SELECT {respondent}, {scope}, {salt}, {sha256}, now(), {who}, {at}, {by}, {because}"""
FORM = """INSERT INTO lotline.respondent_form (key, code_id, deed, said, done_at)
    SELECT {key}, {code}, {deed}, {said}, now()"""
NEWEST = "(SELECT max(id) FROM lotline.respondent_code)"


def _code(**changes: str) -> str:
    said = {"respondent": "(SELECT min(id) FROM lotline.respondent)", "scope": "'acts'"}
    said |= {"salt": "decode(repeat('0a', 16), 'hex')", "sha256": "sha256('\\x0b')", "who": "'x'"}
    said |= {"at": "NULL::timestamptz", "by": "NULL::text", "because": "NULL::text"}
    return CODE.format(**said | changes)


def _revoked(**changes: str) -> str:
    said = {"sha256": "sha256('\\x0c')", "at": "now()", "by": "'x'", "because": "'x'"}
    return _code(**said | changes)


def _form(**changes: str) -> str:
    said = {"key": "'00000000-0000-0000-0000-000000000001'::uuid", "code": NEWEST, "deed": "'x'"}
    said |= {"said": "sha256('x')"}
    return FORM.format(**said | changes)


FILL = f"{_code()}; {_form()}"
BROKEN = [
    ("respondent_code_of_respondent", _code(respondent="999999", sha256="sha256('x')")),
    ("respondent_code_scope_known", _code(scope="'x'", sha256="sha256('x')")),
    ("respondent_code_salted", _revoked(salt="'\\x0a'::bytea")),
    ("respondent_code_hashed", _revoked(sha256="'\\x0a'::bytea")),
    ("respondent_code_once", _revoked(sha256="sha256('\\x0b')")),
    ("respondent_code_made_by_somebody", _revoked(who="' '")),
    ("respondent_code_revoked_whole", _revoked(by="NULL::text")),
    ("respondent_code_revoked_whole", _revoked(at="NULL::timestamptz")),
    ("respondent_code_revoked_whole", _revoked(because="' '")),
    ("respondent_code_in_force", _code(sha256="sha256('x')")),
    ("respondent_form_pkey", _form()),
    ("respondent_form_by_code", _form(key="gen_random_uuid()", code="999999")),
    ("respondent_form_deed_named", _form(key="gen_random_uuid()", deed="' '")),
    ("respondent_form_hashed", _form(key="gen_random_uuid()", said="'\\x0a'::bytea")),
]
