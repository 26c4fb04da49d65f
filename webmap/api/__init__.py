"""Answer programs: the town's public cases, liens, parcels and zones as JSON, version 1.

The answers are pydantic models, from which the OpenAPI document is written too. APIFlask would do
the same, but takes the place of the application's class, its errors and its JSON for every page.
"""

from webmap.api import cases, document, places
from webmap.api.operations import blueprint

__all__ = ["blueprint", "cases", "document", "places"]
