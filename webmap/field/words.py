"""Hold every word the field app's scripts say, in the reader's language."""

from flask_babel import gettext as _

from webmap.field import outbox_words, paper_words, way_words
from webmap.words import ENTRIES, entry_words


def words() -> dict[str, str]:
    """Return the words by their keys; ``%(name)s`` in them is filled by the scripts."""
    parts = (
        _frame, _today, _errands, _starting, _stop, _visit, _finishing, _history,
        paper_words.violations, paper_words.warning, paper_words.papers, outbox_words.outbox,
        outbox_words.deeds, outbox_words.conflicts, _hazards, way_words.plan, way_words.stop,
        way_words.rest, way_words.way, way_words.turns,
    )  # fmt: skip
    return {key: said for part in parts for key, said in part().items()}


def _frame() -> dict[str, str]:
    return {
        "offline": _("No signal. What you do is kept on this phone."),
        "offline.outbox": _("No signal. It is sent as soon as there is one."),
        "signed_out": _("Sign in again to send. Nothing is lost."),
        "sign_in": _("Sign in"),
        "leave.one": _(
            "1 thing is not stored at the office yet. It stays on this phone until you sign in "
            "again."
        ),
        "leave.many": _(
            "%(n)s things are not stored at the office yet. They stay on this phone until you "
            "sign in again."
        ),
        "leave.offline": _("No signal: you can sign out once there is one."),
        "leave.later": _("The office does not answer. Try again."),
        "needs_you.one": _("1 thing needs your decision"),
        "needs_you.many": _("%(n)s things need your decision"),
        "storage.full": _("This phone is nearly full. Send what is here, or make room, soon."),
        "update": _("A new version is ready."),
        "update.now": _("Use it now"),
        "you": _("you"),
        "due.none": _("no deadline known"),
        "due.today": _("due today"),
        "due.in.one": _("due tomorrow"),
        "due.in.many": _("due in %(n)s days"),
        "due.late.one": _("1 day late"),
        "due.late.many": _("%(n)s days late"),
        "stage.open": _("open"),
        "stage.due_soon": _("due soon"),
        "stage.overdue": _("overdue"),
        "stage.cited": _("cited"),
        "stage.hearing": _("at hearing"),
        "stage.ordered": _("ordered"),
        "stage.lien": _("lien"),
        "stage.complied": _("complied"),
        "stage.closed": _("closed"),
    }


def _today() -> dict[str, str]:
    return {
        "today": _("Today"),
        "today.never": _("Your day is not on this phone yet. Open this page once with a signal."),
        "today.over": _("This list is of %(on)s. Today's comes with a signal."),
        "today.stops.one": _("1 stop"),
        "today.stops.many": _("%(n)s stops"),
        "today.visits": _("%(n)s visits (some places have several cases)"),
        "today.done": _("%(n)s done"),
        "today.waiting": _("%(n)s more wait for another day"),
        "today.order.nearest": _(
            "Appointments first, then what is past its time to correct (also at a hearing, under "
            "an order or with a lien since), to be verified, due soon and opened lately; of each "
            "the nearest next. What is at one place stays together."
        ),
        "today.order.own": _("In the order you chose; what came since is at the end."),
        "today.next": _("Next stop"),
        "today.here": _("You are here since %(at)s"),
        "today.about": _("about %(at)s · %(drive)s drive"),
        "today.ends": _("home about %(at)s"),
        "minutes.one": _("1 minute"),
        "minutes.many": _("%(n)s minutes"),
        "minutes.short": _("%(n)s min"),
        "today.also": _("Also at this place"),
        "today.start": _("Start"),
        "today.go_on": _("Go on"),
        "today.started": _("begun, not finished"),
        "today.route": _("Then"),
        "today.up": _("Move %(place)s up"),
        "today.down": _("Move %(place)s down"),
        "today.map": _("Show the route on a map"),
        "today.visited": _("Visited (%(n)s)"),
        "today.again": _("Open it again"),
        "today.nothing": _("Nothing waits in your zone today"),
        "today.nothing.hint": _("No visit is booked, and no deadline has passed."),
        "today.all_done": _("All stops are done"),
        "today.all_done.hint": _("The outbox shows whether everything is at the office."),
        "map.plan": _("Along the streets, as planned."),
        "map.lacking": _("Parts of the map are not on this phone. They come with a signal."),
        "map.straight": _("Straight lines show the order, not the streets."),
    }


