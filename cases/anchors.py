"""Write where every history ends, and find those whose end was cut away since.

A chain proves that nothing in it was changed; that nothing was cut from its end, only a root kept
elsewhere can show.
"""

import hashlib
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from cases.errors import HistoryError
from cases.history import CASES, CHAINS, Chain, last_events

HEAD = "lotline-root-2"
HEAD_OF_CASES = "lotline-root-1"
"""How roots began while complaints had no history; their lines are of cases and do not say so."""

_AT_ONCE = 10_000
_BY_WORD = {chain.word: chain for chain in CHAINS}


def root_lines(connection: sa.Connection) -> Iterator[str]:
    """Yield where each history ends: whose it is, how many events, the last one's hash.

    The last line is the root: the SHA-256 of all before it, which is short enough to be printed
    in a newspaper.
    """
    digest = hashlib.sha256()
    for line in _ends(connection):
        digest.update(f"{line}\n".encode())
        yield line
    yield f"root {digest.hexdigest()}"


def _ends(connection: sa.Connection) -> Iterator[str]:
    yield HEAD
    for chain in CHAINS:
        rows = connection.execute(last_events(chain), execution_options={"yield_per": _AT_ONCE})
        for row in rows:
            yield f"{chain.word} {row.about} {row.seq} {row.hash.hex()}"


def cut_off(connection: sa.Connection, lines: Iterable[str]) -> Iterator[str]:
    """Tell, in a sentence each, whose history no longer holds what a root says it held.

    Parameters
    ----------
    lines
        What `root_lines` gave, now or before complaints had a history, read back.

    Raises
    ------
    HistoryError
        The lines are no root, or were changed since they were written.
    """
    for chain, about, seq, digest in _read(lines):
        query = sa.select(chain.event.hash).where(chain.about == about, chain.event.seq == seq)
        kept = connection.execute(query).scalar()
        whose = f"{chain.word.capitalize()} {about}"
        if kept is None:
            yield f"{whose}: its history had {seq} events when the root was written."
        elif kept.hex() != digest:
            yield f"{whose}: event {seq} is not the one the root was written of."


def _read(lines: Iterable[str]) -> list[tuple[Chain, int, int, str]]:
    *ends, last = [line.strip() for line in lines] or [""]
    digest = hashlib.sha256("".join(f"{line}\n" for line in ends).encode()).hexdigest()
    known = bool(ends) and ends[0] in {HEAD, HEAD_OF_CASES}
    if not known or last != f"root {digest}":
        msg = "This file is no root as lotline audit root writes it, or it was changed since."
        raise HistoryError(msg)
    before = f"{CASES.word} " if ends[0] == HEAD_OF_CASES else ""
    told = [f"{before}{line}".split() for line in ends[1:]]
    return [(_BY_WORD[word], int(about), int(seq), end) for word, about, seq, end in told]
