"""Put what the settings say of the public's pages where the database reads it."""

import click

from cases import public_rule
from cases.public_rule import Rule
from cases.tiles import refresh_grid
from geo.database import Database
from webmap.public_settings import HIDDEN


def keep_public_rule(database: Database, rule: Rule) -> None:
    """Keep the rule, and warn of a hidden kind that hides nothing, as one misspelt would."""
    with database.app.begin() as connection:
        if public_rule.keep(connection, rule):
            refresh_grid(connection)
        unknown = public_rule.unknown_kinds(connection, rule)
    if unknown:
        click.echo(
            f"{HIDDEN} names {', '.join(unknown)}, and no case here is of that kind: nothing is "
            "hidden by it. If there should be, check how the kind is spelt."
        )
