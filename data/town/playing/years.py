"""Play all the years of a town through the commands, in the caller's transaction."""

from datetime import date

import numpy as np
import sqlalchemy as sa

from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from data.town.design import Design
from data.town.playing.agenda import play
from data.town.playing.casting import cast
from data.town.playing.life import live
from data.town.playing.scene import Scene
from geo.loading.runs import Progress


def play_years(connection: sa.Connection, town: Design, *, progress: Progress) -> int:
    """Play what befell a town whose ground is loaded, from its first day to its last.

    Returns
    -------
    int
        How many cases were opened.
    """
    parts = cast(connection, town)
    first = min((part.fate.received for part in parts), default=town.until)
    law_pack_id = adopt(connection, DEFAULT, on=first)
    scenes = [
        Scene(
            connection=connection,
            law_pack_id=law_pack_id,
            part=part,
            dice=np.random.default_rng([town.seed, 7, at]),
            on=part.fate.received,
        )
        for at, part in enumerate(parts)
    ]
    days = (town.until - first).days + 1

    def told(day: date) -> None:
        progress("Playing its years", (day - first).days, days)

    play([(scene.on, live(scene)) for scene in scenes], until=town.until, told=told)
    return sum(scene.case_id > 0 for scene in scenes)
