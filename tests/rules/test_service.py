"""Service of a notice under section 162.12, Florida Statutes: each way, and what each lacks."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cases
from cases.days import DayError
from cases.service.attempts import Attempt, MailTo, Method, Place, ServiceError, ServiceRules
from cases.service.proof import ServiceProof, service
from cases.service.routes import judge

NOTICE = ServiceRules(
    methods={
        Method.CERTIFIED_MAIL: "s. 162.12(1)(a)",
        Method.HAND: "s. 162.12(1)(b)",
        Method.RESIDENT: "s. 162.12(1)(c)",
        Method.MANAGER: "s. 162.12(1)(d)",
        Method.PUBLICATION: "s. 162.12(2)(a)",
        Method.POSTING: "s. 162.12(2)(b)",
    }
)
WARNING = dataclasses.replace(
    NOTICE,
    methods={Method.FIRST_CLASS_MAIL: "town code", Method.HAND: "town code"},
    mail_serves_at_once=True,
)
SENT = date(2026, 6, 1)
LATER = date(2026, 12, 31)
MAILED = Attempt(method=Method.CERTIFIED_MAIL, made_on=SENT, mailed_to=MailTo.TAX_COLLECTOR)
POSTED = Attempt(
    method=Method.POSTING, made_on=date(2026, 7, 1), posted_at=frozenset(Place),
    affidavit_on=date(2026, 7, 1),
)  # fmt: skip


def _on(attempt: Attempt, **facts: object) -> Attempt:
    return dataclasses.replace(attempt, **facts)  # type: ignore[arg-type]


def test_certified_mail_serves_on_the_day_it_is_signed_for() -> None:
    signed = _on(MAILED, signed_on=date(2026, 6, 5))
    found = service([signed], rules=NOTICE, on=LATER)
    assert found.proof is not None
    assert (found.proof.served_on, found.proof.source) == (date(2026, 6, 5), "s. 162.12(1)(a)")
    assert service([signed], rules=NOTICE, on=date(2026, 6, 4)).proof is None


def test_mail_to_an_address_the_law_does_not_name_serves_nobody() -> None:
    elsewhere = _on(MAILED, mailed_to=MailTo.OTHER, signed_on=date(2026, 6, 5))
    found = service([elsewhere], rules=NOTICE, on=LATER)
    assert found.proof is None
    assert "address of the tax collector" in found.judged[0].lacks[0]
    assert service([elsewhere, POSTED], rules=NOTICE, on=LATER).proof is None


def test_a_corporation_may_be_mailed_at_its_registered_agent() -> None:
    agent = _on(MAILED, mailed_to=MailTo.REGISTERED_AGENT, signed_on=SENT)
    assert service([agent], rules=NOTICE, on=SENT).proof is not None


def test_mail_unsigned_for_thirty_days_may_be_completed_by_posting_for_ten() -> None:
    patient = dataclasses.replace(NOTICE, concurrent=False)
    found = service([MAILED, POSTED], rules=patient, on=date(2026, 7, 1))
    assert found.proof is not None
    assert (found.proof.served_on, found.proof.method) == (date(2026, 7, 11), Method.POSTING)
    early = _on(POSTED, made_on=date(2026, 6, 30))
    assert service([MAILED, early], rules=patient, on=LATER).proof is None


def test_mail_that_came_back_need_not_be_waited_for() -> None:
    patient = dataclasses.replace(NOTICE, concurrent=False)
    back = _on(MAILED, returned_on=date(2026, 6, 9), return_reason="unclaimed")
    posted = _on(POSTED, made_on=date(2026, 6, 9))
    found = service([back, posted], rules=patient, on=LATER)
    assert found.proof is not None
    assert found.proof.served_on == date(2026, 6, 19)


def test_posting_may_run_together_with_the_mail() -> None:
    found = service([MAILED, _on(POSTED, made_on=SENT)], rules=NOTICE, on=LATER)
    assert found.proof is not None
    assert found.proof.served_on == date(2026, 6, 11)


def test_posting_alone_never_serves() -> None:
    found = service([POSTED], rules=NOTICE, on=LATER)
    assert found.proof is None
    assert "posting or publication alone never serves" in found.judged[0].lacks[0]
    posting = next(way for way in found.ways if way.method is Method.POSTING)
    assert posting.steps[0] == "Mail it certified, or try to hand it over."


@pytest.mark.parametrize(
    ("facts", "lack"),
    [
        ({"posted_at": frozenset({Place.PROPERTY})}, "government office as well"),
        ({"posted_at": frozenset({Place.GOVERNMENT_OFFICE})}, "property as well"),
        ({"affidavit_on": None}, "affidavit of posting is not on record"),
    ],
)
def test_posting_needs_both_places_and_an_affidavit(facts: dict[str, object], lack: str) -> None:
    found = service([MAILED, _on(POSTED, **facts)], rules=NOTICE, on=LATER)
    assert found.proof is None
    assert lack in found.judged[1].lacks[0]


@pytest.mark.parametrize(
    ("age", "told", "served"),
    [(16, True, True), (15, True, False), (16, False, False), (None, True, False)],
)
def test_a_notice_left_with_a_resident_wants_one_above_fifteen_who_is_told(
    age: int | None, told: bool, served: bool
) -> None:
    left = Attempt(
        method=Method.RESIDENT,
        made_on=SENT,
        resident_age=age,
        told_contents=told,
        affidavit_on=SENT,
    )
    assert (service([left], rules=NOTICE, on=SENT).proof is not None) is served


@pytest.mark.parametrize("commercial", [True, False])
def test_a_notice_left_with_a_manager_wants_commercial_premises(commercial: bool) -> None:
    left = Attempt(method=Method.MANAGER, made_on=SENT, commercial=commercial, affidavit_on=SENT)
    found = service([left], rules=NOTICE, on=SENT)
    assert (found.proof is not None) is commercial
    assert commercial or "premises are commercial" in found.judged[0].lacks[0]


def test_a_notice_handed_over_waits_for_the_affidavit_and_serves_from_its_own_day() -> None:
    handed = Attempt(method=Method.HAND, made_on=SENT, affidavit_on=date(2026, 6, 3))
    assert service([handed], rules=NOTICE, on=SENT).proof is None
    found = service([handed], rules=NOTICE, on=date(2026, 6, 3))
    assert found.proof is not None
    assert found.proof.served_on == SENT


def test_publication_runs_four_weeks() -> None:
    printed = Attempt(
        method=Method.PUBLICATION, made_on=SENT, published_weeks=4, affidavit_on=date(2026, 6, 29)
    )
    found = service([MAILED, printed], rules=NOTICE, on=LATER)
    assert found.proof is not None
    assert found.proof.served_on == date(2026, 6, 29)
    short = _on(printed, published_weeks=3)
    (_, judged) = service([MAILED, short], rules=NOTICE, on=LATER).judged
    assert judged.lacks == ("It has run 3 weeks of 4 in a row.",)


def test_first_class_mail_serves_a_warning_and_no_notice_of_hearing() -> None:
    letter = Attempt(method=Method.FIRST_CLASS_MAIL, made_on=SENT, mailed_to=MailTo.OTHER)
    assert service([letter], rules=WARNING, on=SENT).proof is not None
    found = service([letter], rules=NOTICE, on=SENT)
    assert found.proof is None
    assert "does not serve this kind" in found.judged[0].lacks[0]


def test_a_letter_refused_serves_where_the_law_takes_it_as_delivered() -> None:
    refused = _on(MAILED, returned_on=date(2026, 6, 8), return_reason="refused")
    texas = dataclasses.replace(NOTICE, refusal_serves=True)
    assert service([refused], rules=NOTICE, on=LATER).proof is None
    found = service([refused], rules=texas, on=LATER)
    assert found.proof is not None
    assert found.proof.served_on == date(2026, 6, 8)


@pytest.mark.parametrize(
    ("reason", "serves"),
    [("Refused", True), ("RTS - UNCLAIMED", True), ("no such address", False), (None, False)],
)
def test_only_a_letter_refused_or_unclaimed_counts_as_delivered(
    reason: str | None, *, serves: bool
) -> None:
    back = _on(MAILED, returned_on=date(2026, 6, 8), return_reason=reason)
    texas = dataclasses.replace(NOTICE, refusal_serves=True)
    found = service([back], rules=texas, on=LATER)
    assert (found.proof is not None) is serves


def test_a_letter_goes_to_an_address_the_law_names_first_class_too() -> None:
    letter = Attempt(method=Method.FIRST_CLASS_MAIL, made_on=SENT, mailed_to=MailTo.OTHER)
    roll = dataclasses.replace(WARNING, letters_to=(MailTo.PROPERTY_APPRAISER,))
    found = service([letter], rules=roll, on=SENT)
    assert found.proof is None
    assert "this went to another" in found.judged[0].lacks[0]
    sent = dataclasses.replace(letter, mailed_to=MailTo.PROPERTY_APPRAISER)
    assert service([sent], rules=roll, on=SENT).proof is not None


def test_of_several_ways_the_first_to_be_complete_serves() -> None:
    signed = _on(MAILED, signed_on=date(2026, 6, 20))
    posted = _on(POSTED, made_on=SENT)
    found = service([signed, posted], rules=NOTICE, on=LATER)
    assert found.proof is not None
    assert (found.proof.method, found.proof.served_on) == (Method.POSTING, date(2026, 6, 11))


def test_a_notice_not_served_says_what_would_serve_it_the_fastest_first() -> None:
    found = service([MAILED], rules=NOTICE, on=date(2026, 6, 10), needed_by=date(2026, 6, 25))
    assert found.judged[0].lacks == ("The letter of 2026-06-01 is not signed for.",)
    ways = {way.method: way for way in found.ways}
    assert next(iter(ways)) in {Method.HAND, Method.RESIDENT, Method.MANAGER}
    assert ways[Method.POSTING].complete_on == date(2026, 6, 20)
    assert ways[Method.POSTING].begin_by == date(2026, 6, 15)
    assert ways[Method.PUBLICATION].begin_by == date(2026, 5, 28)  # too late
    assert found.ways[-1].method is Method.CERTIFIED_MAIL
    assert found.ways[-1].complete_on is None
    assert "government office and at the property for 10 days" in ways[Method.POSTING].steps[0]


def test_where_posting_must_wait_the_way_says_from_when() -> None:
    patient = dataclasses.replace(NOTICE, concurrent=False)
    found = service([MAILED], rules=patient, on=date(2026, 6, 10))
    posting = next(way for way in found.ways if way.method is Method.POSTING)
    assert posting.complete_on == date(2026, 7, 11)


@pytest.mark.parametrize("name", ["signed_on", "returned_on", "affidavit_on"])
def test_what_cannot_have_happened_on_its_day_is_refused_by_that_day(name: str) -> None:
    with pytest.raises(DayError, match="before it was mailed on June 1") as refused:
        _on(MAILED, **{name: date(2026, 5, 31)})
    assert refused.value.of == name


def test_mail_to_no_address_is_refused() -> None:
    with pytest.raises(ServiceError, match="say whose it was"):
        _on(MAILED, mailed_to=None)


def test_nobody_else_makes_a_proof() -> None:
    with pytest.raises(ServiceError, match="alone"):
        ServiceProof(served_on=SENT, method=Method.HAND, source="", notice_id=1, seal=None)
    rooms = Path(cases.__file__).parent
    makers = {path.name for path in rooms.rglob("*.py") if "ServiceProof(" in path.read_text()}
    assert makers == {"proof.py"}


ATTEMPTS = st.builds(
    Attempt,
    method=st.sampled_from(Method),
    made_on=st.dates(SENT, SENT + timedelta(60)),
    mailed_to=st.sampled_from(MailTo),
    resident_age=st.integers(10, 20),
    told_contents=st.booleans(),
    commercial=st.booleans(),
    posted_at=st.frozensets(st.sampled_from(Place)),
    published_weeks=st.integers(0, 4),
)


@given(st.lists(ATTEMPTS, max_size=5), st.dates(SENT, SENT + timedelta(90)))
def test_every_attempt_served_or_lacks_something_and_more_knowledge_never_unserves(
    attempts: list[Attempt], on: date
) -> None:
    for judged in judge(attempts, rules=NOTICE, on=on):
        assert (judged.served_on is None) == bool(judged.lacks)
    before = service(attempts, rules=NOTICE, on=on).proof
    if before is not None:
        after = service(attempts, rules=NOTICE, on=on + timedelta(1)).proof
        assert after is not None
        assert after.served_on <= before.served_on
