"""Hand a text to the town's gateway, signed, by a name under which it is sent once.

``docs/text-messages.md`` is what the gateway keeps to.
"""

import json
from datetime import datetime
from http import HTTPStatus

import requests
from urllib3.exceptions import HTTPError

from cases.mail.message import Letter
from cases.mail.outbox import Answer, Told
from cases.signing import signed
from webmap.partners import SIGNATURE, Partner

TIMEOUT_SECONDS = (10.0, 30.0)
"""To reach the gateway, and for each piece of its answer."""
LONGEST_WORDS = 500
OURS_TO_MEND = {
    HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}  # fmt: skip
"""Refusals that say nothing of the text: a wrong secret or address is mended, and it goes then."""


class Gateway:
    """The program of the town's that sends texts."""

    def __init__(self, partner: Partner) -> None:
        self._partner = partner

    def offer(self, letter: Letter, *, now: datetime) -> Told:  # noqa: ARG002 - a carrier's
        """Hand a text over, and return what came of it with the gateway's words.

        No answer puts it off, also where it was handed over: the gateway knows it by its name.
        """
        said = {"to": letter.to, "text": letter.body, "id": str(letter.message_id)}
        body = json.dumps(said).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": said["id"],
            SIGNATURE: signed(self._partner.secret.encode(), body),
        }
        try:
            with requests.post(
                self._partner.url, data=body, headers=headers, timeout=TIMEOUT_SECONDS,
                allow_redirects=False, stream=True,
            ) as answer:  # fmt: skip
                return _meant(answer.status_code), _said(f"{answer.status_code} ", _words(answer))
        except (requests.RequestException, OSError) as error:
            return Answer.PUT_OFF, _said("", f"No answer: {type(error).__name__}".encode())


def _meant(code: int) -> Answer:
    if code // 100 == 2:  # noqa: PLR2004 - 2xx: done
        return Answer.ACCEPTED
    if code == HTTPStatus.GONE:
        return Answer.UNWANTED
    refused = code // 100 == 4 and code not in OURS_TO_MEND  # noqa: PLR2004 - 4xx: not so
    return Answer.REFUSED if refused else Answer.PUT_OFF


def _words(answer: requests.Response) -> bytes:
    """Return the beginning of what the gateway says; none where the line breaks off over it."""
    try:
        read: bytes = answer.raw.read(LONGEST_WORDS, decode_content=True)
    except (HTTPError, OSError):
        return b""
    return read


def _said(code: str, words: bytes) -> str:
    text = " ".join(words.decode("utf-8", errors="replace").split())
    return f"{code}{text}".replace("\0", "").strip()[:LONGEST_WORDS]
