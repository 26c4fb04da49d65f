"""Documents: each deed with one thing lacking."""

import sqlalchemy as sa
from desk import CLERK, day
from unmet import Deed, unmet

from cases.documents import attaching, redacting
from cases.documents.redacting import Box
from cases.documents.store import Store
from cases.workflow.document import DocumentAction
from cases.workflow.step import Guard


@unmet(DocumentAction.PUBLISH, Guard.PUBLIC_COPY)
def of_which_no_copy_was_drawn(town: sa.Connection, photo: int) -> Deed:
    return lambda: attaching.publish(town, case_document_id=photo, actor=CLERK, moment=day(6, 3))


@unmet(DocumentAction.REDACT, Guard.EXEMPTION_CITED)
def blacked_out_for_no_section(town: sa.Connection, store: Store, photo: int) -> Deed:
    face = {"left": 0.1, "top": 0.1, "width": 0.2, "height": 0.2}
    boxes = [Box(**face, exemption="s. 119.071(4)(d)"), Box(**face, exemption="privacy")]
    return lambda: redacting.redact(
        town, store, case_document_id=photo, boxes=boxes, actor=CLERK, moment=day(6, 3)
    )
