"""Questions that staff put together: the same figure as the list, and nothing that could harm."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
import sqlalchemy as sa

from cases.desk.lists import Filter, conditions
from cases.desk.queues import Queue
from cases.models import Case
from reports.adhoc.drawn import SHADES, _bounds
from reports.adhoc.groupings import GROUPINGS, By
from reports.adhoc.measures import Of
from reports.answers.answer import Answer, Kind, Look
from reports.answers.options import OptionError, Value, ask, read
from reports.errors import UnknownNameError
from reports.registry import find_report, make

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
HOSTILE = ["' OR 1=1 --", "); DROP TABLE lotline.case_file; --", "%", "\\", "💥" * 40]


def adhoc(connection: sa.Connection, **values: Value) -> Answer:
    return make(connection, ask("adhoc", find_report("adhoc").options, now=NOW, values=values))


def table(answer: Answer) -> pd.DataFrame:
    return pd.DataFrame([dict(row.cells) for row in answer.table("groups").rows])


def cases(connection: sa.Connection) -> pd.DataFrame:
    query = sa.select(Case.id, Case.category, Case.opened_on, Case.open_violations, Case.zone_id)
    return pd.DataFrame(connection.execute(query).all())


@pytest.mark.parametrize("by", [each for each in By if not GROUPINGS[each].may_repeat])
def test_the_groups_part_the_cases_whatever_they_are_grouped_by(
    alder: sa.Connection, by: By
) -> None:
    answer = adhoc(alder, by=by, draw="none")
    every = sorted(each for row in answer.table("groups").rows for each in row.cases["cases"].ids)
    assert every == sorted(cases(alder)["id"])
    assert table(answer)["cases"].sum() == answer.figures[0].value


@pytest.mark.parametrize("measure", Of)
@pytest.mark.parametrize("by", [By.SECTION, By.MONTH_OPENED])
def test_everything_can_be_measured_by_anything(alder: sa.Connection, measure: Of, by: By) -> None:
    assert adhoc(alder, measure=measure, by=by, then=By.PRIORITY).says


@pytest.mark.feature("advanced and ad-hoc reports")
def test_counts_are_what_pandas_counts(alder: sa.Connection) -> None:
    found = table(adhoc(alder, by=By.CATEGORY, measure=Of.SHARE_OPEN)).set_index("category")
    told = cases(alder).assign(open=lambda each: each["open_violations"] > 0)
    counted = told.groupby("category")["open"].agg(["size", "mean"])
    assert dict(found["cases"]) == dict(counted["size"])
    assert dict(found["measure"]) == pytest.approx(dict(counted["mean"]))


def test_months_follow_one_another_and_a_line_goes_through_them(alder: sa.Connection) -> None:
    answer = adhoc(alder, by=By.MONTH_OPENED, draw="line")
    months = [month for month in table(answer)["month_opened"] if month != "none"]
    assert months == sorted(months)
    assert answer.charts[0].along == "month_opened"


def test_a_question_counts_what_the_list_of_the_same_filter_holds(alder: sa.Connection) -> None:
    values: dict[str, Value] = {
        "queue": Queue.OPEN, "opened_from": date(2025, 6, 1), "opened_to": date(2026, 3, 1),
    }  # fmt: skip
    listed = Filter(queue=Queue.OPEN, opened=(date(2025, 6, 1), date(2026, 3, 1)))
    query = sa.select(Case.id).where(*conditions(listed, on=NOW.date())).order_by(Case.id)
    answer = adhoc(alder, **values)
    assert answer.figures[0].cases is not None
    assert [*answer.figures[0].cases.ids] == [*alder.scalars(query)]


def test_zones_are_shaded_and_parcels_marked(alder: sa.Connection) -> None:
    (zones,) = adhoc(alder, by=By.ZONE, draw="map").layers
    assert zones.look is Look.AREAS
    assert {each["properties"]["step"] for each in zones.features} <= set(range(len(zones.legend)))
    (parcels,) = adhoc(alder, by=By.PARCEL, draw="map", measure=Of.OPEN).layers
    assert parcels.look is Look.DISCS
    assert all(each["geometry"]["type"] == "Point" for each in parcels.features)


def test_an_area_narrows_as_the_map_does(alder: sa.Connection) -> None:
    everywhere = "-81,27;-80,27;-80,28;-81,28"
    nowhere = "0,0;1,0;1,1"
    placed = alder.scalar(sa.select(sa.func.count(Case.id)).where(Case.point.is_not(None)))
    assert adhoc(alder, area=everywhere).figures[0].value == placed
    answer = adhoc(alder, area=nowhere)
    assert answer.figures[0].value == 0
    assert answer.says == ("No case answers the question.",)


@pytest.mark.parametrize(
    ("said", "of", "why"),
    [
        ({"by": "zone", "then": "zone"}, "then", "Both groupings are the same"),
        ({"by": "zone", "draw": "line"}, "draw", "A line goes through months or years"),
        ({"by": "section", "draw": "map"}, "draw", "A map shades zones or marks parcels"),
        (
            {"opened_from": "2026-02-01", "opened_to": "2026-01-01"},
            "opened_to",
            "before they begin",
        ),
        ({"by": "password"}, "by", "choose one of zone"),
        ({"measure": "salary"}, "measure", "choose one of cases"),
        ({"area": "1,2;3,4"}, "area", "is no area"),
        ({"area": "nan,2;3,4;5,6"}, "area", "is no area"),
        ({"sql": "SELECT 1"}, "sql", "has no option 'sql'"),
    ],
)
def test_what_does_not_fit_together_is_said_at_its_option(
    alder: sa.Connection, said: dict[str, str], of: str, why: str
) -> None:
    with pytest.raises(OptionError, match=why) as refused:
        make(alder, read("adhoc", find_report("adhoc").options, now=NOW, said=said))
    assert refused.value.of == of


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_a_value_and_never_part_of_the_question(
    alder: sa.Connection, text: str
) -> None:
    for key in ("section", "officer"):
        assert adhoc(alder, **{key: text}).figures[0].value == 0
    for key in ("zone", "category"):
        with pytest.raises(UnknownNameError):
            adhoc(alder, **{key: text})
    assert len(cases(alder)) > 0


def test_it_is_bounded_in_time(alder: sa.Connection) -> None:
    adhoc(alder)
    assert alder.scalar(sa.text("SHOW statement_timeout")) == "1min"


def test_it_is_bounded_in_rows_and_says_so(
    alder: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.adhoc.report.MOST_ROWS", 2)
    answer = adhoc(alder, by=By.PARCEL, draw="none")
    assert len(answer.table("groups").rows) == 2
    assert "Only the 2 groups with the most cases are told." in answer.cautions
    assert answer.figures[0].value == len(cases(alder)), "of all that the question is about"


def test_a_measure_is_written_by_its_kind(alder: sa.Connection) -> None:
    kinds = {
        measure: adhoc(alder, measure=measure).table("groups").columns[-1].kind for measure in Of
    }
    assert kinds[Of.OWED] is kinds[Of.LIENS] is Kind.CENTS
    assert kinds[Of.TO_NOTICE] is Kind.DAYS


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([349, 3343], [(0, 1000), (1000, 2000), (2000, 3000), (3000, 4000)]),
        ([0, 1], [(0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0)]),
        ([7, 7], [(0, 10)]),
        ([0], [(0, 1)]),
        ([99, 101], [(99, 99.5), (99.5, 100), (100, 100.5), (100.5, 101)]),
    ],
)
def test_shades_part_values_at_round_numbers(
    values: list[float], expected: list[tuple[float, float]]
) -> None:
    bounds = _bounds(values)
    assert [pytest.approx(each) for each in expected] == bounds
    assert bounds[0][0] <= min(values)
    assert bounds[-1][1] >= max(values)
    assert len(bounds) <= len(SHADES)
