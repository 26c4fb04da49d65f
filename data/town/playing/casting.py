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
from data.town.playing.turns import deal, with_sagas
from geo.layers import Zone

NOBODY = Actor("the code officer on duty", Role.OFFICER)


def cast(connection: sa.Connection, town: Design) -> list[Part]:
    """Give every fate of a town, its ground loaded, its place and its people."""
    homestead = [town.holdings[fate.lot].homestead for fate in town.fates]
    fates = with_sagas(town.fates, homestead=homestead, until=town.until)
    lots = [town.plat.lots[fate.lot].shape for fate in fates]
    points = degrees(shapely.get_coordinates(shapely.point_on_surface(lots)))
    officers = _officers(connection, points)
    turns = deal(town.dice(6), fates)
    return [
        Part(
            fate=fate,
            parcel_no=town.plat.parcel_nos[fate.lot],
            situs=_situs(town, fate.lot),
            point=(float(point[0]), float(point[1])),
            mail=_mail(town.holdings[fate.lot].owner),
            homestead=town.holdings[fate.lot].homestead,
            neighbour=_situs(town, (fate.lot + 1) % len(town.plat.lots)),
            officer=officer,
            turns=taken,
        )
        for fate, point, officer, taken in zip(fates, points, officers, turns, strict=True)
    ]


def _situs(town: Design, lot: int) -> str:
    front = town.plat.fronts[lot]
    return f"{front.number} {front.street}"


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
