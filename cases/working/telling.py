"""Put how an officer works into what the record of its changes keeps."""

from typing import Any

from cases.working.terms import Base, Hours, Terms


def terms_told(terms: Terms) -> dict[str, Any]:
    """Return terms as JSON: of the week, the hours by weekday."""
    return {
        "week": {str(day): _hours_told(hours) for day, hours in sorted(terms.week.items())},
        "starts": base_told(terms.starts),
        "ends": base_told(terms.ends),
        "overtime": terms.overtime_minutes,
        "zones": str(terms.zones),
        "certifications": sorted(terms.certifications),
    }


def base_told(base: Base | None) -> dict[str, Any] | None:
    """Return a place as JSON; None for none."""
    return None if base is None else {"label": base.label, "lon": base.lon, "lat": base.lat}


def _hours_told(hours: Hours) -> dict[str, Any]:
    lunch = hours.lunch
    return {
        "begins": f"{hours.begins_at:%H:%M}",
        "ends": f"{hours.ends_at:%H:%M}",
        "lunch": {
            "earliest": f"{lunch.earliest:%H:%M}",
            "latest": f"{lunch.latest:%H:%M}",
            "minutes": lunch.minutes,
        }
        if lunch
        else None,
    }
