"""Tell a whole law pack in plain words, subject by subject."""

from cases.lawpack.ordinance import Ordinance
from cases.lawpack.schema import LawPack
from cases.money import write_cents
from cases.plain_law import proceedings, sums
from cases.plain_law.lines import Subject, Told, days_told, sentences
from cases.plain_law.serving import serving
from cases.wording import day_in_words


def in_plain_words(pack: LawPack) -> tuple[Subject, ...]:
    """Return what differs from town to town, each in a line: rules first, then provisions."""
    return (
        proceedings.complaints(pack),
        proceedings.times(pack),
        *serving(pack),
        proceedings.hearings(pack),
        proceedings.repeats(pack),
        sums.penalties(pack),
        sums.fines(pack),
        proceedings.appeals(pack),
        sums.liens(pack),
        sums.work(pack),
        sums.money(pack),
        proceedings.keeping(pack),
        proceedings.left_out(pack),
        _provisions(pack),
    )


def _provisions(pack: LawPack) -> Subject:
    lines = []
    for each in pack.ordinances:
        texts = [text for text in pack.ordinances if text.section == each.section]
        key, dated = f"ordinances.{each.section}", ""
        if len(texts) > 1:
            day = day_in_words(each.in_force_from)
            key, dated = f"{key}.{each.in_force_from}", f"It is in force from {day}."
        lines.append(Told(key, sentences(_provision(each, pack), dated)))
    return Subject("The provisions", tuple(lines))


def _provision(text: Ordinance, pack: LawPack) -> str:
    time = days_told(text.cure_days)
    least, most = write_cents(text.penalty_least_cents), write_cents(text.penalty_most_cents)
    usual = write_cents(text.penalty_usual_cents)
    return sentences(
        f"{text.section} {text.category}: {time} to correct.",
        "More time may be asked for." if text.extendable else "More time is not given.",
        f"A citation costs {least} to {most}, usually {usual}.",
        f"It rises by the scale {text.scale}." if pack.rises(text) else "",
        f"Then the town may do the work itself ({text.abate_under})." if text.abate_under else "",
        f"Its cost goes to the tax list ({text.tax_list})." if pack.tax_list_of(text) else "",
        _looked_into(text),
    )


def _looked_into(text: Ordinance) -> str:
    within = days_told(text.response_days)
    if text.response_days == 0:
        return "A complaint is looked into on the same day."
    return f"A complaint is looked into within {within}."
