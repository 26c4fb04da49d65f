"""What the town's liens come to: to the cent, as each lien's own reckoning and a table by hand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, day
from played_liens import block

from cases import liens as deeds
from cases.exposure import open_liens, reckoned
from cases.models import Lien
from reports.answers.answer import Answer, Table
from reports.answers.options import Value, ask
from reports.exposure.standing import standing_liens
from reports.registry import find_report, make

ZONE = ZoneInfo("America/New_York")


def exposure(connection: sa.Connection, on: date, **values: Value) -> Answer:
    now = datetime(on.year, on.month, on.day, 12, tzinfo=ZONE)
    question = ask("exposure", find_report("exposure").options, now=now, values=values)
    return make(connection, question)


def figures(answer: Answer) -> dict[str, object]:
    return {each.key: each.value for each in answer.figures}


def frame(table: Table) -> pd.DataFrame:
    return pd.DataFrame([dict(row.cells) for row in table.rows])


@pytest.mark.usefixtures("lien")
def test_a_lien_grows_by_its_fine_from_the_day_after_it_was_recorded(
    town: sa.Connection, case: int
) -> None:
    on = date(2026, 10, 11)
    answer = exposure(town, on)
    found = figures(answer)
    assert (found["liens"], found["principal"]) == (1, 750_000), "30 days at $250"
    assert found["accrued"] == 250_000, "10 days from 2 to 11 October"
    assert found["per_diem"] == 25_000
    assert found["settled"] == 500_000, "half of both, the usual question"
    assert [*answer.figures[0].cases.ids] == [case]  # type: ignore[union-attr]
    (row,) = town.execute(open_liens()).all()
    (alone,) = reckoned(town, [row], on=on)
    assert (alone.principal_cents, alone.accrued_cents) == (750_000, 250_000)
    assert answer.says[0] == (
        "Liens that bind: 1, for $7,500.00; their fines have added $2,500.00 since, and each day "
        "adds $250.00."
    )


@pytest.mark.usefixtures("lien")
def test_the_groups_add_up_to_what_pandas_makes_of_the_liens(town: sa.Connection) -> None:
    another = {
        column: getattr(town.execute(sa.select(Lien.__table__)).one(), column)
        for column in ("parcel_id", "status")
    }  # fmt: skip
    for number, cents, recorded in (("F-1", 100_050, "2019-03-01"), ("F-2", 31, None)):
        town.execute(
            sa.insert(Lien).values(
                instrument_no=number, amount_cents=cents, **another,
                recorded_on=recorded and date.fromisoformat(recorded),
            )
        )  # fmt: skip
    on = date(2026, 10, 11)
    answer = exposure(town, on, settled=30.0)
    each = frame(answer.table("liens")).fillna({"accrued": 0, "per_diem": 0})
    rows = town.execute(open_liens()).all()
    alone = pd.DataFrame([
        {"principal": one.principal_cents, "accrued": one.accrued_cents or 0,
         "per_diem": one.per_diem_cents or 0}
        for one in reckoned(town, rows, on=on)
    ])  # fmt: skip
    for key in ("principal", "accrued", "per_diem"):
        assert int(each[key].sum()) == int(alone[key].sum()) == figures(answer)[key]
        for table in ("owners", "parcels", "zones", "ages"):
            assert int(frame(answer.table(table))[key].sum()) == int(alone[key].sum()), table
    total = alone["principal"].sum() + alone["accrued"].sum()
    assert figures(answer)["settled"] == round(0.3 * int(total))
    assert "Liens that came from a file, of which the principal alone counts: 2." in answer.cautions
    assert "Liens whose day of recording is unknown: 1." in answer.cautions


@pytest.mark.usefixtures("lien")
def test_ages_are_counted_from_the_day_of_recording(town: sa.Connection) -> None:
    ages = frame(exposure(town, date(2027, 9, 30)).table("ages")).set_index("name")["liens"]
    assert ages["under 1"] == 1
    ages = frame(exposure(town, date(2027, 10, 1)).table("ages")).set_index("name")["liens"]
    assert (ages["under 1"], ages["1 to 2"]) == (0, 1)


@pytest.mark.usefixtures("lien")
def test_the_town_s_liens_have_their_place_by_the_day_of_recording(town: sa.Connection) -> None:
    (row,) = town.execute(sa.select(Lien.__table__)).all()
    town.execute(
        sa.insert(Lien).values(
            instrument_no="OLD", amount_cents=5, parcel_id=row.parcel_id, status="recorded",
            recorded_on=date(2020, 1, 2),
        )
    )  # fmt: skip
    places = {each.instrument_no: each.priority for each in standing_liens(town, on=day(10, 2).on)}
    assert places == {"OLD": 1, row.instrument_no: 2}


def test_a_homestead_is_not_foreclosed_and_what_nobody_said_counts_as_one(
    town: sa.Connection, lien: int
) -> None:
    late = date(2027, 3, 1)
    assert figures(exposure(town, late))["foreclosable"] == 0
    assert figures(exposure(town, late))["homestead"] == 1
    deeds.state_homestead(
        town, lien_id=lien, homestead=False, evidence="Appraiser's roll", actor=CLERK,
        moment=day(10, 3),
    )  # fmt: skip
    assert figures(exposure(town, late))["foreclosable"] == 1
    assert figures(exposure(town, late))["homestead"] == 0
    early = figures(exposure(town, date(2027, 1, 1)))
    assert early["foreclosable"] == 0, "three months have not run out"
    assert figures(exposure(town, date(2027, 1, 2)))["foreclosable"] == 1


@pytest.mark.usefixtures("lien")
def test_where_collecting_is_barred_nothing_is_settled_or_foreclosed(
    town: sa.Connection, case: int
) -> None:
    block(town, case, moment=day(10, 3), actor=MANAGER)
    found = figures(exposure(town, date(2027, 3, 1)))
    assert (found["blocked"], found["settled"], found["foreclosable"]) == (1, 0, 0)
    assert found["principal"] == 750_000


@pytest.mark.usefixtures("certified")
def test_a_certified_fine_without_a_lien_is_told_apart(town: sa.Connection) -> None:
    answer = exposure(town, date(2026, 9, 25))
    found = figures(answer)
    assert (found["liens"], found["unrecorded"], found["unrecorded_cents"]) == (0, 1, 600_000)
    assert answer.says == ("No lien binds any property of the question.",)


@pytest.mark.usefixtures("lien")
def test_it_asks_as_many_questions_for_many_liens_as_for_one(town: sa.Connection) -> None:
    asked: list[str] = []
    sa.event.listen(town, "before_cursor_execute", lambda *said: asked.append(said[2]))
    exposure(town, date(2026, 10, 11))
    one = len(asked)
    (row,) = town.execute(sa.select(Lien.__table__)).all()
    for number in range(20):
        town.execute(
            sa.insert(Lien).values(
                instrument_no=f"F-{number}", amount_cents=5, parcel_id=row.parcel_id,
                status="recorded", recorded_on=date(2020, 1, 2),
            )
        )  # fmt: skip
    asked.clear()
    exposure(town, date(2026, 10, 11))
    assert len(asked) == one


@pytest.mark.parametrize("share", [0.0, 101.0])
def test_a_share_that_is_none_is_refused(town: sa.Connection, share: float) -> None:
    with pytest.raises(Exception, match="give a number from 1 to 100"):
        exposure(town, date(2026, 10, 11), settled=share)
