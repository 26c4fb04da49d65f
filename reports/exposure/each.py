"""Tell each lien by itself: a row of its own, and a disc on the map."""

from collections.abc import Mapping, Sequence
from datetime import date

from cases.money import write_cents
from reports.answers.answer import Column, Feature, Kind, Layer, Look, Row, Step, Table
from reports.exposure.standing import StandingLien

LIEN = (
    Column(key="address", words="Address"),
    Column(key="parcel_no", words="Parcel"),
    Column(key="case", words="Case"),
    Column(key="instrument", words="Instrument"),
    Column(key="recorded_on", words="Recorded", kind=Kind.DAY),
    Column(key="priority", words="Place", kind=Kind.COUNT,
           means="Among the liens on its parcel, by the day of recording: its priority among the "
           "town's own."),
    Column(key="principal", words="Principal", kind=Kind.CENTS),
    Column(key="accrued", words="Added since", kind=Kind.CENTS),
    Column(key="per_diem", words="A day", kind=Kind.CENTS),
    Column(key="homestead", words="Homestead"),
    Column(key="foreclosure_from", words="Foreclosure from", kind=Kind.DAY,
           means="The first day on which suit may be brought; none on a homestead."),
    Column(key="expires_on", words="Binds until", kind=Kind.DAY,
           means="Unless suit was brought by then."),
    Column(key="stands", words="Stands"),
    Column(key="owner", words="Owner on the roll"),
    Column(key="elsewhere", words="Other parcels", kind=Kind.COUNT, means="How many other parcels "
           "of the violator it binds, where the law of its case says so."),
    Column(key="exempt", words="Exempt", means="The public is told nothing of the place."),
)  # fmt: skip


def each_lien(liens: Sequence[StandingLien], *, on: date, elsewhere: Mapping[int, int]) -> Table:
    """Return the liens as a table, a row each; `elsewhere`: how many other parcels each binds."""
    rows = sorted(liens, key=lambda each: (-each.total_cents, each.lien_id))
    return Table(
        key="liens", title="Each lien", columns=LIEN, means="The largest first.",
        rows=tuple(_lien_row(each, elsewhere.get(each.lien_id, 0), on=on) for each in rows),
        shapes={
            str(each.lien_id): {"type": "Point", "coordinates": [each.lon, each.lat]}
            for each in liens if each.lon is not None
        },
    )  # fmt: skip


def _lien_row(lien: StandingLien, elsewhere: int, *, on: date) -> Row:
    of: dict[str, tuple[str, int | str]] = {
        "address": ("parcel", lien.parcel_no), "parcel_no": ("parcel", lien.parcel_no),
    }  # fmt: skip
    if lien.case_number:
        of["case"] = ("case", lien.case_number)
    return Row(
        key=str(lien.lien_id), of=of,
        cells={
            "address": lien.address, "parcel_no": lien.parcel_no, "case": lien.case_number,
            "instrument": lien.instrument_no, "recorded_on": lien.recorded_on,
            "priority": lien.priority, "principal": lien.principal_cents,
            "accrued": lien.accrued_cents, "per_diem": lien.per_diem_cents,
            "homestead": _HOMESTEAD[lien.homestead], "foreclosure_from": lien.foreclosure_from,
            "expires_on": lien.expires_on, "stands": LOOKS[_look(lien, on=on)].words,
            "elsewhere": elsewhere, "owner": " and ".join(lien.owners) or None,
            "exempt": "exempt" if lien.exempt else None,
        },
    )  # fmt: skip


_HOMESTEAD = {True: "yes", False: "no", None: "not said"}
LOOKS = (
    Step(words="may be foreclosed", color="#b21d38"),
    Step(words="being foreclosed", color="#5a2d81"),
    Step(words="collecting is barred", color="#4c4c4c"),
    Step(words="not yet, or a homestead", color="#2378c3"),
)
PIXELS_A_ROOT_THOUSAND = 1.6
LEAST_PIXELS, MOST_PIXELS = 4.0, 28.0
AROUND_DEG = 0.002


def _look(lien: StandingLien, *, on: date) -> int:
    if lien.is_foreclosing:
        return 1
    if lien.is_blocked:
        return 2
    return 0 if lien.is_foreclosable(on) else 3


def layer_of(liens: Sequence[StandingLien], *, on: date) -> Layer:
    """Return the liens as discs on their parcels, larger the more they come to."""
    return Layer(
        key="liens", title="Liens", look=Look.DISCS, unit="the larger, the more it comes to",
        features=tuple(_feature(each, on=on) for each in liens if each.lon is not None),
        legend=LOOKS,
    )  # fmt: skip


def _feature(lien: StandingLien, *, on: date) -> Feature:
    radius = PIXELS_A_ROOT_THOUSAND * (lien.total_cents / 100_000) ** 0.5
    says = [
        lien.address or f"Parcel {lien.parcel_no}",
        f"Lien {lien.instrument_no}: {write_cents(lien.total_cents)}",
        LOOKS[_look(lien, on=on)].words,
    ]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lien.lon, lien.lat]},
        "properties": {
            "key": str(lien.lien_id), "says": says, "step": _look(lien, on=on),
            "radius": round(min(max(radius, LEAST_PIXELS), MOST_PIXELS), 1),
        },
    }  # fmt: skip


def extent_of(liens: Sequence[StandingLien]) -> tuple[float, float, float, float] | None:
    """Return what a map of the liens shows first."""
    placed = [each for each in liens if each.lon is not None]
    if not placed:
        return None
    lons, lats = [each.lon for each in placed], [each.lat for each in placed]
    return (
        min(lons) - AROUND_DEG, min(lats) - AROUND_DEG,
        max(lons) + AROUND_DEG, max(lats) + AROUND_DEG,
    )  # fmt: skip
