"""Give a phone its officer's day, enough to work until the evening without a signal."""

import uuid
from typing import Any

from flask import request

from cases.accounts.members import as_member, in_role
from cases.field import noting, numbers, records
from cases.field.package import day_of
from cases.field.starting import startable
from cases.permissions import may
from cases.visits.following import followed, plan_keys, plan_told, withdrawn
from cases.workflow.casefile import CaseAction
from cases.workflow.roles import Role
from geo import places
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.field.frame import OFFICER, blueprint, in_json, in_words
from webmap.interpreting import say, say_told
from webmap.words import plain

BOX = ("west", "south", "east", "north")


@blueprint.get("/day.json")
@needs(OFFICER)
@in_json
def day() -> dict[str, Any]:
    """Give the day."""
    with reading() as desk:
        zones = [
            each for each in desk.rows(places.zones()) if each.officer_name == desk.member.name
        ]
        plan = followed(desk.connection, desk.member.id, on=desk.today)
        found = day_of(
            desk.connection, desk.member.name, on=desk.today, zone=desk.zone,
            plan=plan_keys(plan),
        )  # fmt: skip
        return {
            "on": desk.today.isoformat(),
            "made_at": desk.moment.now.isoformat(),
            "timezone": str(desk.zone),
            "staff": desk.member.id,
            "zones": [
                {"name": each.name, **{edge: getattr(each, edge) for edge in BOX}} for each in zones
            ],
            "stops": [_stop(each) for each in found.stops],
            "waiting": found.waiting,
            "order": found.order,
            "handers": _handers(desk),
            "starting": _starting(desk),
            "plan": plan and plan_told(plan, zone=desk.zone),
            "withdrawn": None if plan else _withdrawn(desk),
            "numbers": _numbers(desk),
            "unsettled": [
                _unsettled(each) for each in desk.rows(records.unsettled(desk.member.id))
            ],
        }


def _withdrawn(desk: Desk) -> dict[str, Any] | None:
    """Say who took the plan of this day back, and why; None where nobody did."""
    gone = withdrawn(desk.connection, desk.member.id, on=desk.today)
    return gone and {
        "at": gone.superseded_at.astimezone(desk.zone).isoformat(),
        "by": gone.superseded_by,
        "because": gone.withdrawn_because,
    }


@blueprint.get("/lots/<int:parcel_id>.json")
@needs(OFFICER)
@in_json
def lot(parcel_id: int) -> dict[str, Any]:
    """Give the address of a lot that was tapped and that no day brought; None where it has none."""
    with reading() as desk:
        found = desk.connection.execute(places.parcel_by_id(parcel_id, staff=True)).first()
        return {"address": found and found.situs_address}


def _stop(stop: dict[str, Any]) -> dict[str, Any]:
    """Tell a stop in the officer's language; what is told back to the office stays as kept."""
    return {
        **stop,
        "category": say(stop["category"]),
        "story": [{**line, "text": say_told(line["text"])} for line in stop["story"]],
        "violations": [
            {**each, "title": say(each["title"]), "warn": _warn(each["warn"])}
            for each in stop["violations"]
        ],
        "others": [{**each, "category": say(each["category"])} for each in stop["others"]],
        "checklist": [
            {**each, "said": say(each["item"]), "warn": _warn(each["warn"])}
            for each in stop["checklist"]
        ],
        "lines_said": [say(each) for each in stop["lines"]],
    }


def _warn(offer: dict[str, Any] | None) -> dict[str, Any] | None:
    return offer and {**offer, "moved": offer["moved"] and say(offer["moved"])}


def _starting(desk: Desk) -> dict[str, Any] | None:
    """Tell what starting a case takes, in the officer's language as a stop is."""
    found = startable(desk.connection, desk.member.name, on=desk.today)
    if found is None:
        return None
    return {
        "kinds": [
            {
                **each, "said": say(each["category"]),
                "lines_said": [say(line) for line in each["lines"]],
            }
            for each in found["kinds"]
        ],
        "checklist": [{**each, "said": say(each["item"])} for each in found["checklist"]],
        "known": [{**each, "said": say(each["category"])} for each in found["known"]],
    }  # fmt: skip


def _handers(desk: Desk) -> list[str]:
    """Return who may hand a stop to another officer and can sign in to do it, by name and role."""
    roles = [role for role in Role if may(role, CaseAction.ASSIGN)]
    members = [as_member(row) for role in roles for row in desk.rows(in_role(role))]
    return [f"{each.name} ({plain(each.role).lower()})" for each in members if each.can_sign_in]


def _numbers(desk: Desk) -> list[str]:
    """Return the numbers of citations that were drawn for the phone that asks, if it is known."""
    try:
        device = uuid.UUID(request.args.get("device", ""))
    except ValueError:
        return []
    return [str(each.number) for each in desk.rows(numbers.free_of(device, desk.member.id))]


def _unsettled(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.id), "kind": row.kind, "case": row.case_id, "number": row.number,
        "complaint": row.complaint_id, "visit": row.told["visit"], "basis": row.told["basis"],
        "made_at": row.made_at.isoformat(), "done_at": noting.done_at(row.told),
        "payload": row.told["payload"], "answer": in_words(row.answer),
    }  # fmt: skip
