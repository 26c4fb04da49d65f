"""Both documents say what is true: asked at random, nothing breaks and every answer is as told."""

import contextlib
from collections.abc import Callable, Iterator

import pytest
import schemathesis
from alder_town import application, settle
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import data as drawing

from geo.cluster import Cluster
from geo.database import from_cluster

DOCUMENTS = ("/api/v1/openapi.json", "/ogc/api")


@pytest.fixture(scope="module")
def app(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[Flask]:
    name = f"described_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database:
        settle(database)
        with application(database) as app:
            yield app
    cluster.drop_database(name)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize(
    ("number", "examples"),
    [
        (0, 5),
        *(pytest.param(each, 100, marks=pytest.mark.full) for each in (1, 2, 3)),
    ],
)
def test_every_operation_answers_as_its_document_says(
    app: Flask, document: str, number: int, examples: int
) -> None:
    schema = schemathesis.openapi.from_wsgi(document, app)
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        for mode in schemathesis.GenerationMode:
            _ask(operation, mode, number=number, examples=examples)
        asked += 1
    assert asked >= 7


def _ask(operation: object, mode: object, *, number: int, examples: int) -> None:
    """Ask one operation with what its document allows, or with what it does not."""
    strategy = operation.as_strategy(generation_mode=mode)  # type: ignore[attr-defined]

    @seed(number)
    @settings(
        max_examples=examples, database=None, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    @given(drawing())
    def ask(drawn: object) -> None:
        case = drawn.draw(strategy)  # type: ignore[attr-defined]
        case.call_and_validate()

    if mode is schemathesis.GenerationMode.NEGATIVE:
        with contextlib.suppress(Unsatisfiable):  # where nothing can be asked, nothing is wrong
            ask()
    else:
        ask()
