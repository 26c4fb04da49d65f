"""Tell how each kind of notice is served, and on which day it then counts as served."""

from collections.abc import Callable, Iterator

from cases.lawpack.schema import LawPack
from cases.plain_law.lines import WORDS, Subject, Told, days_told, listed, sentences
from cases.service.attempts import MailTo, Method, ServiceRules

_TITLES = {
    "warning": "How a warning is served",
    "citation": "How a citation is served",
    "notice_of_hearing": "How a notice of hearing is served",
    "order": "How an order is served",
}
_CALLED = {
    "warning": "A warning",
    "citation": "A citation",
    "notice_of_hearing": "A notice of hearing",
    "order": "An order",
}


def serving(pack: LawPack) -> Iterator[Subject]:
    """Yield a subject for each kind of notice."""
    for kind, rules in pack.service:
        ways = [
            Told(f"service.{kind}.{method}", _WAYS[method](rules), source)
            for method, source in rules.methods.items()
        ]
        yield Subject(_TITLES[kind], (*ways, *_refused(kind, rules)))


def _refused(kind: str, rules: ServiceRules) -> Iterator[Told]:
    if rules.refusal_serves:
        words = f"{_CALLED[kind]} that came back refused or unclaimed counts as delivered."
        yield Told(f"service.{kind}.refusal_serves", words)


def _certified(rules: ServiceRules) -> str:
    if set(rules.mail_to) == set(MailTo):
        return "Certified mail to any address serves on the day it is signed for."
    holder = listed(rules.mail_to)
    return f"Certified mail serves on the day it is signed for, at the address of: {holder}."


def _first_class(rules: ServiceRules) -> str:
    if not rules.mail_serves_at_once:
        return "First class mail alone does not serve this notice."
    if rules.letters_to is None:
        return "First class mail serves on the day it is posted."
    holder = listed(rules.letters_to)
    return f"First class mail serves on the day it is posted, at the address of: {holder}."


def _handed(_rules: ServiceRules) -> str:
    return "Handed over, it serves on that day, with the server's affidavit."


def _resident(rules: ServiceRules) -> str:
    age = rules.resident_over
    return (
        f"Left at the residence with somebody over {age} who is told what is in it, it serves on "
        "that day, with the server's affidavit."
    )


def _manager(_rules: ServiceRules) -> str:
    return (
        "Left at commercial premises with whoever is in charge, it serves on that day, with the "
        "server's affidavit."
    )


def _posted(rules: ServiceRules) -> str:
    where, after = _places(rules), days_told(rules.posting_days)
    hung = (
        f"Posted at {where}, it serves {after} after it was hung."
        if rules.posting_days
        else f"Posted at {where}, it serves on the day it is hung."
    )
    return sentences(hung, _beside(rules))


def _places(rules: ServiceRules) -> str:
    if len(rules.posting_places) > 1:
        return "the property and a government office"
    return next((WORDS[each] for each in rules.posting_places), "any place")


def _published(rules: ServiceRules) -> str:
    weeks = rules.publication_weeks
    run = (
        f"Published for {weeks} weeks running, it serves when they are over."
        if weeks > 1
        else "Published once, it serves a week after."
    )
    return sentences(run, _beside(rules))


def _beside(rules: ServiceRules) -> str:
    waits = days_told(rules.unsigned_days)
    return sentences(
        "It must also be mailed or handed over, for this alone serves nobody.",
        "" if rules.concurrent else f"It begins once the letter was given {waits}.",
    )


_WAYS: dict[Method, Callable[[ServiceRules], str]] = {
    Method.FIRST_CLASS_MAIL: _first_class,
    Method.CERTIFIED_MAIL: _certified,
    Method.HAND: _handed,
    Method.RESIDENT: _resident,
    Method.MANAGER: _manager,
    Method.POSTING: _posted,
    Method.PUBLICATION: _published,
}
