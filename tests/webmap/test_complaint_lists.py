"""Lists of complaints: what waits longest first, narrowed as asked, counted on the first page."""

import re
from collections.abc import Callable, Iterator

import pytest
from front_desk import Clerk, FrontDesk, front_desk

from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import from_cluster


@pytest.fixture(scope="module")
def desk(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[FrontDesk]:
    """A town with four complaints: three wait, one of them late; one is dismissed."""
    name = f"shelves_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database, front_desk(database) as opened:
        clerk = opened.sit(Role.CLERK)
        clerk.report(address="101 Alder St", kind="Outdoor storage")  # zone 1, M. Rivera's
        clerk.report(address="103 Alder St", kind="Stagnant pool")
        clerk.report(address="121 Alder St", kind="Outdoor storage")  # zone 2
        dismissed = clerk.report(address="122 Alder St")
        path = f"/office/complaint/{dismissed}/do/complaint.dismiss"
        clerk.send(path, {"reason": "Not in town"})
        with database.owner.begin() as connection:
            connection.exec_driver_sql(
                "ALTER TABLE lotline.complaint DISABLE TRIGGER complaint_frozen"
            )
            connection.exec_driver_sql(
                "UPDATE lotline.complaint SET received_on = received_on - 60, "
                "respond_by = received_on - 50 WHERE stated_address = '121 Alder St'"
            )
        yield opened
    cluster.drop_database(name)


@pytest.fixture
def clerk(desk: FrontDesk) -> Clerk:
    return desk.sit(Role.CLERK)


def addresses(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", ["121 Alder St", "103 Alder St", "101 Alder St"]),
        ("?shelf=late", ["121 Alder St"]),
        ("?officer=M.+Rivera", ["103 Alder St", "101 Alder St"]),
        ("?zone=2", ["121 Alder St"]),
        ("?category=Outdoor+storage", ["121 Alder St", "101 Alder St"]),
        ("?shelf=dismissed", ["122 Alder St"]),
        ("?shelf=all", ["122 Alder St", "121 Alder St", "103 Alder St", "101 Alder St"]),
        ("?shelf=closed", []),
        ("?page=9", []),
    ],
)
def test_a_list_holds_what_was_asked_for_in_its_order(
    clerk: Clerk, query: str, listed: list[str]
) -> None:
    assert addresses(clerk.page(f"/office/complaints{query}")) == listed


@pytest.mark.parametrize("query", ["?shelf=attic", "?zone=x", "?page=0", "?zone=1%00"])
def test_a_list_nobody_could_ask_for_is_refused(clerk: Clerk, query: str) -> None:
    assert clerk.client.get(f"/office/complaints{query}").status_code == 400


@pytest.mark.parametrize("role", [Role.CLERK, Role.MANAGER])
def test_the_first_page_counts_what_waits_and_leads_to_it(desk: FrontDesk, role: Role) -> None:
    clerk = desk.sit(role)
    page = clerk.page("/office/")
    pile = r'<a href="([^"]+)"><b>(\d+)</b> <span class="pile-name">Complaints to look into'
    assert re.findall(pile, page) == [("/office/complaints", "3")]
    officers = desk.sit(Role.OFFICER).page("/office/")
    assert re.findall(pile, officers) == [("/office/complaints?officer=M.+Rivera", "2")]
    assert "Complaints to look into" not in desk.sit(Role.HEARING_OFFICER).page("/office/")
