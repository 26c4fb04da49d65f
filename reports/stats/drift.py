"""Fit monthly counts by a season, a level that wanders and what each month has of its own."""

import dataclasses
import itertools
from typing import Self

import numpy as np
from scipy import special

from reports.stats.arrays import Floats, Whole

YEAR = 12
LEVEL_VARIANCE = 4.0
"""Of the logarithm of the mean level, of which next to nothing is known beforehand."""
SEASONS, JOLTS = (0.0, 0.12, 0.3, 0.8), (0.0, 0.1, 0.3)
LEVELS = (
    (0.0, 0.0),
    (0.15, 0.7),
    (0.45, 0.7),
    (0.2, 0.93),
    (0.6, 0.93),
    (0.3, 0.985),
    (0.9, 0.985),
)
MANNERS = np.array(
    [(season, *level, jolt) for season, level, jolt in itertools.product(SEASONS, LEVELS, JOLTS)]
)
"""The manners tried, as logarithms: the standard deviation of the twelve months' effects; how far
the level wanders from its mean and how much of that is left a month later; and the standard
deviation of what each month has of its own beyond chance."""
STEPS, CLOSE = 100, 1e-6
PARTS = 0.5 ** np.arange(12)
"""Of a step of Newton's, of which the one is taken that leads highest."""
SLIGHT = 1e-4
HIGHEST = 30.0
"""Logarithm of a count that no town reaches; keeps a draw from the far tail within numbers."""


@dataclasses.dataclass(frozen=True, slots=True)
class Drift:
    """What counts tell of the logarithms behind them, in each manner and with its weight.

    Parameters
    ----------
    at, month
        Shape (n,): which months were counted, from 0, and their place in the year, 0 to 11.
    middle
        Logarithm of the mean count.
    weights
        Shape (manners,): how likely each made these counts; they add up to 1.
    pull
        Shape (manners, n): counts less those fitted.
    inner
        Shape (manners, n, n): the inverse of the prior covariance with the counts' own variance.
    """

    at: Whole
    month: Whole
    middle: float
    weights: Floats
    pull: Floats
    inner: Floats

    @classmethod
    def fitted(cls, counts: Floats, *, at: Whole, month: Whole) -> Self:
        """Fit counts, at least one of them above 0.

        Parameters
        ----------
        counts, at, month
            Shape (n,).

        Notes
        -----
        Counts are Poisson with logarithms that are jointly normal beforehand; Laplace's
        approximation by Newton's method as C. E. Rasmussen and C. K. I. Williams, "Gaussian
        Processes for Machine Learning" (2006), algorithm 3.1, for all manners at once. Averaging
        over manners by their likelihood rather than taking the best keeps intervals honest where
        few months say little of which it is.
        """
        middle = float(np.log(counts.mean()))
        prior = covariance(at, month, at, month)
        logs, pull = _climbed(prior, counts, middle)
        fit = np.exp(logs)
        evidence = _height(counts, logs, pull, middle) - _bend(prior, fit)
        weights = np.exp(evidence - special.logsumexp(evidence))
        return cls(at, month, middle, weights, pull, _inner(prior, fit))

    def logs(self, at: Whole, month: Whole, *, draws: int, dice: np.random.Generator) -> Floats:
        """Draw the logarithms behind months, seen or to come; shape (draws, months)."""
        across, own = covariance(at, month, self.at, self.month), covariance(at, month, at, month)
        return self.middle + self._drawn(across, own, draws=draws, dice=dice)

    def effects(self, *, draws: int, dice: np.random.Generator) -> Floats:
        """Draw the logarithms of the twelve months' effects, of mean 0; shape (draws, 12)."""
        variance = (MANNERS[:, 0] ** 2)[:, None, None]
        across = variance * (np.arange(YEAR)[:, None] == self.month)
        drawn = self._drawn(across, variance * np.eye(YEAR), draws=draws, dice=dice)
        return drawn - drawn.mean(axis=1, keepdims=True)

    def even(self) -> float:
        """Return how likely it is, of the manners tried, that the months do not differ at all."""
        return float(self.weights[MANNERS[:, 0] == 0].sum())

    def _drawn(
        self, across: Floats, own: Floats, *, draws: int, dice: np.random.Generator
    ) -> Floats:
        # Without a season only `even` reckons: it would draw limits of factors together to nothing.
        shares = self.weights * (MANNERS[:, 0] > 0)
        shares = np.where(shares > SLIGHT * shares.max(), shares, 0.0)
        parts = []
        for manner, many in enumerate(dice.multinomial(draws, shares / shares.sum())):
            if many:
                to = across[manner]
                left = own[manner] - to @ self.inner[manner] @ to.T
                values, vectors = np.linalg.eigh(left)
                spread = vectors * np.sqrt(np.maximum(values, 0))
                normal = dice.standard_normal((many, len(to)))
                parts.append(to @ self.pull[manner] + normal @ spread.T)
        return np.concatenate(parts)


def covariance(at: Whole, month: Whole, at_too: Whole, month_too: Whole) -> Floats:
    """Return how logarithms of months hang together beforehand, for each manner.

    Parameters
    ----------
    at, month, at_too, month_too
        Shapes (n,) and (m,): months from 0 and their place in the year.

    Returns
    -------
    ndarray of float64, shape (manners, n, m)
    """
    season, level, memory, jolt = MANNERS.T[:, :, None, None]
    same = month[:, None] == month_too
    apart = np.abs(at[:, None] - at_too)
    return np.asarray(
        LEVEL_VARIANCE + season**2 * same + level**2 * memory**apart + jolt**2 * (apart == 0)
    )


def _climbed(prior: Floats, counts: Floats, middle: float) -> tuple[Floats, Floats]:
    """Climb to the likeliest logarithms; return them, and the prior's pull that leads there."""
    logs, pull = np.full(prior.shape[:2], middle), np.zeros(prior.shape[:2])
    for _ in range(STEPS):
        fit = np.exp(logs)
        root, whole = _whole(prior, fit)
        away = logs - middle + (counts - fit) / fit
        aim = (root * np.linalg.solve(whole, root * away[:, :, None]))[:, :, 0]
        step, climb = _times(prior, aim) + middle - logs, aim - pull
        heights = [
            _height(counts, logs + part * step, pull + part * climb, middle) for part in PARTS
        ]
        part = PARTS[np.argmax(heights, axis=0)][:, None]
        logs, pull = logs + part * step, pull + part * climb
        if np.abs(part * step).max() < CLOSE:
            break
    return logs, pull


def _height(counts: Floats, logs: Floats, pull: Floats, middle: float) -> Floats:
    """Return how likely counts and logarithms are together, less what all manners share."""
    chance = counts * logs - np.exp(np.minimum(logs, HIGHEST * 2))
    return np.asarray((chance - pull * (logs - middle) / 2).sum(axis=1))


def _whole(prior: Floats, fit: Floats) -> tuple[Floats, Floats]:
    root = np.sqrt(fit)[:, :, None]
    return root, np.eye(prior.shape[-1]) + root * prior * root.transpose(0, 2, 1)


def _inner(prior: Floats, fit: Floats) -> Floats:
    root, whole = _whole(prior, fit)
    return np.asarray(root * np.linalg.inv(whole) * root.transpose(0, 2, 1))


def _bend(prior: Floats, fit: Floats) -> Floats:
    """Return what the evidence loses by how sharply the likelihood bends."""
    return np.asarray(np.linalg.slogdet(_whole(prior, fit)[1])[1] / 2)


def _times(matrices: Floats, vectors: Floats) -> Floats:
    return np.asarray((matrices @ vectors[:, :, None])[:, :, 0])
