"""Give geographic information systems the public layers (OGC API - Features, Part 1)."""

from webmap.ogc import document, features
from webmap.ogc.features import blueprint

__all__ = ["blueprint", "document", "features"]
