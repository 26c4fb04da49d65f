"""Follow what people have confirmed: which owners are one, and which are not."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cases.errors import ContradictionError


@dataclass(frozen=True, slots=True)
class ConfirmedSame:
    """A person's word that two keys are one owner's: who said so, when, and on what ground."""

    key_a: str
    key_b: str
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmedDifferent:
    """A person's word that two keys are two owners': who said so, when, and on what ground."""

    key_a: str
    key_b: str
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmedOneLandlord:
    """A person's word that two keys are two owners' in law, behind whom one landlord stands.

    Two companies of one landlord: what was found of the one is no prior of the other, so that for
    a repeat it is a difference; a report on landlords counts them as one web.
    """

    key_a: str
    key_b: str
    by: str
    on: date
    reason: str


type TwoOwners = ConfirmedDifferent | ConfirmedOneLandlord
"""What says that two keys are two owners' in law."""
type Confirmation = ConfirmedSame | TwoOwners


@dataclass(frozen=True, slots=True)
class Identity:
    """One owner: every key they are known by, and the confirmations that say so."""

    keys: frozenset[str]
    confirmed: tuple[ConfirmedSame, ...]


class Identities:
    """All owners, as far as confirmed.

    Parameters
    ----------
    confirmations
        Those in force, in any order; one that was withdrawn is left out by the caller.

    Raises
    ------
    ContradictionError
        A confirmed difference lies between keys that confirmed links make one owner's.
    """

    def __init__(self, confirmations: Iterable[Confirmation] = ()) -> None:
        said = tuple(confirmations)
        self._links: dict[str, list[tuple[str, ConfirmedSame]]] = {}
        for same in said:
            if isinstance(same, ConfirmedSame):
                self._links.setdefault(same.key_a, []).append((same.key_b, same))
                self._links.setdefault(same.key_b, []).append((same.key_a, same))
        self._differences = [word for word in said if not isinstance(word, ConfirmedSame)]
        for word in self._differences:
            self._require_two(word)

    def of(self, key: str) -> Identity:
        """Resolve the owner a key is one of."""
        reached = self._reached(key)
        confirmed = {same for at in reached for _, same in self._links.get(at, ())}
        return Identity(
            keys=frozenset(reached),
            confirmed=tuple(sorted(confirmed, key=lambda same: (same.on, same.key_a, same.key_b))),
        )

    def chain(self, a: str, b: str) -> tuple[ConfirmedSame, ...] | None:
        """Return the fewest confirmed links that make two keys one; None where none do."""
        reached = self._reached(a)
        if b not in reached:
            return None
        links = []
        while (step := reached[b]) is not None:
            b, same = step
            links.append(same)
        return tuple(reversed(links))

    def difference(self, a: str, b: str) -> TwoOwners | None:
        """Return the word that two keys are two owners', said of them or of others of theirs."""
        ours, theirs = self._reached(a), self._reached(b)
        for word in self._differences:
            if (word.key_a in ours and word.key_b in theirs) or (
                word.key_b in ours and word.key_a in theirs
            ):
                return word
        return None

    def _reached(self, key: str) -> Mapping[str, tuple[str, ConfirmedSame] | None]:
        """Return each key that confirmed links lead to, with the last step of the way there."""
        reached: dict[str, tuple[str, ConfirmedSame] | None] = {key: None}
        waiting = deque([key])
        while waiting:
            at = waiting.popleft()
            for to, same in self._links.get(at, ()):
                if to not in reached:
                    reached[to] = (at, same)
                    waiting.append(to)
        return reached

    def _require_two(self, word: TwoOwners) -> None:
        links = self.chain(word.key_a, word.key_b)
        if links is None:
            return
        ground = "; ".join(f"{s.by} on {s.on}, {s.key_a!r} and {s.key_b!r}" for s in links)
        msg = (
            f"{word.by} confirmed on {word.on} that {word.key_a!r} and {word.key_b!r} are two "
            f"owners, but they are one by what was confirmed: {ground or 'the keys are equal'}. "
            "Withdraw one of these."
        )
        raise ContradictionError(msg)


def identity_of(key: str, confirmations: Iterable[Confirmation]) -> Identity:
    """Resolve the owner a key is one of, through confirmed links only.

    Raises
    ------
    ContradictionError
        The confirmations contradict each other.
    """
    return Identities(confirmations).of(key)
