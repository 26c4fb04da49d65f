"""Describe the codes of respondents, of which only a hash is kept, and the forms sent by them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.process import Respondent
from geo.layers import Base


class RespondentCode(Base):
    """A code by which a respondent's case is read, and answered where its scope says so."""

    __tablename__ = "respondent_code"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    respondent_id: Mapped[int] = mapped_column(ForeignKey(Respondent.id))
    scope: Mapped[str]
    salt: Mapped[bytes]
    sha256: Mapped[bytes] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
    revoked_because: Mapped[str | None]


class RespondentForm(Base):
    """A form of a respondent's page that was done, by the key it was given."""

    __tablename__ = "respondent_form"

    key: Mapped[UUID] = mapped_column(primary_key=True)
    code_id: Mapped[int] = mapped_column(ForeignKey(RespondentCode.id))
    deed: Mapped[str]
    said: Mapped[bytes]
    done_at: Mapped[datetime]
