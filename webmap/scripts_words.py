"""Hold every word that the pages' scripts say, in the reader's language."""

from flask_babel import gettext as _

from webmap.assets import stage_label, stage_looks


def script_words() -> dict[str, str]:
    """Return the words by their keys; ``%(name)s`` in them is filled by the scripts."""
    stages = [look["stage"] for look in stage_looks()]
    return {
        **_list(),
        **_map(),
        **_route(),
        **{f"stage.{each}": stage_label(each) for each in stages},
    }


def _list() -> dict[str, str]:
    return {
        "failed": _("This could not be loaded. Check your connection and try again."),
        "gone": _("There is no such record, or it is no longer public."),
        "back": _("Back to the list"),
        "map_loads": _("Loading the map…"),
        "map_failed": _("The map could not be drawn. Load the page again; all else on it works."),
        "several": _("%(n)s open cases here. Most urgent: %(stage)s."),
        "counted": _("Circles count every open case. Zoom in to see only those you chose."),
        "copied": _("The address of this view is copied. Paste it where you like."),
        "copy_it": _("Copy this address:"),
        "no_match": _("Nothing found. Try a house number and street, or a parcel number."),
        "results.one": _("1 result."),
        "results.many": _("%(n)s results."),
    }


def _map() -> dict[str, str]:
    return {
        "map.NavigationControl.ZoomIn": _("Zoom in"),
        "map.NavigationControl.ZoomOut": _("Zoom out"),
        "map.GeolocateControl.FindMyLocation": _("Show where I am"),
        "map.GeolocateControl.LocationNotAvailable": _("Your location is not available"),
        "map.ScaleControl.Feet": _("ft"),
        "map.ScaleControl.Miles": _("mi"),
    }


def _route() -> dict[str, str]:
    return {
        "route.not_a_plan": _(
            "“%(name)s” is not a route plan. Open the plan.geojson that “lotline routes plan --out "
            "FOLDER” wrote."
        ),
        "route.stops.one": _("1 stop"),
        "route.stops.many": _("%(n)s stops"),
        "route.drive": _("%(time)s of driving, %(way)s."),
        "route.way": _("%(time)s, %(way)s to drive"),
        "route.estimated": _("Times are estimates along straight lines: no streets are loaded."),
        "route.under_minute": _("under 1 min"),
        "route.minutes": _("%(n)s min"),
        "route.hours": _("%(h)s h"),
        "route.hours_minutes": _("%(h)s h %(m)s min"),
        "route.span": _("%(from)s to %(to)s"),
        "route.case": _("Case %(number)s"),
        "route.due": _("due %(day)s"),
        "route.start": _("Start"),
        "route.end": _("End"),
    }
