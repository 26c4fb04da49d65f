"""Let anybody follow what is public: by a feed or a calendar, by e-mail or by text."""

from webmap.public.following import feeds, hearings, links, pages, reports

__all__ = ["feeds", "hearings", "links", "pages", "reports"]
