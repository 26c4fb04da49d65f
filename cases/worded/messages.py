"""Write a message by its template: the town's own, or where that cannot be, the bundled one."""

import functools
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cases.mail.message import LONGEST_SUBJECT
from cases.worded import keeping
from cases.worded.errors import WordingError
from cases.worded.facts import Fact, Speak, Values, bare_example, full_example, lacking, told
from cases.worded.grammar import faults
from cases.worded.keeping import Shelf
from cases.worded.kinds import MESSAGES, MessageKind
from cases.worded.sandbox import WRONG, Fault, fault_of, sandbox

BUNDLED = Path(__file__).parents[2] / "data" / "messages"
_HEAD = "\n\n"
"""What stands before the body in its file: the end of the subject, and a line left empty."""


class Written(NamedTuple):
    """What a message says, and why the town's own wording is not the one that says it."""

    subject: str
    body: str
    fault: WordingError | None = None


def shelf_of(own: Path) -> Shelf:
    """Return where the wordings of messages stand, by the folder of the town's own."""
    return Shelf(own, BUNDLED, "txt")


def write(shelf: Shelf, kind: MessageKind, *, language: str, speak: Speak, **facts: Any) -> Written:
    """Write a message; no mistake in a town's own wording keeps it from anybody.

    Parameters
    ----------
    speak
        Writes days and the words of the rules in that language.
    facts
        Those that are declared of its kind.
    """
    values = told(MESSAGES[kind].facts, facts, speak=speak)
    fault = None
    if keeping.is_own(shelf, kind, language=language):
        try:
            own = keeping.wording(shelf, kind, language=language)
            return _written(kind, own, values, language=language)
        except OSError as error:
            fault = WordingError(str(error))
        except WordingError as error:
            fault = error
    text = keeping.bundled(shelf, kind, language=language)
    return _written(kind, text, values, language=language)._replace(fault=fault)


def tried(kind: MessageKind, text: str, *, language: str, speak: Speak) -> Written:
    """Write a message by a text that is not in force, of the facts that are its examples.

    Raises
    ------
    WordingError
        It cannot be written so, of these or where all is missing that may be.
    """
    facts = MESSAGES[kind].facts
    for given in (bare_example(facts), full_example(facts)):
        values = told(facts, given, speak=speak, are_examples=True)
        message = _written(kind, text, values, language=language, is_trial=True)
    return message


def _written(
    kind: MessageKind, text: str, values: Values, *, language: str, is_trial: bool = False
) -> Written:
    where = f"{language}/{kind}.txt"
    try:
        head, body = _parts(kind, text.replace("\r\n", "\n"))
        subject, said = _line(head.render(values)), f"{body.render(values).strip()}\n"
    except _RefusedError as error:
        raise _at(where, error.fault) from error
    except WRONG as error:
        raise _at(where, fault_of(error, file=where)) from error
    if (missing := lacking(MESSAGES[kind].facts, values, said)) is not None:
        raise _leaving_out(where, missing)
    if not subject:
        raise _at(where, Fault("the subject says nothing", 1))
    if len(subject) > LONGEST_SUBJECT and is_trial:
        what = f"the subject has {len(subject)} characters, and may have {LONGEST_SUBJECT}"
        raise _at(where, Fault(what, 1))
    if "\0" in said:
        raise _at(where, Fault("it holds a character that is none", None))
    return Written(subject[:LONGEST_SUBJECT], said)


class _RefusedError(Exception):
    """A text does what it may not."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what)
        self.fault = fault


@functools.lru_cache(maxsize=64)
def _parts(kind: MessageKind, text: str) -> tuple[Template, Template]:
    """Return the templates of the subject and of the body, whose lines count as the file's."""
    head, _, rest = text.partition("\n")
    between, _, body = rest.partition("\n")
    if between.strip():
        what = "the first line alone is the subject, and the second stays empty"
        raise _RefusedError(Fault(what, 2))
    environment = _environment()
    for source in (head, _HEAD + body):
        for fault in faults(environment.parse(source), MESSAGES[kind].facts):
            raise _RefusedError(fault)
    return environment.from_string(head), environment.from_string(_HEAD + body)


@functools.cache
def _environment() -> ImmutableSandboxedEnvironment:
    return sandbox(loader=None, escapes=False, writes=_put)


def _put(value: Any) -> Any:
    """Write a number as people do."""
    return f"{value:,}" if isinstance(value, int) else value


def _line(text: str) -> str:
    """Return a subject as a header may have it: one line, without the mark of coded words."""
    words = " ".join(text.split()).replace("=?", "= ?")
    return "".join(filter(str.isprintable, words))


def _at(where: str, fault: Fault) -> WordingError:
    if fault.line is None:
        msg = f"The wording {where} cannot be used: {fault.what}. Mend it there."
        return WordingError(msg)
    msg = f"The wording {where}, line {fault.line}, cannot be used: {fault.what}. Mend it there."
    return WordingError(msg)


def _leaving_out(where: str, fact: Fact) -> WordingError:
    msg = (
        f"The wording {where} leaves out “{fact.name}” in some or all messages: put it where every "
        "message has it, a link by itself, with nothing that touches it."
    )
    return WordingError(msg)
