"""Tell what a violation may cost by a law, and how that is collected."""

from collections.abc import Iterator

from cases.forum import Tribunal
from cases.lawpack.schema import LawPack
from cases.ledger.return_fees import ReturnFees
from cases.money import write_cents
from cases.penalties import Scale, Tier
from cases.plain_law.lines import (
    Subject,
    Told,
    months_told,
    sentences,
    years_told,
)
from cases.workflow.citation import CitationAction


def penalties(pack: LawPack) -> Subject:
    """Tell by which scales a citation's penalty rises, and what each further day adds."""
    return Subject("Penalties of citations", tuple(_penalties(pack)))


def _penalties(pack: LawPack) -> Iterator[Told]:
    court = pack.forum.county_court
    if court is not None and pack.forum.citation_forum is Tribunal.COUNTY_COURT:
        most = write_cents(court.most_penalty_cents)
        words = f"Before the county court a penalty is {most} at most."
        yield Told("forum.county_court.most", words, court.source)
    for each in pack.scales:
        yield Told(f"scales.{each.name}", _scale(each), each.source)
    yield Told("continuing", _further_days(pack), pack.continuing.source)
    if pack.hardship:
        yield Told("hardship", _hardship(pack.hardship.after_earlier), pack.hardship.source)


def _scale(scale: Scale) -> str:
    if len(scale.tiers) == 1:
        most = write_cents(scale.highest.cents)
        return f"A penalty ({scale.name}) is {most} at most."
    tiers = ", ".join(_tier(each) for each in scale.tiers)
    return f"A penalty ({scale.name}) is at most {tiers}."


def _tier(tier: Tier) -> str:
    most = write_cents(tier.cents)
    if tier.within_years is None:
        return f"{most} for a first violation"
    before, time = tier.earlier, years_told(tier.within_years)
    if before == 1:
        return f"{most} with 1 violation in {time} before"
    return f"{most} with {before} violations in {time} before"


def _further_days(pack: LawPack) -> str:
    times = pack.continuing.most_times
    if CitationAction.IMPOSE_CONTINUING in pack.without:
        return "A further day adds nothing to a citation's penalty."
    if times is None:
        return "Each further day adds the penalty again, without a limit."
    if pack.continuing.original_counts:
        return f"Each further day adds the penalty again, {times} times at most with the first."
    return f"Each further day adds the penalty again, {times} times at most beside the first."


def _hardship(earlier: int) -> str:
    if earlier == 0:
        return "Hardship reduces the penalty of a violation."
    if earlier == 1:
        return "Hardship reduces the penalty of a further violation."
    return f"Hardship reduces the penalty of a violation with {earlier} before it."


def fines(pack: LawPack) -> Subject:
    """Tell what an order may fine."""
    rules = pack.fines
    first, repeat = write_cents(rules.first.cents), write_cents(rules.repeat.cents)
    once = write_cents(rules.irreparable.cents)
    lines = [
        Told("fines.first", f"An order fines at most {first} a day.", rules.first.statute),
        Told("fines.repeat", f"Of a repeat it fines at most {repeat} a day.", rules.repeat.statute),
        Told(
            "fines.irreparable",
            f"What cannot be undone it fines once, {once} at most.",
            rules.irreparable.statute,
        ),
    ]
    if rules.homestead:
        home = write_cents(rules.homestead.cents)
        words = f"A homestead is fined at most {home} a day."
        lines.append(Told("fines.homestead", words, rules.homestead.statute))
    words = sentences(
        "The day of compliance is fined too."
        if rules.count_compliance_day
        else "The day of compliance is not fined.",
        "The day of judgment is fined too."
        if rules.count_judgment_day
        else "The day of judgment is not fined.",
    )
    lines.append(Told("fines.count", words, rules.statutes.ends))
    return Subject("Fines of orders", tuple(lines))


def liens(pack: LawPack) -> Subject:
    """Tell what a recorded order becomes."""
    rules = pack.liens
    if rules is None:
        return Subject("Liens", (Told("liens", "The town has no lien."),))
    months = rules.foreclosure_after_months
    life, first = years_told(rules.life_years or 0), months_told(months)
    words = sentences(
        f"A recorded order is a lien for {life}."
        if rules.life_years
        else "A recorded order is a lien without end.",
        f"It is foreclosed after {first} at the earliest."
        if months
        else "It may be foreclosed at once.",
        "" if rules.homestead_foreclosure else "A homestead is never foreclosed.",
        "" if rules.binds_homestead else "A homestead is never bound.",
        "It binds whatever else the violator owns." if rules.other_property else "",
    )
    return Subject("Liens", (Told("liens", words, rules.source),))


def work(pack: LawPack) -> Subject:
    """Tell of the work that the town does itself: what it adds, and how the cost is collected."""
    return Subject("The town's own work", tuple(_work(pack)))


def _work(pack: LawPack) -> Iterator[Told]:
    fees = pack.abatement
    fixed, percent = write_cents(fees.admin_fee_cents), fees.admin_fee_percent
    words = (
        f"The town adds {fixed} and {percent} percent of the cost to that of its own work."
        if fees.admin_fee_cents or percent
        else "The town adds no fee to the cost of its own work."
    )
    yield Told("abatement", words, fees.source)
    if pack.standing_notice:
        time = years_told(pack.standing_notice.years)
        words = f"A notice that the town may act on stands until its anniversary after {time}."
        yield Told("standing_notice", words, pack.standing_notice.source)
    for each in pack.tax_lists:
        kept = years_told(each.within_years or 0)
        words = sentences(
            f"The cost of work ({each.name}) is certified to the tax list.",
            f"Within {kept} it keeps its priority." if each.within_years else "",
        )
        yield Told(f"tax_lists.{each.name}", words, each.source)


def money(pack: LawPack) -> Subject:
    """Tell which part a payment meets first, and who may let go how much."""
    return Subject("Payments and waivers", tuple(_money(pack)))


def _money(pack: LawPack) -> Iterator[Told]:
    rules = pack.money
    parts = ", ".join(rules.allocation)
    yield Told("money.allocation", f"A payment meets, in this order: {parts}.", rules.source)
    for role, cents in rules.waiver_limits_cents.items():
        most = write_cents(cents)
        words = f"The {role.replace('_', ' ')} may waive up to {most}."
        yield Told(f"money.waiver_limits_cents.{role}", words, rules.source)
    fees = rules.returned_payment
    yield Told("money.returned_payment", _returned(fees), fees.source)
    searches = pack.lien_searches
    if searches:
        fee = write_cents(searches.fee_cents)
        words = sentences(
            f"A lien search costs {fee}.",
            "The fee is paid first." if searches.paid_first else "",
        )
        yield Told("lien_searches", words, searches.source)


def _returned(fees: ReturnFees) -> str:
    if not fees.bands and not fees.percent:
        return "A payment that came back costs nothing more."
    bands = ", ".join(
        write_cents(each.cents)
        if each.up_to_cents is None
        else f"{write_cents(each.cents)} up to {write_cents(each.up_to_cents)}"
        for each in fees.bands
    )
    return sentences(
        f"A payment that came back costs: {bands}." if bands else "",
        f"It costs {fees.percent} percent of it where that is more." if fees.percent else "",
    )
