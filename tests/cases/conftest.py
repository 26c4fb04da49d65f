"""Give tests of money a cashier's desk, in the role that does such deeds in life."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from moved_town import (  # noqa: F401 - fixtures
    example,
    folder,
    moving_town,
    take,
)
from papers import (  # noqa: F401 - fixtures
    paper,
    photo,
    store,
    taken,
)
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
from played_after import (  # noqa: F401 - fixtures
    abatement,
    appealed,
    filed,
    referred,
    worked,
)
from played_liens import (  # noqa: F401 - fixtures
    certified,
    lien,
)
from played_owners import (  # noqa: F401 - fixtures
    earlier,
    later,
    roll,
)
from small_ledger import Desk, open_cases
from small_town import lay_out

from geo.cluster import Cluster
from geo.database import Database, from_cluster


@pytest.fixture(scope="session")
def laid_out(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[Database]:
    """A database in which the small town is laid out, for tests that roll back what they do."""
    name = f"laid_out_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database:
        with database.owner.begin() as connection:
            lay_out(connection)
        yield database


@pytest.fixture
def app(worker_database: Database) -> Iterator[sa.Connection]:
    """The app's connection in a transaction that is rolled back after the test."""
    with worker_database.app.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture
def desks(app: sa.Connection) -> list[Desk]:
    """Desks of two cases."""
    return [Desk(app, case_id) for case_id in open_cases(app, count=2)]


@pytest.fixture
def desk(desks: list[Desk]) -> Desk:
    """The desk of one case."""
    return desks[0]
