"""Name each thing that is done in a case, on the way, at the door and at the desk."""

from collections.abc import Mapping

DRIVE, DESK = "drive", "desk:"
WORDS: Mapping[str, str] = {
    "drive": "drive to a visit",
    "visit:appointment": "appointment",
    "visit:missed_appointment": "missed appointment",
    "visit:order": "visit whether an order is met",
    "visit:agreement": "visit whether an agreement is kept",
    "visit:reinspection": "reinspection",
    "visit:first_inspection": "first inspection",
    "visit:hearing_photos": "photos for a hearing",
    "visit:posting": "posting on the property",
    "visit:service_by_hand": "service by hand",
    "desk:report": "complaint taken in",
    "desk:opening": "case opened",
    "desk:write_up": "visit written up",
    "desk:notice": "notice written",
    "desk:mailing": "notice mailed or published",
    "desk:more_time": "request for more time decided",
    "desk:citation": "citation written",
    "desk:hearing": "hearing prepared and attended",
    "desk:order": "order written",
    "desk:affidavit": "affidavit on an order",
    "desk:lien": "lien recorded",
    "desk:release": "lien released",
    "desk:abatement": "town's own work ordered",
    "desk:court": "suit or appeal",
    "desk:contact": "call, visit or letter",
    "desk:closing": "case closed",
}
"""What each thing is called, by its name in `done.sql`."""
