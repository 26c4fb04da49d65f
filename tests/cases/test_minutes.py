"""Who speaks for a respondent, and what is kept of a hearing."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, RESPONDENT, day
from played import HEARD, MAGISTRATE, SPOKESMAN, a_sitting, decide, first_served, one
from played_after import AFTER, summon

from cases import hearings, notices
from cases.digests import DigestError
from cases.hearings import About
from cases.minutes import (
    Appeared,
    Exhibit,
    Minutes,
    MinutesError,
    OfferedBy,
    RepresentationError,
    Representative,
)
from cases.models import CaseEvent, Hearing, Respondent
from cases.models import Exhibit as Kept

SHOWN = (
    Exhibit(what="Photograph of 4 June", offered_by=OfferedBy.TOWN, sha256=AFTER),
    Exhibit(what="Receipt for a mower", offered_by=OfferedBy.RESPONDENT),
)


def _ask(connection: sa.Connection, case: int, speaker: Representative | None) -> int:
    return hearings.request(
        connection, case_id=case, about=About.VIOLATION, representative=speaker,
        interpreter="Spanish", actor=RESPONDENT, moment=day(7, 2),
    )  # fmt: skip


def test_a_representative_is_named_with_the_writing_that_says_so(
    town: sa.Connection, case: int
) -> None:
    _ask(town, case, SPOKESMAN)
    row = one(town, Hearing)
    assert (row.representative, row.representative_signed_by) == ("A. Lane", "P. Lane")
    assert (row.representative_authorized_on, row.representative_document) == (
        date(2026, 7, 1), "Letter of 1 July",
    )  # fmt: skip
    details = sa.select(CaseEvent.details).where(CaseEvent.kind == "hearing_requested")
    told = town.execute(details).scalar_one()
    assert (told["representative"], told["document"], told["interpreter"]) == (
        "A. Lane", "Letter of 1 July", "Spanish",
    )  # fmt: skip


@pytest.mark.parametrize("lacking", ["name", "signed_by", "document"])
def test_a_representative_without_the_writing_is_refused(lacking: str) -> None:
    with pytest.raises(RepresentationError, match="who signed the written authorization"):
        replace(SPOKESMAN, **{lacking: " "})


def test_a_writing_of_a_day_to_come_authorizes_nobody(town: sa.Connection, case: int) -> None:
    with pytest.raises(RepresentationError, match="once the writing is there"):
        _ask(town, case, replace(SPOKESMAN, authorized_on=date(2026, 7, 3)))
    assert town.scalar(sa.select(sa.func.count()).select_from(Hearing)) == 0


def test_the_minutes_keep_who_appeared_and_number_what_was_shown(
    town: sa.Connection, opened: int
) -> None:
    minutes = Minutes(appeared=Appeared.BOTH, text="Both were heard.", exhibits=SHOWN)
    decide(town, opened, minutes=minutes)
    row = one(town, Hearing)
    assert (row.appeared, row.minutes) == ("both", "Both were heard.")
    query = sa.select(Kept.number, Kept.what, Kept.offered_by, Kept.sha256).order_by(Kept.number)
    assert [tuple(each) for each in town.execute(query)] == [
        (1, "Photograph of 4 June", "town", AFTER),
        (2, "Receipt for a mower", "respondent", None),
    ]
    details = sa.select(CaseEvent.details).where(CaseEvent.kind == "hearing_decided")
    told = town.execute(details).scalar_one()
    assert (told["appeared"], told["exhibits"]) == (
        "both", ["1. Photograph of 4 June", "2. Receipt for a mower"],
    )  # fmt: skip


@pytest.mark.parametrize("appeared", [Appeared.REPRESENTATIVE, Appeared.BOTH])
def test_nobody_speaks_whom_no_writing_authorizes(
    town: sa.Connection, case: int, served: int, appeared: Appeared
) -> None:
    asked = hearings.request(
        town, case_id=case, about=About.NONCOMPLIANCE, actor=MANAGER, moment=day(7, 2)
    )
    _open(town, asked)
    with pytest.raises(RepresentationError, match="none authorized in writing"):
        decide(town, asked, minutes=replace(HEARD, appeared=appeared))
    row = one(town, Hearing)
    assert (row.status, row.appeared) == ("opened", None)
    assert town.scalar(sa.select(sa.func.count()).select_from(Kept)) == 0
    decide(town, asked, minutes=replace(HEARD, appeared=Appeared.RESPONDENT))
    assert served


def test_empty_minutes_and_nameless_exhibits_are_refused() -> None:
    with pytest.raises(MinutesError, match="say in a few sentences"):
        Minutes(appeared=Appeared.NOBODY, text=" ")
    with pytest.raises(MinutesError, match="say what it shows"):
        Exhibit(what=" ", offered_by=OfferedBy.TOWN)
    with pytest.raises(DigestError, match="exhibit's file is named 'x'"):
        Exhibit(what="Photograph", offered_by=OfferedBy.TOWN, sha256="x")


def _open(connection: sa.Connection, hearing: int) -> None:
    proof = notices.service_of(connection, first_served(connection), on=date(2026, 7, 2)).proof
    sitting = a_sitting(connection, held_on=date(2026, 8, 11))
    hearings.docket(
        connection, hearing_id=hearing, session_id=sitting, proof=proof, actor=CLERK,
        moment=day(7, 2),
    )  # fmt: skip
    summon(connection, one(connection, Respondent).id, month=7, number=3)
    hearings.open_hearing(
        connection, hearing_id=hearing, members_sitting=1, actor=MAGISTRATE, moment=day(8, 11)
    )
