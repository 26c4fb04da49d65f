"""Let anybody follow what is public: by a feed or a calendar, or by e-mail."""

from webmap.public.following import feeds, hearings, links, pages, reports

__all__ = ["feeds", "hearings", "links", "pages", "reports"]
