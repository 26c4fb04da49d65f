"""Show anyone the town's verified cases: map, list, table, parcel, case, search."""

from webmap.public import pages, records, routing, searching, speaking
from webmap.public.frame import blueprint

__all__ = ["blueprint", "pages", "records", "routing", "searching", "speaking"]
