"""Write a name and an address as one of many clerks would, now and then with a slip of the pen."""

from dataclasses import replace

import numpy as np

from data.town.landlords import wording
from data.town.landlords.persons import Company, Couple, Human, Person, Trust
from data.town.landlords.places import Place

SLIP_IN_NAME, SECOND_SLIP = 0.04, 0.1
SLIP_IN_ADDRESS = 0.025
MIDDLE_LEFT_OUT, FIRST_AS_INITIAL, NICKNAMED = 0.2, 0.03, 0.02
GENERATION_LEFT_OUT = 0.1
CUT_SHARE, CUT_AT = 0.015, 30
"""Some old systems keep so many letters of a name and no more."""
SUITE_LEFT_OUT = 0.06
PLUS_FOUR_SHARE = 0.35
CARE_IN_NAME = 0.25
"""Where letters go in somebody's care, the share of clerks who write so behind the owner's name."""


def written(
    rng: np.random.Generator, person: Person, place: Place
) -> tuple[str, str, str, str, str]:
    """Write an owner down: name, and line, city, state and ZIP code for letters."""
    name = _name(rng, person)
    if rng.random() < CUT_SHARE:
        name = name[:CUT_AT].strip()
    if rng.random() < SLIP_IN_NAME:
        name = slipped(rng, name)
        if rng.random() < SECOND_SLIP:
            name = slipped(rng, name)
    care = str(rng.choice(wording.CARES)).format(place.care) if place.care else ""
    line = _line(rng, place)
    if care and rng.random() < CARE_IN_NAME:
        name = f"{name} {care}"
    elif care:
        line = f"{care} {line}"
    zip_code = place.zip_code
    if rng.random() < PLUS_FOUR_SHARE:
        zip_code += f"-{int(rng.integers(1, 9999)):04d}"
    told = [name, line, place.city, place.state]
    if rng.random() < 0.5:  # noqa: PLR2004 - half of all clerks shout
        told = [each.upper() for each in told]
    return told[0], told[1], told[2], told[3], zip_code


def slipped(rng: np.random.Generator, text: str) -> str:
    """Leave a letter out, write one twice, two the wrong way about, or the one beside it."""
    letters = [at for at, sign in enumerate(text) if sign.isalpha()]
    at = letters[int(rng.integers(len(letters)))]
    before, sign, after = text[:at], text[at], text[at + 1 :]
    how = int(rng.integers(4))
    if how == 0:
        return before + after
    if how == 1:
        return before + sign + sign + after
    if how == 2 and after[:1].isalpha():  # noqa: PLR2004 - the third way of four
        return before + after[0] + sign + after[1:]
    beside = str(rng.choice(list(wording.KEYS.get(sign.lower(), "e"))))
    return before + (beside.upper() if sign.isupper() else beside) + after


def _name(rng: np.random.Generator, person: Person) -> str:
    match person:
        case Human():
            return _human(rng, person)
        case Couple():
            return _couple(rng, person)
        case Trust():
            return _trust(rng, person)
        case Company():
            return _company(rng, person)


def _human(rng: np.random.Generator, who: Human) -> str:
    first, middle, last = _given(rng, who.first), who.middle, who.last
    if rng.random() < MIDDLE_LEFT_OUT:
        middle = ""
    generation = "" if rng.random() < GENERATION_LEFT_OUT else who.generation
    style = rng.random()
    if style < 0.5:  # noqa: PLR2004 - half write the surname first, and a comma
        return _spaced(f"{last},", first, middle, generation)
    if style < 0.75:  # noqa: PLR2004 - a quarter leave the comma out
        return _spaced(last, first, middle, generation)
    return _spaced(first, middle, last, generation)


def _given(rng: np.random.Generator, first: str) -> str:
    draw = rng.random()
    if draw < FIRST_AS_INITIAL:
        return first[0]
    if draw < FIRST_AS_INITIAL + NICKNAMED:
        return wording.NICKNAMES.get(first, first)
    return first


def _couple(rng: np.random.Generator, both: Couple) -> str:
    one, other, last = both.one, both.other, both.one.last
    style = rng.random()
    if style < 0.1:  # noqa: PLR2004 - one in ten names the one alone
        return f"{_human(rng, one)} ET {'UX' if rng.random() < 0.7 else 'AL'}"  # noqa: PLR2004
    sign = str(rng.choice(["&", "&", "and"]))
    if style < 0.25:  # noqa: PLR2004 - the other one first
        return _spaced(f"{last},", other, sign, one.first, one.middle)
    if style < 0.4:  # noqa: PLR2004 - as they are spoken to
        return _spaced(one.first, one.middle, sign, other, last)
    if style < 0.52:  # noqa: PLR2004 - each with the surname
        return _spaced(one.first, one.middle, last, sign, other, last)
    middle = "" if rng.random() < MIDDLE_LEFT_OUT else one.middle
    return _spaced(f"{last},", one.first, middle, sign, other)


def _trust(rng: np.random.Generator, trust: Trust) -> str:
    kind = str(rng.choice(wording.KIND_FORMS["Trust"]))
    if trust.of_family:
        return _spaced("The" if rng.random() < 0.2 else "", trust.maker.last, "Family", kind)  # noqa: PLR2004
    maker = replace(trust.maker, generation="")
    said = str(rng.choice(["Revocable", "Rev", "Living", ""]))
    return _spaced(_human(rng, maker), said, kind)


def _company(rng: np.random.Generator, company: Company) -> str:
    kind = str(rng.choice(wording.KIND_FORMS[company.kind]))
    stem = company.stem
    if rng.random() < 0.5:  # noqa: PLR2004 - half write "and" out
        stem = stem.replace("&", "and")
    name = _spaced(stem, company.number)
    return f"{name}{kind}" if kind.startswith(",") else f"{name} {kind}"


def _line(rng: np.random.Generator, place: Place) -> str:
    if not place.street:
        return str(rng.choice(wording.BOXES)).format(place.number)
    suffix = place.suffix
    if rng.random() < 0.25:  # noqa: PLR2004 - a quarter write it out
        suffix = wording.SUFFIXES_LONG.get(suffix, suffix)
    street = place.street
    if rng.random() < SLIP_IN_ADDRESS:
        street = slipped(rng, street)
    line = f"{place.number} {street} {suffix}"
    if place.suite and rng.random() >= SUITE_LEFT_OUT:
        line += " " + str(rng.choice(wording.SUITES)).format(place.suite)
    return line


def _spaced(*parts: str) -> str:
    return " ".join(filter(None, parts))
