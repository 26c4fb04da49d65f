"""Anyone may read the verified cases, quickly, and nothing beside them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from small_town import import_cases, import_liens, lay_out, violation

from cases import queries
from cases.stages import Stage
from cases.workflow.order import RUNNING, OrderStatus
from geo.database import Database

ON = date(2026, 6, 15)
LEFT_HALF = (-80.4, 27.29, -80.396, 27.31)


@pytest.fixture(scope="module")
def public(
    worker_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sa.Connection]:
    with worker_database.owner.connect() as connection, connection.begin() as transaction:
        folder = tmp_path_factory.mktemp("town")
        lay_out(connection)
        import_cases(
            connection,
            folder,
            violation(owner_name="Ada Lovell", complaint_no="R-1"),
            violation(case_no="C-2", parcel_no="A-2", comply_by="2026-06-20", category="Trash"),
            violation(case_no="C-3", parcel_no="A-5", comply_by="2026-09-01"),
            violation(case_no="C-4", parcel_no="A-5", comply_by="", status="hearing"),
            violation(case_no="C-5", parcel_no="A-5", status="corrected"),
            violation(case_no="C-6", parcel_no="A-5", status="alleged"),
            violation(case_no="C-7", parcel_no="A-5", status="unfounded"),
            violation(case_no="C-3", parcel_no="A-5", status="voided"),
        )
        lien = {"amount": "100", "recorded_on": "2026-05-01"}
        import_liens(
            connection,
            folder,
            {"instrument_no": "I-1", "case_no": "C-5", "parcel_no": "A-5", **lien},
            {"instrument_no": "I-2", "case_no": "C-6", "parcel_no": "A-6", **lien},
            {"instrument_no": "I-3", "case_no": "", "parcel_no": "A-1", **lien},
        )
        connection.exec_driver_sql(
            "UPDATE lotline.case_file SET phase = 'reported', published = false "
            "WHERE number = 'C-6'"
        )
        yield connection
        transaction.rollback()


def _numbers(connection: sa.Connection, **asked: Any) -> list[str]:
    return [row.number for row in connection.execute(queries.open_cases(on=ON, **asked))]


def test_the_list_holds_open_published_cases_and_those_at_lien_soonest_first(
    public: sa.Connection,
) -> None:
    rows = public.execute(queries.open_cases(on=ON)).all()
    assert [(row.number, row.stage) for row in rows] == [
        ("C-1", Stage.OVERDUE),
        ("C-2", Stage.DUE_SOON),
        ("C-3", Stage.OPEN),
        ("C-4", Stage.HEARING),
        ("C-5", Stage.LIEN),
    ]
    assert rows[0].situs_address == "101 Alder St"
    assert rows[0].parcel_no == "A-1"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"bbox": LEFT_HALF}, ["C-1", "C-2"]),
        ({"stage": "hearing"}, ["C-4"]),
        ({"category": "Trash"}, ["C-2"]),
        ({"zone": -1}, []),
        ({"most": 2}, ["C-1", "C-2"]),
        ({"most": 2, "skip": 2}, ["C-3", "C-4"]),
        ({"sort": "number", "most": 1, "skip": 4}, ["C-5"]),
        ({"sort": "stage"}, ["C-1", "C-5", "C-4", "C-2", "C-3"]),
        ({"age": "month"}, ["C-1", "C-2", "C-3", "C-4"]),
        ({"age": "older"}, []),
        ({"sort": "address", "most": 2}, ["C-1", "C-2"]),
        ({"bbox": LEFT_HALF, "stage": "due_soon", "category": "Trash"}, ["C-2"]),
    ],
)
def test_the_list_can_be_narrowed_sorted_and_paged(
    public: sa.Connection, asked: dict[str, Any], expected: list[str]
) -> None:
    assert _numbers(public, **asked) == expected


def test_the_counts_are_those_of_the_list(public: sa.Connection) -> None:
    for bbox in (None, LEFT_HALF):
        counts = public.execute(queries.open_counts(on=ON, bbox=bbox)).all()
        assert sum(row.cases for row in counts) == len(_numbers(public, bbox=bbox))
    assert {row.stage: row.cases for row in counts} == {"overdue": 1, "due_soon": 1}


def test_cases_are_narrowed_and_counted_by_how_long_ago_the_oldest_was_verified(
    public: sa.Connection,
) -> None:
    later = date(2026, 12, 1)
    whole = public.execute(queries.open_cases(on=later)).all()
    assert {row.age for row in whole} == {"older", "unknown"}  # the lien's is corrected long since
    for age in ("older", "unknown", "month"):
        told = public.execute(queries.open_cases(on=later, age=age)).all()
        assert [row.number for row in told] == [row.number for row in whole if row.age == age]
        counted = public.execute(queries.open_counts(on=later)).all()
        assert sum(row.cases for row in counted if row.age == age) == len(told)


def test_liens_that_bind_are_listed_the_latest_first_and_counted_by_when_they_were_recorded(
    public: sa.Connection,
) -> None:
    def told(**asked: Any) -> list[tuple[str, str]]:
        rows = public.execute(queries.binding_liens(**asked)).all()
        counted = {row.age: row.liens for row in public.execute(queries.lien_counts(
            on=asked["on"], bbox=asked.get("bbox")))}  # fmt: skip
        wanted = asked.get("age")
        assert (counted.get(wanted, 0) if wanted else sum(counted.values())) == len(rows)
        return [(row.instrument_no, row.age) for row in rows]

    assert told(on=ON) == [("I-1", "year"), ("I-3", "year")]
    assert told(on=date(2028, 1, 1), age="five") == [("I-1", "five"), ("I-3", "five")]
    assert told(on=date(2032, 1, 1), age="five") == []
    assert told(on=ON, bbox=(-80.3995, 27.2995, -80.3982, 27.3005)) == [("I-3", "year")]
    first, second = public.execute(queries.binding_liens(on=ON)).all()
    assert (first.case_number, second.case_number) == ("C-5", None)
    assert (second.parcel_no, second.situs_address) == ("A-1", "101 Alder St")
    (page,) = public.execute(queries.binding_liens(on=ON, most=1, skip=1)).all()
    assert page.instrument_no == "I-3"


def test_an_ended_case_is_found_by_number_and_on_its_parcel(public: sa.Connection) -> None:
    case = public.execute(queries.case_by_number("C-5", on=ON)).one()
    on_parcel = public.execute(queries.cases_of_parcel(case.parcel_id, on=ON)).all()
    assert [row.number for row in on_parcel] == ["C-3", "C-4", "C-5"]


@pytest.mark.parametrize("number", ["C-6", "C-7"])
def test_an_unverified_case_is_found_nowhere(public: sa.Connection, number: str) -> None:
    assert public.execute(queries.case_by_number(number, on=ON)).first() is None


def test_only_verified_violations_are_told_and_no_respondent(public: sa.Connection) -> None:
    case = public.execute(queries.case_by_number("C-3", on=ON)).one()
    (told,) = public.execute(queries.violations_of([case.id]))
    assert (told.status, told.citation) == ("open", "Sec. 30-36(b) - Grass over 12 inches")
    assert set(told._fields) == {
        "id", "case_id", "citation", "found_on", "comply_by", "status", "due_on",
    }  # fmt: skip


def test_an_orders_day_counts_while_it_runs_as_the_rules_have_it(public: sa.Connection) -> None:
    view = str(public.scalar(sa.text("SELECT pg_get_viewdef('published.violation'::regclass)")))
    view = view.partition("enforcement_order")[2].partition("ORDER BY")[0]
    assert {each for each in OrderStatus if f"'{each}'" in view} == set(RUNNING)


def test_a_lien_of_an_unpublished_case_is_not_told(public: sa.Connection) -> None:
    told = public.execute(sa.select(queries.LIEN.c.instrument_no)).scalars().all()
    assert sorted(told) == ["I-1", "I-3"]
    case = public.execute(queries.case_by_number("C-5", on=ON)).one()
    (lien,) = public.execute(queries.liens_of_case(case.id))
    assert lien.amount_cents == 10_000
    (of_parcel,) = public.execute(queries.liens_of_parcel(case.parcel_id))
    assert (*of_parcel[:-1], of_parcel.of_parcel) == (*lien, None)


def test_the_layers_present_are_those_with_something_in_them(public: sa.Connection) -> None:
    layers = public.execute(queries.layers_present()).one()
    assert layers._asdict() == {
        "parcels": True,
        "addresses": True,
        "zones": True,
        "streets": False,
        "cases": True,
        "liens": True,
    }


def test_a_lien_of_an_unpublished_case_alone_makes_no_layer(public: sa.Connection) -> None:
    with public.begin_nested() as hidden:
        public.exec_driver_sql(
            "UPDATE lotline.lien SET case_id = "
            "(SELECT id FROM lotline.case_file WHERE number = 'C-6')"
        )
        assert public.execute(queries.layers_present()).one().liens is False
        hidden.rollback()


def test_a_filter_with_a_price_learns_nothing_of_unpublished_cases(public: sa.Connection) -> None:
    public.exec_driver_sql(
        "CREATE FUNCTION pg_temp.peek(number text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 "
        "AS $$ BEGIN IF number = 'C-6' THEN RAISE EXCEPTION 'seen'; "
        "END IF; RETURN true; END $$"
    )
    public.exec_driver_sql('SELECT count(*) FROM published."case" WHERE pg_temp.peek(number)')
