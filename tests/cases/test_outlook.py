"""What the coming days bring: promised, with their last day, or free to be made."""

from datetime import UTC, date, datetime
from typing import Any

from cases.visiting.kinds import Because, Kind
from cases.visiting.outlook import Outlook, outlook
from cases.visiting.values import Due, ToVisit, Window

MON, TUE = date(2026, 6, 15), date(2026, 6, 16)


def _visit(**said: Any) -> ToVisit:
    usual: dict[str, Any] = {
        "kind": Kind.REINSPECTION, "case_id": 1, "complaint_id": None, "subject_id": 1,
        "number": "1", "category": "", "parcel_id": None, "address": None, "spot": "a", "lon": 0.0,
        "lat": 0.0, "zone_id": None, "officer": None, "not_before": None, "due": None,
        "window": None, "priority": 3, "open_violations": 1, "seconds": 900, "needs_light": False,
    }  # fmt: skip
    return ToVisit(**{**usual, **said})


def _due(by: date) -> Due:
    return Due(by=by, because=Because.GOAL)


def test_each_visit_counts_as_what_it_is_on_the_days_that_suit_it() -> None:
    at = datetime(2026, 6, 16, 14, tzinfo=UTC)
    visits = [
        _visit(window=Window(at, at)),
        _visit(due=_due(date(2026, 6, 1))),  # overdue
        _visit(due=_due(TUE)),
        _visit(not_before=TUE),
        _visit(),
    ]
    assert outlook(visits, days=[MON, TUE], zone=UTC) == [
        Outlook(on=MON, promised=0, must=1, may=2),
        Outlook(on=TUE, promised=1, must=1, may=2),
    ]
