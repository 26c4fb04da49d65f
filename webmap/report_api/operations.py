"""Register what is answered to programs of the office of reports."""

from flask import Blueprint

from cases.permissions import Right
from webmap.api.of_staff import StaffApi

API = StaffApi(Blueprint("report_api", __name__, url_prefix="/api/v1"), Right.READ_REPORTS)
blueprint, operation = API.blueprint, API.operation
