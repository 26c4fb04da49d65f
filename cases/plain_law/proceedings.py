"""Tell who may report, how long everybody has, who hears what, and what is kept."""

from collections.abc import Iterator

from cases.deadlines import DeadlineRule
from cases.forum import Tribunal
from cases.lawpack.schema import Body, Intake, LawPack, Records
from cases.plain_law.lines import (
    AND,
    WORDS,
    Subject,
    Told,
    counted_told,
    days_told,
    listed,
    sentences,
    time_told,
    years_told,
)
from cases.screening import Anonymity

_APPEAL = "appeal_order"
"""The deadline that is told with the court."""


def complaints(pack: LawPack) -> Subject:
    """Tell what a complaint must bring, and when two are one matter."""
    rules, law = pack.intake, pack.intake.source
    counts = days_told(rules.duplicate_closed_days)
    metres = rules.duplicate_metres
    near = (
        f"Two reports of one kind within {metres} m of each other may be one matter.",
        *(
            f"For {category} it is {by_category} m."
            for category, by_category in rules.duplicate_metres_by_category.items()
        ),
        f"One that has ended counts for {counts}.",
    )
    return Subject(
        "Complaints",
        (
            Told("intake.anonymous", _anonymous(rules), law),
            Told("intake.public_record_notice", _told_first(rules), law),
            Told("intake.duplicate", sentences(*near), law),
        ),
    )


def _anonymous(rules: Intake) -> str:
    if rules.anonymous is Anonymity.ALLOWED:
        return "A complaint without a name may open an investigation."
    threats = "; ".join(WORDS[each] for each in rules.anonymous_unless)
    return sentences(
        "A complaint without a name and an address opens no investigation.",
        f"It does all the same where an officer believes in an imminent threat to {threats}."
        if threats
        else "",
    )


def _told_first(rules: Intake) -> str:
    return f"Whoever gives a name is told first: {rules.public_record_notice.strip()}"


def times(pack: LawPack) -> Subject:
    """Tell how long everybody has."""
    return Subject("How long everybody has", tuple(_times(pack)))


def _times(pack: LawPack) -> Iterator[Told]:
    for name, rule in pack.deadlines:
        if rule is not None and name != _APPEAL:
            words = sentences(_time(name, rule), counted_told(rule))
            yield Told(f"deadlines.{name}", words, rule.source)


def _time(name: str, rule: DeadlineRule) -> str:
    time = time_told(rule)
    said = {
        "cure": "The days to correct are each provision's own, from the service of the warning.",
        "answer_citation": f"A citation is answered within {time} of its service.",
        "request_hearing": f"A hearing on a citation is asked for within {time} of its service.",
        "contest_noncompliance": (
            f"The affidavit that an order is not met is contested within {time} of its making."
        ),
        "pay_after_certification": f"A certified fine is paid within {time} of that.",
        "tell_of_transfer": f"A seller tells the town of a transfer within {time} of it.",
        "new_owner_corrects": f"A new owner corrects within {time} of the town's learning of it.",
        "answer_lien_search": f"A lien search is answered within {time} of its request.",
    }
    return said[name]


def hearings(pack: LawPack) -> Subject:
    """Tell who hears what, what needs no warning, and what a notice says of the hearing."""
    forum = pack.forum
    rights = pack.hearing_rights.told if pack.hearing_rights else ()
    lines = (
        Told("forum", _forum(pack), forum.source),
        Told("forum.excused", _excused(pack), forum.source),
        *_court(pack),
        *(Told(f"bodies.{each.name}", _body(each), each.source) for each in pack.bodies),
        *(
            Told(
                f"hearing_rights.told.{place}",
                f"A notice of hearing says: {each.says}",
                each.source,
            )
            for place, each in enumerate(rights)
        ),
    )
    return Subject("Citations and hearings", lines)


