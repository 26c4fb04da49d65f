"""Describe the tables of mail, without the ground's geometry, which no worker should load."""

import sqlalchemy as sa

from geo.metadata import METADATA

MAIL = sa.Table(
    "mail",
    METADATA,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("message_id", sa.Uuid, nullable=False, server_default=sa.func.gen_random_uuid()),
    sa.Column("case_id", sa.BigInteger, sa.ForeignKey("lotline.case_file.id")),
    sa.Column("to_address", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("html", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_error", sa.Text),
    sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("attempted_at", sa.DateTime(timezone=True)),
    sa.Column("sent_at", sa.DateTime(timezone=True)),
    sa.Column("unsubscribe", sa.Text),
    sa.Column("channel", sa.Text, nullable=False, server_default="mail"),
)

MAIL_FILE = sa.Table(
    "mail_file",
    METADATA,
    sa.Column("mail_id", sa.BigInteger, sa.ForeignKey("lotline.mail.id"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
