"""List the facts that a letter's wording may tell: those that the one with Lotline tells.

They are read from its own text and from those it is set in, so that the list says no more than is
there.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jinja2 import nodes

from cases.letters.templates import BUNDLED
from cases.worded.sandbox import sandbox

_WAYS = frozenset({"day", "dollars", "iso_day", "moment", "plain", "say"})
"""Filters that write a fact, without which it would stand as it is kept."""
_PICTURES = frozenset({"language", "map", "seal"})
"""What the frame alone sets: it brings each to its place."""


class Told(NamedTuple):
    """A fact as a wording asks for it, and in how many lists it stands."""

    code: str
    depth: int


type _Tree = dict[str, _Tree]


class _Place(NamedTuple):
    """What a name in a text leads to, and among what it is listed."""

    path: str
    among: _Tree


def facts_told(kind: str, *, language: str) -> list[Told]:
    """Return the facts of a letter, each as it may stand in its wording."""
    reader = _Reader(language)
    reader.read(f"{kind}.html")
    return list(_lines(reader.told, 0))


class _Reader:
    """Reads a letter's bundled text and those it is set in, its own first."""

    def __init__(self, language: str) -> None:
        self._folders = (BUNDLED / language, BUNDLED)
        self._seen: set[str] = set()
        self.told: _Tree = {}

    def read(self, name: str) -> None:
        """Read a text, and after it each that it extends or includes."""
        if name in self._seen:
            return
        self._seen.add(name)
        file = next(each / name for each in self._folders if (each / name).is_file())
        text = sandbox(loader=None, escapes=True).parse(Path(file).read_text(encoding="utf-8"))
        self._walk(text, {})
        for other in text.find_all((nodes.Extends, nodes.Include)):
            if isinstance(other.template, nodes.Const):  # type: ignore[attr-defined] # both have it
                self.read(str(other.template.value))  # type: ignore[attr-defined]

    def _walk(self, node: nodes.Node, scope: dict[str, _Place | None]) -> None:
        if isinstance(node, nodes.For):
            self._through(node, scope)
        elif isinstance(node, (nodes.Assign, nodes.FromImport)):
            self._name(node, scope)
        elif isinstance(node, (nodes.Filter, nodes.Name, nodes.Getattr)):
            self._tell(node, scope)
        elif isinstance(node, nodes.Call):
            for each in (*node.args, *node.kwargs):
                self._walk(each, scope)
        elif not isinstance(node, (nodes.Macro, nodes.Import)):
            for each in node.iter_child_nodes():
                self._walk(each, scope)

    def _tell(self, node: nodes.Expr, scope: dict[str, _Place | None]) -> None:
        told = node.node if isinstance(node, nodes.Filter) else node
        if (place := self._place(told, scope)) is not None:
            is_way = isinstance(node, nodes.Filter) and node.name in _WAYS and not node.args
            _list(place, f" | {node.name}" if is_way and isinstance(node, nodes.Filter) else "")
        elif isinstance(node, nodes.Filter):
            for each in node.iter_child_nodes():
                self._walk(each, scope)

    def _name(self, node: nodes.Assign | nodes.FromImport, scope: dict[str, _Place | None]) -> None:
        """Read what gives a name: to a fact, or to what is none."""
        if isinstance(node, nodes.FromImport):
            scope |= {each: None for each in node.names if isinstance(each, str)}
            return
        self._walk(node.node, scope)
        is_one = isinstance(node.target, nodes.Name)
        for name in (node.target,) if is_one else node.target.find_all(nodes.Name):
            place = self._place(node.node, scope) if is_one else None
            scope[getattr(name, "name", "")] = place

    def _through(self, loop: nodes.For, scope: dict[str, _Place | None]) -> None:
        """Read a loop: what is told in it is listed below its list."""
        listed = loop.iter.left if isinstance(loop.iter, nodes.Or) else loop.iter
        place, target = self._place(listed, scope), getattr(loop.target, "name", "")
        inner = {**scope, "loop": None}
        inner |= {each.name: None for each in loop.target.find_all(nodes.Name)}
        if place is not None and target:
            code = f"{{% for {target} in {place.path} %}}"
            inner[target] = _Place(target, place.among.setdefault(code, {}))
        else:
            self._walk(loop.iter, scope)
        for each in (*loop.body, *loop.else_):
            self._walk(each, inner)

    def _place(self, node: nodes.Node | None, scope: dict[str, _Place | None]) -> _Place | None:
        if isinstance(node, nodes.Name):
            fact = None if node.name in _PICTURES else _Place(node.name, self.told)
            return scope.get(node.name, fact)
        if isinstance(node, nodes.Getattr) and (of := self._place(node.node, scope)):
            return _Place(f"{of.path}.{node.attr}", of.among)
        return None


def _list(place: _Place, way: str) -> None:
    """List a fact once, in the way that writes it where there is one."""
    plain, code = f"{{{{ {place.path} }}}}", f"{{{{ {place.path}{way} }}}}"
    if any(each.startswith(f"{{{{ {place.path} ") for each in place.among):
        if not way or plain not in place.among:
            return
        del place.among[plain]
    place.among[code] = {}


def _lines(told: _Tree, depth: int) -> Iterator[Told]:
    for code, inner in told.items():
        stem = code.removeprefix("{{ ").removesuffix(" }}")
        holds = (f"{{{{ {stem}.", f" in {stem}.", f" in {stem} ")
        if any(each in other for each in holds for other in told if other != code):
            continue  # what only holds others tells nothing by itself
        yield Told(f"{code} … {{% endfor %}}" if inner else code, depth)
        yield from _lines(inner, depth + 1)
