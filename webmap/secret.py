"""Keep the key that signs cookies and seals secrets: one for all workers, and after a restart."""

import os
import secrets
from pathlib import Path

from cases.accounts.sealing import Seal
from cases.codes.keys import CodeKeys
from webmap.setting_errors import SettingError
from webmap.settings import Settings

SHORTEST = 32
OLDER = "LOTLINE_OLD_SECRET_KEYS"


def secret_key(settings: Settings) -> str:
    """Return LOTLINE_SECRET_KEY, or the key in LOTLINE_HOME, made when first asked for.

    Raises
    ------
    SettingError
        It is too short to keep a secret, or its file cannot be read.
    """
    said = settings.environ.get("LOTLINE_SECRET_KEY")
    key = said if said is not None else _kept(settings.home / "secret.key")
    return _long_enough(key, "The secret key")


def older_keys(settings: Settings) -> list[str]:
    """Return LOTLINE_OLD_SECRET_KEYS, which sign and seal no more but are still known.

    Raises
    ------
    SettingError
        One of them is too short to have been a key.
    """
    said = settings.environ.get(OLDER, "")
    return [
        _long_enough(key.strip(), f"A key of {OLDER} (separated by commas)")
        for key in said.split(",")
        if key.strip()
    ]


def seal(settings: Settings) -> Seal:
    """Return the seal of what the telephones share.

    Raises
    ------
    SettingError
        A key is too short, or its file cannot be read.
    """
    return Seal([secret_key(settings), *older_keys(settings)])


def code_keys(settings: Settings) -> CodeKeys:
    """Return the keys that the codes of respondents are made from.

    Raises
    ------
    SettingError
        A key is too short, or its file cannot be read.
    """
    return CodeKeys([secret_key(settings), *older_keys(settings)])


def _long_enough(key: str, what: str) -> str:
    if len(key) < SHORTEST:
        msg = (
            f"{what} has {len(key)} characters: give at least {SHORTEST} that nobody "
            "can guess, as in: openssl rand -hex 32"
        )
        raise SettingError(msg)
    return key


def _kept(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        msg = (
            f"The secret key {path} cannot be read ({error.strerror}): "
            "mend its rights, or set LOTLINE_SECRET_KEY."
        )
        raise SettingError(msg) from error


def _make(path: Path) -> None:
    """Write a new key whole under another name first, so that no worker reads half of one."""
    drafted = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(drafted, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(drafted, path)
    except FileExistsError:
        pass  # another worker was first, and its key is everybody's
    finally:
        drafted.unlink()
