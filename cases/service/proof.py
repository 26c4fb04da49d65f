"""Decide whether a notice is served, and say what to do where it is not."""

from collections.abc import Sequence
from dataclasses import InitVar, dataclass
from datetime import date

from cases.service.attempts import Attempt, Method, ServiceError, ServiceRules
from cases.service.routes import Judged, judge
from cases.service.ways import Way, lawful_ways

_SEAL = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceProof:
    """That a notice was served: only `service` makes one, and nothing is docketed without.

    Parameters
    ----------
    served_on
        The day service is complete. Of a posting still hanging it lies ahead; no hearing may be
        before it.
    method
        The way that served first.
    source
        The provision that allows it.
    notice_id
        The notice; None where none is on record, as in a law pack's vectors.
    """

    served_on: date
    method: Method
    source: str
    notice_id: int | None
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        """Refuse to be made elsewhere.

        Raises
        ------
        ServiceError
            Anybody but `service` made it.
        """
        if seal is not _SEAL:
            msg = "A proof of service is made by cases.service.proof.service alone."
            raise ServiceError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How the service of a notice stands.

    Parameters
    ----------
    proof
        None until a lawful way is complete.
    judged
        Every attempt with what it is worth.
    ways
        Where it is not served: what would serve it, the fastest first.
    """

    proof: ServiceProof | None
    judged: tuple[Judged, ...]
    ways: tuple[Way, ...] = ()


def service(
    attempts: Sequence[Attempt],
    *,
    rules: ServiceRules,
    on: date,
    needed_by: date | None = None,
    notice_id: int | None = None,
) -> Service:
    """Tell how the service of a notice stands on a day.

    Several ways may be tried; any complete one serves, and of several the first.

    Parameters
    ----------
    on
        The day, in the town's calendar; what happened after it is not yet known.
    needed_by
        The day it must be complete, such as the hearing's; None where nothing waits for it.
    notice_id
        The notice the attempts are of.
    """
    judged = judge(attempts, rules=rules, on=on)
    served = [each for each in judged if each.served_on is not None]
    if served:
        first = min(served, key=_served_on)
        method = first.attempt.method
        proof = ServiceProof(
            served_on=_served_on(first),
            method=method,
            source=rules.methods[method],
            notice_id=notice_id,
            seal=_SEAL,
        )
        return Service(proof=proof, judged=judged)
    ways = lawful_ways(attempts, rules=rules, on=on, needed_by=needed_by)
    return Service(proof=None, judged=judged, ways=ways)


def _served_on(judged: Judged) -> date:
    assert judged.served_on is not None  # noqa: S101 - asked of those that served alone
    return judged.served_on
