"""Let who has the code of a letter read their case and answer it, without an account.

Whoever holds a code is known by a short signed cookie that the office's pages never see. Each deed
is one of the commands that the staff use, done as the respondent.
"""

from webmap.respondent import entering, forms, letters, page, paying, photos
from webmap.respondent.frame import blueprint

__all__ = ["blueprint", "entering", "forms", "letters", "page", "paying", "photos"]
