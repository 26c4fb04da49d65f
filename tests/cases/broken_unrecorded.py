"""Break each rule of the database on money taken online that is not recorded, by its name."""

from broken_deposits import AT, DAY, posting

FOLLOWS = ("broken_deposits",)

A_KEY = "'6b1f0c7e-93d2-4e0f-8d3c-2a4b5c6d7e8f'"
_KEPT = {
    "reference": "'P-9'", "case_id": "min(id)", "cents": "500", "method": "'card'",
    "payer": "NULL", "because": "'It is closed'", "told_on": DAY, "told_at": AT,
}  # fmt: skip
_SETTLED = {
    "payment_id": "(SELECT id FROM lotline.unrecorded_payment WHERE reference = 'P-2')",
    "way": "'recorded'", "case_id": "min(id)", "posting_id": posting("deposit-3"),
    "refunded_on": "NULL", "reason": "'Reopened'", "settled_on": DAY, "settled_at": AT,
    "settled_by": "'x'", "form_key": "gen_random_uuid()",
}  # fmt: skip
_BACK = {
    "way": "'refunded'", "case_id": "NULL", "posting_id": "NULL", "refunded_on": DAY
}  # fmt: skip
_THE_FIRST = "(SELECT id FROM lotline.unrecorded_payment WHERE reference = 'P-1')"


def _kept(**changes: str) -> str:
    return _written("unrecorded_payment", _KEPT | changes)


def _settled(**changes: str) -> str:
    return _written("unrecorded_settlement", _SETTLED | changes)


def _refunded(**changes: str) -> str:
    return _settled(**(_BACK | changes))


def _written(table: str, said: dict[str, str]) -> str:
    columns, values = ", ".join(said), ", ".join(said.values())
    return f"INSERT INTO lotline.{table} ({columns}) SELECT {values} FROM lotline.case_file LIMIT 1"  # noqa: S608 - ours


FILL = ";".join((
    _kept(reference="'P-1'"),
    _kept(reference="'P-2'"),
    _kept(reference="'P-0'"),
    _refunded(payment_id=_THE_FIRST, form_key=A_KEY),
    _settled(payment_id="(SELECT id FROM lotline.unrecorded_payment WHERE reference = 'P-0')"),
))  # fmt: skip

BROKEN = [
    ("unrecorded_payment_once", _kept(reference="'P-1'")),
    ("unrecorded_payment_of_case", _kept(case_id="max(id) + 99999")),
    ("unrecorded_payment_referred", _kept(reference="' '")),
    ("unrecorded_payment_of_something", _kept(cents="0")),
    ("unrecorded_payment_method_known", _kept(method="'cash'")),
    ("unrecorded_payment_payer_named", _kept(payer="' '")),
    ("unrecorded_payment_explained", _kept(because="' '")),
    ("unrecorded_payment_append_only", "UPDATE lotline.unrecorded_payment SET cents = 1"),
    ("unrecorded_payment_append_only", "DELETE FROM lotline.unrecorded_payment"),
    ("unrecorded_payment_append_only", "TRUNCATE lotline.unrecorded_payment CASCADE"),
    ("unrecorded_settlement_once", _refunded(payment_id=_THE_FIRST)),
    ("unrecorded_settlement_of_payment", _refunded(payment_id="max(id) + 99999")),
    ("unrecorded_settlement_in_case",
     _settled(case_id="max(id) + 99999", posting_id=posting("deposit-1"))),
    ("unrecorded_settlement_by_posting", _settled(posting_id="999999")),
    ("unrecorded_settlement_posting_once", _settled()),
    ("unrecorded_settlement_way_known", _refunded(way="'lost'", refunded_on="NULL")),
    ("unrecorded_settlement_recorded", _settled(posting_id="NULL")),
    ("unrecorded_settlement_recorded", _settled(case_id="NULL")),
    ("unrecorded_settlement_refunded", _refunded(refunded_on="NULL")),
    ("unrecorded_settlement_refunded_before", _refunded(refunded_on="DATE '2026-06-02'")),
    ("unrecorded_settlement_explained", _refunded(reason="' '")),
    ("unrecorded_settlement_by_somebody", _refunded(settled_by="' '")),
    ("unrecorded_settlement_form_once", _refunded(form_key=A_KEY)),
    ("unrecorded_settlement_of_its_sum", _settled(posting_id=posting("deposit-1"))),
    ("unrecorded_settlement_append_only", "UPDATE lotline.unrecorded_settlement SET reason = 'y'"),
    ("unrecorded_settlement_append_only", "DELETE FROM lotline.unrecorded_settlement"),
    ("unrecorded_settlement_append_only", "TRUNCATE lotline.unrecorded_settlement"),
]  # fmt: skip
