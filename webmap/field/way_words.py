"""Hold what the field app says of the day's plan, of changing it, and of the way."""

from flask_babel import gettext as _


def plan() -> dict[str, str]:
    """Return what is said of the plan, of what came beside it, and of a change."""
    return {
        "plan.by": _("In the order of the plan by %(by)s, %(at)s, along the streets."),
        "plan.by.estimated": _(
            "In the order of the plan by %(by)s, %(at)s. Its times are estimates by straight lines."
        ),
        "plan.own": _("In the order you chose, from the plan of %(at)s."),
        "plan.taken": _("This is a newer plan of the office, by %(by)s, %(at)s."),
        "plan.taken.ok": _("I have seen it"),
        "plan.newer": _("The office has made a newer plan"),
        "plan.newer.by": _("By %(by)s, %(at)s. You follow yours until you take this one."),
        "plan.newer.waits": _("A newer plan of the office, %(at)s, waits for you."),
        "plan.newer.added": _("Added: %(places)s"),
        "plan.newer.gone": _("Taken away: %(places)s"),
        "plan.newer.moved.one": _("1 stop has another turn"),
        "plan.newer.moved.many": _("%(n)s stops have another turn"),
        "plan.newer.ends": _("The day ends at %(after)s; by your plan it ends at %(before)s."),
        "plan.newer.take": _("Follow the newer plan"),
        "plan.newer.keep": _("Stay with mine"),
        "plan.withdrawn": _("The office has withdrawn today's plan"),
        "plan.withdrawn.by": _("%(by)s, %(at)s: %(because)s"),
        "plan.fresh": _("New since your plan"),
        "plan.put_in": _("Put it into my day"),
        "plan.no_place": _("It has no place on the map yet."),
        "plan.beside.one": _("Not in today's plan (1 place)"),
        "plan.beside.many": _("Not in today's plan (%(n)s places)"),
        "plan.beside.hint": _("These wait in your zone for another day."),
        "cost.same": _("No more driving than before."),
        "cost.more": _("%(minutes)s more of driving."),
        "cost.less": _("%(minutes)s less of driving."),
        "cost.ends": _("Home about %(at)s."),
        "cost.late": _("Too late for %(place)s, where somebody waits at %(at)s."),
        "cost.undo": _("Undo the move"),
    }


def stop() -> dict[str, str]:
    """Return what is said of a stop that is pinned, come to, left or skipped, and of the sheet."""
    return {
        "pin.on": _("Pinned"),
        "pin.off": _("Pin"),
        "at.arrive": _("I am there"),
        "at.leave": _("I leave"),
        "skip": _("Skip this stop"),
        "skip.why": _("Why you do not go there"),
        "skip.nobody": _("Nobody is there"),
        "skip.closed": _("The way is closed"),
        "skip.unsafe": _("It is not safe"),
        "skip.time": _("No time is left"),
        "skip.other": _("Another reason"),
        "skip.lacks": _("Say why you skip this stop."),
        "skip.do": _("Skip it"),
        "skipped": _("Skipped (%(n)s)"),
        "skipped.after_all": _("I am there after all"),
        "sheet": _("Route sheet and files"),
        "sheet.hint": _("As the office planned the day. These need a signal."),
        "sheet.pdf": _("Route sheet (PDF)"),
        "sheet.gpx": _("For a navigator (GPX)"),
        "sheet.ics": _("For a calendar (iCalendar)"),
    }


def rest() -> dict[str, str]:
    """Return what is said of planning the rest of the day anew."""
    return {
        "replan.title": _("The rest of the day"),
        "replan.hint": _(
            "From where you are now. You see what changes before you decide; what you pinned keeps "
            "its turn."
        ),
        "replan": _("Plan the rest anew"),
        "replan.looking": _("Looking where you are …"),
        "replan.asking": _("The office is planning …"),
        "replan.offline": _(
            "This needs a signal. Until then follow the order you have, or move stops by hand."
        ),
        "replan.failed": _("The office could not plan it. Follow the order you have."),
        "replan.later": _("No signal: it is taken as soon as there is one."),
        "replan.taking": _("Telling the office …"),
        "replan.saves": _("%(minutes)s less of driving"),
        "replan.costs": _("%(minutes)s more of driving, so that no hour is missed"),
        "replan.same": _("Your order is as good as any"),
        "replan.other": _("As much driving in another order"),
        "replan.adds": _("It adds %(minutes)s of driving"),
        "replan.before": _("As it is"),
        "replan.after": _("Planned anew"),
        "replan.driving": _("Driving"),
        "replan.ends": _("Home"),
        "replan.late": _("Too late for"),
        "replan.was": _("(was %(n)s)"),
        "replan.new": _("(new)"),
        "replan.drops": _("Stops that no longer fit into the day: %(n)s"),
        "replan.dropped": _("No longer fits into the day"),
        "replan.estimated": _("Times are estimates by straight lines: no streets are loaded."),
        "replan.take": _("Follow this"),
        "replan.keep": _("Keep what I have"),
        "replan.after_place": _("It comes after %(place)s."),
        "replan.first": _("It comes first."),
        "replan.by_phone": _("Reckoned on this phone, without a signal."),
        "risk.appointment": _("a promised appointment is missed"),
        "risk.legal_date": _("its last lawful day passes"),
        "risk.must": _("a visit that must be made is not"),
    }


