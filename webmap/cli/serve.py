"""Serve the map, and keep its database up while it runs."""

import dataclasses
import logging
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from cases.accounts import factors
from cases.published import PUBLISHED
from data.town.notes import UNFINISHED
from geo.cluster import Cluster
from geo.database import URLS, Database, open_database
from geo.errors import DatabaseError, LotlineError
from geo.places import town
from geo.schema import downgrade, is_newest, revisions, upgrade
from webmap.assets import require_built
from webmap.cli.telling import keep_public_rule
from webmap.every_setting import read_every
from webmap.keeper import Keeper
from webmap.mail_settings import MAIL_KEYS
from webmap.pay_settings import PAY_KEYS
from webmap.secret import OLDER, seal
from webmap.settings import Settings, read_settings
from webmap.text_settings import TEXT_KEYS
from webmap.worker.beside import WorkerBeside

OUTSIDE = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}  # noqa: S104 - a name for it
"""How a browser on this machine reaches what listens on an address."""
CONNECTIONS = 4096
"""Held open by a web process at once: a browser opens six, and whoever is not among these waits."""
IDLE_SECONDS = 75
"""After which a connection that asks for nothing is closed; a view is looked at for less."""
DEMO_CONTACT = "Town Hall, 1 Main Street; 352-555-0100; code@town.example"
"""Of nobody: telephones at 555-01 and addresses at .example are kept for stories."""


class PortTakenError(LotlineError):
    """Another program listens where the server was told to."""


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--no-worker", is_flag=True, help="Leave the queue to a lotline worker of yours.")
@click.option("--demo", is_flag=True, help="Serve the generated town, built first if need be.")
def serve(port: int, host: str, workers: int, no_worker: bool, demo: bool) -> None:
    """Serve the map until stopped with Ctrl-C.

    A worker beside it does what waits in the queue, such as sending mail. The demo keeps to a
    private database of its own, in LOTLINE_HOME/demo, and sends no mail.

    Example: lotline serve --port 8000
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    settings = demo_settings() if demo else read_settings(os.environ)
    os.environ["LOTLINE_HOME"] = str(settings.home)  # the workers read it anew
    os.environ.setdefault("LOTLINE_URL", f"http://{OUTSIDE.get(host, host)}:{port}")
    read_every(settings)
    require_built()
    if settings.mail is None and not demo:
        click.echo("No mail server is set (LOTLINE_SMTP_URL): mail waits until one is.")
    _require_free(host, port)
    with open_database(settings.home, settings.environ) as database:
        if demo:
            _stand_up_demo(database, settings)
        _require_newest(database)
        keep_public_rule(database, settings.public_rule)
        _seal_codes(database, settings)
        with _beside(database, settings, works=not no_worker):
            _answer(host, port, workers=workers, demo=demo)


@contextmanager
def _beside(database: Database, settings: Settings, *, works: bool) -> Iterator[None]:
    """Keep the database up meanwhile, and the queue worked off unless somebody else does it."""
    own = None if settings.environ.get("DATABASE_URL") else Cluster(settings.home, os.environ)
    threads: list[Keeper | WorkerBeside] = [Keeper(database, own)]
    if works:
        threads.append(WorkerBeside())
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in reversed(threads):
            thread.stop()


def _answer(host: str, port: int, *, workers: int, demo: bool) -> None:
    """Answer requests until told to stop."""
    from granian.constants import Interfaces  # noqa: PLC0415 - only this command serves
    from granian.http import HTTP1Settings  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    from webmap.serving import MOST_SECONDS, hold_stops  # noqa: PLC0415

    hold_stops()
    _let_open(2 * CONNECTIONS)
    click.echo(f"Lotline serves on http://{host}:{port}/ (stop with Ctrl-C)")
    if demo:
        click.echo(f"Staff sign in at http://{host}:{port}/sign-in: the page names accounts.")
    Server(
        "webmap.serving:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=8,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=IDLE_SECONDS * 1000),
        respawn_failed_workers=True,
        workers_kill_timeout=MOST_SECONDS,
        log_level=LogLevels.error,
        log_access=False,
    ).serve()


def _let_open(files: int) -> None:
    """Have this process and its workers hold so many files and connections, as far as they may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = files if hard == resource.RLIM_INFINITY else min(files, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def demo_settings() -> Settings:
    """Read the settings of a demo, which the workers read too.

    A generated town never goes into a database of real cases, nor writes to real people or takes
    their money.
    """
    kept_off = (*URLS, *MAIL_KEYS, *PAY_KEYS, *TEXT_KEYS)
    if dropped := [key for key in kept_off if os.environ.pop(key, None) is not None]:
        click.echo(f"The demo goes without {', '.join(dropped)}: it writes to nobody.")
    os.environ["LOTLINE_DEMO"] = "1"
    os.environ["LOTLINE_CITY_CONTACT"] = DEMO_CONTACT
    settings = read_settings(os.environ)
    return dataclasses.replace(settings, home=settings.home / "demo")


def _stand_up_demo(database: Database, settings: Settings) -> None:
    upgrade(database, published=PUBLISHED)
    with database.public.connect() as connection:
        standing = connection.execute(town()).first()
    if standing is not None and standing.note != UNFINISHED:
        return
    if standing is not None:
        click.echo("The demo town was left before its years were played: it is built anew.")
        downgrade(database, revision="base")
        upgrade(database, published=PUBLISHED)
    from webmap.cli.town import build_town  # noqa: PLC0415 - imports all that generates and loads

    click.echo("Building a generated town and playing its two years: a minute or so ...")
    build_town(database, settings)


def _require_newest(database: Database) -> None:
    if is_newest(database, published=PUBLISHED):
        return
    current, newest = revisions(database)
    msg = (
        f"The database schema is at revision {current or 'none'}, this program needs {newest}: "
        "run lotline db upgrade, then serve again."
    )
    if current == newest:
        msg = (
            "What the database publishes was made by another release of this program: "
            "run lotline db upgrade, then serve again."
        )
    raise DatabaseError(msg)


def _seal_codes(database: Database, settings: Settings) -> None:
    """Seal what lies open or under an older key: only who serves is sure to have the key."""
    with database.app.begin() as connection:
        foreign = factors.seal_all(connection, seal=seal(settings))
    if foreign:
        click.echo(
            f"Codes of {', '.join(foreign)} are sealed with a secret key that is not here: list it "
            f"in {OLDER}, or have an administrator forget their phones."
        )


def _require_free(host: str, port: int) -> None:
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            msg = f"Cannot listen on {host}:{port} ({error.strerror}): choose another --port."
            raise PortTakenError(msg) from error
