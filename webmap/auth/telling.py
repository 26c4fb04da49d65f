"""Tell what happened to an account: what was changed, from what to what."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from webmap.words import plain


def told(kind: str, details: Mapping[str, Any]) -> list[str]:
    """Return what happened in sentences without an end; one for each value that was changed.

    Parameters
    ----------
    details
        As the journal keeps them: of a change the value before and after, by its name.
    """
    pairs = {key: details[key] for key in _CHANGED if key in details} if kind == "changed" else {}
    return [_change(key, *pair) for key, pair in pairs.items()] or [str(plain(kind))]


_CHANGED = ("role", "name", "email")


def _change(key: str, before: str | None, after: str | None) -> str:
    if key == "role":
        said = {"before": plain(str(before)), "after": plain(str(after))}
        return str(_("Role changed from %(before)s to %(after)s", **said))
    said = {"before": before or _("none"), "after": after or _("none")}
    if key == "name":
        return str(_("Name changed from %(before)s to %(after)s", **said))
    return str(_("E-mail address changed from %(before)s to %(after)s", **said))
