"""Break each rule of blocks, pauses, liens and their releases once, by its name."""

FILL = """
    INSERT INTO lotline.collection_block (case_id, kind, reference, since, reason, who)
    SELECT min(id), 'bankruptcy', '26-bk-1', date '2026-09-28', 'Petition', 'A. Stone'
    FROM lotline.case_file;
    INSERT INTO lotline.accrual_pause (order_id, authority, reference, ordered_on, first_day,
        reason, who)
    SELECT id, 'court_order', '2026-AP-7', '2026-10-01', '2026-10-01', 'Stayed', 'J. Okafor'
    FROM lotline.enforcement_order;
"""

BLOCK = "UPDATE lotline.collection_block SET {}"
PAUSE = "UPDATE lotline.accrual_pause SET {}"
_TWICE = "INSERT INTO lotline.{0} ({1}) SELECT {1} FROM lotline.{0}"

_TWICE_ORDER = """INSERT INTO lotline.enforcement_order (number, case_id, hearing_id, violation_id,
    status, kind, executed_on, comply_by, cents_per_day, costs_cents)
    SELECT 'ORD-9', case_id, hearing_id, violation_id, status, kind, executed_on, comply_by,
           cents_per_day, 0 FROM lotline.enforcement_order"""

BROKEN = [
    ("collection_block_of_case", BLOCK.format("case_id = 999999")),
    ("collection_block_kind_known", BLOCK.format("kind = 'mood'")),
    ("collection_block_names_its_paper", BLOCK.format("reference = ' '")),
    ("collection_block_says_why", BLOCK.format("reason = ' '")),
    ("collection_block_says_why", BLOCK.format("who = ' '")),
    ("collection_block_in_order", BLOCK.format("until = '2026-09-27'")),
    ("collection_block_open_once", _TWICE.format(
        "collection_block", "case_id, kind, reference, since, reason, who")),
    ("accrual_pause_of_order", PAUSE.format("order_id = 999999")),
    ("accrual_pause_authority_known", PAUSE.format("authority = 'mood'")),
    ("accrual_pause_names_its_paper", PAUSE.format("reference = ' '")),
    ("accrual_pause_says_why", PAUSE.format("reason = ' '")),
    ("accrual_pause_says_why", PAUSE.format("who = ' '")),
    ("accrual_pause_in_order", PAUSE.format("last_day = '2026-09-30', ended_by = 'x'")),
    ("accrual_pause_ended_by_paper", PAUSE.format("last_day = '2026-10-30'")),
    ("accrual_pause_ended_by_paper", PAUSE.format("ended_by = 'x'")),
    ("accrual_pause_ended_by_paper", PAUSE.format("last_day = '2026-10-30', ended_by = ' '")),
    ("accrual_pause_running_once", _TWICE.format(
        "accrual_pause", "order_id, authority, reference, ordered_on, first_day, reason, who")),
    ("order_costs_frozen", "UPDATE lotline.enforcement_order SET costs_cents = 1"),
    ("order_costs_positive", _TWICE_ORDER),
]  # fmt: skip
