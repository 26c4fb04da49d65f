"""Answers: what is asked, what is written down of it, and how it is read again."""

import re
from datetime import date
from math import isfinite
from pathlib import Path

import pytest
import sqlalchemy as sa
from asked_answers import NOW, answered
from sample_answers import KINDS, everything
from small_town import import_cases, lay_out, violation

from reports.answers.answer import Column, Kind, Row, Table
from reports.answers.options import Option, OptionError, OptionKind, ask, read
from reports.answers.watching import StoppedError, Watch
from reports.answers.written import from_json, to_json, to_parts
from reports.registry import REPORTS, NoSuchReportError, find_report, make

OPTIONS = (
    Option(key="since", words="Opened since", kind=OptionKind.DAY),
    Option(key="years", words="Years", kind=OptionKind.WHOLE, default=5, least=1, most=100),
    Option(key="metres", words="Metres", kind=OptionKind.NUMBER, default=150.0, least=10),
    Option(key="status", words="Cases", kind=OptionKind.CHOICE, default="open",
           choices=(("open", "open ones"), ("all", "all of them"))),
    Option(key="outside", words="For outside", kind=OptionKind.FLAG, default=False),
)  # fmt: skip


def test_a_question_is_read_as_an_address_carries_it_and_written_again() -> None:
    said = {"since": "2026-01-31", "years": "3", "status": "all", "outside": "1", "metres": "80.5"}
    question = read("x", OPTIONS, now=NOW, said=said)
    assert question.day("since") == date(2026, 1, 31)
    assert (question.whole("years"), question.number("metres")) == (3, 80.5)
    assert question.flag("outside")
    assert question.written() == said
    assert question.told() == [
        ("Opened since", "2026-01-31"), ("Years", "3"), ("Metres", "80.5"),
        ("Cases", "all of them"), ("For outside", "yes"),
    ]  # fmt: skip


def test_what_is_not_asked_is_the_default_and_stands_in_no_address() -> None:
    question = read("x", OPTIONS, now=NOW, said={"years": "", "since": " "})
    assert question.whole("years") == 5
    assert question.written() == {}
    assert question.on == NOW.date()


