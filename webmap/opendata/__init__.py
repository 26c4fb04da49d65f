"""Show people what of the town's data can be taken away, by whom and how."""

from webmap.opendata import files, page
from webmap.opendata.frame import blueprint

__all__ = ["blueprint", "files", "page"]