def _errands() -> dict[str, str]:
    return {
        "why.booked": _("booked for %(at)s"),
        "why.confirmed": _("expected at %(at)s"),
        "why.new": _("to be verified"),
        "why.complaint": _("new complaint"),
        "why.begun": _("opened lately"),
        "why.planned": _("in today's plan"),
        "purpose.reported": _("Is it as reported?"),
        "purpose.verify": _("Is the violation there?"),
        "purpose.hand_over": _("Hand over the citation if somebody is there."),
        "purpose.warn": _("Warn of it: no time to correct it runs yet."),
        "purpose.correcting": _("Is it being corrected?"),
        "purpose.overdue": _("Is it corrected? The time to do it is over."),
        "purpose.cited": _("Is what was cited corrected?"),
        "purpose.hearing": _("How does it stand, to tell at the hearing?"),
        "purpose.ordered": _("Is the order met?"),
        "purpose.legal": _("How does it stand, to tell the court?"),
        "purpose.lien": _("Is it corrected by now? A lien stands for it."),
        "purpose.arranged": _("Make the visit that was arranged."),
    }


def _starting() -> dict[str, str]:
    return {
        "start": _("Start a case here"),
        "start.go_on": _("Go on with the case you began"),
        "start.hint": _("For what you see in passing and nobody has reported."),
        "start.where": _("Where it is"),
        "start.address": _("Address or parcel"),
        "start.address.hint": _("Today's places come up as you write."),
        "start.here": _("Where I stand"),
        "start.looking": _("Looking where you are …"),
        "start.unknown": _(
            "This phone does not say where it is. Give the address, or tap the lot."
        ),
        "start.tap": _("Tap the lot on the map"),
        "start.tap.hint": _("Tap the lot. Without a signal the map reaches as far as your zone."),
        "start.tap.missed": _("No parcel here: tap inside a lot."),
        "start.spot": _("Where you stood"),
        "start.chosen": _("It is here: %(place)s"),
        "start.by_office": _(
            "as you wrote it; the office looks for its parcel, and asks you if there is none"
        ),
        "start.by_spot": _("tap the lot that you mean, for a street is on no parcel"),
        "start.open": _("Open there already"),
        "start.same": _("Is it about the same matter?"),
        "start.add": _("Add it to %(number)s"),
        "start.own": _("No, open a case of its own"),
        "start.to_stop": _("Go to its stop"),
        "start.kind": _("What kind it is"),
        "start.choose": _("Choose"),
        "start.lacks.place": _("Say where it is."),
        "start.lacks.same": _("Say whether it belongs to what is open there."),
        "start.lacks.kind": _("Choose of what kind it is."),
        "start.lacks.broken": _(
            "Mark one violation at least: a case is opened for what is broken."
        ),
        "start.follows": _(
            "The case is opened as soon as the office has this, with you as who saw it. If it is "
            "in your zone, it is on your day then."
        ),
        "start.do": _("Put it on record"),
        "start.drop": _("Throw this away"),
        "start.drop.hint": _("What you wrote and the photos taken for it are gone then."),
        "start.drop.do": _("Throw it away"),
    }


