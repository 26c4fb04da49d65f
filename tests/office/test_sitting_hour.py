"""The hour of a sitting is changed on its page, which first says who was told the old one."""

from collections.abc import Callable
from datetime import date, time

import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, Counter, filled, number_of, wrongs
from desk import day
from played import a_sitting, one, tell_of_hearing

from cases.models import HearingSession

type On = Callable[[int], Counter]


def test_a_clerk_reads_who_must_be_told_anew_before_the_hour_is_changed(
    on_case: On, case: int, docketed: int, town: sa.Connection
) -> None:
    town.execute(sa.update(HearingSession).values(begins_at=time(9), place="Town Hall"))
    tell_of_hearing(town, case)
    desk, here = on_case(case).at(7, 6), one(town, HearingSession).id
    docket, way = f"/office/docket/{here}", f"/office/docket/{here}/hour"
    client = desk.client(CLERK)
    assert f'href="{way}"' in client.get(docket).text
    for other in (MANAGER, JUDGE):
        assert f'href="{way}"' not in desk.client(other).get(docket).text
    shown = client.get(way).text
    assert "now at 9:00 AM, Town Hall" in shown
    assert "P. Lane, served Jul 3, 2026" in shown
    same = client.post(way, data=filled(shown) | {"reason": "Flooded"})
    assert "9:00 AM, Town Hall already" in wrongs(same.text)
    bare = client.post(way, data=filled(shown) | {"begins_at": "13:30"})
    assert "This is needed." in wrongs(bare.text)
    typed = filled(shown) | {"begins_at": "13:30", "place": "Library", "reason": "Flooded"}
    done = client.post(way, data=typed, follow_redirects=True)
    assert "1 hearing is heard at this hour and place now" in done.text
    assert "1:30 PM · Library" in done.text
    hearing = f'<a href="/office/hearing/{docketed}">'
    assert f"{hearing}<strong>of another day or hour: to be told anew</strong></a>" in done.text
    tell_of_hearing(town, case, moment=day(7, 6))
    assert "to be told anew" not in client.get(docket).text


def test_a_sitting_with_nothing_on_it_is_changed_without_a_reason(
    counter: Counter, town: sa.Connection
) -> None:
    here = a_sitting(town, held_on=date(2026, 8, 11))
    client, way = counter.at(7, 6).client(CLERK), f"/office/docket/{here}/hour"
    shown = client.get(way).text
    assert "nothing yet: it can be changed freely" in shown
    assert 'name="reason"' not in shown
    done = client.post(way, data=filled(shown) | {"place": "Library"}, follow_redirects=True)
    assert "Nobody has to be told anew" in done.text
    assert one(town, HearingSession).place == "Library"


def test_no_hearing_is_put_on_a_sitting_whose_hour_is_past(
    on_case: On, case: int, hearing: int, town: sa.Connection
) -> None:
    here = a_sitting(town, held_on=date(2026, 7, 2))
    client = on_case(case).at(7, 2).client(CLERK)  # it is noon
    deed = f"/office/case/{number_of(town, case)}/do/hearing.docket/{hearing}"
    for begins_at, begun in ((time(13), False), (time(9), True)):
        town.execute(sa.update(HearingSession).values(begins_at=begins_at, place="Town Hall"))
        desk = client.get("/office/docket").text
        assert ("has begun" in desk) is begun
        for page in (desk, client.get(deed).text):
            assert (f'value="{here}"' in page) is not begun
