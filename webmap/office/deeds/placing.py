"""Ask where something turns out to be: in words, or by a point on the map."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField
from wtforms.validators import Length, Optional

from cases.documents.camera import is_a_place
from cases.placing import PlaceError
from cases.tying import LonLat
from webmap.forms import Form


class PlaceFields(Form):
    """A parcel's number, an address, or a point, which counts where no words are given."""

    points = True
    where = StringField(
        _("Address or parcel number"), [Optional(), Length(max=200)],
        description=_("One that we know. Where there is none, put a point on the map."),
    )  # fmt: skip
    point = HiddenField()

    def place(self) -> str | LonLat:
        """Return what was said of where it is.

        Raises
        ------
        PlaceError
            Neither words nor a point say it.
        """
        return (self.where.data or "").strip() or _point(self.point.data or "")


def _point(said: str) -> LonLat:
    """Read a point as the map writes it, latitude first; gives longitude and latitude."""
    try:
        lat, lon = map(float, said.split(","))
        if is_a_place(lon, lat):
            return lon, lat
    except ValueError:
        pass
    msg = gettext("Give an address or a parcel number, or put a point on the map.")
    raise PlaceError(msg)
