"""A docket's order is changed among hearings that wait, and both histories say so."""

import dataclasses
from collections.abc import Sequence
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from played import (
    AT,
    HEARD,
    MAGISTRATE,
    SPOKESMAN,
    a_sitting,
    decide,
    one,
    put_on_docket,
    tell_of_hearing,
)
from played_after import AFTER

from cases import agreeing, continuing, docket_order, hearings, notices, sittings
from cases.advancing import GuardError
from cases.desk import docket
from cases.digests import DigestError
from cases.docket_order import Toward
from cases.hearings import About
from cases.minutes import MinutesError
from cases.models import (
    CaseEvent,
    Citation,
    Hearing,
    HearingSession,
    Notice,
    OwnershipTransfer,
    Respondent,
)
from cases.notice_words import NoticeKind
from cases.opening import RespondentKind, name_respondent, open_case
from cases.service.attempts import Attempt, Method
from cases.story import events_of, told
from cases.summoned import is_summoned
from cases.workflow.notice import NoticeStatus
from cases.workflow.registry import NotNowError


@pytest.fixture
def three(town: sa.Connection, case: int, hearing: int) -> list[int]:
    """Three hearings of one case on the docket of 11 August, the citation's the first."""
    sitting = a_sitting(town, held_on=date(2026, 8, 11), capacity=3)
    put_on_docket(town, hearing, sitting)
    return [hearing, *(_another(town, case, sitting) for _ in range(2))]


def _another(connection: sa.Connection, case: int, sitting: int) -> int:
    asked = hearings.request(
        connection, case_id=case, about=About.VIOLATION, actor=MANAGER, moment=day(7, 2)
    )
    put_on_docket(connection, asked, sitting)
    return asked


def _order(connection: sa.Connection) -> list[int]:
    query = sa.select(Hearing.id).where(Hearing.docket_place.is_not(None))
    return list(connection.scalars(query.order_by(Hearing.docket_place)))


def _move(connection: sa.Connection, hearing: int, toward: Toward, **changes: object) -> int:
    asked = {"actor": CLERK, "moment": day(7, 3), **changes}
    return docket_order.reorder(connection, hearing_id=hearing, toward=toward, **asked)  # type: ignore[arg-type]


def test_the_whole_order_is_set_and_each_history_that_it_moves_tells_of_it(
    town: sa.Connection, three: list[int]
) -> None:
    first, second, third = three
    sitting = one(town, HearingSession).id

    def arrange(*order: int, seen: Sequence[int] = ()) -> int:
        return docket_order.arrange(
            town, session_id=sitting, order=order, seen=seen or _order(town), actor=CLERK,
            moment=day(7, 3),
        )  # fmt: skip

    told_before = town.scalar(sa.select(sa.func.count()).select_from(CaseEvent))
    assert arrange(third, second, first) == 2
    assert _order(town) == [third, second, first]
    assert arrange(third, second, first) == 0
    told_after = town.scalar(sa.select(sa.func.count()).select_from(CaseEvent))
    assert told_after == (told_before or 0) + 2
    for wrong in ((third, second), (third, second, second), (third, second, first, 999)):
        with pytest.raises(sittings.SittingError, match="not the one this order was made from"):
            arrange(*wrong)
    with pytest.raises(sittings.SittingError, match="or moved one"):
        arrange(second, first, third, seen=three)  # it stands otherwise by now
    assert _order(town) == [third, second, first]


def test_who_gets_a_place_goes_before_or_behind_what_stood_there() -> None:
    places = {1: 1, 2: 2, 3: 3, 4: 4}
    same = dict.fromkeys(places)
    assert docket_order.order_of(same, places=places) == [1, 2, 3, 4]
    assert docket_order.order_of({**places, 4: 2}, places=places) == [1, 4, 2, 3]
    assert docket_order.order_of({**places, 2: 3}, places=places) == [1, 3, 2, 4]
    assert docket_order.order_of({1: 4, 2: 3, 3: 2, 4: 1}, places=places) == [4, 3, 2, 1]
    assert docket_order.order_of({**same, 3: 9}, places=places) == [1, 2, 4, 3]


def test_hearings_change_places_and_no_two_stand_in_one(
    town: sa.Connection, three: list[int]
) -> None:
    first, second, third = three
    assert _move(town, third, Toward.EARLIER) == 2
    assert _order(town) == [first, third, second]
    assert _move(town, first, Toward.LATER, actor=MAGISTRATE) == 2
    assert _order(town) == [third, first, second]
    places = town.scalars(sa.select(Hearing.docket_place)).all()
    assert sorted(filter(None, places)) == [1, 2, 3]