def way() -> dict[str, str]:
    """Return what is said on the way to the next stop."""
    return {
        "way.go": _("Drive there"),
        "way.to": _("On the way to"),
        "way.none": _("There is no next stop"),
        "way.none.hint": _("All stops of the plan are done, or the next has no place on the map."),
        "way.there": _("I am there: start the visit"),
        "way.unknown": _("The way for this order is not on this phone yet. It needs a signal."),
        "way.unknown.estimated": _(
            "No streets are loaded at the office, so there are no turns to tell. Use the phone's "
            "own navigation below."
        ),
        "way.fetch": _("Find the way from here"),
        "way.fetching": _("Finding the way …"),
        "way.no_signal": _("No signal. Use the map, or the phone's own navigation below."),
        "way.lost": _("You have left the way."),
        "way.back": _("Turn before"),
        "way.on": _("Next turn"),
        "way.rest": _("%(distance)s left · %(drive)s · there about %(at)s"),
        "way.all": _("All turns (%(n)s)"),
        "way.map": _("The way to the next stop"),
        "way.elsewhere": _("Open in another navigation"),
        "way.elsewhere.hint": _("That app then learns where you are going."),
        "way.phone": _("The phone's own"),
        "turn.in": _("In %(distance)s"),
        "turn.then": _("Then: %(turn)s"),
        "turn.on": _("%(turn)s on %(street)s"),
        "turn.onto": _("%(turn)s onto %(street)s"),
    }


def turns() -> dict[str, str]:
    """Return what each turn is called: those of `geo.streets.turns.TURNS`."""
    return {
        "turn.head_north": _("Head north"),
        "turn.head_northeast": _("Head northeast"),
        "turn.head_east": _("Head east"),
        "turn.head_southeast": _("Head southeast"),
        "turn.head_south": _("Head south"),
        "turn.head_southwest": _("Head southwest"),
        "turn.head_west": _("Head west"),
        "turn.head_northwest": _("Head northwest"),
        "turn.uturn": _("Make a U-turn"),
        "turn.sharp_right": _("Turn sharply right"),
        "turn.right": _("Turn right"),
        "turn.slight_right": _("Bear right"),
        "turn.straight": _("Go straight"),
        "turn.slight_left": _("Bear left"),
        "turn.left": _("Turn left"),
        "turn.sharp_left": _("Turn sharply left"),
        "turn.continue": _("Continue"),
        "turn.keep_left": _("Keep left"),
        "turn.keep_right": _("Keep right"),
        "turn.merge": _("Merge"),
        "turn.ramp": _("Take the ramp"),
        "turn.ramp_left": _("Take the ramp on the left"),
        "turn.ramp_right": _("Take the ramp on the right"),
        "turn.exit": _("Take the exit"),
        "turn.exit_left": _("Take the exit on the left"),
        "turn.exit_right": _("Take the exit on the right"),
        "turn.roundabout": _("Go through the roundabout"),
        "turn.roundabout_1": _("At the roundabout take the first exit"),
        "turn.roundabout_2": _("At the roundabout take the second exit"),
        "turn.roundabout_3": _("At the roundabout take the third exit"),
        "turn.roundabout_4": _("At the roundabout take the fourth exit"),
        "turn.roundabout_5": _("At the roundabout take the fifth exit"),
        "turn.roundabout_6": _("At the roundabout take the sixth exit"),
        "turn.roundabout_7": _("At the roundabout take the seventh exit"),
        "turn.roundabout_8": _("At the roundabout take the eighth exit"),
        "turn.leave_roundabout": _("Leave the roundabout"),
        "turn.arrive": _("Arrive at your stop"),
        "turn.arrive_left": _("Arrive at your stop on the left"),
        "turn.arrive_right": _("Arrive at your stop on the right"),
    }
