"""Gather from Python what it says in English without marking it: sentences, and words of enums."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from webmap.interpreting import placeholder

_TECHNICAL = frozenset({"text", "compile", "execute", "SQL", "CheckConstraint", "sub", "strftime"})
"""Calls whose strings are for a machine."""
_READS_AS_WORDS = re.compile(
    r"\b[^\W\d_]+[,:]? [^\W\d_]{3}|[^\W\d_]{2,}[,:]? [^\W\d_%]|[)%}s] [a-z]{2,}"
    r"|[^\W\d_]{2,}[,:]? [%({]"
)
_FOR_A_MACHINE = re.compile(
    r"\b(?:INSERT|SELECT|COPY|LOCK|UPDATE|SET|JOIN) |\(\?|\\[bdsw]|^-//|^ORDER BY"
)
_BRACED = re.compile(r"\{(?:\w+\.)*(\w+)\}")
_CITES_LAW = re.compile(r"\d+ U\.S\.C\. s\. \d+ \(automatic stay\)")
"""A law's name, which no translation changes."""
_WORD = re.compile(r"[a-z]+(?:_[a-z]+)*")
_SHORT = re.compile(r"[^\W\d_][\w' -]*")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the source says.

    Parameters
    ----------
    words
        What is said; where it `has_values`, each as ``%(name)s``.
    """

    line: int
    words: str
    has_values: bool = False


def sentences(source: str) -> Iterator[Said]:
    """Yield every string that reads as words; no docstring, SQL or pattern."""
    tree = ast.parse(source)
    yield from _within(tree, passed_over=docstrings_of(tree) | _technical(tree))


def refusals(source: str) -> Iterator[Said]:
    """Yield what errors say: whatever is assigned to ``msg``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "msg":
            yield from _within(node.value, passed_over=set())


def enum_words(source: str) -> Iterator[Said]:
    """Yield the words by which members of a `StrEnum` are kept, as people read them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and any(ast.unparse(b) == "StrEnum" for b in node.bases):
            for member in node.body:
                value = getattr(getattr(member, "value", None), "value", None)
                if isinstance(value, str) and _WORD.fullmatch(value):
                    yield Said(member.lineno, value.replace("_", " "))


def table_words(source: str) -> Iterator[Said]:
    """Yield the values of each table of a module that is called ``WORDS``, single words too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "WORDS":
            for table in ast.walk(node):
                values = table.values if isinstance(table, ast.Dict) else []
                for value in values:
                    if isinstance(value, ast.Constant):
                        yield Said(value.lineno, str(value.value))


def labels(source: str) -> Iterator[Said]:
    """Yield what calls name things by for a page, single words too: ``words="Rank"``.

    The words of choices too, where the call names a table of the module or holds them itself.
    """
    tree = ast.parse(source)
    tables = {
        ast.unparse(node.targets[0]): node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.keyword):
            continue
        if node.arg in {"words", "title", "unit"}:
            match node.value:
                case ast.Constant(value=str(said)) if said:
                    yield Said(node.value.lineno, said)
        elif node.arg == "choices":
            yield from _of_choices(tables.get(ast.unparse(node.value), node.value))


def _of_choices(choices: ast.expr) -> Iterator[Said]:
    for node in ast.walk(choices):
        match node:
            case ast.Tuple(elts=[ast.Constant(value=str()), ast.Constant(value=str(said))]):
                yield Said(node.lineno, said)


def _within(tree: ast.AST, *, passed_over: set[int]) -> Iterator[Said]:
    for node in ast.walk(tree):
        if id(node) in passed_over:
            continue
        if isinstance(node, ast.JoinedStr):
            passed_over |= {id(part) for part in node.values}
            passed_over |= {
                id(each) for part in node.values for each in ast.walk(part)
                if isinstance(part, ast.FormattedValue) and part.format_spec is not None
                for each in ast.walk(part.format_spec)
            }  # fmt: skip
            yield from _filled(node)
        elif isinstance(node, ast.IfExp):
            yield from _choice(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _constant(node.lineno, node.value)


def _filled(node: ast.JoinedStr) -> Iterator[Said]:
    """Yield an f-string's sentence, and the words it chooses between for a value."""
    names: list[str] = []
    parts = [
        str(part.value).replace("%", "%%") if isinstance(part, ast.Constant)
        else f"%({_name(part.value, names)})s"  # type: ignore[attr-defined]
        for part in node.values
    ]  # fmt: skip
    words = "".join(parts)
    if reads_as_words(words):
        yield Said(node.lineno, words, has_values=True)
    for part in node.values:
        for choice in ast.walk(part):
            if isinstance(choice, ast.IfExp):
                yield from _chosen(choice)


def _choice(node: ast.IfExp) -> Iterator[Said]:
    """Yield a word that is chosen where the other choice reads as words."""
    values = [getattr(side, "value", None) for side in (node.body, node.orelse)]
    if any(isinstance(value, str) and reads_as_words(value) for value in values):
        yield from _chosen(node)


def _chosen(choice: ast.IfExp) -> Iterator[Said]:
    for side in (choice.body, choice.orelse):
        if isinstance(side, ast.Constant) and isinstance(side.value, str):
            words = side.value
            if _SHORT.fullmatch(words) and len(words) > 1 and not reads_as_words(words):
                yield Said(side.lineno, words)


def _constant(line: int, value: str) -> Iterator[Said]:
    if not reads_as_words(value):
        return
    if _BRACED.search(value):
        yield Said(line, _BRACED.sub(r"%(\1)s", value.replace("%", "%%")), has_values=True)
    else:
        yield Said(line, value)


def reads_as_words(text: str) -> bool:
    """Tell whether a string is for people, by its looks."""
    if _CITES_LAW.fullmatch(text) or _FOR_A_MACHINE.search(text):
        return False
    return bool(_READS_AS_WORDS.search(text))


def _name(value: ast.expr, taken: list[str]) -> str:
    """Name a value by what it is reckoned with, else by the last word of its expression."""
    name = base = placeholder(ast.unparse(value))
    while name in taken:
        name = f"{base}{taken.count(base) + sum(n.startswith(base) for n in taken) + 1}"
    taken.append(name)
    return name


def docstrings_of(tree: ast.AST) -> set[int]:
    """Return what documents: every string that is a statement of its own."""
    return {
        id(node.value) for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }  # fmt: skip


def _technical(tree: ast.AST) -> set[int]:
    return {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in _TECHNICAL
        for part in ast.walk(node)
        if isinstance(part, ast.Constant | ast.JoinedStr)
    }