def test_nothing_moves_beyond_the_ends_of_its_docket(town: sa.Connection, three: list[int]) -> None:
    for hearing, toward in ((three[0], Toward.EARLIER), (three[2], Toward.LATER)):
        with pytest.raises(GuardError, match="another hearing that waits"):
            _move(town, hearing, toward)
    assert _order(town) == three


def test_a_gap_left_by_one_put_off_is_no_end(town: sa.Connection, three: list[int]) -> None:
    continuing.continue_hearing(
        town, hearing_id=three[1], reason="Counsel is ill", actor=CLERK, moment=day(7, 3)
    )
    assert _move(town, three[2], Toward.EARLIER) == 1
    assert _order(town) == [three[2], three[0]]


def test_what_was_called_keeps_its_place_and_is_passed_over(
    town: sa.Connection, case: int, three: list[int]
) -> None:
    tell_of_hearing(town, case)
    hearings.open_hearing(
        town, hearing_id=three[1], members_sitting=1, actor=MAGISTRATE, moment=day(8, 11)
    )
    with pytest.raises(NotNowError, match="the hearing is opened"):
        _move(town, three[1], Toward.EARLIER, moment=day(8, 11))
    assert _move(town, three[2], Toward.EARLIER, moment=day(8, 11)) == 1
    assert _order(town) == [three[2], three[1], three[0]]
    with (
        pytest.raises(sa.exc.IntegrityError, match="its place on the docket stays"),
        town.begin_nested(),
    ):
        town.execute(sa.update(Hearing).where(Hearing.id == three[1]).values(docket_place=9))


@pytest.mark.parametrize("actor", [OFFICER, MANAGER, RESPONDENT])
def test_only_the_clerk_and_the_hearing_officer_order_a_docket(
    town: sa.Connection, three: list[int], actor: object
) -> None:
    with pytest.raises(NotNowError, match="for the clerk or hearing officer"):
        _move(town, three[1], Toward.EARLIER, actor=actor)


def test_the_stories_of_both_cases_tell_that_they_changed_places(
    town: sa.Connection, law: int, case: int, three: list[int]
) -> None:
    other = open_case(
        town, category="Trash", place=dataclasses.replace(AT, parcel_no="A-2"), law_pack_id=law,
        actor=OFFICER, moment=day(7, 2),
    )  # fmt: skip
    town.execute(sa.update(Hearing).where(Hearing.id == three[2]).values(case_id=other))
    _move(town, three[1], Toward.LATER)
    for case_id, words in ((case, "from place 2 to place 3"), (other, "from place 3 to place 2")):
        events = town.execute(events_of(case_id)).all()
        *_before, last = told(events, law=None, zone=day(7, 3).now.tzinfo)
        assert f"The hearing was moved on the docket of August 11, 2026, {words}." in last.text


def test_the_desk_says_from_which_day_a_hearing_may_be_heard(
    town: sa.Connection, case: int, hearing: int
) -> None:
    (row,) = town.execute(docket.waiting(on=date(2026, 7, 2))).all()
    assert (row.id, row.respondents, row.sections) == (hearing, "P. Lane", "30-36(a)")
    (free,) = docket.judged(town, [row], on=date(2026, 7, 2))
    assert (free.proof is not None, free.free_from) == (True, date(2026, 7, 2))
    served = sa.update(Notice).where(Notice.status == NoticeStatus.SERVED)
    town.execute(served.values(status=NoticeStatus.WITHDRAWN))
    (barred,) = docket.judged(town, [row], on=date(2026, 7, 2))
    assert (barred.proof, barred.free_from) == (None, None)
    assert case


def test_a_buyer_s_time_to_correct_keeps_a_hearing_from_an_earlier_sitting(
    town: sa.Connection, case: int, hearing: int
) -> None:
    seller = one(town, Respondent).id
    buyer = name_respondent(
        town, case_id=case, kind=RespondentKind.OWNER, name="B. Ayer", address="2 Elm St",
        actor=CLERK, moment=day(7, 2),
    )  # fmt: skip
    sold = {"transferred_on": date(2026, 7, 2), "tell_by": date(2026, 7, 7)}
    values = {"case_id": case, "seller_id": seller, "buyer_id": buyer, **sold}
    town.execute(sa.insert(OwnershipTransfer).values(correct_by=date(2026, 8, 11), **values))
    (row,) = town.execute(docket.waiting(on=date(2026, 7, 2))).all()
    (free,) = docket.judged(town, [row], on=date(2026, 7, 2))
    assert (free.new_owner_until, free.free_from) == (date(2026, 8, 11), date(2026, 8, 12))
    for held_on, may in ((date(2026, 8, 11), False), (date(2026, 8, 12), True)):
        sitting = a_sitting(town, held_on=held_on)
        if may:
            assert put_on_docket(town, hearing, sitting) == 1
        else:
            with pytest.raises(GuardError, match="a new owner has had the time"):
                put_on_docket(town, hearing, sitting)


