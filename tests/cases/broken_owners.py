"""Break each rule of the database on owners and repeats once, by its name."""

WORD = """INSERT INTO lotline.owner_confirmation
    (key_a, key_b, party_a, party_b, verdict, said_by, said_on, recorded_at, reason, evidence)
    VALUES ({key_a}, {key_b}, {party_a}, {party_b}, {verdict}, {said_by}, '2026-06-01', now(),
        {reason}, {evidence})"""
REPEAT = """UPDATE lotline.violation v SET repeat_confirmed_on = '2026-06-03',
    repeat_confirmed_by = 'M. Rivera',
    repeat_respondent_id = (SELECT min(id) FROM lotline.respondent),
    repeat_of_citation = (SELECT min(id) FROM lotline.citation), {}"""
CALL = """INSERT INTO lotline.{0} ({1}, {2}) SELECT {1}, {3} FROM lotline.{0}"""


def _word(**changes: str) -> str:
    said = {
        "key_a": "'a @ x'", "key_b": "'b @ x'", "party_a": "'A'", "party_b": "'B'",
        "verdict": "'same'", "said_by": "'J. Okafor'",
        "reason": "'x'", "evidence": "'x'", **changes,
    }  # fmt: skip
    return WORD.format(**said)


FOLLOWS = ("broken_after",)

FILL = _word()

BROKEN = [
    ("owner_confirmation_of_two", _word(key_a="'c @ x'")),
    ("owner_confirmation_of_two", _word(key_b="'a @ x'")),
    ("owner_confirmation_of_two", _word(key_a="' '")),
    ("owner_confirmation_names_both", _word(party_a="' '")),
    ("owner_confirmation_names_both", _word(party_b="''")),
    ("owner_confirmation_verdict_known", _word(verdict="'perhaps'")),
    ("owner_confirmation_says_who", _word(said_by="' '")),
    ("owner_confirmation_says_why", _word(reason="' '")),
    ("owner_confirmation_says_why", _word(evidence="' '")),
    ("owner_confirmation_append_only", "UPDATE lotline.owner_confirmation SET reason = 'y'"),
    ("owner_confirmation_append_only", "DELETE FROM lotline.owner_confirmation"),
    ("owner_confirmation_append_only", "TRUNCATE lotline.owner_confirmation"),
    ("violation_repeat_by_respondent", REPEAT.format("repeat_respondent_id = 999999").replace(
        "repeat_respondent_id = (SELECT min(id) FROM lotline.respondent),", "")),
    ("violation_repeat_of_citation", REPEAT.format("repeat_of_citation = 999999").replace(
        "repeat_of_citation = (SELECT min(id) FROM lotline.citation),", "")),
    ("violation_repeat_of_order", REPEAT.format("repeat_of_order = 999999").replace(
        "repeat_of_citation = (SELECT min(id) FROM lotline.citation),", "")),
    ("violation_repeat_says_who", REPEAT.format("status = status").replace("'M. Rivera'", "NULL")),
    ("violation_repeat_says_who", REPEAT.format("status = status").replace(
        "(SELECT min(id) FROM lotline.respondent)", "NULL")),
    ("violation_repeat_of_one_prior", REPEAT.format(
        "repeat_of_order = (SELECT min(id) FROM lotline.enforcement_order)")),
    ("violation_repeat_of_one_prior", REPEAT.format("status = status").replace(
        "(SELECT min(id) FROM lotline.citation)", "NULL")),
    ("violation_repeat_of_one_prior",
     "UPDATE lotline.violation SET repeat_of_citation = (SELECT min(id) FROM lotline.citation)"),
    ("violation_repeat_stood", REPEAT.format("status = 'alleged'")),
    ("citation_repeat_confirmed", "UPDATE lotline.citation SET excused = 'repeat'"),
    ("order_repeat_confirmed", CALL.format(
        "enforcement_order", "case_id, hearing_id, violation_id, status, executed_on, "
        "cents_per_day", "number, kind, found_on", "'ORD-3', 'repeat', date '2026-06-01'")),
]  # fmt: skip
