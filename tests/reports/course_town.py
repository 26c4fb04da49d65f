"""Deal out cases whose every day is known, so that a report of them can be reckoned from a table.

The table is the truth, and the town is made from it: what a case came to stands in a row of its
own, as the deeds of the town would have left it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from small_town import lay_out

from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT

ON = date(2025, 10, 1)
FIRST = date(2024, 1, 1)
CATEGORIES = ("High grass", "Trash", "Fence")
CHANNELS = ("phone", "web", "officer", "referral", None)
FATES = (
    "unseen", "unfounded", "void", "early", "noticed", "cited", "heard", "ordered", "standing",
    "closed",
)  # fmt: skip
"""What became of a case; the last two are open with a notice, and closed without a word."""
PHASES = {
    "unseen": "reported", "unfounded": "unfounded", "void": "void", "standing": "open",
    "closed": "closed", "early": "complied", "noticed": "complied", "cited": "complied",
    "heard": "complied", "ordered": "complied",
}  # fmt: skip
STEPS = ("seen", "noticed", "cited", "heard", "ordered")
REACHES = {
    "unseen": 0, "unfounded": 1, "void": 0, "early": 1, "noticed": 2, "cited": 3, "heard": 4,
    "ordered": 5, "standing": 2, "closed": 1,
}  # fmt: skip
"""To how many of the steps each comes."""


def deal(*, cases: int, seed: int) -> pd.DataFrame:
    """Deal out cases: one row each, its days as dates, NaT where it never came to them."""
    dice = np.random.default_rng(seed)
    rows = [_one(dice) for _ in range(cases)]
    return pd.DataFrame(rows).assign(number=[f"C-{at:04}" for at in range(cases)])


def _one(dice: np.random.Generator) -> dict[str, Any]:
    """Deal one; the steps come at random intervals, and what lies after `ON` has not come."""
    opened = FIRST + timedelta(days=int(dice.integers(0, (ON - FIRST).days)))
    channel, fate = CHANNELS[dice.integers(5)], str(dice.choice(FATES))
    day, days = opened, {}
    for step in STEPS[: REACHES[fate]]:
        day += timedelta(days=int(dice.integers(0, 40)))
        days[step] = day
    end = day + timedelta(days=int(dice.integers(1, 60)))
    closed = end + timedelta(days=int(dice.integers(0, 9)))
    row: dict[str, Any] = {
        "category": str(dice.choice(CATEGORIES)), "priority": int(dice.integers(2, 4)),
        "channel": channel, "lot": int(dice.integers(1, 7)), "opened": opened,
        "reported": opened - timedelta(days=int(dice.integers(0, 3))) if channel else None,
        **{step: _by_now(days.get(step)) for step in STEPS},
        "ended": None, "closed": None, "fate": fate, "reporter": int(dice.integers(0, 8)),
    }  # fmt: skip
    if any(each > ON for each in days.values()) or (
        fate not in {"unseen", "standing"} and end > ON
    ):
        return row | {"fate": "unseen" if row["seen"] is None else "standing"}
    if fate not in {"unseen", "standing"}:
        row |= {"ended": end, "closed": _by_now(closed if PHASES[fate] == "complied" else end)}
    return row


def _by_now(day: date | None) -> date | None:
    return day if day is not None and day <= ON else None


def lay_out_courses(connection: sa.Connection, truth: pd.DataFrame) -> None:
    """Make the town of what was dealt; numbers that the database gives are put into the table."""
    lay_out(connection)
    connection.execute(sa.text("INSERT INTO lotline.ordinance (citation) VALUES ('Sec. 1')"))
    law = adopt(connection, DEFAULT, on=FIRST)
    rows = [
        {key: None if value is pd.NaT else value for key, value in row.items()}
        for row in truth.astype(object).where(truth.notna(), None).to_dict("records")
    ]
    for row in rows:
        row["phase"], row["law"] = PHASES[row["fate"]], law
    for statement, of in _parts(rows):
        if of:
            connection.execute(sa.text(statement), [*of])
    ids = dict(connection.execute(sa.text("SELECT number, id FROM lotline.case_file")).all())
    truth["id"] = truth["number"].map(ids)


def _parts(rows: list[dict[str, Any]]) -> Iterable[tuple[str, list[Mapping[str, Any]]]]:
    yield _CASE, rows
    yield _VIOLATION, [row for row in rows if row["seen"]]
    yield _COMPLAINT, [row for row in rows if row["channel"]]
    yield _REPORTER, [row for row in rows if row["channel"] in {"phone", "web"}]
    yield _INSPECTION, [row for row in rows if row["seen"]]
    yield _RESPONDENT, rows
    yield (
        _NOTICE,
        [row | {"kind": "warning", "on": row["noticed"]} for row in rows if row["noticed"]],
    )
    yield _NOTICE, [row | {"kind": "citation", "on": row["cited"]} for row in rows if row["cited"]]
    yield _CITATION, [row for row in rows if row["cited"]]
    yield _SITTING, [row for row in rows if row["heard"]]
    yield _ORDER, [row for row in rows if row["ordered"]]


_OF = "(SELECT id FROM lotline.case_file WHERE number = :number)"
_CASE = """
    INSERT INTO lotline.case_file (number, category, priority, phase, published, open_violations,
        opened_on, closed_on, voided_on, zone_id, parcel_id, parcel_period_id, tie_method,
        tie_confidence, law_pack_id, point, point_3857)
    SELECT :number, :category, :priority, :phase, :phase NOT IN ('reported', 'unfounded', 'void'),
        CASE WHEN :phase = 'open' THEN 1 ELSE 0 END, :opened,
        CASE WHEN :phase <> 'void' THEN CAST(:closed AS date) END,
        CASE WHEN :phase = 'void' THEN CAST(:closed AS date) END,
        (SELECT id FROM lotline.zone WHERE kind = 'officer'
            AND code = CASE WHEN :lot < 4 THEN '1' ELSE '2' END),
        parcel_id, id, 'parcel_no', 1, :law, ST_Centroid(geom), ST_Centroid(geom_3857)
    FROM lotline.parcel_period
    WHERE valid_to IS NULL
      AND parcel_id = (SELECT id FROM lotline.parcel WHERE parcel_no = 'A-' || :lot)"""
_VIOLATION = f"""
    INSERT INTO lotline.violation (case_id, ordinance_id, found_on, status, corrected_on,
        corrected_by)
    SELECT {_OF}, max(id), :seen,
        CASE :phase WHEN 'complied' THEN 'corrected' WHEN 'open' THEN 'open'
            WHEN 'unfounded' THEN 'unfounded' ELSE 'closed' END,
        CASE WHEN :phase = 'complied' THEN CAST(:ended AS date) END,
        CASE WHEN :phase = 'complied' THEN 'M. Rivera' END
    FROM lotline.ordinance"""  # noqa: S608 - of this town alone
_COMPLAINT = f"""
    INSERT INTO lotline.complaint (number, case_id, channel, category, entered_by, received_on,
        status, law_pack_id, priority, respond_by, screening, stated_address, tie_method,
        tie_confidence)
    VALUES ('P-' || :number, {_OF}, :channel, :category, 'J. Okafor', :reported, 'accepted', :law,
        :priority, CAST(:reported AS date) + 5, '[]', '101 Alder St', 'none', 0)"""  # noqa: S608
_REPORTER = """
    INSERT INTO lotline.reporter (complaint_id, name, address, told_public_record)
    SELECT id, 'Caller ' || :reporter, :reporter || ' Quince Ct', true
    FROM lotline.complaint WHERE number = 'P-' || :number"""
_INSPECTION = f"""
    INSERT INTO lotline.inspection (case_id, status, made_on, officer, entry, entry_detail)
    VALUES ({_OF}, 'made', :seen, 'x', 'vantage', 'from the street')"""  # noqa: S608
_RESPONDENT = f"""
    INSERT INTO lotline.respondent (case_id, kind, name, address, since)
    VALUES ({_OF}, 'owner', 'Owner ' || :lot, :lot || ' Elm St', :opened)"""  # noqa: S608
_NOTICE = f"""
    INSERT INTO lotline.notice (case_id, respondent_id, kind, status, content, issued_on)
    SELECT case_id, id, :kind, 'issued', '{{}}', :on
    FROM lotline.respondent WHERE case_id = {_OF}"""  # noqa: S608
_CITATION = f"""
    INSERT INTO lotline.citation (number, case_id, violation_id, notice_id, status, penalty_cents)
    SELECT 'V-' || :number, v.case_id, v.id, n.id, 'issued', 10000
    FROM lotline.violation v
    JOIN lotline.notice n ON n.case_id = v.case_id AND n.kind = 'citation'
    WHERE v.case_id = {_OF}"""  # noqa: S608
_SITTING = f"""
    WITH sitting AS (
        INSERT INTO lotline.hearing_session (body, held_on, capacity)
        VALUES ('Body of ' || :number, :heard, 1) RETURNING id)
    INSERT INTO lotline.hearing (case_id, about, status, requested_by, session_id, docket_place,
        members_sitting)
    SELECT {_OF}, 'violation', 'opened', 'clerk', id, 1, 1 FROM sitting"""  # noqa: S608
_ORDER = f"""
    INSERT INTO lotline.enforcement_order (number, case_id, hearing_id, violation_id, status, kind,
        executed_on, comply_by, cents_per_day)
    SELECT 'O-' || :number, h.case_id, h.id, v.id, 'entered', 'first', :ordered,
        CAST(:ordered AS date) + 30, 25000
    FROM lotline.hearing h JOIN lotline.violation v ON v.case_id = h.case_id
    WHERE h.case_id = {_OF}"""  # noqa: S608
