"""Answer programs of the office: which reports there are, their answers, and the cases behind them.

They are known as the pages know people, by the cookie of a session. Whoever has a report made sends
the guard along that ``/api/v1/reports/guard`` gives.
"""

from webmap.report_api import answers, document
from webmap.report_api.operations import blueprint

__all__ = ["answers", "blueprint", "document"]
