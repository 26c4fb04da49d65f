"""Hold what the field app says of what it sends, and of what needs a decision."""

from flask_babel import gettext as _


def outbox() -> dict[str, str]:
    """Return what is said of what waits on the phone and what is stored."""
    return {
        "outbox": _("Outbox"),
        "outbox.yours": _("Needs your decision"),
        "outbox.sending": _("Sending …"),
        "outbox.retry": _("The office did not answer. It is tried again by itself."),
        "outbox.now": _("Try now"),
        "outbox.settled": _("Decided by you (%(n)s)"),
        "outbox.empty": _("Nothing was done on this phone yet."),
        "outbox.photos": _("Photos: %(n)s of %(all)s stored"),
        "receipt": _("%(n)s of %(all)s stored at the office"),
        "receipt.deeds.one": _("1 entry below"),
        "receipt.deeds.many": _("%(n)s entries below"),
        "receipt.photos.one": _("1 photo"),
        "receipt.photos.many": _("%(n)s photos"),
        "receipt.none": _("Nothing to send"),
        "receipt.drafts.one": _("1 photo waits until you finish its visit."),
        "receipt.drafts.many": _("%(n)s photos wait until you finish their visits."),
        "state.here": _("on this phone"),
        "state.sending": _("on its way"),
        "state.stored": _("at the office"),
        "state.conflict": _("needs you"),
        "state.settled": _("decided by you"),
    }


def deeds() -> dict[str, str]:
    """Return how each thing done is called."""
    return {
        "deed.open": _("Case opened: %(kind)s"),
        "deed.visit": _("Visit"),
        "deed.no_access": _("No access"),
        "deed.result.verified": _("Violation verified"),
        "deed.result.unfounded": _("No violation found"),
        "deed.result.standing": _("Violation still there"),
        "deed.result.corrected": _("Violation corrected"),
        "deed.warn": _("Warning of violation issued"),
        "deed.cite": _("Citation %(number)s"),
        "deed.serve": _("Citation %(number)s handed to %(to)s"),
        "deed.post": _("Notice posted: %(where)s"),
        "deed.close": _("Close the case"),
        "deed.hazard": _("Hazard"),
        "deed.arrive": _("Came to the stop"),
        "deed.leave": _("Left the stop"),
        "deed.skip": _("Skipped the stop"),
        "deed.settle.note": _("Kept as a note"),
        "deed.settle.discard": _("Discarded"),
    }


def conflicts() -> dict[str, str]:
    """Return what is said where the office knows otherwise by now."""
    return {
        "conflict.was": _("What you told"),
        "conflict.told": _("Done %(at)s"),
        "conflict.failed": _("Violations: %(items)s"),
        "conflict.now": _("What happened meanwhile"),
        "conflict.nothing": _("Nothing in this case."),
        "conflict.again": _("Send it again as the case stands now"),
        "conflict.own": _("Open a case of its own all the same"),
        "conflict.place": _("Correct where it is"),
        "conflict.place.send": _("Send it again for this place"),
        "conflict.place.as_it_is": _("Send it as it is"),
        "conflict.reason": _("Reason"),
        "conflict.reason.drop": _("Needed to discard it."),
        "conflict.reason.hint": _("Needed to keep it as a note or to discard it."),
        "conflict.note": _("Keep as a note"),
        "conflict.discard": _("Discard"),
    }
