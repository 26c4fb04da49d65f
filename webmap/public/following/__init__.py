"""Let anybody follow what is public: by a feed or a calendar, which leave nothing here."""

from webmap.public.following import feeds, hearings

__all__ = ["feeds", "hearings"]
