"""Name what may go wrong on the way to the city's sign-in and back."""

from typing import ClassVar

from flask_babel import lazy_gettext as _

from geo.errors import LotlineError


class CityError(LotlineError):
    """Nobody came in by the city's sign-in.

    Attributes
    ----------
    plain
        What its reader is told.
    code
        The status of that answer.
    """

    plain: ClassVar[str]
    code: ClassVar[int]


class CitySilentError(CityError):
    """The city's sign-in does not answer, or not as itself."""

    plain = _(
        "The city's sign-in does not answer as it should. Try again in a few minutes, "
        "or sign in with a password if you have one."
    )
    code = 502


class CityRefusedError(CityError):
    """The city's sign-in let somebody not through."""

    plain = _("The city's sign-in did not let you through. Start again, or ask its help desk.")
    code = 403


class CityUnprovenError(CityError):
    """What came back is no proof: of another sign-in, another issuer, too old, or not signed."""

    plain = _(
        "The answer of the city's sign-in could not be trusted, or came too late. "
        "Nothing was changed: start again from the sign-in page."
    )
    code = 400
