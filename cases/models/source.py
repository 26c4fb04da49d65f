"""Describe where an imported record came from; one born here has neither."""

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import ImportRun


class MaybeFromImport:
    """The file and the data row (counted from 1) a record came from, where it came from one."""

    import_run_id: Mapped[int | None] = mapped_column(ForeignKey(ImportRun.id))
    source_row: Mapped[int | None] = mapped_column(Integer)
