"""Show anyone the town's verified cases: map, list, table, parcel, case, search; take reports."""

from webmap.public import (
    figures,
    following,
    look,
    officers,
    pages,
    privacy,
    records,
    reporting,
    routing,
    searching,
    speaking,
)
from webmap.public.frame import blueprint

__all__ = [
    "blueprint",
    "figures",
    "following",
    "look",
    "officers",
    "pages",
    "privacy",
    "records",
    "reporting",
    "routing",
    "searching",
    "speaking",
]
