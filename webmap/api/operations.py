"""Register what the API answers, with what its document says of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Response, request

from webmap.api.answering import answered, let_all_read
from webmap.api.asking import Param, read_all
from webmap.api.models import Answer
from webmap.visits import visit

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
let_all_read(blueprint)

type View = Callable[..., Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that can be asked of the API.

    Parameters
    ----------
    path
        Its rule, below /api/v1.
    answer
        What it answers with.
    parts
        What its path holds, each with what it is.
    method
        Of HTTP, in small letters.
    body
        What is sent with it; None for nothing.
    status
        Of the answer that is given where all is well.
    """

    name: str
    path: str
    summary: str
    answer: type[Answer]
    params: Sequence[Param] = ()
    parts: Sequence[tuple[str, str]] = ()
    method: str = "get"
    body: type[Answer] | None = None
    status: int = 200


OPERATIONS: list[Operation] = []


def operation(
    path: str,
    *,
    summary: str,
    answer: type[Answer],
    params: Sequence[Param] = (),
    parts: Sequence[tuple[str, str]] = (),
) -> Callable[[View], View]:
    """Have a view answer at an address, and tell of it in the document."""

    def mark(view: View) -> View:
        OPERATIONS.append(
            Operation(
                name=view.__name__, path=path, summary=summary, answer=answer, params=params,
                parts=parts,
            )
        )  # fmt: skip

        @wraps(view)
        def ask(**said: Any) -> Response:
            asked = read_all(request.args, params)
            with visit() as look:
                return answered(look, lambda: _written(view(look, asked, **said)))

        blueprint.get(path, merge_slashes=False)(ask)
        return view

    return mark


def _written(answer: Answer) -> str:
    return answer.model_dump_json(exclude_none=False)
