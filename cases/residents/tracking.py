"""Ask, by a code, where a report stands: what anybody who holds the code may know of it."""

from typing import Any

import sqlalchemy as sa

from cases.residents.codes import hashed


def standing_of(code: str) -> sa.Select[Any]:
    """Select where the report of a code stands; no row where none has it.

    Columns: ``category``, ``received_on``, ``respond_by``, ``status``, ``may_open``,
    ``closed_on``, ``because`` (the reason it was dismissed or referred for), ``referred_to``,
    ``photos`` (how many), ``has_case``, and of the case it feeds, once that is public,
    ``case_number`` and ``case_phase``. Never who made it, nor where it is.

    Parameters
    ----------
    code
        As it was typed.
    """
    return sa.select(
        sa.func.published.report_standing(hashed(code)).table_valued(
            "category", "received_on", "respond_by", "status", "may_open", "closed_on", "because",
            "referred_to", "photos", "has_case", "case_number", "case_phase",
        )
    )  # fmt: skip
