"""Read from the environment which server takes the town's mail, and in whose name it goes."""

import dataclasses
from collections.abc import Mapping
from email.headerregistry import Address
from email.utils import parseaddr
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from cases.errors import MailError
from cases.mail.message import require_address
from webmap.setting_errors import SettingError

URL = "LOTLINE_SMTP_URL"
FROM = "LOTLINE_MAIL_FROM"
MAIL_KEYS = (URL, FROM)


class Tls(StrEnum):
    """How the way to the server is kept from others' eyes."""

    NONE = "none"
    STARTTLS = "starttls"
    AT_ONCE = "tls"


USUAL_PORT = {Tls.NONE: 25, Tls.STARTTLS: 587, Tls.AT_ONCE: 465}


@dataclasses.dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that takes mail, and who it is from."""

    host: str
    port: int
    tls: Tls
    user: str | None
    password: str | None = dataclasses.field(repr=False)
    sender: Address


def read_mail(environ: Mapping[str, str]) -> MailSettings | None:
    """Return what LOTLINE_SMTP_URL and LOTLINE_MAIL_FROM say, None where neither is set.

    Raises
    ------
    SettingError
        One of them is missing, or is not what it should be. No password is repeated.
    """
    url, sender = environ.get(URL), environ.get(FROM)
    if not url and not sender:
        return None
    if not url or not sender:
        there, missing = (URL, FROM) if url else (FROM, URL)
        msg = f"{missing} is not set, but {there} is: mail needs both, or leave both out."
        raise SettingError(msg)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingError(_no_server()) from None  # its words would repeat the password
    tls = _tls(parts)
    if not parts.hostname or not parts.hostname.isascii() or parts.path not in {"", "/"}:
        raise SettingError(_no_server())
    settings = MailSettings(
        host=parts.hostname,
        port=port or USUAL_PORT[tls],
        tls=tls,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        sender=_sender(sender),
    )
    _require_care(settings)
    return settings


def _no_server() -> str:
    return (
        f"{URL} names no mail server: expected smtp://user:password@host:port, the same with "
        "?starttls=1 after it, or smtps://user:password@host:port."
    )


def _tls(parts: SplitResult) -> Tls:
    asked = parse_qs(parts.query, keep_blank_values=True)
    match parts.scheme, asked:
        case "smtps", {**rest} if not rest:
            return Tls.AT_ONCE
        case "smtp", {**rest} if not rest or rest == {"starttls": ["0"]}:
            return Tls.NONE
        case "smtp", {**rest} if rest == {"starttls": ["1"]}:
            return Tls.STARTTLS
    raise SettingError(_no_server())


def _sender(text: str) -> Address:
    name, address = parseaddr(text)
    try:
        return Address(display_name=name, addr_spec=require_address(address))
    except (MailError, ValueError):
        msg = (
            f"{FROM} is {text!a}: expected one address, such as code@example.gov or "
            "Code Enforcement <code@example.gov>."
        )
        raise SettingError(msg) from None


def _require_care(settings: MailSettings) -> None:
    if (settings.user is None) != (settings.password is None):
        msg = f"{URL} gives a user or a password without the other: give both, or neither."
        raise SettingError(msg)
    if settings.password and settings.tls == Tls.NONE and not _is_here(settings.host):
        msg = (
            f"{URL} would send its password in the clear to {settings.host}: "
            "use smtps://, or add ?starttls=1."
        )
        raise SettingError(msg)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
