"""Answer programs of the office: the officers' plans in force, and the plans asked for.

They are known as the pages know people, by the cookie of a session, and are told no more than its
role may read. Whoever sends something sends the guard along that ``/api/v1/plans/guard`` gives.
"""

from webmap.plan_api import document, drafts, plans, rest
from webmap.plan_api.operations import blueprint

__all__ = ["blueprint", "document", "drafts", "plans", "rest"]
