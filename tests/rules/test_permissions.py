"""Who may do what, held against the process as it was read by hand."""

import pytest
from hand_read import BY_HAND

from cases.lawpack.reading import DEFAULT, read_pack
from cases.permissions import NoSuchActionError, Right, may, permissions, rights_of
from cases.workflow.registry import NAMES, SECTIONS
from cases.workflow.roles import Role

LAW = read_pack(DEFAULT)
STAFF = {Role.OFFICER, Role.CLERK, Role.MANAGER}
RIGHTS = {
    Right.READ_CASE: STAFF | {Role.HEARING_OFFICER},
    Right.READ_LEDGER: STAFF | {Role.HEARING_OFFICER},
    Right.READ_DOCKET: {Role.CLERK, Role.MANAGER, Role.HEARING_OFFICER},
    Right.CHARGE: {Role.CLERK},
    Right.TAKE_PAYMENT: {Role.CLERK},
    Right.RETURN_PAYMENT: {Role.CLERK},
    Right.VOID_PAYMENT: {Role.CLERK, Role.MANAGER},
    Right.APPLY_CREDIT: {Role.CLERK},
    Right.REFUND: {Role.MANAGER},
    Right.WAIVE: {Role.CLERK, Role.MANAGER},
    Right.REDUCE_FOR_HARDSHIP: {Role.MANAGER},
    Right.MAKE_DEPOSIT: {Role.CLERK},
    Right.RECONCILE_DEPOSIT: {Role.CLERK, Role.MANAGER},
    Right.SEARCH_LIENS: {Role.CLERK},
    Right.GIVE_RECORDS: {Role.CLERK},
    Right.EXEMPT_PLACES: {Role.CLERK},
    Right.NOTE_CONTACT: STAFF,
    Right.DRAW_ZONES: {Role.MANAGER},
    Right.PLAN_WORK: {Role.MANAGER},
    Right.READ_REPORTS: {Role.CLERK, Role.MANAGER},
    Right.CONFIRM_OWNERS: {Role.CLERK, Role.MANAGER},
    Right.SETTLE_PARCELS: {Role.CLERK, Role.MANAGER},
    Right.SEE_MOVE: {Role.CLERK, Role.MANAGER, Role.ADMIN},
    Right.WORD_LETTERS: {Role.CLERK, Role.MANAGER},
    Right.ADOPT_LAW: {Role.ADMIN},
    Right.LOOK_AFTER_ACCOUNTS: {Role.ADMIN},
}


def _by_hand(action: str) -> set[Role]:
    section, _, name = action.partition(".")
    rows = [read for (of, _, done), read in BY_HAND.items() if (of, done) == (section, name)]
    return {role for read in rows for role in read.by}


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_the_process_says_and_nothing_else(role: Role) -> None:
    for action in NAMES:
        assert may(role, action) == (role in _by_hand(action)), action
    for right in Right:
        assert may(role, right) == (role in RIGHTS[right]), right


@pytest.mark.parametrize("role", Role)
def test_what_a_page_is_told_of_a_role_is_the_process_row_by_row(role: Role) -> None:
    told = {
        (section, at, each.action.partition(".")[2])
        for section, listed in rights_of(role).items()
        if section in SECTIONS
        for each in listed
        for at in (each.at or _every_status(section, each.action))
    }
    read = {
        (section, str(at), action)
        for (section, at, action), row in BY_HAND.items()
        if role in row.by
    }
    assert told == read


def _every_status(section: str, action: str) -> list[str]:
    name = action.partition(".")[2]
    return [str(at) for of, at, done in BY_HAND if (of, done) == (section, name)]


def test_an_admin_runs_the_program_and_decides_nothing() -> None:
    assert list(rights_of(Role.ADMIN)) == ["program"]
    allowed = [action for action in [*NAMES, *Right] if may(Role.ADMIN, action)]
    assert allowed == [Right.SEE_MOVE, Right.ADOPT_LAW, Right.LOOK_AFTER_ACCOUNTS]


def test_whoever_may_never_do_it_at_any_status_is_not_told_of_it() -> None:
    withdraw = [each for each in permissions()["notice"] if each.action == "notice.withdraw"]
    assert [(each.words, each.by) for each in withdraw] == [
        ("withdraw (once issued)", {Role.OFFICER, Role.CLERK}),
        ("withdraw (once served)", {Role.MANAGER}),
    ]
    (managers,) = [each for each in rights_of(Role.MANAGER)["notice"] if "withdraw" in each.words]
    assert managers.at == ("served",)


def test_a_row_names_the_law_it_rests_on() -> None:
    waiver = next(each for each in permissions()["citation"] if each.words == "confirm waiver")
    assert waiver.sources == ("50 U.S.C. s. 3931 (military service); the town's code (waiver)",)
    under = {each.action: each for rows in permissions(LAW).values() for each in rows}
    assert under["appeal.file"].sources == ("s. 162.11, Florida Statutes",)
    assert under["citation.confirm_waiver"].sources == waiver.sources
    assert under[Right.GIVE_RECORDS].sources == ("ss. 119.07(1) and 119.071, Florida Statutes",)


@pytest.mark.parametrize("action", sorted(NAMES))
def test_a_step_that_the_town_leaves_out_is_nobodys(action: str) -> None:
    assert not any(may(role, action, without=(action,)) for role in Role)
    steps = LAW.steps.model_copy(update={"without": (action,)})
    law = LAW.model_copy(update={"steps": steps})
    left = [each.action for rows in permissions(law).values() for each in rows]
    assert set(left) == NAMES - {action, "abatement.certify"} | set(Right)  # it has no tax list


@pytest.mark.parametrize("action", ["citation.eat", "void", ""])
def test_what_nobody_has_named_is_refused_rather_than_denied(action: str) -> None:
    with pytest.raises(NoSuchActionError, match="as a law pack names it"):
        may(Role.CLERK, action)
