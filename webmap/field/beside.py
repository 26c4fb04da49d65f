"""Ask a process of its own how to drive, so that the pages go on meanwhile."""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any

from flask import current_app

from cases.errors import CaseError

ANSWERING = (sys.executable, "-P", "-m", "reports.routes.answering")
PATIENCE_SECONDS = 45
WAIT_SECONDS = 20
_turns = threading.BoundedSemaphore(2)


class DrivingError(CaseError):
    """No way could be found; the words say why."""


class BusyError(CaseError):
    """Too many ask at once, or it took too long: the same again later."""


def ask(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer of `reports.routes.answering`.

    Raises
    ------
    DrivingError
        It cannot be driven; in words.
    BusyError
        There was no turn for it, or no answer in time.
    """
    msg = "The office is busy with other routes. Try again in a minute."
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise BusyError(msg)
    try:
        asked = subprocess.run(  # noqa: S603 - our own program, told by JSON alone
            ANSWERING, input=json.dumps(question).encode(), capture_output=True,
            timeout=PATIENCE_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise BusyError(msg) from None
    finally:
        _turns.release()
    if asked.returncode != 0:
        current_app.logger.error("The way could not be asked for: %s", asked.stderr.decode())
        msg = "The way could not be reckoned. Follow the order you have, and tell the office."
        raise DrivingError(msg)
    answer: dict[str, Any] = json.loads(asked.stdout)
    if "problem" in answer:
        raise DrivingError(answer["problem"])
    return answer
