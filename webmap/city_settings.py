"""Read from the environment by which sign-in of the city people may come in too."""

import dataclasses
from collections.abc import Mapping
from urllib.parse import urlsplit

from webmap.setting_errors import SettingError

ISSUER = "LOTLINE_OIDC_ISSUER"
CLIENT_ID = "LOTLINE_OIDC_CLIENT_ID"
CLIENT_SECRET = "LOTLINE_OIDC_CLIENT_SECRET"  # noqa: S105 - the name of a setting
NAME = "LOTLINE_OIDC_NAME"
NEEDED = (ISSUER, CLIENT_ID, CLIENT_SECRET)
HERE = {"127.0.0.1", "::1", "localhost"}


@dataclasses.dataclass(frozen=True, slots=True)
class CitySettings:
    """The city's own sign-in (OpenID Connect), and what its button says.

    Parameters
    ----------
    issuer
        As the city's metadata and tokens name themselves, to the letter.
    name
        None where Lotline's own words will do.
    """

    issuer: str
    client_id: str
    client_secret: str = dataclasses.field(repr=False)
    name: str | None

    @property
    def metadata_url(self) -> str:
        """Where the issuer says how to talk to it (OpenID Connect Discovery 1.0, 4)."""
        return self.issuer.rstrip("/") + "/.well-known/openid-configuration"


def read_city(environ: Mapping[str, str]) -> CitySettings | None:
    """Return what the settings LOTLINE_OIDC_* say, None where none is set.

    Raises
    ------
    SettingError
        Some are set and others are not, or the issuer is no https address.
    """
    given = {key: environ.get(key, "").strip() for key in NEEDED}
    if not any(given.values()):
        return None
    if missing := [key for key, value in given.items() if not value]:
        msg = f"{' and '.join(missing)} must be set too: the city's sign-in needs all three."
        raise SettingError(msg)
    return CitySettings(
        issuer=_issuer(given[ISSUER]),
        client_id=given[CLIENT_ID],
        client_secret=given[CLIENT_SECRET],
        name=environ.get(NAME, "").strip() or None,
    )


def _issuer(said: str) -> str:
    parts = urlsplit(said)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
    if not is_safe or not parts.hostname or parts.query or parts.fragment:
        msg = f'{ISSUER} is "{said}": give an https address, as https://login.example.gov'
        raise SettingError(msg)
    return said
