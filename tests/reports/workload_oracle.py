"""Count the hours of work a second time, by pandas, from the plain tables."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd
import sqlalchemy as sa

DOOR = {"hand": "service_by_hand", "resident": "service_by_hand", "manager": "service_by_hand"}


def table(connection: sa.Connection, name: str) -> pd.DataFrame:
    """Read a table whole."""
    rows = connection.execute(sa.text(f"SELECT * FROM lotline.{name}"))  # noqa: S608 - our own
    return pd.DataFrame(rows.mappings().all(), columns=list(rows.keys()))


def done(connection: sa.Connection, first: date, last: date, zone: ZoneInfo) -> pd.DataFrame:
    """Say what was done: ``case_id``, ``complaint_id``, ``what``, a row each time."""
    read = {name: table(connection, name) for name in TABLES}
    told = [
        *_looks(read, zone),
        *_imported(read),
        *_served(read),
        *_dated(read),
        *_contacts(read, zone),
    ]
    rows = pd.DataFrame(told, columns=["case_id", "complaint_id", "on", "what"])
    kept = rows["on"].map(lambda on: on is not None and not pd.isna(on) and first <= on <= last)
    return rows[kept]


TABLES = (
    "case_file", "complaint", "inspection", "violation", "notice", "service_attempt", "extension",
    "citation", "hearing", "hearing_session", "enforcement_order", "lien", "abatement",
    "legal_action", "appeal", "contact",
)  # fmt: skip


def _looks(read: Mapping[str, pd.DataFrame], zone: ZoneInfo) -> list[tuple]:  # type: ignore[type-arg]
    told = []
    looks = read["inspection"]
    looks = looks[looks["status"].isin(["made", "no_access"])]
    for case_id, own in looks.groupby("case_id"):
        days = [
            row.made_on if row.made_on is not None and not pd.isna(row.made_on)
            else row.tried_at.astimezone(zone).date()
            for row in own.itertuples()
        ]  # fmt: skip
        order = sorted(zip(days, own["id"], own["booked_for"], strict=True), key=lambda r: r[:2])
        for nth, (on, _, booked) in enumerate(order):
            kind = "first_inspection" if nth == 0 else "reinspection"
            kind = "appointment" if not pd.isna(booked) else kind
            told += [(case_id, None, on, f"visit:{kind}"), (case_id, None, on, "desk:write_up")]
    return told


def _imported(read: Mapping[str, pd.DataFrame]) -> list[tuple]:  # type: ignore[type-arg]
    told = []
    looks = read["inspection"]
    seen = {(row.case_id, row.made_on) for row in looks.itertuples() if not pd.isna(row.made_on)}
    looked, noticed = set(looks["case_id"]), set(read["notice"]["case_id"])
    found = read["violation"]
    imported = found[found["import_run_id"].notna() & found["found_on"].notna()]
    for case_id, own in imported.groupby("case_id"):
        days = sorted(on for on in set(own["found_on"]) if (case_id, on) not in seen)
        for nth, on in enumerate(days):
            kind = "reinspection" if nth else "first_inspection"
            told += [(case_id, None, on, f"visit:{kind}"), (case_id, None, on, "desk:write_up")]
            if own[own["found_on"] == on]["comply_by"].notna().any() and case_id not in noticed:
                told.append((case_id, None, on, "desk:notice"))
    cases, alleged = read["case_file"], set(found["case_id"])
    for row in cases.itertuples():
        came = not pd.isna(row.import_run_id) and row.id in alleged and row.id not in looked
        if came and not pd.isna(row.closed_on):
            told += [(row.id, None, row.closed_on, "visit:reinspection"),
                     (row.id, None, row.closed_on, "desk:write_up")]  # fmt: skip
    return told


def _served(read: Mapping[str, pd.DataFrame]) -> list[tuple]:  # type: ignore[type-arg]
    case_of = dict(zip(read["notice"]["id"], read["notice"]["case_id"], strict=True))
    told = []
    for row in read["service_attempt"].itertuples():
        what = "desk:mailing"
        if row.method in DOOR:
            what = "visit:service_by_hand"
        elif row.method == "posting" and row.facts.get("place", "property") == "property":
            what = "visit:posting"
        told.append((case_of[row.notice_id], None, row.made_on, what))
    return told


def _dated(read: Mapping[str, pd.DataFrame]) -> list[tuple]:  # type: ignore[type-arg]
    issued = dict(zip(read["notice"]["id"], read["notice"]["issued_on"], strict=True))
    held = dict(zip(read["hearing_session"]["id"], read["hearing_session"]["held_on"], strict=True))
    told = []

    def tell(name: str, column: str, what: str) -> None:
        of = "id" if name == "case_file" else "case_id"
        rows = read[name]
        told.extend(
            (case, None, on, f"desk:{what}")
            for case, on in zip(rows[of], rows[column], strict=True)
            if not pd.isna(case)
        )

    for name, column, what in (
        ("case_file", "opened_on", "opening"), ("case_file", "closed_on", "closing"),
        ("notice", "issued_on", "notice"), ("extension", "received_on", "more_time"),
        ("enforcement_order", "executed_on", "order"),
        ("enforcement_order", "affidavit_on", "affidavit"), ("lien", "recorded_on", "lien"),
        ("abatement", "authorized_on", "abatement"), ("legal_action", "referred_on", "court"),
        ("appeal", "filed_on", "court"),
    ):  # fmt: skip
        tell(name, column, what)
    told += [
        (row.case_id, None, issued[row.notice_id], "desk:citation")
        for row in read["citation"].itertuples()
    ]
    told += [
        (row.case_id, None, held[row.session_id], "desk:hearing")
        for row in read["hearing"].itertuples()
        if row.status in {"opened", "decided", "agreed"} and not pd.isna(row.session_id)
    ]
    for row in read["lien"].itertuples():
        ended = row.satisfied_on if pd.isna(row.released_on) else row.released_on
        if not pd.isna(row.case_id):
            told.append((row.case_id, None, ended, "desk:release"))
    for row in read["complaint"].itertuples():
        alone = pd.isna(row.case_id)
        told.append((None if alone else row.case_id, row.id if alone else None, row.received_on,
                     "desk:report"))  # fmt: skip
    return told


def _contacts(read: Mapping[str, pd.DataFrame], zone: ZoneInfo) -> list[tuple]:  # type: ignore[type-arg]
    case_of = dict(zip(read["complaint"]["id"], read["complaint"]["case_id"], strict=True))
    told = []
    for row in read["contact"].itertuples():
        case = row.case_id
        if pd.isna(case) and not pd.isna(row.complaint_id):
            case = case_of[row.complaint_id]
        alone = pd.isna(case)
        told.append((None if alone else case, row.complaint_id if alone else None,
                     row.happened_at.astimezone(zone).date(), "desk:contact"))  # fmt: skip
    return told