@pytest.mark.parametrize(
    ("key", "said", "why"),
    [
        ("since", "2026-02-30", "is no day: write it as 2026-06-15"),
        ("since", "0001-01-01", "is no day"),
        ("years", "3.5", "is no whole number"),
        ("years", "0", "give a number from 1 to 100"),
        ("metres", "nan", "is no number"),
        ("metres", "1e999", "is no number"),
        ("metres", "5", "give a number from 10"),
        ("status", "closed", "choose one of open, all"),
        ("outside", "perhaps", "neither 1 .yes. nor 0"),
        ("colour", "red", "has no option 'colour'; it has since, years"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_option(key: str, said: str, why: str) -> None:
    with pytest.raises(OptionError, match=why) as refused:
        read("x", OPTIONS, now=NOW, said={key: said})
    assert refused.value.of == key


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        *((each, "since", "until") for each in REPORTS
          if "since" in {option.key for option in REPORTS[each].options}),
        ("adhoc", "opened_from", "opened_to"),
        ("adhoc", "closed_from", "closed_to"),
    ],
)  # fmt: skip
def test_days_that_end_before_they_begin_are_refused_by_the_last(
    name: str, first: str, last: str
) -> None:
    options = find_report(name).options
    with pytest.raises(OptionError, match="The days end on 2026-03-01, before they") as refused:
        read(name, options, now=NOW, said={first: "2026-03-02", last: "2026-03-01"})
    assert refused.value.of == last
    assert read(name, options, now=NOW, said={first: "2026-03-01", last: "2026-03-01"})


def test_there_is_no_report_of_another_name() -> None:
    with pytest.raises(NoSuchReportError, match="The reports are: repeat, owners"):
        find_report("nothing")


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_names_exactly_as_many_cases_as_it_counts(
    alder: sa.Connection, name: str
) -> None:
    counted = [*answered(alder, name).counted()]
    assert counted
    for what, value, cases in counted:
        assert value == len(cases), what
        assert len(set(cases.ids)) == len(cases), what


@pytest.mark.parametrize("name", REPORTS)
def test_an_answer_is_read_again_as_it_was_written(alder: sa.Connection, name: str) -> None:
    answer = answered(alder, name)
    parts = to_parts(answer)
    lists = {name: cases.ids for name, _value, cases in answer.counted()}
    again = from_json(to_json(answer), parts, lists=lists)
    assert to_json(again) == to_json(answer)
    assert to_parts(again) == parts
    assert [*again.counted()] == [*answer.counted()]
    light = from_json(to_json(answer))
    assert [len(cases) for _name, _value, cases in light.counted()] == [
        len(cases) for cases in lists.values()
    ]


def test_rows_that_no_page_shows_or_draws_are_kept_beside_the_answer() -> None:
    rows = [Row(key=str(at), cells={"at": at}) for at in range(3)]
    cells = Table(
        key="cells", title="Cells", means="", columns=[Column(key="at", words="At")], rows=rows,
        is_shown=False,
    )  # fmt: skip
    answer = everything(tables=[*everything().tables, cells])
    said = {each["key"]: len(each["rows"]) for each in to_json(answer)["tables"]}
    assert (said["cells"], said["kinds"]) == (0, len(KINDS.rows)), "a chart draws the kinds"
    assert [*from_json(to_json(answer), to_parts(answer)).table("cells").rows] == rows
    assert [*from_json(to_json(answer)).table("cells").rows] == []


@pytest.mark.parametrize("name", REPORTS)
def test_cells_are_of_the_columns_and_features_of_the_rows(alder: sa.Connection, name: str) -> None:
    for table in answered(alder, name).tables:
        keys = [each.key for each in table.columns]
        for row in table.rows:
            assert sorted(row.cells) == sorted(keys)
            for column in table.columns:
                if column.kind is Kind.DAY:
                    assert isinstance(row.cells[column.key], date | None)
        assert len({row.key for row in table.rows}) == len(table.rows)
        assert set(table.shapes) <= {row.key for row in table.rows}


@pytest.mark.parametrize("name", REPORTS)
def test_a_town_without_cases_is_told_so_plainly(connection: sa.Connection, name: str) -> None:
    lay_out(connection)
    answer = answered(connection, name)
    assert answer.figures[0].value == 0
    assert answer.says
    assert tuple(from_json(to_json(answer)).says) == tuple(answer.says)


@pytest.mark.parametrize("name", REPORTS)
def test_a_town_whose_cases_are_all_closed_is_answered(alder: sa.Connection, name: str) -> None:
    closed = """UPDATE lotline.case_file SET open_violations = 0, phase = 'closed',
                closed_on = :on, next_due = NULL, open_since = NULL"""
    alder.execute(sa.text(closed), {"on": NOW.date()})
    assert answered(alder, name).says


@pytest.fixture
def lone(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    """A town with one case, opened by a file on a lot that has no other."""
    lay_out(connection)
    import_cases(connection, tmp_path, violation(found_on="2026-02-10", comply_by="2026-02-20"))
    opened = "UPDATE lotline.case_file SET opened_on = '2026-02-10'"
    connection.exec_driver_sql(opened)
    return connection


@pytest.fixture
def owned(lone: sa.Connection) -> sa.Connection:
    """The same town, all of its lots one owner's."""
    lone.exec_driver_sql(
        """INSERT INTO lotline.ownership (parcel_id, owner_name, mail_line, mail_city, mail_state,
            mail_zip, import_run_id, source_row)
        SELECT id, 'ONE OWNER LLC', '1 Elm St', 'Pelham Cove', 'FL', '34998',
            (SELECT max(id) FROM lotline.import_run), 1 FROM lotline.parcel"""
    )
    return lone


WORDED_FOR_ONE = {"performance", "sections", "fairness", "exposure", "workload"}
ONE_AS_MANY = r"\b1 (cases|days|parcels|officers|sections|complaints|violations)\b"
ONE_CASE_AT_LEAST = {"owners": {"at_least": 1}, "council": {"month": "2026-02"}}
"""What is asked of those that would tell nothing of one case."""
NONE_OF_ONE = {"repeat", "exposure"}
"""Reports that count no single case: of parcels that come back, and of liens."""


@pytest.mark.parametrize("town", ["lone", "owned"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_town_with_one_case_or_one_owner_is_answered_plainly(
    request: pytest.FixtureRequest, name: str, town: str
) -> None:
    connection: sa.Connection = request.getfixturevalue(town)
    answer = answered(connection, name, **ONE_CASE_AT_LEAST.get(name, {}))  # type: ignore[arg-type]
    first = answer.figures[0]
    if name == "owners" and town == "lone":
        assert first.value in {0, 1}
    else:
        assert first.value == (0 if name in NONE_OF_ONE else 1), answer.says
    assert answer.says
    said = " ".join([*answer.says, *answer.cautions])
    assert not {"nan", "inf", "nan%", "-0"} & {each.strip(".,:;()") for each in said.split()}
    if name in WORDED_FOR_ONE:
        assert not re.search(ONE_AS_MANY, said)
    for figure in answer.figures:
        assert figure.value is None or not isinstance(figure.value, float) or isfinite(figure.value)
    assert to_json(from_json(to_json(answer))) == to_json(answer)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_that_is_stopped_ends(alder: sa.Connection, name: str) -> None:
    question = ask(name, find_report(name).options, now=NOW, values={})
    with pytest.raises(StoppedError):
        make(alder, question, watch=Watch(stop=lambda: True))
