"""Tell in plain words what the public is shown, what never, how long, and how to be left out."""

from collections.abc import Sequence

from flask import current_app

from cases import public_rule
from cases.lawpack.schema import LawPack
from webmap.public.frame import blueprint
from webmap.public.kept import on_device
from webmap.visits import visit


@blueprint.get("/privacy")
def privacy() -> str:
    """Show the town's statement, made from its settings and its law."""
    with visit() as look:
        if look.town is None:
            return look.page("empty.html")
        law = public_rule.law_told(look.connection, on=look.today)
        rule = public_rule.told(look.connection)
        return look.page(
            "privacy.html",
            rule=rule,
            hidden=_as_called(rule.hidden_kinds, law),
            pays_online=current_app.extensions["lotline_payments"].is_hosted,
            records=law.records if law else None,
            on_device=on_device(),
            contact=current_app.config["CITY_CONTACT"],
        )


def _as_called(kinds: Sequence[str], law: LawPack | None) -> list[str]:
    """Return kinds, which the rule has in small letters, as the law calls them."""
    called = {each.category.lower(): each.category for each in law.ordinances} if law else {}
    return [called.get(kind, kind[:1].upper() + kind[1:]) for kind in kinds]
