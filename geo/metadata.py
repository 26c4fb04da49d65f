"""Hold the description of every table, for those that know no geometry and load none."""

from sqlalchemy import MetaData

METADATA = MetaData(schema="lotline")
