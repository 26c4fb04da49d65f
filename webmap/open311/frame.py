"""Frame what speaks Open311, and tell the services of the town's law."""

import re
import unicodedata
from collections.abc import Mapping

from flask import Blueprint

from cases import public_rule
from cases.errors import CaseError
from cases.lawpack.schema import LawPack
from webmap.api.answering import let_all_read
from webmap.visits import visit

blueprint = Blueprint("open311", __name__, url_prefix="/open311")
let_all_read(blueprint)

FORM = "<any(json,xml):form>"
TOLD = "told_public_record"
REPORTER_ADDRESS = "reporter_address"

type Services = Mapping[str, str]
"""Categories of the law by their codes."""


class NotPublicError(CaseError):
    """There is nothing under a name, or nothing that is public."""

    status = 404


def law() -> LawPack | None:
    """Return the law in force, as the public reads it; None in a town without one."""
    with visit() as look:
        return public_rule.law_told(look.connection, on=look.today)


def services(of: LawPack | None) -> Services:
    """Return what can be reported: the categories of a law, each by its code."""
    names = sorted({each.category for each in of.ordinances}) if of else []
    return {code_of(name): name for name in names}


def code_of(category: str) -> str:
    """Return the code of a category: its name in small letters and strokes."""
    plain = unicodedata.normalize("NFKD", category).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "other"
