"""Run a worker from the command line."""

import logging
import os

import click


@click.command()
@click.option("--once", is_flag=True, help="End when nothing is due.")
@click.option(
    "--concurrency",
    default=2,
    show_default=True,
    type=click.IntRange(1, 32),
    help="Jobs at a time.",
)
@click.option("--beside", type=int, hidden=True, help="End with the process of this number.")
def worker(once: bool, concurrency: int, beside: int | None) -> None:
    """Do what waits in the queue, such as sending mail, until stopped with Ctrl-C.

    lotline serve runs one beside it; with a service manager of your own run this as a service,
    as many as you like, and serve with --no-worker.

    Example: lotline worker --once
    """
    from webmap.settings import read_settings  # noqa: PLC0415 - what help must not cost
    from webmap.worker.running import run  # noqa: PLC0415

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("webmap.worker").setLevel(logging.INFO)
    run(read_settings(os.environ), concurrency=concurrency, once=once, beside=beside)
