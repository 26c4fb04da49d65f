"""Codes of a telephone (RFC 6238), and those kept for its loss."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
from staffed import hire

from cases.accounts import factors, journal, members, people
from cases.accounts.errors import ForeignSealError, WrongCodeError
from cases.accounts.members import Member
from cases.accounts.sealing import Seal
from cases.models import Staff

# RFC 6238, appendix B, SHA-1: the last six of its eight digits.
SECRET = base64.b32encode(b"12345678901234567890").decode()
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]
NOW = datetime.fromtimestamp(1234567890, UTC)
KEY = "a secret key of the server, long enough"
SEAL = Seal([KEY])
STEP = timedelta(seconds=factors.STEP_SECONDS)


@pytest.fixture
def rivera(app: sa.Connection) -> Member:
    return members.member(app, hire(app))


def _at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


def _set_up(app: sa.Connection, person: Member, now: datetime = NOW) -> list[str]:
    return factors.confirm(app, person, secret=SECRET, code=_at(now), seal=SEAL, now=now)


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_codes_are_those_of_the_standard(
    app: sa.Connection, rivera: Member, seconds: int, code: str
) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert len(factors.confirm(app, rivera, secret=SECRET, code=code, seal=SEAL, now=now)) == 8
    assert members.member(app, rivera.id).second_factor


def test_a_code_is_not_asked_before_a_telephone_has_shown_one(
    app: sa.Connection, rivera: Member
) -> None:
    for wrong in ("000000", "", "00592", "0059240", "códigos"):
        with pytest.raises(WrongCodeError):
            factors.confirm(app, rivera, secret=SECRET, code=wrong, seal=SEAL, now=NOW)
    assert not members.member(app, rivera.id).second_factor


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(app: sa.Connection, rivera: Member, steps: int) -> None:
    _set_up(app, rivera)
    later = NOW + 10 * STEP
    factors.require(app, rivera, _at(later + steps * STEP), seal=SEAL, now=later)


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_clock_may_not_be_a_minute_off(app: sa.Connection, rivera: Member, steps: int) -> None:
    _set_up(app, rivera)
    later = NOW + 10 * STEP
    with pytest.raises(WrongCodeError):
        factors.require(app, rivera, _at(later + steps * STEP), seal=SEAL, now=later)


def test_a_code_is_taken_once_and_none_before_it(app: sa.Connection, rivera: Member) -> None:
    _set_up(app, rivera)
    with pytest.raises(WrongCodeError):  # the one it was set up with
        factors.require(app, rivera, _at(NOW), seal=SEAL, now=NOW)
    later = NOW + 10 * STEP
    factors.require(app, rivera, f" {_at(later)[:3]} {_at(later)[3:]} ", seal=SEAL, now=later)
    for used in (later, later - STEP):
        with pytest.raises(WrongCodeError):
            factors.require(app, rivera, _at(used), seal=SEAL, now=later)
    factors.require(app, rivera, _at(later + STEP), seal=SEAL, now=later + STEP)


def test_each_code_kept_for_a_loss_is_taken_once(app: sa.Connection, rivera: Member) -> None:
    codes = _set_up(app, rivera)
    assert len(set(codes)) == factors.CODES == factors.kept(app, rivera)
    factors.require(app, rivera, codes[0], seal=SEAL, now=NOW)
    factors.require(app, rivera, codes[1].replace("-", "").upper(), seal=SEAL, now=NOW)
    assert factors.kept(app, rivera) == factors.CODES - 2
    for used in codes[:2]:
        with pytest.raises(WrongCodeError):
            factors.require(app, rivera, used, seal=SEAL, now=NOW)
    told = [row.kind for row in app.execute(journal.events_of(rivera.id))]
    assert told.count("recovery_code_used") == 2


def test_a_code_is_its_owners_alone(app: sa.Connection, rivera: Member) -> None:
    codes = _set_up(app, rivera)
    other = members.member(app, hire(app, login="other"))
    with pytest.raises(WrongCodeError):
        factors.require(app, other, codes[0], seal=SEAL, now=NOW)
    with pytest.raises(WrongCodeError):
        factors.require(app, other, _at(NOW + 10 * STEP), seal=SEAL, now=NOW + 10 * STEP)


def test_what_is_dropped_asks_nothing_and_takes_nothing(app: sa.Connection, rivera: Member) -> None:
    codes = _set_up(app, rivera)
    factors.drop(app, rivera, by="T. Webb", now=NOW)
    assert not members.member(app, rivera.id).second_factor
    for dead in (codes[0], _at(NOW + STEP)):
        with pytest.raises(WrongCodeError):
            factors.require(app, rivera, dead, seal=SEAL, now=NOW + STEP)
    assert factors.kept(app, rivera) == 0


def test_who_is_sent_away_has_no_right_code(app: sa.Connection, rivera: Member) -> None:
    codes = _set_up(app, rivera)
    people.deactivate(app, rivera.id, by="T. Webb", now=NOW)
    with pytest.raises(WrongCodeError):
        factors.require(app, rivera, codes[0], seal=SEAL, now=NOW)


def test_the_square_tells_a_telephone_whose_it_is(rivera: Member) -> None:
    told = pyotp.parse_uri(factors.address(SECRET, rivera, town="Alder"))
    assert isinstance(told, pyotp.TOTP)
    assert (told.secret, told.name, told.issuer) == (SECRET, "rivera", "Lotline Alder")
    assert len(factors.new_secret()) == 32


def _kept(app: sa.Connection, person: Member) -> sa.Row[Any]:
    kept = sa.select(Staff.totp_secret, Staff.totp_sealed).where(Staff.id == person.id)
    return app.execute(kept).one()


def _lay_open(app: sa.Connection, person: Member) -> None:
    """Keep a secret as releases before it was sealed did."""
    values = {"totp_secret": SECRET, "totp_sealed": None, "totp_since": NOW, "totp_last_step": 1}
    app.execute(sa.update(Staff).where(Staff.id == person.id).values(**values))


def test_no_row_of_a_dump_gives_a_code(app: sa.Connection, rivera: Member) -> None:
    _set_up(app, rivera)
    dumped = " ".join(
        str(row) for row in app.execute(sa.text("SELECT s::text FROM lotline.staff s"))
    )
    assert "rivera" in dumped
    assert SECRET not in dumped
    assert base64.b32decode(SECRET).hex() not in dumped
    with pytest.raises(ForeignSealError):
        Seal(["another key, which is no less long"]).open(_kept(app, rivera)[1], of=rivera.id)


def test_one_persons_telephone_is_not_given_to_another(app: sa.Connection, rivera: Member) -> None:
    _set_up(app, rivera)
    other = members.member(app, hire(app, login="other"))
    mine = _kept(app, rivera).totp_sealed
    values = {"totp_sealed": mine, "totp_since": NOW, "totp_last_step": 1}
    app.execute(sa.update(Staff).where(Staff.id == other.id).values(**values))
    with pytest.raises(ForeignSealError):
        factors.require(app, other, _at(NOW + STEP), seal=SEAL, now=NOW + STEP)


def test_what_lay_open_is_sealed_at_the_next_code(app: sa.Connection, rivera: Member) -> None:
    _lay_open(app, rivera)
    factors.require(app, rivera, _at(NOW), seal=SEAL, now=NOW)
    kept = _kept(app, rivera)
    assert kept.totp_secret is None
    assert SEAL.open(kept.totp_sealed, of=rivera.id) == SECRET


def test_a_start_seals_all_with_the_newest_key_and_tells_whose_it_cannot_open(
    app: sa.Connection, rivera: Member
) -> None:
    _lay_open(app, rivera)
    webb, lost = (members.member(app, hire(app, login=login)) for login in ("webb", "lost"))
    _set_up(app, webb)
    foreign = Seal(["a key that nobody has any more, alas"])
    factors.confirm(app, lost, secret=SECRET, code=_at(NOW), seal=foreign, now=NOW)
    new = "a newer key of the server, long enough"
    assert factors.seal_all(app, seal=Seal([new, KEY])) == ["lost"]
    for person in (rivera, webb):
        kept = _kept(app, person)
        assert kept.totp_secret is None
        assert Seal([new]).open(kept.totp_sealed, of=person.id) == SECRET
    before = _kept(app, webb)
    factors.seal_all(app, seal=Seal([new, KEY]))
    assert _kept(app, webb) == before
