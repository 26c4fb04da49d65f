"""Ask for the records of one case, and decide what becomes of each piece as the clerk."""

import csv
import io
import zipfile
from datetime import date
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from desk import CLERK, day

from cases.documents.store import Store
from cases.records import deciding, elsewhere, exporting, pieces, requests
from cases.records.pieces import Outcome, Subject

HOMES = "s. 119.071(4)(d), Florida Statutes"


def log_of(file: zipfile.ZipFile, name: str = "exemption-log.csv") -> list[dict[str, str]]:
    """Return the rows of a table in a file that was handed out."""
    return list(csv.DictReader(io.StringIO(file.read(name).decode())))


class Records:
    """A request about one case, and what the clerk does with it."""

    def __init__(self, town: sa.Connection, store: Store, case: int) -> None:
        self.town, self.store, self.case = town, store, case
        wanted = requests.Wanted(asked="All about 101 Alder St", received_on=date(2026, 6, 9))
        self.id = requests.take_in(town, wanted, form_key=uuid4(), actor=CLERK, moment=day(6, 9))
        number = town.exec_driver_sql(f"SELECT number FROM lotline.case_file WHERE id = {case}")  # noqa: S608 - ours
        requests.choose(town, request_id=self.id, number=number.scalar_one(), actor=CLERK)

    def decide(self, subject: Subject, outcome: Outcome, row: int = 0, **more: Any) -> None:
        key = f"{self.case}-{subject}-{row}"
        read = {each.key: each.text_sha256 for each in self.pieces()}
        deciding.decide(
            self.town, request_id=self.id, key=key, outcome=outcome,
            actor=CLERK, moment=day(6, 9), **{"text_sha256": read.get(key), **more},
        )  # fmt: skip

    def release_the_rest(self) -> None:
        """Release whole what is left, having seen which words of others stand in it."""
        there = self.pieces()
        left_out = elsewhere.left_out_of(there)
        for piece in exporting.undecided(there):
            seen = elsewhere.mark(elsewhere.standing_in(piece, left_out))
            self.decide(piece.subject, Outcome.RELEASED, piece.row_id or 0, seen=seen)

    def pieces(self) -> list[pieces.Piece]:
        return pieces.pieces_of(self.town, self.id, on=date(2026, 6, 9))

    def export(self) -> str:
        made = exporting.export(
            self.town, self.store, request_id=self.id, actor=CLERK, moment=day(6, 9),
            write_index=lambda index: " ".join(each.piece.words for each in index.entries),
        )  # fmt: skip
        row = next(each for each in self.town.execute(requests.exports_of(self.id)))
        assert row.id == made
        return str(row.sha256)

    def opened(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.store.get(self.export())))
