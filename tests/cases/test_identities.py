"""What people confirm of owners is kept, superseded and withdrawn, and never edited."""

from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import MAGISTRATE
from played_owners import BOX, LANDLORD

from cases import identities
from cases.actors import Actor
from cases.errors import ContradictionError
from cases.identities import Verdict
from cases.models import OwnerConfirmation
from cases.owner_words import NothingConfirmedError, NotTwoOwnersError, confirm, withdraw
from cases.owners.parties import Party
from cases.workflow.registry import NoReasonError, NotNowError
from geo.database import Database

SECOND = Party(name=LANDLORD, mailing=BOX)
THIRD = Party(name="Sawgrass Homes III LLC", mailing=BOX)
AWAY = Party(name=LANDLORD, mailing="77 Gulf Rd, Tampa, FL 33602")


ASKED: dict[str, Any] = {
    "reason": "One registration", "evidence": "L15000012345", "actor": CLERK, "moment": day(6, 1),
}  # fmt: skip


def say(
    connection: sa.Connection,
    verdict: Verdict = Verdict.SAME,
    a: Party = SECOND,
    b: Party = AWAY,
    **changes: object,
) -> int:
    return confirm(connection, a, b, **{"verdict": verdict, **ASKED, **changes})


def take_back(
    connection: sa.Connection, a: Party = SECOND, b: Party = AWAY, **changes: object
) -> int:
    word = identities.word_between(connection, a, b)
    return withdraw(connection, word.id if word else 0, **{**ASKED, **changes})


def rows(connection: sa.Connection) -> list[sa.Row]:
    query = sa.select(OwnerConfirmation.__table__).order_by(OwnerConfirmation.id)
    return list(connection.execute(query))


def test_a_confirmation_is_kept_with_its_keys_in_order_and_read_back(town: sa.Connection) -> None:
    said = say(town)
    (row,) = rows(town)
    assert (row.id, row.verdict, row.said_by, row.reason, row.evidence) == (
        said, "same", "J. Okafor", "One registration", "L15000012345",
    )  # fmt: skip
    assert (row.key_a, row.key_b) == tuple(sorted([SECOND.key or "", AWAY.key or ""]))
    assert (row.said_on, row.recorded_at) == (day(6, 1).on, day(6, 1).now)
    owners = identities.identities(town, around=[SECOND.key])
    (link,) = owners.chain(SECOND.key or "", AWAY.key or "") or ()
    assert (link.by, link.on, link.reason) == ("J. Okafor", day(6, 1).on, "One registration")


def test_of_an_owner_all_that_a_chain_of_words_leads_to_is_read_and_no_other(
    town: sa.Connection,
) -> None:
    say(town)
    say(town, Verdict.DIFFERENT, a=AWAY, b=THIRD)
    say(town, a=Party(name="Pine Co", mailing=BOX), b=Party(name="Oak Co", mailing=BOX))
    owners = identities.identities(town, around=[None, SECOND.key])
    assert owners.difference(SECOND.key or "", THIRD.key or "")
    oak = Party(name="Oak Co", mailing=BOX).key or ""
    assert owners.of(oak).keys == {oak}


def test_a_later_word_takes_the_place_of_an_earlier_one_which_stays(town: sa.Connection) -> None:
    say(town)
    say(town, Verdict.DIFFERENT, a=AWAY, b=SECOND, moment=day(6, 2), actor=MANAGER)
    assert [row.verdict for row in rows(town)] == ["same", "different"]
    owners = identities.identities(town, around=[SECOND.key])
    assert owners.chain(SECOND.key or "", AWAY.key or "") is None
    assert owners.difference(SECOND.key or "", AWAY.key or "")


def test_a_word_withdrawn_says_nothing_and_stays_on_record(town: sa.Connection) -> None:
    with pytest.raises(NothingConfirmedError, match="nothing can be withdrawn"):
        take_back(town)
    say(town)
    take_back(town, reason="Wrong company")
    owners = identities.identities(town, around=[SECOND.key])
    assert owners.chain(SECOND.key or "", AWAY.key or "") is None
    assert owners.difference(SECOND.key or "", AWAY.key or "") is None
    assert [row.verdict for row in rows(town)] == ["same", "withdrawn"]
    with pytest.raises(NothingConfirmedError):
        take_back(town)


def test_what_cannot_be_true_together_is_refused_until_one_is_withdrawn(
    town: sa.Connection,
) -> None:
    say(town)
    say(town, a=AWAY, b=THIRD)
    with pytest.raises(ContradictionError, match=r"J\. Okafor on 2026-06-01.* Withdraw one"):
        say(town, Verdict.DIFFERENT, a=SECOND, b=THIRD)
    assert len(rows(town)) == 2
    take_back(town, a=AWAY, b=THIRD)
    say(town, Verdict.DIFFERENT, a=SECOND, b=THIRD)
    with pytest.raises(ContradictionError):
        say(town, a=AWAY, b=THIRD)


def test_behind_two_owners_in_law_may_stand_one_landlord(town: sa.Connection) -> None:
    say(town)
    say(town, Verdict.ONE_LANDLORD, b=THIRD, reason="One manager signs for both")
    owners = identities.identities(town, around=[THIRD.key])
    assert owners.chain(SECOND.key or "", THIRD.key or "") is None
    assert owners.difference(SECOND.key or "", THIRD.key or "")
    with pytest.raises(ContradictionError):
        say(town, a=AWAY, b=THIRD)
    same, behind = identities.all_in_force(town)
    assert (type(same).__name__, type(behind).__name__) == ("ConfirmedSame", "ConfirmedOneLandlord")
    take_back(town, b=THIRD)
    assert identities.all_in_force(town) == (same,)


@pytest.mark.parametrize("actor", [OFFICER, MAGISTRATE])
def test_who_an_owner_is_is_for_the_clerk_or_manager(town: sa.Connection, actor: Actor) -> None:
    with pytest.raises(NotNowError, match="for the clerk or manager to confirm"):
        say(town, actor=actor)
    assert rows(town) == []


@pytest.mark.parametrize("silence", [{"reason": " "}, {"evidence": ""}])
def test_a_word_wants_its_reason_and_evidence(
    town: sa.Connection, silence: dict[str, object]
) -> None:
    with pytest.raises(NoReasonError, match="say why, and what was seen"):
        say(town, **silence)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (Party(name="Unknown owner", mailing=BOX), "names nobody"),
        (Party(name="Vance, Harold"), "no place tells that owner"),
        (Party(name="SAWGRASS HOMES II, L.L.C.", mailing=BOX), "one owner already"),
    ],
)
def test_nothing_is_confirmed_of_nobody_or_of_one(
    town: sa.Connection, other: Party, why: str
) -> None:
    with pytest.raises(NotTwoOwnersError, match=why):
        say(town, Verdict.DIFFERENT, b=other)
    assert rows(town) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lotline.owner_confirmation SET reason = 'x'",
        "DELETE FROM lotline.owner_confirmation",
    ],
)
def test_the_app_may_not_even_try_to_rewrite_what_was_said(
    database: Database, statement: str
) -> None:
    with (
        database.app.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
    ):
        connection.exec_driver_sql(statement)


def test_the_public_may_not_read_what_was_said_of_owners(database: Database) -> None:
    with (
        database.public.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
    ):
        connection.exec_driver_sql("SELECT * FROM lotline.owner_confirmation")
