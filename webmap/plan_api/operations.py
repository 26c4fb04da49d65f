"""Register what is answered to programs of the office, with what its document says of it."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, request
from pydantic import ValidationError

from cases.permissions import Right
from webmap.api.asking import Param, ParametersError, Wrong, read_all
from webmap.api.models import Answer
from webmap.api.operations import Operation
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs

blueprint = Blueprint("plan_api", __name__, url_prefix="/api/v1")

OPERATIONS: list[Operation] = []

type View = Callable[..., Answer]


def operation(
    path: str,
    *,
    summary: str,
    answer: type[Answer],
    params: Sequence[Param] = (),
    parts: Sequence[tuple[str, str]] = (),
    method: str = "get",
    body: type[Answer] | None = None,
    status: int = 200,
    of: Callable[..., object] | None = None,
) -> Callable[[View], View]:
    """Have a view answer managers at an address, and tell of it in the document.

    It is given the desk, what the query asks, and where there is a body, what was sent.

    Parameters
    ----------
    of
        Looks up what the address names before the body is read: what is not there is not there,
        whatever was sent.
    """

    def mark(view: View) -> View:
        OPERATIONS.append(
            Operation(
                name=view.__name__, path=path, summary=summary, answer=answer, params=params,
                parts=parts, method=method, body=body, status=status,
            )
        )  # fmt: skip

        @needs(Right.PLAN_WORK)
        @wraps(view)
        def ask(**said: Any) -> Response:
            asked = read_all(request.args, params)
            with (reading if method == "get" else writing)() as desk:
                if of is not None:
                    of(desk, **said)
                sent = {} if body is None else {"sent": _sent(body)}
                told = view(desk, asked, **sent, **said).model_dump_json()
            return current_app.response_class(told, status=status, mimetype="application/json")

        blueprint.route(path, methods=[method.upper()], merge_slashes=False)(ask)
        return view

    return mark


def zone_of(desk: Desk) -> ZoneInfo:
    """Return the town's time zone."""
    return ZoneInfo(str(desk.zone))


def _sent(body: type[Answer]) -> Answer:
    """Return what was sent, or refuse every mistake of it."""
    try:
        return body.model_validate_json(request.get_data())
    except ValidationError as error:
        wrongs: list[Wrong] = [
            {
                "where": f"body: {'.'.join(map(str, each['loc'])) or 'all of it'}",
                "what": each["msg"],
            }
            for each in error.errors(include_url=False, include_input=False)
        ]
        raise ParametersError(wrongs) from None
