"""Tell who may belong to an owner on record, and keep both sides for whoever decides it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.owners.parties import Party
from reports.answers.answer import Answer, Cases, Cell, Column, Kind, Row, Table
from reports.owners.grounds import Sense
from reports.owners.web import Web
from reports.owners.webs import Suggested, Webs

SUGGESTED, PAIRS = "suggested", "pairs"
"""The tables of what is suggested, and of both sides of it; their rows have the same keys."""
SENSES: Mapping[Sense, str] = {
    Sense.ONE_OWNER: "one person or company, written otherwise",
    Sense.ONE_LANDLORD: "one landlord behind several owners",
}
COLUMNS = (
    Column(key="ours", words="Owner"),
    Column(key="name", words="Who may belong to it"),
    Column(key="what", words="In which sense"),
    Column(key="why", words="What speaks for it"),
    Column(key="cases", words="Cases", kind=Kind.COUNT, means="Verified cases of that owner."),
    Column(key="word", words="A person's word"),
)
NOT_GIVEN = "not given yet"
SIDES, PARTS = ("ours", "theirs"), ("name", "mailing", "parcel_no")
PAIR = (
    Column(key="ours_name", words="The one"),
    Column(key="ours_mailing", words="Letters to the one go to"),
    Column(key="ours_parcel_no", words="Parcel of the one"),
    Column(key="theirs_name", words="The other"),
    Column(key="theirs_mailing", words="Letters to the other go to"),
    Column(key="theirs_parcel_no", words="Parcel of the other"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A suggestion as it was told: whom a word on it would be of, and what speaks for it."""

    a: Party
    b: Party
    why: str


def suggested_tables(
    found: Webs, webs: Sequence[Web], *, names_both: bool, most: int
) -> tuple[Table, Table]:
    """Return what is suggested of some webs, the strongest first, and both sides of each.

    Parameters
    ----------
    names_both
        Whether the list names whose web it is, too.
    most
        How many are listed.
    """
    listed = [(web, each) for web in webs for each in found.suggested(web, most=most)]
    listed.sort(key=lambda one: -one[1].strength)  # of equal ones, in the order of their webs
    pairs: dict[frozenset[str], tuple[Web, Suggested]] = {}
    for web, each in listed:
        pairs.setdefault(frozenset({each.ours.key, each.theirs.key}), (web, each))
    kept = [*pairs.values()][:most]
    told = Table(
        key=SUGGESTED, title="Who may belong together" if names_both else "Who may belong to it",
        columns=COLUMNS if names_both else COLUMNS[1:],
        rows=[_row(str(at), web, each) for at, (web, each) in enumerate(kept)],
        means="Suggested, for a person to confirm or to deny; the strongest first.",
    )  # fmt: skip
    sides = Table(
        key=PAIRS, title="Both sides of what is suggested", columns=PAIR, is_shown=False,
        rows=[_sides(str(at), each) for at, (_, each) in enumerate(kept)],
        means="Whom a word on each suggestion would be of, as it is written most often.",
    )  # fmt: skip
    return told, sides


def _row(key: str, web: Web, each: Suggested) -> Row:
    cells: dict[str, Cell] = {
        "ours": web.name, "name": each.web.name, "what": SENSES[each.sense],
        "why": " ".join(reason.words for reason in each.reasons),
        "cases": each.web.figures.cases, "word": NOT_GIVEN,
    }  # fmt: skip
    return Row(
        key=key, cells=cells, cases={"cases": Cases(each.web.case_ids)},
        of={"ours": ("owner", f"{web.code}|"), "name": ("owner", f"{each.web.code}|"),
            "word": ("pair", key)},
    )  # fmt: skip


def _sides(key: str, each: Suggested) -> Row:
    parties = {"ours": each.ours.party, "theirs": each.theirs.party}
    cells: dict[str, Cell] = {
        f"{side}_{part}": getattr(party, part) for side, party in parties.items() for part in PARTS
    }
    return Row(key=key, cells=cells)


def pair_of(answer: Answer, key: str) -> Pair | None:
    """Return a suggestion of an answer by the key of its row; None where it has no such row."""
    told, sides = (
        next((row for table in answer.tables if table.key == name for row in table.rows
              if row.key == key), None)
        for name in (SUGGESTED, PAIRS)
    )  # fmt: skip
    if told is None or sides is None:
        return None
    a, b = (_party(sides, side) for side in SIDES)
    return Pair(a=a, b=b, why=str(told.cells["why"]))


def _party(sides: Row, side: str) -> Party:
    name, mailing, parcel_no = (sides.cells[f"{side}_{part}"] for part in PARTS)
    return Party(
        name=str(name), mailing=None if mailing is None else str(mailing),
        parcel_no=None if parcel_no is None else str(parcel_no),
    )  # fmt: skip
