"""Hold what the minutes of a hearing keep: who appeared, for whom, and what was shown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.digests import require_sha256
from cases.errors import CaseError


class MinutesError(CaseError, ValueError):
    """The minutes lack what they have to keep."""


class RepresentationError(CaseError):
    """Somebody is to speak for the respondent whom no writing on record authorizes."""


class Appeared(StrEnum):
    """Who came for the respondent."""

    RESPONDENT = "respondent"
    REPRESENTATIVE = "representative"
    BOTH = "both"
    NOBODY = "nobody"


class OfferedBy(StrEnum):
    """Which side showed an exhibit."""

    TOWN = "town"
    RESPONDENT = "respondent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Who may speak for the respondent, and the writing that says so.

    Parameters
    ----------
    authorized_on, signed_by, document
        The day of the authorization, who signed it, and where it is kept.
    sha256
        Of its file, in hex, where it hangs on the case; None for a paper elsewhere.
    """

    name: str
    authorized_on: date
    signed_by: str
    document: str
    sha256: str | None = None

    def __post_init__(self) -> None:
        """Refuse a representative without the writing.

        Raises
        ------
        RepresentationError
            A part of it is missing.
        DigestError
            Its file is named by no SHA-256.
        """
        if self.sha256 is not None:
            require_sha256(self.sha256, of="authorization")
        if not (self.name.strip() and self.signed_by.strip() and self.document.strip()):
            msg = (
                f"{self.name.strip() or 'Nobody'} is to speak for the respondent: give the name, "
                "who signed the written authorization, and the document it is."
            )
            raise RepresentationError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """Something shown at a hearing.

    Parameters
    ----------
    sha256
        Of its file, in hex; None for a thing.
    """

    what: str
    offered_by: OfferedBy
    sha256: str | None = None

    def __post_init__(self) -> None:
        """Refuse an exhibit that is not described.

        Raises
        ------
        MinutesError
            It is not.
        DigestError
            Its file is named by no SHA-256.
        """
        if not self.what.strip():
            msg = f"An exhibit of the {self.offered_by} is not described: say what it shows."
            raise MinutesError(msg)
        if self.sha256 is not None:
            require_sha256(self.sha256, of="exhibit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What is kept of a hearing beside its findings.

    Parameters
    ----------
    exhibits
        In the order they were shown, which numbers them from 1.
    interpreted_by
        The interpreter who was present; None where none was.
    came
        By name, who came for the respondent, as for a company; None where nobody wrote it down.
    testified
        Who did, a name and for which side, as somebody wrote them down; None where nobody did.
    """

    appeared: Appeared
    text: str
    exhibits: tuple[Exhibit, ...] = ()
    interpreted_by: str | None = None
    came: str | None = None
    testified: str | None = None

    def __post_init__(self) -> None:
        """Refuse minutes that say nothing.

        Raises
        ------
        MinutesError
            They do not.
        """
        if not self.text.strip():
            msg = "The minutes are empty: say in a few sentences what was heard."
            raise MinutesError(msg)
        if self.interpreted_by is not None and not self.interpreted_by.strip():
            msg = "The minutes name no interpreter: give the name, or leave it out."
            raise MinutesError(msg)
        if any(said is not None and not said.strip() for said in (self.came, self.testified)):
            msg = "The minutes name nobody who came or testified: give names, or leave it out."
            raise MinutesError(msg)


def may_speak(authorized: bool, minutes: Minutes) -> None:
    """Refuse minutes in which somebody spoke whom nothing on record authorizes.

    Parameters
    ----------
    authorized
        Whether the hearing has a representative on record.

    Raises
    ------
    RepresentationError
        They are such.
    """
    if minutes.appeared in {Appeared.REPRESENTATIVE, Appeared.BOTH} and not authorized:
        msg = (
            "The minutes say that a representative appeared, but this hearing has none authorized "
            "in writing: whoever came was not heard for the respondent."
        )
        raise RepresentationError(msg)
