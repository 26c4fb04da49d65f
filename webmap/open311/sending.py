"""Take a report in from a program that has a key, once, and tell what became of it by its token.

Nothing that a report says is ever given back: what is public of it is the case an officer made.
"""

import hashlib
import hmac
import math
from datetime import timedelta

from flask import Response, current_app, request

from cases.accounts.throttle import Limit
from cases.actors import Actor, Moment
from cases.adopted import law_in_force
from cases.errors import CaseError
from cases.lawpack.schema import LawPack
from cases.once import Made, once
from cases.receiving import Report, receive
from cases.reporters import Identity
from cases.screening import Anonymity, Channel
from cases.service_requests import outcome
from cases.wording import tidy
from cases.workflow.roles import Role
from webmap.auth.gate import clock_now
from webmap.auth.limits import engine, take
from webmap.open311 import media
from webmap.open311.frame import (
    FORM,
    REPORTER_ADDRESS,
    TOLD,
    NotPublicError,
    blueprint,
    services,
)
from webmap.open311.writing import told

BY_KEY = Limit(tries=120, per=timedelta(hours=1))
LONGEST = 4000
_SHORT = 300
_UNNAMED = (
    "Without a name and an address the town may not be allowed to look into it: see the notice in "
    "the definition of the service."
)


class UnreadableReportError(CaseError):
    """A report says something that cannot be, or leaves out what is needed."""


class UnknownKeyError(CaseError):
    """A program has no key of the town's, or a wrong one."""

    status = 403


@blueprint.post(f"/v2/requests.{FORM}")
def send(form: str) -> Response:
    """Keep a report, and give the token by which to ask what became of it."""
    sender = _sender()
    take(f"open311:{sender}", BY_KEY)
    now = clock_now()
    moment = Moment(on=now.date(), now=now)
    key = _key(sender)
    with engine().begin() as connection:
        law_id, law = law_in_force(connection, on=moment.on)
        report, reporter = _report(law), _reporter()

        def make() -> int:
            name = media.keep(connection, key, moment=moment)
            made = receive(
                connection, report=report, reporter=reporter, law_pack_id=law_id,
                actor=Actor(sender, Role.RESIDENT), moment=moment,
            )  # fmt: skip
            media.hang(connection, name, complaint_id=made)
            return made

        media.wait(connection, key)
        once(connection, make, what=Made.COMPLAINT, key=key, moment=moment)
    is_barred = law.intake.anonymous is Anonymity.BARRED
    is_named = bool(reporter.name and reporter.address)
    notice = _UNNAMED if is_barred and not is_named else ""
    said = [{"token": key, "service_notice": notice, "account_id": ""}]
    return told(said, form=form, root="service_requests", item="request")


@blueprint.get(f"/v2/tokens/<report_token>.{FORM}")
def token(report_token: str, form: str) -> Response:
    """Tell which service request a report became; none while that is not public."""
    with engine().connect() as connection:
        found = connection.execute(outcome(report_token[:64])).first()
    if found is None:
        msg = "No report has this token: it is what a report was answered with, whole."
        raise NotPublicError(msg)
    said = [{"service_request_id": found.number or "", "token": report_token}]
    return told(said, form=form, root="service_requests", item="request")


def _sender() -> str:
    """Return whose key was given."""
    given = request.form.get("api_key", "") or request.args.get("api_key", "")
    keys: dict[str, str] = current_app.config["OPEN311_KEYS"]
    names = [
        name for key, name in keys.items() if hmac.compare_digest(key.encode(), given.encode())
    ]
    if not names:
        why = "This api_key is none of the town's" if given else "There is no api_key"
        msg = f"{why}: ask the town for one, and send it with each report."
        raise UnknownKeyError(msg)
    return names[0]


def _key(sender: str) -> str:
    """Return the key under which this report is kept once, which nobody guesses.

    A program may name one (``Idempotency-Key``); else the same words on the same day are one.
    """
    named = request.headers.get("Idempotency-Key", "")
    words = sorted((name, *request.form.getlist(name)) for name in request.form)
    words += [("media", *digests)] if (digests := media.digests()) else []
    said = named or f"{clock_now().date()} {words}"
    secret = str(current_app.config["SECRET_KEY"]).encode()
    mark = hmac.new(secret, f"open311\n{sender}\n{said}".encode(), hashlib.sha256)
    return mark.hexdigest()[:48]


def _report(law: LawPack) -> Report:
    known = services(law)
    code = request.form.get("service_code", "")
    if code not in known:
        msg = f"There is no service “{code[:80]}”: services lists those there are."
        raise UnreadableReportError(msg)
    return Report(
        channel=Channel.OPEN311, category=known[code], description=_description(),
        parcel_no=_words("address_id"), address=_words("address_string"), point=_point(),
    )  # fmt: skip


def _description() -> str:
    said = _words("description", longest=LONGEST) or ""
    picture = _words("media_url")
    if picture and not picture.startswith(("http://", "https://")):
        msg = "The media_url is no http or https address: leave it out, or give one."
        raise UnreadableReportError(msg)
    return f"{said}\n\nThe sender names a picture: {picture}" if picture else said


def _point() -> tuple[float, float] | None:
    said = request.form.get("long", ""), request.form.get("lat", "")
    if not any(said):
        return None
    try:
        lon, lat = map(float, said)
    except ValueError:
        lon = lat = math.nan
    if not (math.isfinite(lon) and math.isfinite(lat)):
        msg = f"The lat “{said[1][:40]}” and long “{said[0][:40]}” are no degrees: give both."
        raise UnreadableReportError(msg)
    return lon, lat


def _reporter() -> Identity:
    names = (_words("first_name"), _words("last_name"))
    return Identity(
        name=" ".join(filter(None, names)) or None,
        address=_words(f"attribute[{REPORTER_ADDRESS}]"), phone=_words("phone"),
        email=_words("email"), told_public_record=request.form.get(f"attribute[{TOLD}]") == "yes",
    )  # fmt: skip


def _words(name: str, *, longest: int = _SHORT) -> str | None:
    said = tidy(request.form.get(name))
    if said and len(said) > longest:
        msg = f"The {name} is {len(said)} characters long: {longest} at most are kept."
        raise UnreadableReportError(msg)
    return said
