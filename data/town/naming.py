"""Follow streets through their crossings and give each a name of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import shapely
from shapely.geometry import Point

from data.town import infill, network, words
from data.town.network import Edge
from data.town.streets import StreetPlan

HIGHWAYS = ("Coast Hwy", "Cannery Rd", "County Line Rd")
SHORE_NEAR_M, SHORE_STRAYS_M = 25.0, 60.0
STRAIGHT = np.radians(38)
PARALLEL = np.radians(45)


@dataclass(frozen=True, slots=True)
class Named:
    """
    One street.

    Attributes
    ----------
    name
        As on the sign: "Alder St".
    edges
        Numbers of its edges, from the end nearer the town's centre outwards.
    """

    name: str
    edges: list[int]


def name(
    rng: np.random.Generator, plan: StreetPlan, *, centre: tuple[float, float], bearing: float
) -> list[Named]:
    """
    Name every street of a plan.

    Parameters
    ----------
    rng
        Source of the names' order; advanced by this call.
    plan
        The streets, local metres.
    centre
        The town's heart; a street's numbers grow away from it.
    bearing
        Direction of the main street, radians: streets run along it, avenues across.

    Returns
    -------
    list of Named
        The longest first; no name twice; every edge that carries traffic in exactly one.
    """
    strokes = _strokes(plan.network)
    heart = Point(centre)
    ordered = [_from_centre(stroke, plan.network, heart) for stroke in strokes]
    ordered.sort(key=lambda stroke: -_length(stroke, plan.network))
    special = _special(ordered, plan)
    middles = [_middle(stroke, plan.network) for stroke in ordered]
    styles = infill.style_at(plan.quarters, middles)
    across = [_turn(_chord(stroke, plan.network), bearing) > PARALLEL for stroke in ordered]
    avenues = [
        i
        for i, style in enumerate(styles)
        if across[i] and style.name == "core" and i not in special
    ]
    avenues.sort(key=lambda i: -middles[i].x)
    special |= {i: f"{_ordinal(at)} Ave" for at, i in enumerate(avenues, start=1)}
    plain, modern = _names(rng, words.STREETS), _names(rng, words.WINDING)
    named = []
    for number, stroke in enumerate(ordered):
        young = styles[number].name in {"winding", "loops"}
        kind = plan.network.edges[stroke[0]].kind
        label = special.get(number) or " ".join(
            [
                next(modern if young else plain),
                _suffix(kind, young=young, across=across[number], at=number),
            ]
        )
        named.append(Named(label, stroke))
    return named


def _special(ordered: list[list[int]], plan: StreetPlan) -> dict[int, str]:
    """Find the main street, the highway and the shore drive among the strokes."""
    edges = plan.network.edges
    near_main = shapely.buffer(plan.main, 6)
    main = max(
        range(len(ordered)),
        key=lambda i: sum(
            shapely.intersection(edges[e].line, near_main).length for e in ordered[i]
        ),
    )
    found = {main: "Main St"}
    others = [i for i, s in enumerate(ordered) if edges[s[0]].kind == "primary" and i != main]
    found |= dict(zip(others, HIGHWAYS, strict=False))
    shore = next((i for i, s in enumerate(ordered) if _on_shore(s, plan) and i not in found), None)
    if shore is not None:
        found[shore] = "Bayshore Dr"
    return found


def _on_shore(stroke: list[int], plan: StreetPlan) -> bool:
    line = shapely.union_all([plan.network.edges[e].line for e in stroke])
    beside = shapely.intersection(line, plan.shore.buffer(SHORE_NEAR_M))
    return bool(shapely.hausdorff_distance(line, beside) < SHORE_STRAYS_M)


def _names(rng: np.random.Generator, stems: tuple[str, ...]) -> Iterator[str]:
    yield from (stems[i] for i in rng.permutation(len(stems)))
    pairs = list(product(stems, words.SECOND))
    yield from (" ".join(pairs[i]) for i in rng.permutation(len(pairs)))


def _ordinal(number: int) -> str:
    tail = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else tail}"


def _suffix(kind: str, *, young: bool, across: bool, at: int) -> str:
    if kind == "court":
        return ("Ct", "Ct", "Pl", "Cir")[at % 4]
    if kind == "secondary":
        return ("Rd", "Blvd", "Rd", "Ave")[at % 4]
    if young:
        return ("Dr", "Ln", "Way", "Ter", "Trl")[at % 5]
    return "Ave" if across else "St"


def _strokes(made: network.Network) -> list[list[int]]:
    """Chain edges that run straight on through a crossing, straightest pairs first."""
    follows: dict[tuple[int, int], int] = {}
    for place, numbers in sorted(made.degrees().items()):
        carried = sorted({n for n in numbers if made.edges[n].kind in network.CARRIES})
        pairs = sorted(
            (_deflection(made.edges[a], made.edges[b], place), a, b)
            for i, a in enumerate(carried)
            for b in carried[i + 1 :]
            if (made.edges[a].kind == "court") == (made.edges[b].kind == "court")
        )
        taken: set[int] = set()
        for bend, a, b in pairs:
            if bend < STRAIGHT and a not in taken and b not in taken:
                taken |= {a, b}
                follows[a, place], follows[b, place] = b, a
    return _chains(made, follows)


def _chains(made: network.Network, follows: dict[tuple[int, int], int]) -> list[list[int]]:
    seen: set[int] = set()
    chains = []
    for number, edge in made.edges.items():
        if number in seen or edge.kind not in network.CARRIES:
            continue
        chain = [number]
        seen.add(number)
        for place, grow in (
            (edge.end, chain.append),
            (edge.start, lambda n, c=chain: c.insert(0, n)),
        ):
            current, at = number, place
            while (following := follows.get((current, at))) is not None and following not in seen:
                seen.add(following)
                grow(following)
                current = following
                along = made.edges[current]
                at = along.end if along.start == at else along.start
        chains.append(chain)
    return chains


def _deflection(first: Edge, second: Edge, place: int) -> float:
    """Return by how much one turns when going from one edge into the other, radians."""
    one, two = _leaving(first, place), _leaving(second, place)
    return float(np.pi - np.arccos(np.clip(one @ two, -1, 1)))


def _leaving(edge: Edge, place: int) -> np.ndarray:
    line = edge.line if edge.start == place else shapely.reverse(edge.line)
    a, b = line.coords[0], line.interpolate(min(20.0, line.length)).coords[0]
    way = np.subtract(b, a)
    return np.asarray(way / max(np.hypot(*way), 1e-9))


def _from_centre(stroke: list[int], made: network.Network, heart: Point) -> list[int]:
    far = [shapely.distance(made.edges[n].line, heart) for n in (stroke[0], stroke[-1])]
    return stroke if far[0] <= far[1] else stroke[::-1]


def _length(stroke: list[int], made: network.Network) -> float:
    return sum(made.edges[n].line.length for n in stroke)


def _middle(stroke: list[int], made: network.Network) -> Point:
    return made.edges[stroke[len(stroke) // 2]].line.interpolate(0.5, normalized=True)


def _chord(stroke: list[int], made: network.Network) -> float:
    a = np.array(made.edges[stroke[0]].line.coords)[[0, -1]]
    b = np.array(made.edges[stroke[-1]].line.coords)[[0, -1]]
    pairs = [(p, q) for p in a for q in b]
    p, q = max(pairs, key=lambda pair: float(np.hypot(*(pair[1] - pair[0]))))
    return float(np.arctan2(q[1] - p[1], q[0] - p[0]))


def _turn(angle: float, bearing: float) -> float:
    return float(abs((angle - bearing + np.pi / 2) % np.pi - np.pi / 2))
