"""Break each rule of the database on accounts once, by its name."""

from broken import TWICE

STAFF = """INSERT INTO lotline.staff (login, name, role, email, language, password_hash,
    password_set_at, totp_secret, totp_sealed, totp_since, totp_last_step, oidc_subject, added_at)
    VALUES ({login}, {name}, {role}, {email}, {language}, {password_hash}, {password_set_at},
            {totp_secret}, {totp_sealed}, {totp_since}, {totp_last_step},
            {oidc_subject}, now())"""
HELD = "(SELECT min(id) FROM lotline.staff)"
HASH = r"decode(repeat('0{}', 32), 'hex')"
SESSION = """INSERT INTO lotline.staff_session
    (token_sha256, staff_id, started_at, seen_at, ended_at, device)
    VALUES ({token}, {staff}, '2026-06-01', {seen}, {ended}, 'x')"""
LINK = """INSERT INTO lotline.password_link
    (token_sha256, staff_id, made_at, expires_at, used_at)
    VALUES ({token}, {staff}, '2026-06-02', {expires}, {used})"""
CODE = "INSERT INTO lotline.recovery_code (staff_id, code_sha256) VALUES ({}, {})"
EVENT = """INSERT INTO lotline.account_event (kind, staff_id, actor, happened_at)
    VALUES ({kind}, {staff}, {actor}, now())"""


def _staff(**changes: str) -> str:
    said = {
        "login": "'lane'", "name": "'P. Lane'", "role": "'clerk'", "email": "'lane@x'",
        "language": "'en'", "password_hash": "'$argon2id$x'", "password_set_at": "now()",
        "totp_secret": "NULL", "totp_sealed": "'gAAAAx'", "totp_since": "now()",
        "totp_last_step": "1", "oidc_subject": "'i s'", **changes,
    }  # fmt: skip
    return STAFF.format(**said)


def _session(**changes: str) -> str:
    said = {"token": HASH.format(2), "staff": HELD, "seen": "'2026-06-02'", "ended": "NULL"}
    return SESSION.format(**{**said, **changes})


def _link(**changes: str) -> str:
    said = {"token": HASH.format(2), "staff": HELD, "expires": "'2026-06-05'", "used": "NULL"}
    return LINK.format(**{**said, **changes})


def _event(**changes: str) -> str:
    return EVENT.format(**{"kind": "'added'", "staff": HELD, "actor": "'x'", **changes})


FILL = ";".join(
    [
        _staff(login="'rivera'", name="'M. Rivera'", email="'rivera@x'", oidc_subject="'i r'"),
        _session(token=HASH.format(1)),
        _link(token=HASH.format(1)),
        CODE.format(HELD, HASH.format(1)),
        _event(),
    ]
)

BROKEN = [
    ("staff_login_unique", _staff(login="'rivera'")),
    ("staff_name_unique", _staff(name="'M. Rivera'")),
    ("staff_email_once", _staff(email="'RIVERA@x'")),
    ("staff_oidc_subject_unique", _staff(oidc_subject="'i r'")),
    ("staff_login_plain", _staff(login="'Lane'")),
    ("staff_login_plain", _staff(login="'l'")),
    ("staff_login_plain", _staff(login="'a b'")),
    ("staff_name_given", _staff(name="' '")),
    ("staff_role_known", _staff(role="'resident'")),
    ("staff_language_known", _staff(language="'xx'")),
    ("staff_email_plausible", _staff(email="'lane'")),
    ("staff_email_plausible", _staff(email="'a b@x'")),
    ("staff_password_hashed", _staff(password_hash="'secret'")),  # noqa: S106
    ("staff_password_dated", _staff(password_set_at="NULL")),  # noqa: S106
    ("staff_password_dated", _staff(password_hash="NULL")),  # noqa: S106
    ("staff_totp_confirmed", _staff(totp_sealed="NULL")),
    ("staff_totp_confirmed", _staff(totp_secret="'x'")),  # noqa: S106
    ("staff_totp_sealed", _staff(totp_sealed="'JBSWY3DPEHPK3PXP'")),
    ("staff_totp_confirmed", _staff(totp_since="NULL")),
    ("staff_totp_confirmed", _staff(totp_last_step="NULL")),
    ("staff_oidc_subject_given", _staff(oidc_subject="' '")),
    ("recovery_code_of_staff", CODE.format(999999, HASH.format(2))),
    ("recovery_code_hashed", CODE.format(HELD, "'short'::bytea")),
    ("staff_session_of_staff", _session(staff="999999")),
    ("staff_session_hashed", _session(token="'short'::bytea")),  # noqa: S106
    ("staff_session_in_order", _session(seen="'2026-05-31'")),
    ("staff_session_in_order", _session(ended="'2026-05-31'")),
    ("password_link_of_staff", _link(staff="999999")),
    ("password_link_hashed", _link(token="'short'::bytea")),  # noqa: S106
    ("password_link_in_order", _link(expires="'2026-06-02'")),
    ("password_link_in_order", _link(used="'2026-06-01'")),
    ("account_event_of_staff", _event(staff="999999")),
    ("account_event_kind_known", _event(kind="'x'")),
    ("account_event_of_somebody", _event(staff="NULL")),
    ("account_event_says_who", _event(actor="' '")),
    ("account_event_append_only", "UPDATE lotline.account_event SET actor = 'y'"),
    ("account_event_append_only", "DELETE FROM lotline.account_event"),
    ("account_event_append_only", "TRUNCATE lotline.account_event"),
    ("recovery_code_pk", TWICE.format("recovery_code", "staff_id, code_sha256")),
]
