"""Run a town's texts where they reach nothing, and say which line of one goes wrong, and why."""

import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import (
    BaseLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

HANDED = "<template>"
"""What a text is called that came from no file: one that is tried."""
WRONG = (
    TemplateError, ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError,
    RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What a text can do wrong: also what its filters make of values they do not know."""
_ASKED = re.compile(r"has no attribute '(\w+)'|'(\w+)' is undefined")


class Fault(NamedTuple):
    """What is wrong with a text, and in which line where that is known."""

    what: str
    line: int | None


def sandbox(
    *, loader: BaseLoader | None, escapes: bool, writes: Callable[[Any], Any] | None = None
) -> ImmutableSandboxedEnvironment:
    """Return where texts are run: what they are not given is no blank, but a fault.

    Parameters
    ----------
    loader
        Where they find each other; None where they may not.
    escapes
        Whether what they are given is text among HTML.
    writes
        How a value is put among the words; as Python has it where nothing is said.
    """
    return ImmutableSandboxedEnvironment(
        loader=loader, autoescape=escapes, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=not escapes, finalize=writes,
    )  # fmt: skip


def fault_of(error: BaseException, *, file: str) -> Fault:
    """Say of whatever went wrong in a text what it was, and where.

    Parameters
    ----------
    file
        The name of the text's own, whose line is told before that of another it uses.
    """
    what = str(error).rstrip(".") or "a filter cannot take what it is given"
    if isinstance(error, UndefinedError) and (asked := _ASKED.search(str(error))):
        what = unknown(asked[1] or asked[2])
    elif isinstance(error, TemplateSyntaxError):
        what = f"what stands in braces there cannot be read ({what})"
    return Fault(what, _line_of(error, file))


def unknown(name: str) -> str:
    """Say that a text asks for what there is not."""
    return f"it asks for “{name}”, which is none of the facts there are"


def _line_of(error: BaseException, file: str) -> int | None:
    """Return the line of a text that went wrong, where it is known; not that of its frame."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [each for each in frames if not each.filename.endswith(".py")]
    own = [each for each in lines if Path(each.filename).name in {HANDED, file}]
    return (own or lines)[-1].lineno if lines else None
