"""Read from the environment what the public is told of closed cases, and which kinds it is not."""

from collections.abc import Mapping

from cases.public_rule import CLOSED_DAYS, LONGEST, Rule
from webmap.setting_errors import SettingError

CLOSED = "LOTLINE_PUBLIC_CLOSED_DAYS"
HIDDEN = "LOTLINE_PUBLIC_HIDDEN_KINDS"
LONGEST_KIND = 200


def read_public(environ: Mapping[str, str]) -> Rule:
    """Return what the settings LOTLINE_PUBLIC_* say; a semicolon parts the kinds.

    Raises
    ------
    SettingError
        The days are no whole number that could be meant, or a kind is empty or far too long.
    """
    return Rule(closed_days=_days(environ), hidden_kinds=_kinds(environ))


def _days(environ: Mapping[str, str]) -> int:
    said = environ.get(CLOSED, "").strip() or str(CLOSED_DAYS)
    if not (said.isascii() and said.isdigit() and len(said) <= len(str(LONGEST))):
        msg = f'{CLOSED} is "{said[:60]}": give whole days, such as {CLOSED_DAYS}, or 0.'
        raise SettingError(msg)
    if int(said) > LONGEST:
        msg = f"{CLOSED} is {said}: give {LONGEST} days at most."
        raise SettingError(msg)
    return int(said)


def _kinds(environ: Mapping[str, str]) -> tuple[str, ...]:
    said = environ.get(HIDDEN, "").strip()
    kinds = [" ".join(each.split()).lower() for each in said.split(";")] if said else []
    for kind in kinds:
        if not kind or len(kind) > LONGEST_KIND:
            msg = (
                f'{HIDDEN} is "{said[:60]}": give kinds of cases as they are called here, with a '
                "semicolon between two, such as Hoarding; Animal neglect"
            )
            raise SettingError(msg)
    return tuple(sorted(set(kinds)))
