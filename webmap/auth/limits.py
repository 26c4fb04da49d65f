"""Say how often signing in may be tried, by whom and from where."""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

import sqlalchemy as sa
from flask import current_app, request

from cases.accounts import throttle
from cases.accounts.members import Member
from cases.accounts.throttle import Limit
from webmap.auth.gate import clock_now

BY_PERSON = Limit(tries=5, per=timedelta(minutes=15))
BY_PLACE = Limit(tries=30, per=timedelta(minutes=15))
RESETS_BY_ADDRESS = Limit(tries=3, per=timedelta(hours=1))
RESETS_BY_PLACE = Limit(tries=10, per=timedelta(hours=1))

ONE_HOLDER = 64
"""The leading bits of an IPv6 address that one subscriber has (RFC 6177): the rest is free."""


def engine() -> sa.Engine:
    """Return the engine of the role that writes."""
    found: sa.Engine = current_app.extensions["lotline"].app
    return found


def take(key: str, limit: Limit) -> None:
    """Take one try of a key's allowance, whatever then comes of what is tried.

    Raises
    ------
    TooManyTriesError
        There is none left.
    """
    with engine().begin() as connection:
        throttle.take(connection, key, limit, now=clock_now())


def place() -> str:
    """Return from where a request comes, as far as one holder's addresses go."""
    said = request.remote_addr or ""
    try:
        address = ip_address(said)
    except ValueError:
        return said  # a socket of this machine has no address
    if address.version == 4:  # noqa: PLR2004 - of the Internet Protocol
        return said
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network(f"{said.partition('%')[0]}/{ONE_HOLDER}", strict=False))


def place_key() -> str:
    """Name the allowance of a place for signing in."""
    return f"sign-in:place:{place()}"


def name_key(login: str) -> str:
    """Name the allowance of a sign-in name, whether anybody has it or not."""
    return f"sign-in:name:{login.strip().lower()[:200]}"


def code_key(staff_id: int) -> str:
    """Name the allowance of somebody for the codes of their telephone."""
    return f"code:{staff_id}"


def password_key(staff_id: int) -> str:
    """Name the allowance of somebody signed in for giving the password once more."""
    return f"password:{staff_id}"


def held_until(connection: sa.Connection, person: Member) -> datetime | None:
    """Return until when somebody's sign-in is held back; None where it may be tried now."""
    keys = [name_key(person.login), code_key(person.id)]
    return throttle.held_until(connection, keys, BY_PERSON, now=clock_now())
