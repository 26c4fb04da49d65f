"""Make a language that puts every known string in brackets, so that what is not known shows."""

import html
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from babel.messages.catalog import Catalog
from flask import Flask
from sqlalchemy.dialects.postgresql import JSONB

from cases.checklists import BUNDLED as CHECKLISTS
from cases.lawpack.reading import DEFAULT
from webmap.catalogue.gathering import gathered
from webmap.catalogue.keeping import write_compiled
from webmap.languages import LANGUAGES

OPEN, SHUT = "⟦", "⟧"
CUSTOMS = {"MMM d, y": "y-MM-dd"}  # a pattern of days, and no words
_VALUE = re.compile(r"(%\(\w+\)s)")
_KNOWN = re.compile(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}")
_MACHINE = re.compile(
    r"<(script|style|code|svg|kbd|noscript|textarea)\b.*?</\1>|<!--.*?-->", re.DOTALL
)
_SHOWN_ATTRIBUTE = re.compile(r"\b(?:aria-label|alt|title|placeholder|data-label)=\"([^\"]*)\"")
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def speak_brackets(app: Flask, folder: Path) -> None:
    """Let an application's Spanish be the language of brackets."""
    catalog = Catalog(locale="es")
    for message in gathered():
        if message.id:
            many = isinstance(message.id, tuple)
            told = tuple(map(_told, message.id)) if many else _told(str(message.id))
            catalog.add(message.id, told, context=message.context)
    write_compiled(catalog, folder, language="es")
    app.extensions["babel"].translation_directories[:] = [str(folder)]


def _told(said: str) -> str:
    """Put what stands between the values in brackets; the values are told apart."""
    if said in CUSTOMS:
        return CUSTOMS[said]
    parts = _VALUE.split(said)
    return "".join(
        part if place % 2 or not re.search(r"[^\W\d_]", part) else f"{OPEN}{part}{SHUT}"
        for place, part in enumerate(parts)
    )


def outside(page: str) -> list[str]:
    """Return each run of words of a page that no catalogue said."""
    text = _MACHINE.sub(" ", page)
    shown = [*_SHOWN_ATTRIBUTE.findall(text), *_TAG.split(text)]
    runs = [run for each in shown for run in _KNOWN.split(html.unescape(each))]
    return [" ".join(run.split()) for run in runs if _LETTERS.search(run)]


def told_of(connection: sa.Connection) -> set[str]:
    """Return what the records hold: names, addresses, what people wrote, the town's law."""
    held = set(LANGUAGES.values())
    for table, column in connection.execute(_TEXTS):
        name = sa.column(column)
        query = sa.select(name).select_from(sa.table(table, schema="lotline"))
        held.update(connection.scalars(query.where(name.is_not(None)).distinct()))
    for table in ("notice", "case_event", "complaint_event"):
        column = sa.column("content" if table == "notice" else "details", JSONB)
        rows = connection.scalars(sa.select(column).select_from(sa.table(table, schema="lotline")))
        held.update(leaf for row in rows for leaf in _leaves(row, own=table != "notice"))
    for theirs in (DEFAULT, CHECKLISTS):
        held.update(_leaves(tomllib.loads(theirs.read_text())))
    return {each.strip() for each in held}


def _leaves(tree: object, *, own: bool = False) -> Iterator[str]:
    """Yield the texts of a tree and their parts; of what is its `own`, what people wrote alone."""
    if isinstance(tree, dict):
        for name, each in tree.items():
            if not own or name in _WRITTEN:
                yield from _leaves(each)
    elif isinstance(tree, list):
        for each in tree:
            yield from _leaves(each)
    elif isinstance(tree, str):
        yield tree
        yield from re.split(r"[.;:,()]\s*", tree)


def untold(page: str, *, held: set[str]) -> list[str]:
    """Return the words of a page that neither a catalogue nor the records say."""
    return [run for run in outside(page) if not _is_held(run, held)]


def _is_held(run: str, held: set[str]) -> bool:
    pieces = [run] if run in held else _BETWEEN.split(_LAW.sub(" · ", run))
    return all(
        {piece, piece.strip(_EDGES)} & held or _CODE.fullmatch(piece) or not _LETTERS.search(piece)
        for piece in map(str.strip, pieces)
    )


_LAW = re.compile(
    r"\b[A-Z]{2,3}-\d{4}-\d+|\bSec\. [\w.()-]+"
    r"|ss?\. [\d().a-z, and]+, Florida (?:Statutes|Constitution)"
    r"|Art\. X, s\. 4, Florida Constitution"
    r"|\d+ U\.S\.C\. s\. \d+ \(automatic stay\)"
)
_EDGES = " .\N{EN DASH}\N{EM DASH}+$0123456789-\N{MULTIPLICATION SIGN}\N{CHECK MARK}%#"
_BETWEEN = re.compile(r"\s*[·,;:()\[\]/✓…“”]\s*|\s+-\s+|\b[AP]M\b")
_CODE = re.compile(r"[A-Z]{1,4}-?\d[\w-]*|FL \d{5}")
_KEPT_BY_WORDS = (
    "kind", "status", "phase", "role", "method", "channel", "way", "direction", "outcome", "about",
    "entry", "authority", "served_by", "decision_kind", "source",
)  # fmt: skip
_TEXTS = sa.text("""
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'lotline' AND data_type IN ('text', 'character varying')
    AND NOT column_name = ANY(:words) AND table_name NOT IN ('case_event', 'complaint_event')
""").bindparams(words=list(_KEPT_BY_WORDS))
_WRITTEN = ("reason", "note", "findings", "entry_detail", "exhibits", "title", "failed", "ground")
