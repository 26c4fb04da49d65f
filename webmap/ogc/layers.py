"""Say for people what the collections of features are."""

from flask_babel import lazy_gettext as _

SHOWN = {
    "cases": (_("Code cases"), _("Cases whose violations an officer has verified, as points.")),
    "liens": (_("Liens"), _("Claims on property for an unpaid fine, as lots.")),
    "zones": (_("Officers' zones"), _("Who works where, as areas.")),
    "parcels": (_("Parcels"), _("Lots as they stand, without their owners.")),
}
"""The collections, for people."""
