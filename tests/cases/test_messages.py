"""A respondent is written to once by each message, and what passed with them stands apart."""

import uuid
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, day
from played import MAGISTRATE, one

from cases.contacts import ContactError, Direction, Note, Party, Way, note_on_case
from cases.errors import MailError
from cases.mail.table import MAIL
from cases.messages import Writing, contacts_and_mail, note_address, write
from cases.models import Respondent
from cases.parts import NoSuchPartError
from cases.story import events_of, told

ADDRESS = "p.lane@example.org"


def _writing(**changes: object) -> Writing:
    usual = {
        "key": uuid.UUID(int=7), "subject": "Your case", "said": "The grass may wait until Friday.",
        "body": "The grass may wait until Friday.\n\n-- \nJ. Okafor\n",
    }  # fmt: skip
    return Writing(**(usual | changes))  # type: ignore[arg-type]


@pytest.fixture
def respondent(town: sa.Connection, case: int, served: int) -> int:
    assert served
    who = int(one(town, Respondent).id)
    note_address(
        town, case_id=case, respondent_id=who, email=ADDRESS, actor=CLERK, moment=day(6, 4)
    )
    return who


def _write(town: sa.Connection, case: int, respondent: int, **changes: object) -> int:
    return write(
        town, case_id=case, respondent_id=respondent, writing=_writing(**changes), actor=CLERK,
        moment=day(6, 4),
    )  # fmt: skip


def test_a_message_is_queued_once_and_told_in_the_story(
    town: sa.Connection, case: int, respondent: int
) -> None:
    contact = _write(town, case, respondent)
    assert _write(town, case, respondent) == contact
    mail = town.execute(sa.select(MAIL).where(MAIL.c.case_id == case)).one()
    assert (mail.to_address, mail.message_id) == (ADDRESS, uuid.UUID(int=7))
    assert mail.body == "The grass may wait until Friday.\n\n-- \nJ. Okafor\n"
    waiting = town.scalar(sa.text("SELECT count(*) FROM jobs.procrastinate_jobs"))
    assert waiting == 1
    (row,) = town.execute(contacts_and_mail(case))
    assert (row.id, row.in_thread, row.mail_status) == (contact, True, "queued")
    lines = [line.text for line in told(town.execute(events_of(case)).all(), law=None)]
    assert lines[-2].startswith("An e-mail address was noted for ")
    assert "The grass may wait until Friday" in lines[-1]


def test_what_staff_note_of_others_stands_outside_the_thread(
    town: sa.Connection, case: int, respondent: int
) -> None:
    assert respondent
    for way, party in (
        (Way.EMAIL, Party.RESPONDENT), (Way.LETTER, Party.REPRESENTATIVE),
        (Way.PHONE, Party.RESPONDENT), (Way.EMAIL, Party.OTHER),
    ):  # fmt: skip
        note = Note(
            direction=Direction.IN, way=way, party=party, who="P. Lane", said=f"{way} {party}",
            happened_at=datetime(2026, 6, 3, tzinfo=UTC),
        )  # fmt: skip
        note_on_case(town, case_id=case, note=note, actor=CLERK, moment=day(6, 4))
    thread = {row.said for row in town.execute(contacts_and_mail(case)) if row.in_thread}
    assert thread == {"email respondent", "letter representative"}


@pytest.mark.usefixtures("served")
def test_without_an_address_or_words_or_the_right_nothing_is_written(
    town: sa.Connection, case: int
) -> None:
    who = int(one(town, Respondent).id)
    with pytest.raises(ContactError, match="No e-mail address is on record"):
        _write(town, case, who)
    with pytest.raises(MailError, match="no mail address"):
        note_address(
            town, case_id=case, respondent_id=who, email="P. Lane", actor=CLERK, moment=day(6, 4)
        )
    with pytest.raises(ContactError, match="not by the"):
        note_address(
            town, case_id=case, respondent_id=who, email=ADDRESS, actor=MAGISTRATE,
            moment=day(6, 4),
        )  # fmt: skip
    note_address(
        town, case_id=case, respondent_id=who, email=ADDRESS, actor=MANAGER, moment=day(6, 4)
    )
    with pytest.raises(ContactError, match="Say what"):
        _write(town, case, who, said="  ")
    with pytest.raises(NoSuchPartError):
        _write(town, case, 999_999)
    assert town.scalar(sa.select(sa.func.count()).select_from(MAIL)) == 0
