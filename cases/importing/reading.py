"""Turn a case file's rows of text into days, statuses and stages, and reject what is none."""

from collections.abc import Mapping as Table
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from cases.phases import ImportedStage, Phase
from cases.screening import Channel
from cases.workflow.violation import ViolationStatus
from geo.loading.mapping import Mapping
from geo.loading.rows import Rows
from geo.loading.values import dates, numbers, optional

DAYS = ("opened_on", "found_on", "comply_by", "complaint_received_on", "complaint_closed_on")
TEXTS = (
    "case_no", "parcel_no", "address", "category", "violation_no", "severity", "owner_name",
    "complaint_no", "complaint_channel",
)  # fmt: skip
SOURCE_WORDS = {"status": "source_status", "case_status": "case_source_status"}
"""Per field that a mapping may translate, the field that keeps the source's own words."""

USUAL_PRIORITY = 3
LEAST_PRIORITY = 5

EARLIEST = date(1901, 1, 1)
"""Old systems write 1900-01-01, or a year out of range, where they know no day."""


STAGES: Table[str, ImportedStage] = {
    **{stage.value: stage for stage in ImportedStage},
    "lien": ImportedStage.ORDERED,
}
"""Words for how far a case got. A lien follows an order; a lien file tells of its recording."""

_STATUSES: Table[str, ViolationStatus] = {
    **{status.value: status for status in ViolationStatus},
    **dict.fromkeys(STAGES, ViolationStatus.OPEN),
}


def read_values(rows: Rows, *, mapping: Mapping) -> pd.DataFrame:
    """Read every row's values, rejecting the rows that say something that cannot be read.

    Rejects ``no_case_no``, ``no_section``, ``no_category``, ``bad_date``, ``unknown_status``,
    ``unknown_case_status``, ``unknown_channel`` and ``bad_priority``.

    Returns
    -------
    DataFrame
        Of objects, None for nothing: the texts, days, `citation`, `status`
        (`ViolationStatus`), `stage` (`ImportedStage`), `case_word` and `priority` (1 to 5, 1 most
        urgent, or None); the index is the row in the file.
    """
    for name in ("case_no", "section", "category"):
        missing = rows.column(name).isna().to_numpy()
        rows.reject(missing, code=f"no_{name}", reason=f"{name} is empty")
    _reject_bad_days(rows)
    _reject_unknown(rows, "status", allowed=[*_STATUSES], code="unknown_status")
    _reject_unknown(rows, "case_status", allowed=[*Phase, ""], code="unknown_case_status")
    _reject_unknown(rows, "complaint_channel", allowed=[*Channel, ""], code="unknown_channel")
    priority = _priorities(rows)
    words = _words(rows, "status")
    told: dict[str, list[Any]] = {name: optional(rows.column(name)) for name in TEXTS}
    told |= {name: _days(rows, name, mapping=mapping) for name in DAYS}
    told |= {
        "citation": _citations(rows),
        "source_status": _untranslated(rows, "status"),
        "case_source_status": _untranslated(rows, "case_status"),
        "status": [_STATUSES[word] for word in words],
        "stage": [STAGES.get(word) for word in words],
        "case_word": [Phase(word) if word else None for word in _words(rows, "case_status")],
        "priority": priority,
    }
    return pd.DataFrame(told, index=rows.frame.index, dtype=object)


def _reject_bad_days(rows: Rows) -> None:
    for name in DAYS:
        _, bad = dates(rows.column(name))
        said = rows.column(name)[bad]
        rows.reject(bad, code="bad_date", reason=[f'{name} "{text}" is no date' for text in said])


def _days(rows: Rows, name: str, *, mapping: Mapping) -> list[date | None]:
    days, _ = dates(rows.column(name), unknown=mapping.unknown.dates, earliest=EARLIEST)
    return list(days)


def _reject_unknown(rows: Rows, name: str, *, allowed: list[str], code: str) -> None:
    words = pd.Series(_words(rows, name), index=rows.frame.index)
    unknown = ~words.isin(allowed).to_numpy()
    known = ", ".join(filter(None, allowed))
    reasons = [
        f'{name} "{word}" is none of {known}; translate it under [values.{name}]'
        for word in words[unknown]
    ]
    rows.reject(unknown, code=code, reason=reasons)


def _words(rows: Rows, name: str) -> list[str]:
    said = rows.column(name).fillna("").str.strip().str.casefold()
    return [str(word) for word in said.str.replace(" ", "_")]


def _untranslated(rows: Rows, name: str) -> list[str | None]:
    kept = SOURCE_WORDS[name]
    return optional(rows.column(kept if kept in rows.frame else name))


def _priorities(rows: Rows) -> list[int | None]:
    said = rows.column("priority")
    read, bad = numbers(said)
    bad |= np.isfinite(read) & ~np.isin(read, range(1, LEAST_PRIORITY + 1))
    reasons = [f'priority "{text}" is none of 1 (urgent) to 5' for text in said[bad]]
    rows.reject(bad, code="bad_priority", reason=reasons)
    return [None if np.isnan(value) else int(value) for value in read[~bad]]


def _citations(rows: Rows) -> list[str]:
    """Join section and text, for a section alone may carry several rules."""
    pairs = zip(
        optional(rows.column("section")), optional(rows.column("section_text")), strict=True
    )
    return [" - ".join(part for part in pair if part) for pair in pairs]
