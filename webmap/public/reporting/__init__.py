"""Let a resident report a problem in two minutes, and ask by a code what became of it."""

from webmap.public.reporting import pages, photos, tracking

__all__ = ["pages", "photos", "tracking"]
