"""Break each rule of blocks, pauses, liens and their releases once, by its name."""

FOLLOWS = ("broken_tribunal",)

FILL = """
    INSERT INTO lotline.collection_block (case_id, kind, reference, since, reason, who)
    SELECT min(id), 'bankruptcy', '26-bk-1', date '2026-09-28', 'Petition', 'A. Stone'
    FROM lotline.case_file;
    INSERT INTO lotline.accrual_pause (order_id, authority, reference, ordered_on, first_day,
        reason, who)
    SELECT id, 'court_order', '2026-AP-7', '2026-10-01', '2026-10-01', 'Stayed', 'J. Okafor'
    FROM lotline.enforcement_order;
    INSERT INTO lotline.lien (parcel_id, case_id, order_id, instrument_no, recorded_on,
        amount_cents, status)
    SELECT c.parcel_id, c.id, o.id, 'I-3', '2026-10-02', 600000, 'recorded'
    FROM lotline.enforcement_order o JOIN lotline.case_file c ON c.id = o.case_id;
    INSERT INTO lotline.lien_release (lien_id, description, instrument_no, recorded_on, reason)
    SELECT id, 'North half', 'R-1', '2026-11-02', 'Sold' FROM lotline.lien
    WHERE instrument_no = 'I-3';
"""

BLOCK = "UPDATE lotline.collection_block SET {}"
PAUSE = "UPDATE lotline.accrual_pause SET {}"
_TWICE = "INSERT INTO lotline.{0} ({1}) SELECT {1} FROM lotline.{0}"

OURS = "UPDATE lotline.lien SET {} WHERE instrument_no = 'I-3'"
FILED = "UPDATE lotline.lien SET {} WHERE instrument_no = 'I-1'"
ORDER = "UPDATE lotline.enforcement_order SET {}"
RELEASE = (
    "INSERT INTO lotline.lien_release (lien_id, parcel_id, description, instrument_no, "
    "recorded_on, reason) SELECT {}, '2026-11-02', {} FROM lotline.lien_release"
)
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
    ("order_judgment_known_after", ORDER.format("judged_on = '2027-03-01'")),
    ("order_judgment_known_after", ORDER.format(
        "judged_on = '2027-03-02', judged_known_on = '2027-03-01'")),
    ("order_instrument_unique", _TWICE_ORDER.replace("costs_cents", "instrument_no, recorded_on")
        .replace("cents_per_day, 0", "cents_per_day, 'I', date '2026-09-01'")
        .replace("FROM lotline.enforcement_order", """FROM lotline.enforcement_order UNION ALL
            SELECT 'ORD-8', case_id, hearing_id, violation_id, status, kind, executed_on,
                   comply_by, cents_per_day, 'I', date '2026-09-01'
            FROM lotline.enforcement_order""")),
    ("order_recorded_by_instrument", ORDER.format("instrument_no = 'I'")),
    ("order_recorded_by_instrument", ORDER.format("recorded_on = '2026-09-01'")),
    ("order_recorded_by_instrument", ORDER.format(
        "instrument_no = ' ', recorded_on = '2026-09-01'")),
    ("order_recorded_after_execution", ORDER.format(
        "instrument_no = 'I', recorded_on = '2026-08-10'")),
    ("order_acknowledged_by_instrument", ORDER.format("acknowledgment_no = 'I'")),
    ("order_acknowledged_once_recorded", ORDER.format(
        "acknowledgment_no = 'I', acknowledged_on = '2026-09-01'")),
    ("lien_of_order", FILED.format(
        "order_id = 999999, case_id = (SELECT min(id) FROM lotline.case_file)")),
    ("lien_of_order_recorded_in_a_case", OURS.format("case_id = NULL")),
    ("lien_of_order_recorded_in_a_case", OURS.format("recorded_on = NULL")),
    ("lien_dated_as_it_ended", OURS.format("satisfied_on = '2026-11-02'")),
    ("lien_dated_as_it_ended", OURS.format("expired_on = '2026-11-02'")),
    ("lien_dated_as_it_ended", OURS.format("foreclosed_on = '2026-11-02'")),
    ("lien_of_order_end_dated", OURS.format("status = 'satisfied'")),
    ("lien_ended_after_recorded", OURS.format(
        "status = 'satisfied', satisfied_on = '2026-10-01'")),
    ("lien_end_instrument_given", OURS.format("end_instrument_no = ' '")),
    ("lien_foreclosure_names_its_suit", OURS.format("status = 'foreclosing'")),
    ("lien_homestead_says_who", OURS.format("homestead = true")),
    ("lien_homestead_says_who", OURS.format("homestead_said_by = 'x'")),
    ("lien_homestead_says_who", OURS.format("homestead = false, homestead_said_by = 'x'")),
    ("lien_one_of_order", """INSERT INTO lotline.lien (parcel_id, case_id, order_id, instrument_no,
        recorded_on, amount_cents, status) SELECT parcel_id, case_id, order_id, 'I-4', recorded_on,
        amount_cents, status FROM lotline.lien WHERE order_id IS NOT NULL"""),
    ("lien_release_of_lien", RELEASE.format("999999, NULL, 'x', 'R-2'", "'x'")),
    ("lien_release_of_parcel", RELEASE.format("lien_id, 999999, NULL, 'R-2'", "'x'")),
    ("lien_release_says_what", RELEASE.format("lien_id, NULL, ' ', 'R-2'", "'x'")),
    ("lien_release_instrument_unique", RELEASE.format("lien_id, NULL, 'x', 'R-1'", "'x'")),
    ("lien_release_instrument_given", RELEASE.format("lien_id, NULL, 'x', ' '", "'x'")),
    ("lien_release_says_why", RELEASE.format("lien_id, NULL, 'x', 'R-2'", "' '")),
    ("lien_release_append_only", "UPDATE lotline.lien_release SET reason = 'x'"),
]  # fmt: skip