def _stop() -> dict[str, str]:
    return {
        "stop.gone": _("This stop is not on this phone"),
        "stop.gone.hint": _("It may be done, or the day was made anew. Go back to today."),
        "stop.directions": _("Directions"),
        "stop.hand_on": _("To hand this stop to another officer, ask one of these: %(who)s."),
        "stop.visited": _(
            "You were here today at %(at)s. What you forgot you can add: finish it again, and a "
            "second visit is on record."
        ),
        "stop.visited.over": _(
            "You were here today at %(at)s, and it is no stop any more. What you forgot you can "
            "add to the case in the office."
        ),
        "stop.visited.before": _(
            "You were here on %(at)s. What you forgot you can add: finish it again, and a second "
            "visit is on record."
        ),
        "stop.visited.over.before": _(
            "You were here on %(at)s, and it is no stop any more. What you forgot you can add to "
            "the case in the office."
        ),
        "found": _("Found"),
        "found.broken": _("violation seen: %(count)s of %(all)s"),
        "found.corrected": _("complied: %(count)s of %(all)s"),
        "found.unfounded": _("no violation: %(count)s of %(all)s"),
        "found.nothing": _("no result is entered yet"),
        "handed": _("Handed to you by %(by)s on %(on)s."),
        "handed.zone": _("Handed to you with %(zone)s by %(by)s on %(on)s."),
        "handed.file": _("Handed to you with %(zone)s by the file %(file)s on %(on)s."),
        "handed.before": _("%(who)s had it before."),
        "stop.outline": _("Outline of parcel %(parcel)s, north up"),
        "stop.said": _("What was reported"),
        "photo": _("Photos"),
        "photo.take": _("Take a photo"),
        "photo.kept.one": _("1 photo kept on this phone"),
        "photo.kept.many": _("%(n)s photos kept on this phone"),
        "photo.caption": _("What it shows"),
        "photo.alt": _("Photo taken at %(at)s"),
        "photo.within": _("position known within %(distance)s"),
        "photo.far": _("This was taken %(distance)s from the parcel"),
        "distance.feet": _("%(n)s ft"),
        "distance.miles": _("%(n)s miles"),
        "case.open": _("Open %(number)s in the office"),
        "case.offline": _("%(number)s opens in the office once there is a signal."),
        "photo.drop": _("Delete"),
        "photo.full": _("This phone is full, so the photo was not kept. Make room, then again."),
        "photo.refused": _("A photo was not taken in"),
        "photo.refused.hint": _("The office could not read it. It is still on this phone."),
        "photo.again": _("Send it again"),
    }


def _visit() -> dict[str, str]:
    return {
        "entry": _("How you saw it"),
        "entry.street": _("From the street"),
        "entry.how": _("By what right"),
        **{f"entry.{each}": entry_words(each) for each in ENTRIES},
        "entry.detail": _("From where, or with whose consent"),
        "entry.detail.hint": _("Such as: from the sidewalk. Needed unless entry was refused."),
        "belief": _("A complaint without a name"),
        "belief.why": _("What threatens health, safety or welfare"),
        "belief.hint": _("Without such a threat the law lets nobody look into it."),
        "note": _("Note"),
        "check": _("Look for"),
        "check.passed": _("In order"),
        "check.failed": _("Violation"),
        "check.recorded": _(
            "%(item)s (%(section)s) is on record now. It is not found again, and a warning or "
            "citation prepared here is not issued: say above what you see of it."
        ),
        "check.more": _("Anything else (%(n)s)"),
        "look": _("Checklist for this kind of case (%(n)s)"),
        "look.yes": _("Yes"),
        "look.no": _("No"),
        "look.not_seen": _("Not seen"),
        "look.note": _("Note to this line"),
    }


