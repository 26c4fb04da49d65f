"""Find the cases whose parts something here names, whether or not their history tells of it.

A packet that was filed, a letter with what it says is owed, a decision about records, a repeat that
another case was found to be: each rests on a part of a case as it came in, so a later export may
not take that part out.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from cases.models import (
    CaseLetter,
    Citation,
    EnforcementOrder,
    Hearing,
    Lien,
    Notice,
    NoticeViolation,
    Respondent,
    Violation,
)
from geo.layers import Base

WRITTEN_ANEW: tuple[type[Any], ...] = (
    Respondent, Violation, Notice, NoticeViolation, Citation, Hearing, EnforcementOrder, Lien,
)  # fmt: skip
"""What hangs on a case and is written anew when an export tells of it otherwise, each after what
it names."""


def leaned_on() -> sa.CompoundSelect[Any]:
    """Select the identities of cases on whose parts something leans that is not their own."""
    return sa.union(sa.select(CaseLetter.case_id), *_named())


def _named() -> Iterator[sa.Select[Any]]:
    """Select the cases of parts, once for each column of any table that may name one."""
    own = {each.__table__ for each in WRITTEN_ANEW}
    for table in Base.metadata.tables.values():
        by = table.alias("by")
        for key in table.foreign_keys:
            part = key.column.table
            if part not in own or (table in own and "case_id" not in table.c):
                continue
            named = sa.select(part.c.case_id).join(by, by.c[key.parent.name] == key.column)
            # What came in with a part is taken out with it.
            yield named.where(by.c.case_id != part.c.case_id) if table in own else named
