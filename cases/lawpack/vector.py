"""Hold the outcomes of the law that a pack carries, for its own rules to bear out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from cases.lawpack.table import Said, Table


class VectorKind(StrEnum):
    """Which rule a vector tries."""

    DEADLINE = "deadline"
    SERVICE = "service"
    ANONYMOUS = "anonymous"
    CITATION = "citation"
    FINE = "fine"
    CONTINUING = "continuing"
    LIEN = "lien"
    ABATEMENT = "abatement"
    CURE = "cure"
    PENALTY = "penalty"
    HARDSHIP = "hardship"
    APPEAL = "appeal"
    STANDING_NOTICE = "standing_notice"
    TAX_LIST = "tax_list"


class Vector(Table):
    """A case of the law with its outcome, as the provision itself gives it."""

    name: Said
    source: Said
    kind: VectorKind
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
