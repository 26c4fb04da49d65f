"""Cast every fate: on which lot it falls, whom it befalls, whose zone that is."""

import numpy as np
import shapely
import sqlalchemy as sa

from cases.actors import Actor
from cases.assignment import OfficerZones
from cases.workflow.roles import Role
from data.town.design import Design
from data.town.files import degrees
from data.town.people import Owner
from data.town.playing.scene import Part
from data.town.playing.turns import deal
from geo.layers import Zone

NOBODY = Actor("the code officer on duty", Role.OFFICER)


def cast(connection: sa.Connection, town: Design) -> list[Part]:
    """Give every fate of a town, its ground loaded, its place and its people."""
    lots = [town.plat.lots[fate.lot].shape for fate in town.fates]
    points = degrees(shapely.get_coordinates(shapely.point_on_surface(lots)))
    officers = _officers(connection, points)
    turns = deal(town.dice(6), town.fates)
    return [
        Part(
            fate=fate,
            parcel_no=town.plat.parcel_nos[fate.lot],
            situs=f"{town.plat.fronts[fate.lot].number} {town.plat.fronts[fate.lot].street}",
            point=(float(point[0]), float(point[1])),
            mail=_mail(town.holdings[fate.lot].owner),
            officer=officer,
            turns=taken,
        )
        for fate, point, officer, taken in zip(town.fates, points, officers, turns, strict=True)
    ]


def _officers(connection: sa.Connection, points: np.ndarray) -> list[Actor]:
    names = {
        zone.id: zone.officer_name
        for zone in connection.execute(sa.select(Zone.id, Zone.officer_name))
    }
    zones = OfficerZones(connection).of(points)
    return [
        Actor(names[zone], Role.OFFICER) if zone is not None and names[zone] else NOBODY
        for zone in zones
    ]


def _mail(owner: Owner) -> str:
    return f"{owner.line}, {owner.city}, {owner.state} {owner.zip_code}"