def _forum(pack: LawPack) -> str:
    if pack.forum.citation_forum is Tribunal.COUNTY_COURT:
        return "A contested citation is heard by the county court."
    bodies = ", ".join(pack.citation_bodies)
    return f"A contested citation is heard by the {bodies}."


def _excused(pack: LawPack) -> str:
    reasons = listed(pack.forum.excused)
    if not reasons:
        return "Every citation needs a warning before it."
    return f"A citation needs no warning before it where there is: {reasons}."


def _court(pack: LawPack) -> Iterator[Told]:
    rules = pack.forum.county_court
    if rules is not None and pack.forum.citation_forum is Tribunal.COUNTY_COURT:
        most = days_told(rules.longest_warning_days)
        words = f"The county court hears none after a warning of more than {most}."
        yield Told("forum.county_court", words, rules.source)


def _body(body: Body) -> str:
    if body.members == 1:
        return f"{body.name}: one person sits alone."
    return f"{body.name}: {body.quorum} of {body.members} must sit."


def repeats(pack: LawPack) -> Subject:
    """Tell what makes a violation a repeat, and what follows."""
    rules, law = pack.repeats, pack.repeats.source
    time = years_told(rules.within_years)
    heard = rules.heard_though_corrected
    lines = (
        Told(
            "repeats.within_years",
            f"A violation is a repeat where the same was established within {time} before.",
            law,
        ),
        Told(
            "repeats.waiver_admits",
            "Letting the time to answer a citation pass admits the violation."
            if rules.waiver_admits
            else "Letting the time to answer a citation pass admits nothing.",
            law,
        ),
        Told(
            "repeats.heard_though_corrected",
            f"A notice of a repeat says: {heard}"
            if heard
            else "A repeat that is corrected in time is not heard.",
            law,
        ),
    )
    return Subject("Repeat violations", lines)


def appeals(pack: LawPack) -> Subject:
    """Tell to which court an order is appealed, and from when the time runs."""
    rule, appeal = pack.deadlines.appeal_order, pack.appeal
    time, since = time_told(rule), WORDS[appeal.runs_from]
    words = sentences(
        f"An order is appealed to the {appeal.court} within {time} of its {since}.",
        "The court hears it anew." if appeal.de_novo else "",
        counted_told(rule),
    )
    line = Told(f"appeal{AND}deadlines.{_APPEAL}", words, rule.source)
    return Subject("Appeal of an order", (line,))


def keeping(pack: LawPack) -> Subject:
    """Tell what is kept from the public, and for how long what is closed is kept."""
    time = years_told(pack.retention.closed_case_years)
    kept = Told("retention", f"A closed case is kept for {time} at least.", pack.retention.source)
    withheld = _withheld(pack.records) if pack.records else ()
    return Subject("Records and retention", (*withheld, kept))


def _withheld(records: Records) -> Iterator[Told]:
    for each in records.exemptions:
        words = f"Public records leave out: {each.what}."
        yield Told(f"records.exemptions.{each.cites}", words, each.cites)
    under = records.reporter_under
    words = (
        "Whoever reported is left out, unless a person decides otherwise."
        if under
        else "Whether whoever reported is left out, a person decides each time."
    )
    yield Told("records.reporter_under", words, under or records.source)


def left_out(pack: LawPack) -> Subject:
    """Tell which steps the town does not take, and on which days nobody works."""
    return Subject("Steps and holidays", (*_steps(pack), *_holidays(pack)))


def _steps(pack: LawPack) -> Iterator[Told]:
    for each in pack.steps.without:
        part, _dot, step = each.replace("_", " ").partition(".")
        words = f"The town does not take this step: {step} ({part})."
        yield Told(f"steps.without.{each}", words, pack.steps.source)


def _holidays(pack: LawPack) -> Iterator[Told]:
    calendar = pack.calendar
    for table, holidays in (("fixed", calendar.fixed), ("moving", calendar.moving)):
        for each in holidays:
            holiday = each.name
            words = f"{holiday} is not worked."
            yield Told(f"calendar.{table}.{holiday}", words, calendar.source)
