"""What is done again is told by a letter of its own, and what came back may be issued again."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from counter import CLERK, Counter
from desk import OFFICER, RESPONDENT, day
from lettered import issue, press, said, stored, tell
from played import LOOKED_AGAIN, MAGISTRATE, heard, look_again

from cases import inspections, orders
from cases.actors import Actor
from cases.deadlines import Answer
from cases.hearings import About, Outcome
from cases.history import faults
from cases.letters.kinds import LetterKind
from cases.models import CaseLetter
from cases.opening import RespondentKind, name_respondent
from cases.story import events_of, told
from cases.workflow.roles import Role

type On = Callable[[int], Counter]
KIND = LetterKind.NONCOMPLIANCE_AFFIDAVIT


@pytest.fixture
def desk(on_case: On, case: int, sworn: int, tmp_path: Path) -> Counter:
    """The counter on a case whose order is not met, as an officer swore the day before."""
    assert sworn
    return stored(on_case(case).at(9, 5), tmp_path)


def test_whoever_swore_is_named_in_the_affidavit_and_the_visit_that_was_sworn_to(
    desk: Counter, case: int, sworn: int, town: sa.Connection
) -> None:
    other = Actor("R. Reed", Role.OFFICER)
    inspections.make(town, case_id=case, visit=LOOKED_AGAIN, actor=other, moment=day(9, 4))
    letter = said(issue(desk, KIND, sworn, "en"))
    assert "M. Rivera, being sworn, says" in letter
    assert "Inspected on Sep 4, 2026, by M. Rivera" in letter
    assert "R. Reed" not in letter


def test_a_second_affidavit_is_a_letter_of_its_own_and_the_rejected_one_stays_on_file(
    desk: Counter, case: int, sworn: int, town: sa.Connection
) -> None:
    first = issue(desk, KIND, sworn, "en")
    _rejected(town, case, sworn)
    desk.at(10, 13)
    (letter_id,) = town.scalars(sa.select(CaseLetter.id)).all()
    page = desk.page(CLERK)
    assert (f"letter/{letter_id}.pdf" in page, "of what no longer stands" in page) == (True, True)
    assert f"letter/{KIND}/{sworn}" not in page
    look = look_again(town, case, month=10, number=14)
    orders.file_affidavit(
        town, order_id=sworn, inspection_id=look, actor=OFFICER, moment=day(10, 14)
    )
    second = issue(desk.at(10, 15), KIND, sworn, "en")
    assert "Affidavit signed on Oct 14, 2026" in said(second)
    assert issue(desk, KIND, sworn, "es").data != second.data
    assert desk.page(CLERK).count("of what no longer stands") == 1
    at = f"/office/case/{desk.number}/letter/{letter_id}.pdf"
    assert desk.client(CLERK).get(at).data == first.data


def _rejected(town: sa.Connection, case: int, order: int) -> None:
    """Contest the affidavit, and have the tribunal find that it does not stand."""
    answer = Answer(received_on=date(2026, 9, 20))
    orders.contest(town, order_id=order, answer=answer, actor=RESPONDENT, moment=day(9, 20))
    heard(
        town, case, About.NONCOMPLIANCE, held_on=date(2026, 10, 13), outcome=Outcome.REFUSED
    )  # fmt: skip
    orders.reject_affidavit(
        town, order_id=order, reason="Photographs", actor=MAGISTRATE, moment=day(10, 13)
    )


def test_each_who_answers_now_may_have_a_letter(
    desk: Counter, case: int, sworn: int, town: sa.Connection
) -> None:
    other = name_respondent(
        town, case_id=case, kind=RespondentKind.TENANT, name="R. Reed", address="1 Main St",
        actor=OFFICER, moment=day(9, 5),
    )  # fmt: skip
    assert "R. Reed 1 Main St" in said(issue(desk, KIND, sworn, "en", to=str(other)))
    page = desk.page(CLERK)
    assert f'name="to" value="{other}"' in page  # in Spanish still
    assert "R. Reed" not in said(issue(desk, KIND, sworn, "en"))
    assert press(desk, KIND, sworn, "es", to="0").status_code == 400
    kept = sa.select(CaseLetter.recipient, CaseLetter.address).order_by(CaseLetter.id)
    assert [tuple(each) for each in town.execute(kept)] == [
        ("R. Reed", "1 Main St"), ("P. Lane", "9 Birch Ave"),
    ]  # fmt: skip


def test_what_came_back_is_issued_again_to_the_same_address_or_another(
    desk: Counter, sworn: int, town: sa.Connection
) -> None:
    assert press(desk, KIND, sworn, "en", address="Anywhere 1").status_code == 400
    issue(desk, KIND, sworn, "en")
    assert 'name="address"' not in desk.page(CLERK)
    for address in ("9 Birch Ave", "PO Box 7, Alder", "PO Box 7, Alder"):
        latest = town.execute(sa.select(sa.func.max(CaseLetter.id))).scalar_one()
        way = f"/office/case/{desk.number}/letter/{latest}"
        assert tell(desk, f"{way}/sent").status_code == 302
        assert tell(desk, f"{way}/returned", because="Moved").status_code == 302
        page = desk.page(CLERK)
        assert "A letter came back on Sep 5, 2026:" in page
        assert f'href="#letter-{KIND}-{sworn}"' in page
        assert page.count(f'id="letter-{KIND}-{sworn}"') == 1
        assert 'name="address" maxlength="300" value="9 Birch Ave"' in page
        letter = issue(desk, KIND, sworn, "en", address=address)
        assert address in said(letter)
        assert "A letter came back" not in desk.page(CLERK)
        # Somebody else whose page stood open goes to the one that stands.
        late = issue(desk, KIND, sworn, "en", address="Anywhere 1")
        assert late.data == letter.data
    kept = sa.select(CaseLetter.address, CaseLetter.copy).order_by(CaseLetter.id)
    assert [tuple(each) for each in town.execute(kept)] == [
        ("9 Birch Ave", 1), ("9 Birch Ave", 2), ("PO Box 7, Alder", 3), ("PO Box 7, Alder", 4),
    ]  # fmt: skip
    form = desk.page(CLERK).partition(f"/letter/{KIND}/{sworn}")[2].partition("</form>")[0]
    assert ('value="es"' in form, 'value="en"' in form) == (True, False)


def test_what_became_of_a_letter_is_told_in_the_history_of_its_case(
    desk: Counter, case: int, sworn: int, town: sa.Connection
) -> None:
    for language in ("es", "es"):  # twice, as by two who press the button at once
        issue(desk, KIND, sworn, language)
    way = f"/office/case/{desk.number}/letter/{town.scalars(sa.select(CaseLetter.id)).one()}"
    tell(desk, f"{way}/sent")
    tell(desk, f"{way}/returned", because="Unclaimed.")
    lines = [line.text for line in told(town.execute(events_of(case)).all(), law=None)]
    what = "The affidavit of non-compliance to P. Lane"
    assert lines[-3:] == [
        f"{what} was issued as a letter in Spanish. - J. Okafor",
        f"{what} was sent by mail on September 5, 2026. - J. Okafor",
        f"{what} came back by mail on September 5, 2026: Unclaimed. - J. Okafor",
    ]
    assert list(faults(town)) == []
