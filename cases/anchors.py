"""Write where every history ends, and find those whose end was cut away since.

A chain proves that nothing in it was changed; that nothing was cut from its end, only a root kept
elsewhere can show.
"""

import hashlib
from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from cases.errors import HistoryError
from cases.models import CaseEvent

HEAD = "lotline-root-1"
_AT_ONCE = 10_000


def root_lines(connection: sa.Connection) -> Iterator[str]:
    """Yield where each case's history ends: its identity, how many events, the last one's hash.

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
    last = (
        sa.select(CaseEvent.case_id, CaseEvent.seq, CaseEvent.hash)
        .ext(distinct_on(CaseEvent.case_id))
        .order_by(CaseEvent.case_id, CaseEvent.seq.desc())
    )
    for row in connection.execute(last, execution_options={"yield_per": _AT_ONCE}):
        yield f"{row.case_id} {row.seq} {row.hash.hex()}"


def cut_off(connection: sa.Connection, lines: Iterable[str]) -> Iterator[str]:
    """Tell, in a sentence each, whose history no longer holds what a root says it held.

    Parameters
    ----------
    lines
        What `root_lines` gave, read back.

    Raises
    ------
    HistoryError
        The lines are no root, or were changed since they were written.
    """
    for case_id, seq, digest in _read(lines):
        query = sa.select(CaseEvent.hash).where(CaseEvent.case_id == case_id, CaseEvent.seq == seq)
        kept = connection.execute(query).scalar()
        if kept is None:
            yield f"Case {case_id}: its history had {seq} events when the root was written."
        elif kept.hex() != digest:
            yield f"Case {case_id}: event {seq} is not the one the root was written of."


def _read(lines: Iterable[str]) -> list[tuple[int, int, str]]:
    *ends, last = [line.strip() for line in lines] or [""]
    digest = hashlib.sha256("".join(f"{line}\n" for line in ends).encode()).hexdigest()
    if not ends or ends[0] != HEAD or last != f"root {digest}":
        msg = "This file is no root as lotline audit root writes it, or it was changed since."
        raise HistoryError(msg)
    return [(int(case), int(seq), end) for case, seq, end in map(str.split, ends[1:])]
