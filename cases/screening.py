"""Decide what a complaint must bring before anybody may look into it."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """The way a complaint came."""

    PHONE = "phone"
    WEB = "web"
    EMAIL = "email"
    WALK_IN = "walk_in"
    OPEN311 = "open311"
    OFFICER = "officer"  # who saw it himself, which is no complaint of anybody's
    REFERRAL = "referral"


class Anonymity(StrEnum):
    """Whether a complaint whose maker gives no name may open an investigation."""

    ALLOWED = "allowed"
    BARRED = "barred"


class Imminent(StrEnum):
    """Why an officer may look into an anonymous complaint all the same."""

    HEALTH_SAFETY_WELFARE = "health_safety_welfare"
    HABITAT_OR_SENSITIVE_RESOURCES = "habitat_or_sensitive_resources"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnonymityRule:
    """What the law says of complaints without a name; set by the law pack.

    Parameters
    ----------
    anonymous
        In Florida barred since 1 July 2021 (s. 162.06(1)(b)).
    anonymous_unless
        The threats that lift the bar, where an officer has reason to believe in one.
    """

    anonymous: Anonymity
    anonymous_unless: Collection[Imminent] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """An officer's reason to believe that something imminent threatens."""

    imminent: Imminent
    reason: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a complaint may be looked into, and why, in words for the record."""

    allowed: bool
    because: str


def may_open(
    rule: AnonymityRule,
    *,
    name: str | None = None,
    address: str | None = None,
    belief: Belief | None = None,
    channel: Channel | None = None,
) -> Opening:
    """Tell whether a complaint may open an investigation.

    Parameters
    ----------
    name, address
        Of whoever reports; the statute asks for both.
    belief
        Why an officer thinks that it cannot wait for a name.
    channel
        How it came: what an officer saw is his own observation.
    """
    if channel is Channel.OFFICER:
        return Opening(allowed=True, because="An officer saw it.")
    if rule.anonymous is Anonymity.ALLOWED:
        return Opening(allowed=True, because="The town looks into anonymous complaints.")
    if _given(name) and _given(address):
        return Opening(allowed=True, because="The reporter gave a name and an address.")
    if belief is None or belief.imminent not in rule.anonymous_unless:
        lacks = "no address" if _given(name) else "no name"
        because = f"The reporter gave {lacks}, and no officer believes that something threatens."
        return Opening(allowed=False, because=because)
    if not _given(belief.reason):
        because = "The officer's reason to believe it is not on record."
        return Opening(allowed=False, because=because)
    threat = belief.imminent.replace("_", " ")
    return Opening(allowed=True, because=f"Imminent threat ({threat}): {belief.reason.strip()}")


def _given(text: str | None) -> bool:
    return bool(text and text.strip())
