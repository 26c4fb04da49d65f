"""Lay a generated town out as the tables a town's own systems export."""

import numpy as np
import pandas as pd

from data.town.liens import Lien
from data.town.people import ZIP_CODE, Holding
from data.town.permits import Permit
from data.town.plat import Plat
from data.town.years import Case
from data.town.zones import Zone

APARTMENT_M2 = 190.0
UNITS = (2, 40)
LEAST_SEVERE_PRIORITY = 5
"""What a severity is taken from: the gravest, 4, is the most urgent, 1."""


def parcels(plat: Plat, holdings: list[Holding]) -> pd.DataFrame:
    """Return the assessor's roll: one row a lot, in the plat's order."""
    return pd.DataFrame(
        {
            "parcel_no": plat.parcel_nos,
            "situs_address": [f"{front.number} {front.street}" for front in plat.fronts],
            "land_use": [lot.use for lot in plat.lots],
            "owner_name": [holding.owner.name for holding in holdings],
            "mail_line": [holding.owner.line for holding in holdings],
            "mail_city": [holding.owner.city for holding in holdings],
            "mail_state": [holding.owner.state for holding in holdings],
            "mail_zip": [holding.owner.zip_code for holding in holdings],
            "homestead": [holding.homestead for holding in holdings],
        }
    )


def addresses(plat: Plat) -> pd.DataFrame:
    """Return one row a door, with its lot's number in the plat as `lot`."""
    rows = [
        {
            "parcel_no": parcel_no,
            "label": f"{front.number} {front.street}" + (f" #{unit}" if unit else ""),
            "number": front.number,
            "street": front.street,
            "unit": unit,
            "zip": ZIP_CODE,
            "lot": at,
        }
        for at, (lot, front, parcel_no) in enumerate(
            zip(plat.lots, plat.fronts, plat.parcel_nos, strict=True)
        )
        for unit in _units(lot.use, lot.shape.area)
    ]
    return pd.DataFrame(rows)


def _units(use: str, area_m2: float) -> list[str]:
    if use == "two_family":
        return ["1", "2"]
    if use == "apartments":
        return [str(i + 1) for i in range(int(np.clip(area_m2 / APARTMENT_M2, *UNITS)))]
    return [""]


def zones(drawn: list[Zone]) -> pd.DataFrame:
    """Return one row a zone, in drawing order."""
    columns = ["kind", "code", "name", "officer_name"]
    return pd.DataFrame(
        [[getattr(z, column) for column in columns] for z in drawn], columns=columns
    )


def case_numbers(cases: list[Case]) -> list[str]:
    """Give cases numbers by the year they were found in: CE-2026-0042."""
    count: dict[int, int] = {}
    numbers = []
    for case in cases:
        year = case.found.year
        count[year] = count.get(year, 0) + 1
        numbers.append(f"CE-{year}-{count[year]:04d}")
    return numbers


def violations(plat: Plat, cases: list[Case], numbers: list[str]) -> pd.DataFrame:
    """Return one row a violation, as the import of cases reads them; dates are ISO or empty."""
    rows = [
        {
            "case_no": number,
            "parcel_no": plat.parcel_nos[case.lot],
            "category": offence.category,
            "section": offence.section,
            "section_text": offence.text,
            "found_on": case.found.isoformat(),
            "comply_by": case.comply_by.isoformat(),
            "status": case.status,
            "severity": offence.severity,
            "priority": LEAST_SEVERE_PRIORITY - offence.severity,
            "complaint_no": "C" + number.removeprefix("CE"),
            "complaint_channel": case.channel,
            "complaint_received_on": case.received.isoformat(),
            "complaint_closed_on": case.closed.isoformat() if case.closed else "",
            "case_status": "closed" if case.closed else "open",
            "owner_name": case.owner,
        }
        for case, number in zip(cases, numbers, strict=True)
        for offence in case.offences
    ]
    return pd.DataFrame(rows)


def liens(plat: Plat, cases: list[Case], recorded: list[Lien], numbers: list[str]) -> pd.DataFrame:
    """Return one row a recorded lien; amounts are dollars as text."""
    rows = [
        {
            "parcel_no": plat.parcel_nos[cases[lien.case].lot],
            "case_no": numbers[lien.case],
            "instrument_no": lien.instrument_no,
            "book": lien.book,
            "page": lien.page,
            "recorded_on": lien.recorded_on.isoformat(),
            "amount": f"{lien.amount_cents // 100:,}.{lien.amount_cents % 100:02d}",
            "status": "released" if lien.released_on else "recorded",
            "released_on": lien.released_on.isoformat() if lien.released_on else "",
        }
        for lien in recorded
    ]
    return pd.DataFrame(rows)


def permits(plat: Plat, granted: list[Permit]) -> pd.DataFrame:
    """Return one row a permit, as the import of permits reads them; dates are ISO or empty."""
    rows = [
        {
            "number": permit.number,
            "parcel_no": plat.parcel_nos[permit.lot],
            "kind": permit.kind,
            "status": permit.status,
            "issued_on": permit.issued_on.isoformat() if permit.issued_on else "",
            "expires_on": permit.expires_on.isoformat() if permit.expires_on else "",
            "description": permit.description,
        }
        for permit in granted
    ]
    return pd.DataFrame(rows)
