"""Find the deed by which an order's affidavit of non-compliance was sworn."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from cases.workflow.order import OrderAction, OrderStatus
from cases.workflow.registry import STEPS

_FILED = STEPS[OrderStatus.SERVED, OrderAction.FILE_AFFIDAVIT].event


def affidavit_in(events: Iterable[sa.Row[Any]], order_id: int) -> sa.Row[Any] | None:
    """Return the event of the latest affidavit about an order; None where none is told of.

    Its actor swore, and its detail ``inspection`` is the visit that was sworn to.

    Parameters
    ----------
    events
        Rows of `cases.story.events_of`.
    """
    found = None
    for each in events:
        if each.kind == _FILED and each.details.get("enforcement_order") == order_id:
            found = each
    return found