def _finishing() -> dict[str, str]:
    return {
        "close.offer": _("Close the case: nothing is left to correct here"),
        "close.corrected": _("All violations were found corrected."),
        "close.unfounded": _("No violation was found."),
        "finish": _("Finish the visit"),
        "finish.result": _("Say what you found here, or that you did not see it this time."),
        "finish.how": _("Say how you saw it."),
        "finish.entry": _("Say from where you saw it, or with whose consent."),
        "finish.belief": _("Say what threatens: without it this complaint may not be opened."),
        "finish.taker": _("Say who took the citation."),
        "finish.handed": _("Say the name of who took it."),
        "finish.capacity": _("Say in what capacity they took it."),
        "finish.places": _("Say which place it is."),
        "finish.where": _("Say where it hangs."),
        "short.place": _("The law wants it to hang there as well: %(place)s"),
        "short.photo": _("No photo of this visit shows it hanging."),
        "short": _("It would not count as service yet"),
        "short.age": _("Whoever took it has not told their age."),
        "short.young": _("Whoever took it must be above %(over)s."),
        "short.contents": _("It is not ticked that they were told what the paper is."),
        "short.commercial": _("It must be said that the premises are commercial."),
        "short.oath": _("Your oath is not ticked."),
        "short.hint": _(
            "Finished all the same, it is kept at the office as an attempt, with its hour and name."
        ),
        "short.back": _("Go back to it"),
        "short.anyway": _("Finish all the same"),
        "finish.numbers": _("There are not enough citation numbers on this phone: get a signal."),
        "finish.failed": _("It was not kept: %(why)s"),
        "no_access": _("No access"),
        "no_access.reason": _("Why you could not see it"),
        "no_access.then": _("Your calendar then lists it, to be booked again."),
        "no_access.why": _("Say why you could not see it."),
        "no_access.lost": _(
            "Without access this is not sent: %(what)s. Press once more if that is so."
        ),
        "no_access.lost.found": _("what you marked here"),
        "no_access.lost.cites": _("the warnings and citations prepared here"),
        "no_access.confirm": _("Say that there was no access"),
    }


def _history() -> dict[str, str]:
    return {
        "history": _("What happened here"),
        "history.others.one": _("1 other case"),
        "history.others.many": _("%(n)s other cases"),
        "history.liens": _("lien"),
        "history.notes": _("notes"),
        "history.permits": _("open permit"),
        "permit": _("Permits on this parcel"),
        "permit.applied": _("applied for"),
        "permit.issued": _("issued"),
        "permit.issued_on": _("issued on %(on)s"),
        "permit.expires_on": _("expires on %(on)s"),
        "permit.final": _("finished and inspected"),
        "permit.expired": _("expired"),
        "permit.void": _("void"),
        "history.owner": _("Owner on the roll: %(who)s"),
        "history.parcel": _("Parcel %(parcel)s"),
        "history.respondents": _("Respondents: %(who)s"),
        "history.lien": _("Lien %(instrument)s for %(amount)s."),
        "history.note": _("Note by %(who)s, %(on)s:"),
        "history.cases": _("Other cases on this parcel"),
        "history.no_cases": _("None on record."),
        "history.story": _("Last entries of this case"),
    }


def _hazards() -> dict[str, str]:
    return {
        "hazard": _("Hazard"),
        "hazard.dog": _("Dog"),
        "hazard.threat": _("Threats to staff"),
        "hazard.weapon": _("Weapon"),
        "hazard.structure": _("Unsafe structure"),
        "hazard.site": _("Unsafe ground"),
        "hazard.other": _("Other danger"),
        "hazard.by": _("Flagged by %(who)s, %(on)s."),
        "hazard.until": _("Until %(on)s."),
        "hazard.new": _("Flag a hazard here"),
        "hazard.kind": _("What endangers whoever comes"),
        "hazard.note": _("What the next who comes must know"),
        "hazard.end": _("Until"),
        "hazard.end.hint": _("Leave it empty where no end is known."),
        "hazard.flag": _("Flag it"),
        "hazard.flagged": _("Flagged. It stands at the top of every stop of this parcel."),
        "hazard.over": _("It is over"),
        "hazard.why_over": _("How you know"),
        "hazard.lift": _("Take the warning away"),
    }
