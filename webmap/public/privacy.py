"""Tell in plain words what the public is shown, what never, how long, and how to be left out."""

from flask import current_app

from cases import public_rule
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
        return look.page(
            "privacy.html",
            rule=public_rule.told(look.connection),
            records=law.records if law else None,
            on_device=on_device(),
            contact=current_app.config["CITY_CONTACT"],
        )
