"""Lay out the ground of a generated town with its violations, as imports bring them in."""

import tempfile
from datetime import date
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from cases.assignment import assign_zones
from cases.importing import load_cases
from data.town.design import design
from data.town.files import write_town
from geo.loading.parcels import load_parcels
from geo.loading.runs import Request
from geo.loading.streets import load_streets
from geo.loading.zones import load_zones

UNTIL = date(2026, 6, 15)


def lay_generated(connection: sa.Connection, *, parcels: int, seed: int, years: int = 2) -> None:
    """Make a town of at least so many parcels, with zones, streets and cases, but no network."""
    with tempfile.TemporaryDirectory() as folder:
        paper = design(parcels=parcels, years=years, seed=seed, until=UNTIL)
        files = write_town(Path(folder), paper)
        steps = (
            (files.parcels, load_parcels), (files.zones, load_zones),
            (files.streets, partial(load_streets, network=None)), (files.violations, load_cases),
        )  # fmt: skip
        for path, load in steps:
            load(connection, Request(path=path, today=UNTIL, actor="a test"))
    assign_zones(connection)
