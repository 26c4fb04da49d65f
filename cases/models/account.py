"""Describe who works here, how they prove it, and who is signed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geo.layers import Base


class Staff(Base):
    """Somebody who may sign in; the name is the one histories keep."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    email: Mapped[str | None]
    language: Mapped[str | None]
    password_hash: Mapped[str | None]
    password_set_at: Mapped[datetime | None]
    totp_secret: Mapped[str | None]  # set up before secrets were sealed, until it is
    totp_sealed: Mapped[str | None]
    totp_since: Mapped[datetime | None]
    totp_last_step: Mapped[int | None]
    oidc_subject: Mapped[str | None] = mapped_column(unique=True)
    active: Mapped[bool] = mapped_column(server_default="true")
    added_at: Mapped[datetime]


class RecoveryCode(Base):
    """One of the codes that stand in for a lost telephone, each of them once."""

    __tablename__ = "recovery_code"

    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id), primary_key=True)
    code_sha256: Mapped[bytes] = mapped_column(primary_key=True)
    used_at: Mapped[datetime | None]


class StaffSession(Base):
    """A sign-in that lasts until it is ended, or nobody was seen for its hours."""

    __tablename__ = "staff_session"

    token_sha256: Mapped[bytes] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str]


class PasswordLink(Base):
    """A link that lets its holder set a password, once."""

    __tablename__ = "password_link"

    token_sha256: Mapped[bytes] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Throttle(Base):
    """When a key's allowance of tries is whole again."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    whole_at: Mapped[datetime]


class AccountEvent(Base):
    """What happened to an account, or was tried on one; appended to and never changed."""

    __tablename__ = "account_event"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    kind: Mapped[str]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey(Staff.id))
    actor: Mapped[str]
    happened_at: Mapped[datetime]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")


class SavedList(Base):
    """A question somebody asks of the lists again and again, as the address carries it."""

    __tablename__ = "saved_list"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey(Staff.id))
    name: Mapped[str]
    query: Mapped[str]
    saved_at: Mapped[datetime]
    shared: Mapped[bool] = mapped_column(server_default="false")
