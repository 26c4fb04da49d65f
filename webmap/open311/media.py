"""Take in the photographs that come with a report, through the checks of the town's own form."""

import hashlib
import uuid
from typing import Any

import sqlalchemy as sa
from flask import current_app, request
from werkzeug.datastructures import FileStorage

from cases.actors import Moment
from cases.documents.intake import take_in
from cases.residents.photos import MOST_PHOTO_BYTES, MOST_PHOTOS, keep_photo, require_photograph
from cases.residents.reporting import file_report, hold_report
from cases.residents.unsent import hold_files
from webmap.open311.frame import blueprint
from webmap.public.reporting.desk import codes
from webmap.public.reporting.photos import WORDS

FIELDS = ("media", "media[]")
"""What programs call a picture that they send along."""


@blueprint.url_value_preprocessor
def allow_more(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a report be larger than a form, before anything looks at what was sent."""
    if endpoint == "open311.send":
        request.max_content_length = MOST_PHOTOS * MOST_PHOTO_BYTES + WORDS


@blueprint.teardown_request
def close_files(_error: BaseException | None) -> None:
    """Let go of what was sent, whatever became of it."""
    request.close()


def digests() -> list[str]:
    """Return what tells the photographs of a report from those of another."""
    found = [hashlib.sha256(each.stream.read()).hexdigest() for each in _rewound()]
    _rewound()
    return sorted(found)


def keep(connection: sa.Connection, key: str, *, moment: Moment) -> uuid.UUID | None:
    """Keep the photographs of a report; gives the name they are kept under, None without any.

    Raises
    ------
    RefusedFileError
        One is not taken in; the error says why, and nothing of the report is kept.
    """
    sent = _rewound()
    if not sent:
        return None
    name = _name(key)
    store, zone = current_app.extensions["lotline_documents"], moment.now.tzinfo
    assert zone is not None  # noqa: S101 - the town's clock always tells it
    hold_files(connection)
    for each in sent:
        data = each.stream.read(MOST_PHOTO_BYTES + 1)
        require_photograph(data)
        taken = take_in(store, data, name=each.filename, zone=zone)
        keep_photo(connection, taken, report_id=name, moment=moment)
    return name


def hang(connection: sa.Connection, name: uuid.UUID | None, *, complaint_id: int) -> None:
    """Hang what was kept under a name on the complaint that it came with."""
    if name is not None:
        file_report(connection, complaint_id=complaint_id, report_id=name, codes=codes())


def wait(connection: sa.Connection, key: str) -> None:
    """Have the same report, where pictures came with it, wait until this one is kept."""
    if _rewound():
        hold_report(connection, _name(key))


def _name(key: str) -> uuid.UUID:
    return uuid.UUID(bytes=hashlib.sha256(f"open311 {key}".encode()).digest()[:16], version=5)


def _rewound() -> list[FileStorage]:
    sent = [each for field in FIELDS for each in request.files.getlist(field) if each.filename]
    for each in sent:
        each.stream.seek(0)
    return sent
