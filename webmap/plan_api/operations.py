"""Register what is answered to programs of the office of plans."""

from zoneinfo import ZoneInfo

from flask import Blueprint

from cases.permissions import Right
from webmap.api.of_staff import StaffApi
from webmap.auth.desk import Desk

API = StaffApi(Blueprint("plan_api", __name__, url_prefix="/api/v1"), Right.PLAN_WORK)
blueprint, operation = API.blueprint, API.operation


def zone_of(desk: Desk) -> ZoneInfo:
    """Return the town's time zone."""
    return ZoneInfo(str(desk.zone))
