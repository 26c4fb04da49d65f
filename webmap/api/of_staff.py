"""Answer programs of the office as its pages answer people: by the cookie of a session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Blueprint, Response, current_app, json, request
from pydantic import ValidationError

from cases.permissions import Right
from webmap.api.asking import Param, ParametersError, Wrong, read_all
from webmap.api.document import OPENAPI, describe
from webmap.api.models import Answer
from webmap.api.operations import Operation
from webmap.auth.desk import reading, writing
from webmap.auth.gate import needs

type View = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class StaffApi:
    """A part of what is answered to programs of the office.

    Parameters
    ----------
    blueprint
        Whose addresses lie below /api/v1.
    right
        What whoever asks has to have.
    """

    blueprint: Blueprint
    right: Right
    operations: list[Operation] = field(default_factory=list)

    def operation(
        self,
        path: str,
        *,
        summary: str,
        answer: type[Answer],
        params: Sequence[Param] = (),
        parts: Sequence[tuple[str, str]] = (),
        method: str = "get",
        body: type[Answer] | None = None,
        status: int = 200,
        name: str | None = None,
        of: Callable[..., object] | None = None,
    ) -> Callable[[View], View]:
        """Have a view answer at an address, and tell of it in the document.

        It is given the desk, what the query asks, and where there is a body, what was sent.

        Parameters
        ----------
        name
            What it is called, where one view answers at several addresses; else as its view is.
        of
            Looks up what the address names before the body is read: what is not there is not
            there, whatever was sent.
        """

        def mark(view: View) -> View:
            called = name or view.__name__
            self.operations.append(
                Operation(
                    name=called, path=path, summary=summary, answer=answer, params=params,
                    parts=parts, method=method, body=body, status=status,
                )
            )  # fmt: skip

            @needs(self.right)
            @wraps(view)
            def ask(**said: Any) -> Response:
                asked = read_all(request.args, params)
                with (reading if method == "get" else writing)() as desk:
                    if of is not None:
                        of(desk, **said)
                    sent = {} if body is None else {"sent": _sent(body)}
                    told = view(desk, asked, **sent, **said).model_dump_json()
                return current_app.response_class(told, status=status, mimetype="application/json")

            self.blueprint.add_url_rule(
                path, endpoint=called, view_func=ask, methods=[method.upper()], merge_slashes=False
            )
            return view

        return mark

    def document(self, described: dict[str, Any]) -> Response:
        """Answer with a document that `describe` made, for the server it is asked of."""
        said = {**described, "servers": [{"url": request.host_url.rstrip("/")}]}
        return current_app.response_class(json.dumps(said), mimetype=OPENAPI)

    def described(self, *, title: str, about: str) -> dict[str, Any]:
        """Return the document without the server it is served by."""
        return describe(self.operations, title=title, about=about, secured=True)


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
