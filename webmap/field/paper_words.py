"""Hold what the field app says of violations, and of the papers that answer them."""

from flask_babel import gettext as _


def violations() -> dict[str, str]:
    """Return what is said of violations, and of citing them."""
    return {
        "violations": _("Violations"),
        "violation.alleged": _("not verified yet"),
        "violation.now": _("What you see now"),
        "result.verified": _("It is there"),
        "result.unfounded": _("No violation"),
        "result.standing": _("Still there"),
        "result.corrected": _("Corrected"),
        "result.unseen": _("Not seen this time"),
        "cite": _("Cite"),
        "cite.running": _("It is under a citation already."),
        "cite.nobody": _("Nobody is named as respondent yet: name one on the case's page first."),
        "cite.no_numbers": _("No citation numbers are left on this phone: get a signal first."),
        "cite.lacks.warning": _("No warning was served."),
        "cite.lacks.deadline": _("The time to correct it is not over."),
        "cite.to": _("To"),
        "kind.owner": _("owner"),
        "kind.tenant": _("tenant"),
        "kind.business": _("business"),
        "cite.penalty": _("Penalty in dollars"),
        "cite.not_yet": _("A warning comes first, and its time must be over."),
        "cite.range": _("From %(least)s to %(most)s"),
        "cite.excuse": _("Why it cannot wait"),
        "excuse.repeat": _("A confirmed repeat"),
        "excuse.serious_threat": _("Serious threat to health, safety or welfare"),
        "excuse.irreparable": _("Irreparable or irreversible harm"),
        "excuse.itinerant": _("Whoever does it is here for a short time only"),
        "cite.do": _("Issue the citation with this visit"),
        "cite.hint": _(
            "It takes the next number kept on this phone. If the case has changed meanwhile, "
            "the office asks you before anything is issued."
        ),
    }


def warning() -> dict[str, str]:
    """Return what is said of a warning."""
    return {
        "warn": _("Warn"),
        "warn.none": _(
            "This town's law has no warning that an officer issues: what stands goes on by a "
            "citation or a hearing, which the office sees to."
        ),
        "warn.nobody": _(
            "Nobody is named as respondent yet: name one on the case's page, then warn them here."
        ),
        "warn.told": _(
            "It was warned of already, and once is enough. Where that warning is not served yet, "
            "the office sees to it."
        ),
        "warn.to": _("Whom to warn"),
        "warn.follows": _(
            "Its words can no longer change. It must then be served, or no time runs."
        ),
        "warn.days": _(
            "From its service they have %(days)s days to correct it: served today, until %(due)s."
        ),
        "warn.moved": _("The last day is %(moved)s."),
        "warn.stake": _("Not corrected by then, it may be cited: usually %(usual)s."),
        "warn.stake.hearing": _("Not corrected by then, it may be brought to a hearing."),
        "warn.do": _("Issue the warning with this visit"),
        "warn.hint": _(
            "If the case has changed meanwhile, the office asks you before anything is issued."
        ),
    }


def papers() -> dict[str, str]:
    """Return what is said of posting a notice and of handing a citation over."""
    return {
        "post": _("Post a notice here (%(n)s)"),
        "post.hint": _(
            "Posting never serves by itself: the notice is mailed or handed over as well."
        ),
        "post.do": _("I posted it here"),
        "post.places": _("Which place is it"),
        "post.where": _("Where it hangs"),
        "post.where.hint": _("Such as: on the front door. Take a photo of it too."),
        "post.sworn": _("I swear that I posted it there"),
        "place.property": _("The property"),
        "place.government_office": _("The government office"),
        "notice.warning": _("Warning of violation"),
        "notice.citation": _("Notice of citation"),
        "notice.order": _("Notice of order"),
        "notice.notice_of_hearing": _("Notice of hearing"),
        "serve": _("To be handed over"),
        "serve.do": _("I handed it over here"),
        "serve.taker": _("Who took it"),
        "serve.recipient": _("%(name)s in person"),
        "serve.for_body": _("Somebody who acts for %(name)s"),
        "serve.capacity": _("In what capacity"),
        "capacity.officer": _("Officer of it"),
        "capacity.manager": _("Manager"),
        "capacity.registered_agent": _("Registered agent"),
        "capacity.trustee": _("Trustee"),
        "serve.resident": _("Somebody else who lives there"),
        "serve.manager": _("The manager, or whoever is in charge of the business there"),
        "serve.to": _("Name of who took it"),
        "serve.age": _("Age, as they told it"),
        "serve.age.hint": _(
            "It counts as service only if they told their age and were told what the paper is."
        ),
        "serve.told": _("I told them what the paper is"),
        "serve.commercial": _("The premises are commercial"),
        "serve.commercial.hint": _("Only there does it count as service."),
        "serve.commercial.use": _("Their use on record is “%(use)s”."),
        "serve.at": _("at %(at)s"),
        "serve.sworn.recipient": _("I swear that I handed it over in person"),
        "serve.sworn.body": _("I swear that I handed it to them, who act for it"),
        "serve.sworn.resident": _("I swear that I left it with them where they live"),
        "serve.sworn.manager": _(
            "I swear that I left it with them, who were in charge there, and to what is said above"
        ),
    }
