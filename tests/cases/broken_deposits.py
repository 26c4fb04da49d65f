"""Break each rule of the database on deposits once, by its name."""

DAY = "DATE '2026-06-01'"
AT = "TIMESTAMPTZ '2026-06-01 16:00Z'"


def _paid(key: str, *, cents: int = 500, method: str = "cash", at: str = AT) -> str:
    return f"""
        WITH posting AS (
            INSERT INTO lotline.ledger_posting
                (case_id, kind, key, cents, method, actor, posted_at, effective_on, asked)
            SELECT min(id), 'paid', '{key}', {cents}, '{method}', 'J. Okafor', {at}, {DAY}, '{{}}'
            FROM lotline.case_file RETURNING id)
        INSERT INTO lotline.ledger_entry (posting_id, account, cents)
        SELECT posting.id, entry.* FROM posting,
               (VALUES ('cash', {cents}), ('unapplied_credit', -{cents})) entry (account, cents);
    """  # noqa: S608 - ours


def posting(key: str) -> str:
    return f"(SELECT id FROM lotline.ledger_posting WHERE key = '{key}')"  # noqa: S608 - ours


def _deposit(key: str = "deposit-2", **changes: str) -> str:
    said = {
        "taken_on": DAY, "method": "'cash'", "slip_no": "'S-2'", "ledger_cents": "500",
        "counted_cents": "500", "difference_reason": "NULL", "closed_on": DAY, "closed_at": AT,
        "closed_by": "'x'", **changes,
    }  # fmt: skip
    return f"""
        WITH made AS (INSERT INTO lotline.deposit ({", ".join(said)})
                      SELECT {", ".join(said.values())} RETURNING id)
        INSERT INTO lotline.deposit_receipt (deposit_id, posting_id)
        SELECT made.id, {posting(key)} FROM made"""  # noqa: S608 - ours


CLEARED = (
    "INSERT INTO lotline.deposit_clearing SELECT {} FROM lotline.deposit WHERE slip_no = 'S-1'"
)
_CLEARED = {"id": "id", "cents": "500", "on": DAY, "at": AT, "by": "'x'"}
ENTRY = """INSERT INTO lotline.deposit_correction
    (deposit_id, side, cents, reason, made_on, made_at, made_by, form_key)
    SELECT {} FROM lotline.deposit WHERE slip_no = 'S-1'"""
_ENTRY = {
    "id": "id", "side": "'counted'", "cents": "1", "reason": "'x'", "on": DAY, "at": AT,
    "by": "'x'", "key": "gen_random_uuid()",
}  # fmt: skip
A_KEY = "'0b6c1b0e-5d3e-4a56-8f0a-9c1d5a7e2b11'"


def _cleared(**changes: str) -> str:
    return CLEARED.format(", ".join((_CLEARED | changes).values()))


def _entry(**changes: str) -> str:
    return ENTRY.format(", ".join((_ENTRY | changes).values()))


FILL = (
    _paid("deposit-1")
    + _paid("deposit-2")
    + _paid("deposit-3", method="card")
    + _paid("deposit-4", at="TIMESTAMPTZ '2026-06-02 16:00Z'")
    + _deposit("deposit-1", slip_no="'S-1'")
    + ";"
    + _cleared()
    + ";"
    + _entry(key=A_KEY)
)

VOID = """
    WITH void AS (
        INSERT INTO lotline.ledger_posting (case_id, kind, key, cents, method, actor, posted_at,
                                            effective_on, memo, reverses, asked)
        SELECT case_id, 'payment_voided', 'void-2', cents, method, actor, posted_at, effective_on,
               'Typed twice', id, '{}' FROM lotline.ledger_posting WHERE key = 'deposit-2'
        RETURNING id)
    INSERT INTO lotline.ledger_entry (posting_id, account, cents)
    SELECT void.id, entry.* FROM void,
           (VALUES ('cash', -500), ('unapplied_credit', 500)) entry (account, cents)"""

MORE = "INSERT INTO lotline.deposit_receipt (deposit_id, posting_id) SELECT {}, {}"
THE_FIRST = "(SELECT id FROM lotline.deposit WHERE slip_no = 'S-1')"

BROKEN = [
    ("deposit_method_known", _deposit(method="'shells'")),
    ("deposit_slip_given", _deposit(slip_no="' '")),
    ("deposit_slip_once", _deposit(slip_no="'S-1'")),
    ("deposit_of_something", _deposit(ledger_cents="0", counted_cents="0")),
    ("deposit_counted", _deposit(counted_cents="-1", difference_reason="'x'")),
    ("deposit_difference_explained", _deposit(counted_cents="499")),
    ("deposit_difference_explained", _deposit(counted_cents="499", difference_reason="' '")),
    ("deposit_closed_by_somebody", _deposit(closed_by="' '")),
    ("deposit_closed_afterwards", _deposit(closed_on="DATE '2026-05-31'")),
    ("deposit_of_its_receipts", _deposit(ledger_cents="499", counted_cents="499")),
    ("deposit_of_its_receipts", _deposit("deposit-3")),
    ("deposit_of_its_receipts", _deposit("deposit-4")),
    ("deposit_of_its_receipts", MORE.format(THE_FIRST, posting("deposit-2"))),
    ("deposit_append_only", "UPDATE lotline.deposit SET counted_cents = 1"),
    ("deposit_append_only", "DELETE FROM lotline.deposit"),
    ("deposit_receipt_once", _deposit("deposit-1")),
    ("deposit_receipt_of_deposit", MORE.format("999999", posting("deposit-2"))),
    ("deposit_receipt_of_posting", MORE.format(THE_FIRST, "999999")),
    ("deposit_receipt_not_voided", VOID + ";" + _deposit()),
    ("deposit_receipt_append_only", "UPDATE lotline.deposit_receipt SET deposit_id = 1"),
    ("deposit_receipt_append_only", "DELETE FROM lotline.deposit_receipt"),
    ("deposit_receipt_append_only", "TRUNCATE lotline.deposit_receipt"),
    ("deposit_cleared_once", _cleared()),
    ("deposit_clearing_of_deposit", _cleared(id="999999")),
    ("deposit_clearing_plausible", _cleared(cents="-1")),
    ("deposit_cleared_afterwards", _cleared(on="DATE '2026-05-31'")),
    ("deposit_clearing_by_somebody", _cleared(by="' '")),
    ("deposit_clearing_append_only", "UPDATE lotline.deposit_clearing SET bank_cents = 1"),
    ("deposit_clearing_append_only", "DELETE FROM lotline.deposit_clearing"),
    ("deposit_clearing_append_only", "TRUNCATE lotline.deposit_clearing"),
    ("deposit_correction_once", _entry(key=A_KEY)),
    ("deposit_correction_leaves_amount", _entry(cents="-502")),
    ("deposit_correction_leaves_amount", _entry(side="'bank'", cents="-501")),
    ("deposit_correction_of_deposit", _entry(id="999999")),
    ("deposit_correction_side_known", _entry(side="'mine'")),
    ("deposit_correction_of_something", _entry(cents="0")),
    ("deposit_correction_explained", _entry(reason="' '")),
    ("deposit_correction_by_somebody", _entry(by="' '")),
    ("deposit_correction_append_only", "UPDATE lotline.deposit_correction SET cents = 2"),
    ("deposit_correction_append_only", "DELETE FROM lotline.deposit_correction"),
    ("deposit_correction_append_only", "TRUNCATE lotline.deposit_correction"),
]
