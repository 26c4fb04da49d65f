"""Show anyone the town's verified cases: map, list, table, parcel, case, search."""

from webmap.public import look, officers, pages, privacy, records, routing, searching, speaking
from webmap.public.frame import blueprint

__all__ = [
    "blueprint", "look", "officers", "pages", "privacy", "records", "routing", "searching",
    "speaking",
]  # fmt: skip