def test_the_next_hearing_is_the_one_below_else_whoever_was_passed_over(
    town: sa.Connection, case: int, three: list[int]
) -> None:
    def after(hearing: int) -> int | None:
        sitting = one_of(town, hearing).session_id
        rows = town.execute(docket.docket_of(sitting, on=date(2026, 8, 11))).all()
        found = docket.next_after(rows, hearing)
        return found and int(found.id)

    tell_of_hearing(town, case)
    assert [after(each) for each in three] == [three[1], three[2], three[0]]
    agreeing.agree(
        town, hearing_id=three[1], agreement="Mown", keep_by=date(2026, 9, 1),
        signed_by_respondent=True, actor=CLERK, moment=day(8, 11),
    )  # fmt: skip
    assert after(three[0]) == three[2]


def one_of(connection: sa.Connection, hearing: int) -> sa.Row:
    return connection.execute(sa.select(Hearing.__table__).where(Hearing.id == hearing)).one()


def test_the_docket_says_served_where_the_hearing_can_open_and_nowhere_else(
    town: sa.Connection, case: int, docketed: int
) -> None:
    def told() -> date | None:
        sitting, held_on = one_of(town, docketed).session_id, date(2026, 8, 11)
        (row,) = town.execute(docket.docket_of(sitting, on=date(2026, 8, 1))).all()
        assert is_summoned(town, row, before=held_on) == (row.told_on is not None)
        return row.told_on  # type: ignore[no-any-return]

    def tell(respondent: int, *, number: int) -> None:
        notice = notices.draft(
            town, case_id=case, kind=NoticeKind.NOTICE_OF_HEARING, respondent_id=respondent,
            violation_ids=[one(town, Citation).violation_id], actor=CLERK, moment=day(7, number),
        )  # fmt: skip
        notices.issue(town, notice_id=notice, actor=CLERK, moment=day(7, number))
        on = date(2026, 7, number)
        handed = Attempt(method=Method.HAND, made_on=on, affidavit_on=on)
        said = {"notice_id": notice, "moment": day(7, number)}
        notices.record_attempt(town, attempt=handed, actor=OFFICER, **said)
        notices.confirm_service(town, actor=CLERK, **said)

    cited = one(town, Respondent).id
    buyer = name_respondent(
        town, case_id=case, kind=RespondentKind.OWNER, name="B. Ayer", address="2 Elm St",
        actor=CLERK, moment=day(7, 2),
    )  # fmt: skip
    tell(buyer, number=3)
    assert told() is None  # not to whoever was cited
    tell(cited, number=4)
    assert told() == date(2026, 7, 4)
    sold = {"transferred_on": date(2026, 7, 2), "tell_by": date(2026, 7, 7)}
    values = {"case_id": case, "seller_id": cited, **sold, "correct_by": date(2026, 8, 1)}
    later = name_respondent(
        town, case_id=case, kind=RespondentKind.OWNER, name="C. Ayer", address="3 Elm St",
        actor=CLERK, moment=day(7, 4),
    )  # fmt: skip
    town.execute(sa.insert(OwnershipTransfer).values(buyer_id=later, **values))
    assert told() is None  # and whoever bought it must have one too
    tell(later, number=5)
    assert told() == date(2026, 7, 5)


def test_who_interpreted_is_in_the_minutes_and_in_the_story(
    town: sa.Connection, opened: int
) -> None:
    decide(town, opened, minutes=dataclasses.replace(HEARD, interpreted_by="L. Ruiz"))
    assert one(town, Hearing).interpreted_by == "L. Ruiz"
    details = sa.select(CaseEvent.details).where(CaseEvent.kind == "hearing_decided")
    assert town.execute(details).scalar_one()["interpreted_by"] == "L. Ruiz"
    with pytest.raises(MinutesError, match="name no interpreter"):
        dataclasses.replace(HEARD, interpreted_by=" ")


def test_the_file_of_an_authorization_is_kept_by_its_hash(
    town: sa.Connection, case: int, served: int
) -> None:
    hearings.request(
        town, case_id=case, about=About.VIOLATION, actor=RESPONDENT, moment=day(7, 2),
        representative=dataclasses.replace(SPOKESMAN, sha256=AFTER),
    )  # fmt: skip
    assert one(town, Hearing).representative_sha256 == AFTER
    with pytest.raises(DigestError, match="authorization's file is named 'x'"):
        dataclasses.replace(SPOKESMAN, sha256="x")
    assert served
