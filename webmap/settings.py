"""Read the settings once, from the environment."""

import dataclasses
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from cases.errors import MailError
from cases.mail.message import require_address
from cases.public_rule import Rule
from geo.cluster.account import reachable, server_account
from webmap.mail_settings import MailSettings, read_mail
from webmap.public_settings import read_public
from webmap.setting_errors import SettingError
from webmap.text_settings import TextSettings, read_texts

DEFAULT_HOME = Path("var")
SHARED_HOMES = Path("/var/lib/lotline")
KEY_LENGTH = 16
"""A program's key is this long at least, so that nobody guesses it."""
AUDIT_MAIL = "LOTLINE_AUDIT_MAIL"


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What a running Lotline was told.

    Parameters
    ----------
    home
        LOTLINE_HOME: the folder of the private cluster, streets, imports and documents.
    environ
        The environment, for the database URLs.
    """

    home: Path
    environ: Mapping[str, str]

    @property
    def streets(self) -> Path:
        """The folder of the street network built by ``lotline import streets``."""
        return self.home / "streets"

    @property
    def documents(self) -> Path:
        """The folder of stored photographs and papers."""
        return self.home / "documents"

    @property
    def audit_folder(self) -> Path:
        """LOTLINE_AUDIT_FOLDER, where the audit root is published each day; a share is best."""
        named = self.environ.get("LOTLINE_AUDIT_FOLDER")
        return Path(named) if named else self.home / "roots"

    @property
    def audit_mail(self) -> str | None:
        """LOTLINE_AUDIT_MAIL, whom the audit root is mailed to each day; None for nobody.

        Raises
        ------
        SettingError
            When it is no mail address.
        """
        said = self.environ.get(AUDIT_MAIL, "").strip()
        try:
            return require_address(said) if said else None
        except MailError as error:
            msg = f"{AUDIT_MAIL}: {error}"
            raise SettingError(msg) from None

    @property
    def letters(self) -> Path:
        """The folder of the town's own templates, style and seal of letters."""
        return self.home / "letters"

    @property
    def messages(self) -> Path:
        """The folder of the town's own wordings of what it mails."""
        return self.home / "messages"

    @property
    def url(self) -> str:
        """LOTLINE_URL, where people reach this server: links in mail begin with it.

        Raises
        ------
        SettingError
            When it is no http or https address.
        """
        said = self.environ.get("LOTLINE_URL", "http://127.0.0.1:8000").rstrip("/")
        if not said.startswith(("http://", "https://")):
            msg = f'LOTLINE_URL is "{said}": give an address as https://code.example.gov'
            raise SettingError(msg)
        return said

    @property
    def contact(self) -> tuple[str, ...]:
        """LOTLINE_CITY_CONTACT, how the town is reached, line by line: what goes out says so.

        A semicolon ends a line; () where it is not set.
        """
        said = self.environ.get("LOTLINE_CITY_CONTACT", "").split(";")
        return tuple(line.strip() for line in said if line.strip())

    @property
    def proxies(self) -> int:
        """LOTLINE_PROXIES, how many web servers of the town pass a request on (0 unless said).

        So many of the addresses they forward are believed, and no more.

        Raises
        ------
        SettingError
            When it is no small number.
        """
        said = self.environ.get("LOTLINE_PROXIES", "0")
        if not (said.isascii() and said.isdigit() and len(said) == 1):
            msg = f'LOTLINE_PROXIES is "{said}": give how many proxies stand before it, 0 to 9.'
            raise SettingError(msg)
        return int(said)

    @property
    def public_rule(self) -> Rule:
        """LOTLINE_PUBLIC_CLOSED_DAYS and LOTLINE_PUBLIC_HIDDEN_KINDS: what the public is told.

        Raises
        ------
        SettingError
            When either is not what it should be.
        """
        return read_public(self.environ)

    @property
    def is_demo(self) -> bool:
        """Whether this serves the generated town, whose accounts anybody may use."""
        return bool(self.environ.get("LOTLINE_DEMO"))

    @property
    def tile_cache_bytes(self) -> int:
        """LOTLINE_TILE_CACHE_MB, the tiles each worker keeps in memory (64 unless said).

        Raises
        ------
        SettingError
            When it is no whole number of megabytes.
        """
        said = self.environ.get("LOTLINE_TILE_CACHE_MB", "64")
        if not (said.isascii() and said.isdigit()):
            msg = f'LOTLINE_TILE_CACHE_MB is "{said}": give whole megabytes, or 0 to keep none.'
            raise SettingError(msg)
        return int(said) * 2**20

    @property
    def open_data(self) -> Path:
        """The folder of the downloads of open data, one folder a day."""
        return self.home / "open-data"

    @property
    def open311_keys(self) -> dict[str, str]:
        """LOTLINE_OPEN311_KEYS, which programs may report, as ``name:key;name:key``; by key.

        Raises
        ------
        SettingError
            When one has no name, or its key is shorter than `KEY_LENGTH`.
        """
        keys: dict[str, str] = {}
        for each in self.environ.get("LOTLINE_OPEN311_KEYS", "").split(";"):
            name, _, key = (part.strip() for part in each.partition(":"))
            if not each.strip():
                continue
            if not name or len(key) < KEY_LENGTH:
                msg = (
                    "LOTLINE_OPEN311_KEYS has an entry that is none: write each as name:key, the "
                    f"key {KEY_LENGTH} characters or more, and a semicolon between two."
                )
                raise SettingError(msg)
            keys[key] = name
        return keys

    @property
    def data_licence(self) -> str:
        """LOTLINE_DATA_LICENCE, under which the town gives its open data; empty where not said."""
        return self.environ.get("LOTLINE_DATA_LICENCE", "").strip()

    @property
    def data_days(self) -> int:
        """LOTLINE_DATA_DAYS, how many days' downloads are kept (7 unless said).

        Raises
        ------
        SettingError
            When it is no whole number from 1 to 366.
        """
        said = self.environ.get("LOTLINE_DATA_DAYS", "7")
        if not (said.isascii() and said.isdigit() and 1 <= int(said) <= 366):  # noqa: PLR2004
            msg = f'LOTLINE_DATA_DAYS is "{said}": give how many days to keep, 1 to 366.'
            raise SettingError(msg)
        return int(said)

    @property
    def mail(self) -> MailSettings | None:
        """The server that takes mail; None where there is none, and mail stays queued.

        Raises
        ------
        SettingError
            When LOTLINE_SMTP_URL or LOTLINE_MAIL_FROM is not what it should be.
        """
        return read_mail(self.environ)

    @property
    def texts(self) -> TextSettings | None:
        """The gateway that takes texts to telephones; None where the town sends none.

        Raises
        ------
        SettingError
            When one of the settings LOTLINE_SMS_* is not what it should be.
        """
        return read_texts(self.environ)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings named by environment variables, defaults filled in."""
    named = environ.get("LOTLINE_HOME")
    home = Path(named) if named else default_home(Path.cwd())
    return Settings(home=home.absolute(), environ=environ)


def default_home(folder: Path) -> Path:
    """Return ``./var``, or a folder under /var/lib where the server's account could not enter it.

    Root's own home is closed to every other account, and PostgreSQL may not run as root.
    """
    home = (folder / DEFAULT_HOME).absolute()
    if os.geteuid() != 0 or reachable(home, server_account()):
        return home
    return SHARED_HOMES / hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
