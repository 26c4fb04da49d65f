"""Tell what a law pack says in plain words, for whoever has to agree to it."""

from collections.abc import Iterator

from cases.appeal_terms import RunsFrom
from cases.deadlines import WORDS
from cases.lawpack.ordinance import Ordinance
from cases.lawpack.schema import LawPack
from cases.money import write_cents
from cases.penalties import Scale, Tier

_RUNS_FROM = {
    RunsFrom.EXECUTION: "execution", RunsFrom.SENDING: "mailing", RunsFrom.SERVICE: "service",
}  # fmt: skip


def in_plain_words(pack: LawPack) -> Iterator[str]:
    """Yield what differs from town to town, each in a sentence: rules first, then provisions."""
    yield _appeal(pack)
    yield _liens(pack)
    if pack.service.warning.refusal_serves:
        yield "A warning that came back refused or unclaimed counts as delivered."
    yield from _fines(pack)
    yield from (_scale(each) for each in pack.scales)
    if pack.hardship:
        yield "Hardship reduces the penalty of a further violation."
    if pack.standing_notice:
        years = _counted(pack.standing_notice.years, "year")
        yield f"A notice of such a violation stands until its anniversary after {years}."
    for each in pack.tax_lists:
        kept = f", within {_counted(each.within_years, 'year')} to keep its priority"
        last = kept if each.within_years else ""
        yield f"The cost of work ({each.name}) is certified to the tax list{last}."
    yield from (_provision(each, pack) for each in pack.ordinances)


def _appeal(pack: LawPack) -> str:
    rule, appeal = pack.deadlines.appeal_order, pack.appeal
    days = f"{rule.days} {WORDS[rule.count, rule.days == 1]}"
    anew = "; the court hears it anew" if appeal.de_novo else ""
    since = _RUNS_FROM[appeal.runs_from]
    return f"An order is appealed to the {appeal.court} within {days} of its {since}{anew}."


def _liens(pack: LawPack) -> str:
    rules = pack.liens
    if rules is None:
        return "The town has no lien."
    life = f"for {_counted(rules.life_years, 'year')}" if rules.life_years else "without end"
    months = rules.foreclosure_after_months
    first = f"after {_counted(months, 'month')}" if months else "at once"
    home = "" if rules.homestead_foreclosure else ", never of a homestead"
    home = home if rules.binds_homestead else ", never on a homestead"
    return f"A recorded order is a lien {life}, foreclosed {first} at the earliest{home}."


def _fines(pack: LawPack) -> Iterator[str]:
    fines = pack.fines
    yield (
        f"An order fines at most {write_cents(fines.first.cents)} a day, "
        f"{write_cents(fines.repeat.cents)} for a repeat."
    )
    if fines.homestead:
        yield f"A homestead is fined at most {write_cents(fines.homestead.cents)} a day."


def _scale(scale: Scale) -> str:
    return f"A penalty ({scale.name}) is at most {', '.join(_tier(each) for each in scale.tiers)}."


def _tier(tier: Tier) -> str:
    if tier.within_years is None:
        return write_cents(tier.cents)
    before = f"{_counted(tier.earlier, 'violation')} in {_counted(tier.within_years, 'year')}"
    return f"{write_cents(tier.cents)} with {before} before"


def _provision(text: Ordinance, pack: LawPack) -> str:
    said = f"{text.section} {text.category}: {_counted(text.cure_days, 'day')} to correct"
    if text.abate_under:
        said += f"; then the town may do the work itself ({text.abate_under})"
    if pack.tax_list_of(text):
        said += f", and its cost goes to the tax list ({text.tax_list})"
    return f"{said}."


def _counted(count: int | None, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
