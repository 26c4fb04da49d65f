"""Find words that no catalogue could reach: bare in templates, unmarked in the pages' Python."""

import ast
import re
from collections.abc import Iterator

from jinja2 import Environment, nodes
from jinja2.ext import InternationalizationExtension

from webmap.catalogue.gathering import ROOT, files_of, pages_python
from webmap.catalogue.prose import docstrings_of, reads_as_words

_MARKS = frozenset({"_", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"})
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_UNSHOWN = re.compile(
    r"<(script|style|code|kbd)\b.*?</\1>|<!--.*?-->|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE
)
_NO_WORDS = re.compile(r"{% block (?:width|body_attributes) %}.*?{% endblock %}", re.DOTALL)
"""Blocks that hold names for the browser."""
_ATTRIBUTES = re.compile(r"[\w-]+=\"[^\"]*\"")
_PATH = re.compile(r"[\w.]+/[\w./]+")
_TOLD_ATTRIBUTE = re.compile(r"\b(?:aria-label|alt|title|placeholder)=\"([^\"]*)\"")
_TAG = re.compile(r"<[^<>]*>", re.DOTALL)
_ENTITY = re.compile(r"&\w+;")
_WORD = re.compile(r"[^\W\d_]{2,}")
_HEADER = re.compile(
    r"(?:public|private), [a-z=, 0-9-]+|\d{3} [A-Z ]+|'self' data: blob:|openid email|Mac OS"
    r"|Accept-Encoding, Cookie|h:mm a|the sign-in page"
)
"""What is for a browser, or for a record that is English."""
_FOR_THE_LOG = frozenset({"debug", "info", "warning", "error", "exception"})


def in_templates() -> list[str]:
    """Return each bare word of a template as ``file:line: words``."""
    return [
        f"{file.relative_to(ROOT)}:{line}: {words}"
        for file in files_of("webmap/templates", "*.html")
        for line, words in _bare(file.read_text())
    ]


def in_pages() -> list[str]:
    """Return each unmarked sentence in the Python of the pages as ``file:line: words``."""
    return [
        f"{file.relative_to(ROOT)}:{line}: {words}"
        for file in pages_python()
        for line, words in _unmarked(file.read_text())
    ]


def _bare(source: str) -> Iterator[tuple[int, str]]:
    """Yield what a template writes itself, and what its expressions hold unmarked."""
    text = _UNSHOWN.sub(_blank, _CODE.sub(_blank, _NO_WORDS.sub(_blank, source)))
    for told in _TOLD_ATTRIBUTE.finditer(text):
        if _WORD.search(told[1]):
            yield source.count("\n", 0, told.start()) + 1, told[1]
    for pattern in (_TAG, _ATTRIBUTES, _PATH, _ENTITY):
        text = pattern.sub(_blank, text)
    for at, line in enumerate(text.splitlines(), 1):
        if _WORD.search(line):
            yield at, line.strip()
    tree = Environment(extensions=[InternationalizationExtension], autoescape=True).parse(source)
    marked = {
        id(const)
        for call in tree.find_all(nodes.Call)
        if getattr(call.node, "name", None) in _MARKS
        for const in call.find_all(nodes.Const)
    }
    for const in tree.find_all(nodes.Const):
        if id(const) not in marked and isinstance(const.value, str) and _is_said(const.value):
            yield const.lineno, const.value


def _is_said(value: str) -> bool:
    return reads_as_words(value) and not re.search(r"--|[<={]", value)


def _blank(found: re.Match[str]) -> str:
    """Keep the lines where they are."""
    return re.sub(r"[^\n]", " ", found[0])


def _unmarked(source: str) -> Iterator[tuple[int, str]]:
    tree = ast.parse(source)
    passed_over = docstrings_of(tree)
    for node in ast.walk(tree):
        is_marked = isinstance(node, ast.Call) and _called(node) in _MARKS | _FOR_THE_LOG
        is_refusal = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "msg"
        if is_marked or is_refusal:
            passed_over |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in passed_over:
            passed_over |= {id(part) for part in node.values}
            words = "".join(_part(part) for part in node.values)
        elif isinstance(node, ast.Constant) and id(node) not in passed_over:
            words = _part(node)
        else:
            continue
        if reads_as_words(words) and not _HEADER.fullmatch(words):
            yield node.lineno, words


def _part(node: ast.expr) -> str:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text else "{}"  # type: ignore[attr-defined]


def _called(node: ast.Call) -> str:
    return ast.unparse(node.func).rpartition(".")[2]
