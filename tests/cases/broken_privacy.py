"""Break each rule of exempt places, and of what the public is told, once."""

PLACE = """INSERT INTO lotline.exempt_place
    (parcel_id, point, said, provision, requested_on, form_key, noted_on, noted_at, noted_by,
     ended_on, ended_at, ended_by, ended_because)
    VALUES ({parcel_id}, {point}, {said}, {provision}, {requested_on}, {form_key}, '2026-06-02',
            '2026-06-02 12:00Z', {noted_by}, {ended_on}, {ended_at}, {ended_by}, {ended_because})"""
LOT = "(SELECT id FROM lotline.parcel WHERE parcel_no = 'A-{}')"
KEY = "'a0a0a0a0-0000-4000-8000-00000000000{}'"


def _place(**changes: str) -> str:
    said = {
        "parcel_id": LOT.format(6), "point": "NULL", "said": "'A-6'",
        "provision": "'s. 119.071(4)(d)'", "requested_on": "'2026-06-01'",
        "form_key": KEY.format(2), "noted_by": "'J. Okafor'", "ended_on": "NULL",
        "ended_at": "NULL", "ended_by": "NULL", "ended_because": "NULL",
        **changes,
    }  # fmt: skip
    return PLACE.format(**said)


ENDED = {
    "ended_on": "'2026-06-03'", "ended_at": "'2026-06-03 12:00Z'", "ended_by": "'J. Okafor'",
    "ended_because": "'sold'",
}  # fmt: skip
FILL = "; ".join(
    [
        _place(parcel_id=LOT.format(5), form_key=KEY.format(1)),
        _place(parcel_id=LOT.format(4), form_key=KEY.format(0), **ENDED),
    ]
)
END = """UPDATE lotline.exempt_place SET ended_on = '2026-06-03', ended_at = '2026-06-03 12:00Z',
    ended_by = 'x', ended_because = 'x'"""

BROKEN = [
    ("public_rule_one", "UPDATE lotline.public_rule SET id = 2"),
    ("public_rule_days_counted", "UPDATE lotline.public_rule SET closed_days = -1"),
    ("public_rule_kinds_named", "UPDATE lotline.public_rule SET hidden_kinds = '{NULL}'"),
    ("exempt_place_of_parcel", _place(parcel_id="999999")),
    ("exempt_place_is_somewhere", _place(parcel_id="NULL")),
    ("exempt_place_plausible", _place(point="'SRID=4326;POINT EMPTY'")),
    ("exempt_place_says_where", _place(said="' '")),
    ("exempt_place_says_under_what", _place(provision="' '")),
    ("exempt_place_says_who", _place(noted_by="' '")),
    ("exempt_place_requested_before", _place(requested_on="'2026-06-03'")),
    ("exempt_place_once", _place(form_key=KEY.format(1))),
    ("exempt_place_ended_whole", _place(**{**ENDED, "ended_on": "NULL"})),
    ("exempt_place_ended_whole", _place(**{**ENDED, "ended_because": "' '"})),
    ("exempt_place_ended_after", _place(**{**ENDED, "ended_on": "'2026-06-01'"})),
    ("exempt_place_runs_once", _place(parcel_id=LOT.format(5))),
    ("exempt_place_kept", "UPDATE lotline.exempt_place SET noted_by = 'x'"),
    ("exempt_place_kept", f"{END} WHERE ended_at IS NOT NULL"),
]
