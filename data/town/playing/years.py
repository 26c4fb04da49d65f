"""Play all the years of a town through the commands, on every core."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from multiprocessing import get_context, parent_process
from threading import Thread

import numpy as np
import sqlalchemy as sa

from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.models import Case
from data.town.album import Album
from data.town.design import Design
from data.town.playing.agenda import play
from data.town.playing.casting import cast
from data.town.playing.life import live
from data.town.playing.scene import Part, Scene
from data.town.staff import ADMIN
from geo.database import Database
from geo.loading.runs import Progress

type Players = ProcessPoolExecutor | None

GLANCE_S = 0.3
WORTH_SHARING = 100
"""Below so many cases another process costs more than it plays."""


@contextmanager
def players(expected: float) -> Iterator[Players]:
    """Have a process on every core get ready to play so many cases; none where that is no gain.

    They are called before the town is drawn, which keeps one core busy: importing what a deed
    needs takes each of them seconds.
    """
    cores = os.cpu_count() or 1
    if expected < WORTH_SHARING or cores == 1:
        yield None
        return
    with ProcessPoolExecutor(
        cores, mp_context=get_context("spawn"), initializer=_leave_with_asker
    ) as pool:
        pool.submit(os.getpid)  # the first thing asked of a pool starts all of it
        yield pool


def play_years(
    database: Database,
    town: Design,
    *,
    album: Album,
    among: Players = None,
    progress: Progress,
) -> None:
    """Play what befell a town whose ground is loaded, from its first day to its last.

    Each act commits by itself, as in life; several processes play the cases side by side, and
    their numbers follow each other as the counters give them.

    Parameters
    ----------
    among
        The `players`; by itself where there are none.
    """
    with database.app.begin() as connection:
        parts = cast(connection, town)
        first = min((part.fate.received for part in parts), default=town.until)
        law_pack_id = adopt(connection, DEFAULT, on=first, by=ADMIN)
    unopened = replace(database)  # another process opens connections of its own
    share = (unopened, law_pack_id, album, town.seed, town.until)
    numbered = list(enumerate(parts))
    if among is None:
        _play_share(*share, numbered)
        return
    cores = os.cpu_count() or 1
    playing = [among.submit(_play_share, *share, numbered[at::cores]) for at in range(cores)]
    _watch(database, playing, expected=len(parts), progress=progress)


def _watch(
    database: Database, playing: Sequence[Future[None]], *, expected: int, progress: Progress
) -> None:
    waiting = set(playing)
    while waiting:
        done, waiting = wait(waiting, timeout=GLANCE_S)
        for each in done:
            each.result()
        with database.app.connect() as connection:
            opened = connection.scalar(sa.select(sa.func.count()).select_from(Case)) or 0
        progress("Playing its years", min(opened, expected), expected)


def _leave_with_asker() -> None:
    """See that this process ends with the one that started it, whose killing leaves no word."""
    asker = parent_process()
    assert asker is not None  # noqa: S101 - a player is never the first process

    def leave() -> None:
        asker.join()
        os._exit(1)  # the pool's own loop would wait for ever

    Thread(target=leave, daemon=True).start()


def _play_share(
    database: Database,
    law_pack_id: int,
    album: Album,
    seed: int,
    until: date,
    numbered: Sequence[tuple[int, Part]],
) -> None:
    with database, database.app.connect() as connection:
        # What a crash would lose of a demo is played again; in life nothing is acknowledged so.
        connection.exec_driver_sql("SET synchronous_commit = off")
        connection.commit()
        scenes = [
            Scene(
                connection=connection,
                law_pack_id=law_pack_id,
                part=part,
                album=album,
                dice=np.random.default_rng([seed, 7, at]),
                on=part.fate.received,
                until=until,
            )
            for at, part in numbered
        ]
        lives = [(scene.on, live(scene)) for scene in scenes]
        play(connection, lives, until=until)
