"""A code is spelt so that it can be read aloud, and a misread one never passes for another."""

import hashlib
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.codes.keys import CodeKeys, hashed
from cases.codes.spelling import ALPHABET, BITS, LENGTH, MisreadError, grouped, read, spell

codes = st.integers(0, 2**BITS - 1).map(spell)
KEY = "a key for tests, which anybody may know"


@given(codes)
def test_a_code_is_read_as_it_is_printed_however_it_is_typed(code: str) -> None:
    printed = grouped(code)
    assert len(code) == LENGTH == len(printed) - 4
    for typed in (
        printed, printed.lower(), code, f"  {printed} ", printed.replace("-", " "),
        printed.replace("0", "O").replace("1", "l"),
    ):  # fmt: skip
        assert read(typed) == code


@settings(max_examples=10)
@given(codes)
def test_no_single_wrong_letter_passes(code: str) -> None:
    for place, there in enumerate(code):
        for other in set(ALPHABET) - {there}:
            with pytest.raises(MisreadError, match="not as it is printed"):
                read(code[:place] + other + code[place + 1 :])


@settings(max_examples=10)
@given(codes)
def test_no_two_letters_that_changed_places_pass(code: str) -> None:
    for one, other in combinations(range(LENGTH), 2):
        if code[one] != code[other]:
            letters = list(code)
            letters[one], letters[other] = letters[other], letters[one]
            with pytest.raises(MisreadError, match="not as it is printed"):
                read("".join(letters))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "this has 0"),
        ("7KQ4-M2XR", "this has 8"),
        ("U" * LENGTH, 'the letter "U"'),
        ("7KQ4-M2XR-9TBD-H5WN-C3V!", 'the letter "!"'),
        ("Ω" * LENGTH, 'the letter "Ω"'),
        ("0" * 10_000, "this has 10000"),
    ],
)
def test_what_is_no_code_is_told_as_such(typed: str, said: str) -> None:
    with pytest.raises(MisreadError, match=said):
        read(typed)


def test_every_number_has_a_code_of_its_own() -> None:
    assert BITS >= 80
    assert spell(0) == "0" * LENGTH
    first, last = spell(1), spell(2**BITS - 1)
    assert first.startswith("0" * 18 + "1")
    assert last.startswith("Z" * 19)


def test_a_code_follows_from_key_and_salt_and_from_neither_alone() -> None:
    keys = CodeKeys([KEY])
    salts = [hashlib.sha256(bytes([n])).digest()[:16] for n in range(200)]
    found = {keys.code(salt) for salt in salts}
    assert len(found) == len(salts)
    assert found == {keys.code(salt) for salt in salts}
    assert not found & {CodeKeys([KEY + "!"]).code(salt) for salt in salts}
    assert all(read(each) == each for each in found)


def test_an_older_key_still_knows_its_codes_and_the_newest_makes_new_ones() -> None:
    salt = bytes(16)
    old, new = CodeKeys([KEY]), CodeKeys(["another key that is long enough", KEY])
    code = old.code(salt)
    assert new.code(salt) != code
    assert new.find(salt, hashed(code)) == code
    assert CodeKeys(["another key that is long enough"]).find(salt, hashed(code)) is None
