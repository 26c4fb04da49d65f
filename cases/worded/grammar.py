"""Hold the text of a message to its own facts, and to ways of telling them that end.

It may say words, tell facts, ask whether there is one, and go through a list: nothing that could
run for long, grow without end or reach what it was not given.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from cases.worded.facts import Fact
from cases.worded.sandbox import Fault, unknown

FILTERS = frozenset({"capitalize", "length", "lower", "trim", "upper"})
DEEPEST = 2
"""Lists within lists that a text goes through: each may have twenty, and each of those again."""
_JOINING = (nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.CondExpr, nodes.Compare)
_LOOP = tuple(
    Fact(name=each, what="", example=1) for each in ("first", "last", "index", "length")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list, of which its own facts may be told."""

    facts: Mapping[str, Fact]


type Scope = Mapping[str, Fact | Item]


def faults(template: nodes.Template, facts: Iterable[Fact]) -> Iterator[Fault]:
    """Yield what a text does that it may not, line by line."""
    scope: dict[str, Fact | Item] = {each.name: each for each in facts}
    yield from _of_parts(template.body, scope, 0)


def _of_parts(parts: Iterable[nodes.Node], scope: Scope, depth: int) -> Iterator[Fault]:
    for part in parts:
        if isinstance(part, nodes.Output):
            for each in part.nodes:
                yield from _of_told(each, scope)
        elif isinstance(part, nodes.If):
            yield from _of_asked(part.test, scope)
            yield from _of_parts([*part.body, *part.elif_, *part.else_], scope, depth)
        elif isinstance(part, nodes.For):
            yield from _of_loop(part, scope, depth + 1)
        else:
            yield _beyond(part)


def _of_loop(loop: nodes.For, scope: Scope, depth: int) -> Iterator[Fault]:
    through = _found(loop.iter, scope)
    if isinstance(through, Fault):
        yield through
    elif not (isinstance(through, Fact) and through.each and isinstance(loop.target, nodes.Name)):
        yield Fault("what it goes through there is no list", loop.lineno)
    elif depth > DEEPEST or loop.recursive:
        yield Fault("it goes through lists within lists that belong to none of them", loop.lineno)
    else:
        item = Item({each.name: each for each in through.each})
        inner = {**scope, loop.target.name: item, "loop": Item({each.name: each for each in _LOOP})}
        if loop.test is not None:
            yield from _of_asked(loop.test, inner)
        yield from _of_parts(loop.body, inner, depth)
        yield from _of_parts(loop.else_, scope, depth)


def _of_told(said: nodes.Node, scope: Scope) -> Iterator[Fault]:
    """Yield what is wrong with something that is told: a list as a whole tells nothing."""
    if isinstance(said, (nodes.Name, nodes.Getattr)):
        found = _found(said, scope)
        if isinstance(found, Fault):
            yield found
        elif isinstance(found, Item) or found.each:
            yield Fault(
                "it tells a list as a whole there: go through it, and tell what each has",
                said.lineno,
            )
    else:
        yield from _of_rest(said, scope)


def _of_asked(test: nodes.Node, scope: Scope) -> Iterator[Fault]:
    """Yield what is wrong with a question; of a list it may be whether there is anything in it."""
    if isinstance(test, (nodes.Name, nodes.Getattr)):
        found = _found(test, scope)
        if isinstance(found, Fault):
            yield found
    elif isinstance(test, (nodes.And, nodes.Or, nodes.Not)):
        for each in test.iter_child_nodes():
            yield from _of_asked(each, scope)
    else:
        yield from _of_rest(test, scope)


def _of_rest(said: nodes.Node, scope: Scope) -> Iterator[Fault]:
    if isinstance(said, (nodes.Const, nodes.TemplateData)):
        return
    if isinstance(said, nodes.Filter) and said.name in FILTERS and not (said.args or said.kwargs):
        told = _of_asked if said.name == "length" else _of_told
        yield from told(said.node, scope) if said.node is not None else ()
    elif isinstance(said, nodes.Operand):
        yield from _of_told(said.expr, scope)
    elif isinstance(said, _JOINING):
        if isinstance(said, nodes.CondExpr) and said.expr2 is None:
            yield Fault("after “if” there has to be an “else” there", said.lineno)
        for each in said.iter_child_nodes():
            yield from _of_told(each, scope)
    else:
        yield _beyond(said)


def _found(asked: nodes.Node, scope: Scope) -> Fact | Item | Fault:
    """Return what a name stands for, or that it is none."""
    if isinstance(asked, nodes.Name):
        return scope.get(asked.name) or Fault(unknown(asked.name), asked.lineno)
    if isinstance(asked, nodes.Getattr):
        of = _found(asked.node, scope)
        if isinstance(of, Fault):
            return of
        known = of.facts if isinstance(of, Item) else {}
        return known.get(asked.attr) or Fault(unknown(asked.attr), asked.lineno)
    return _beyond(asked)


def _beyond(part: nodes.Node) -> Fault:
    what = (
        "it uses there what no message may: tell facts, and ask for them with “if” and “for” alone"
    )
    return Fault(what, part.lineno)
