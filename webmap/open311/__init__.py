"""Speak Open311 GeoReport v2: what can be reported, what is known of it, and a report itself."""

from webmap.open311 import reading, sending
from webmap.open311.frame import blueprint

__all__ = ["blueprint", "reading", "sending"]
