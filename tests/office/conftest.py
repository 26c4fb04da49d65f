"""Open the office's pages on a case that was played, or on a town whose deeds are kept."""

from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from alder_town import application
from counter import Counter, OneConnection, number_of
from papers import store, taken  # noqa: F401 - fixtures
from played import (  # noqa: F401 - fixtures
    case,
    citation,
    cited,
    decided,
    docketed,
    fence,
    hearing,
    law,
    opened,
    order,
    ordered,
    served,
    sitting,
    sworn,
    town,
    violation,
    warning,
)
from played_after import abatement, appealed, filed, referred, worked  # noqa: F401 - fixtures
from played_liens import certified, lien  # noqa: F401 - fixtures
from played_owners import earlier, later, roll  # noqa: F401 - fixtures
from small_town import lay_out

from geo.cluster import Cluster
from geo.database import Database, from_cluster


@pytest.fixture(scope="session")
def laid_out(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[Database]:
    """A database in which the small town is laid out, for tests that roll back what they do."""
    name = f"counter_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database:
        with database.owner.begin() as connection:
            lay_out(connection)
        yield database


@pytest.fixture
def counter(laid_out: Database, town: sa.Connection) -> Iterator[Counter]:  # noqa: F811
    """The counter in the town whose every deed is undone, on 1 June."""
    contact = "City Hall, 1 Main St; 352-555-0100 ; code@alder.example"
    with application(laid_out, LOTLINE_CITY_CONTACT=contact) as app:
        engines = app.extensions["lotline"]
        app.extensions["lotline"] = SimpleNamespace(
            app=OneConnection(town), public=engines.public, close=engines.close
        )
        yield Counter(app, on=date(2026, 6, 1))


@pytest.fixture
def on_case(counter: Counter, town: sa.Connection) -> Callable[[int], Counter]:  # noqa: F811
    """Open the counter on a case."""

    def opened_on(case_id: int) -> Counter:
        counter.number = number_of(town, case_id)
        return counter

    return opened_on
