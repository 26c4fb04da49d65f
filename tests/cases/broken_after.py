"""Break each rule of what follows an order once, by its name."""

FILL = """
    INSERT INTO lotline.abatement (number, case_id, violation_id, status, authority, order_id,
        reason, authorized_on, contractor, entry, entry_detail, ordered_on, worked_on,
        photos_before, photos_after, invoiced_on, fee_cents)
    SELECT 'ABT-1', case_id, violation_id, 'invoiced', 'order', id, 'Rats', '2026-09-07', 'Green',
           'consent', 'P. Lane', '2026-09-08', '2026-09-10', ARRAY[repeat('0b', 32)],
           ARRAY[repeat('af', 32)], '2026-09-11', 15000
    FROM lotline.enforcement_order;
    INSERT INTO lotline.abatement_cost (abatement_id, what, cents)
    SELECT id, 'Mowing', 25000 FROM lotline.abatement;
"""

TWICE = "INSERT INTO lotline.{0} ({1}) SELECT {1} FROM lotline.{0}"
ABATEMENT = "UPDATE lotline.abatement SET {}"
COST = "INSERT INTO lotline.abatement_cost (abatement_id, what, cents) SELECT {} "
COST += "FROM lotline.abatement"

BROKEN = [
    ("abatement_number_unique", TWICE.format(
        "abatement", "number, case_id, violation_id, status, authority, order_id, reason, "
        "authorized_on, contractor, entry, entry_detail, ordered_on, worked_on, photos_before, "
        "photos_after, invoiced_on, fee_cents")),
    ("abatement_of_case", ABATEMENT.format("case_id = 999999")),
    ("abatement_of_violation", ABATEMENT.format("violation_id = 999999")),
    ("abatement_by_order", ABATEMENT.format("order_id = 999999")),
    ("abatement_status_known", ABATEMENT.format("status = 'lost'")),
    ("abatement_authority_known", ABATEMENT.format("authority = 'mood', order_id = NULL")),
    ("abatement_authority_shown", ABATEMENT.format("order_id = NULL")),
    ("abatement_authority_shown", ABATEMENT.format("authority = 'emergency'")),
    ("abatement_says_why", ABATEMENT.format("reason = ' '")),
    ("abatement_entry_known", ABATEMENT.format("entry = 'ladder'")),
    ("abatement_work_by_right", ABATEMENT.format("entry = NULL")),
    ("abatement_work_by_right", ABATEMENT.format("entry_detail = ' '")),
    ("abatement_work_by_right", ABATEMENT.format("contractor = NULL")),
    ("abatement_work_by_right", ABATEMENT.format("ordered_on = NULL")),
    ("abatement_photos_by_hash", ABATEMENT.format("photos_after = ARRAY['mown.jpg']")),
    ("abatement_photos_by_hash", ABATEMENT.format("photos_after = photos_after || ''::text")),
    ("abatement_photos_by_hash", ABATEMENT.format("photos_after = photos_after || NULL::text")),
    ("abatement_done_is_shown", ABATEMENT.format("photos_before = '{}'")),
    ("abatement_done_is_shown", ABATEMENT.format("photos_after = '{}'")),
    ("abatement_done_is_shown", ABATEMENT.format("worked_on = NULL")),
    ("abatement_in_order", ABATEMENT.format("ordered_on = '2026-09-06'")),
    ("abatement_in_order", ABATEMENT.format("worked_on = '2026-09-07'")),
    ("abatement_in_order", ABATEMENT.format("invoiced_on = '2026-09-09'")),
    ("abatement_invoiced_with_fee", ABATEMENT.format("fee_cents = NULL")),
    ("abatement_invoiced_with_fee", ABATEMENT.format("invoiced_on = NULL")),
    ("abatement_fee_not_negative", ABATEMENT.format("fee_cents = -1")),
    ("abatement_cost_of_abatement", COST.format("999999, 'x', 1")),
    ("abatement_cost_says_what", COST.format("id, ' ', 1")),
    ("abatement_cost_positive", COST.format("id, 'x', 0")),
    ("abatement_cost_append_only", "UPDATE lotline.abatement_cost SET cents = 1"),
    ("abatement_cost_append_only", "DELETE FROM lotline.abatement_cost"),
]  # fmt: skip
