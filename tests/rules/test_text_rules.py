"""What is a number to text, what it costs to say something there, and what is cut of it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.errors import MailError
from cases.mail.message import Channel, Message
from cases.mail.numbers import (
    ElsewhereError,
    NoNumberError,
    read_number,
    require_country,
    spoken,
)
from cases.mail.segments import cut, fits, plain, segments

NUMBER = "+13525550100"


@pytest.mark.parametrize(
    "typed",
    [
        "3525550100", "(352) 555-0100", "352.555.0100", "1-352-555-0100", " +1 352 555 0100 ",
        "+13525550100", "352\u2011555\u20110100", "1 (352) 555 0100",
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(typed: str) -> None:
    assert read_number(typed) == NUMBER
    assert spoken(NUMBER) == "(352) 555-0100"


@pytest.mark.parametrize(
    "typed",
    [
        "", "555-0100", "352555010", "35255501000", "0525550100", "3520550100", "+1352555010",
        "+0123456789", "+1 352 555 0100 x12", "call me", "+١٣٥٢٥٥٥٠١٠٠", "٣٥٢٥٥٥٠١٠٠",
        "+12345678901234567", "a@example.org", "+", "23525550100", "+13525550100\nBcc",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NoNumberError, match="is no telephone number"):
        read_number(typed)


@pytest.mark.parametrize(
    ("number", "countries", "good"),
    [
        (NUMBER, ["+1"], True),
        ("+14165550100", ["+1"], True),  # Toronto
        ("+18765550100", ["+1"], False),  # Kingston, Jamaica
        ("+18765550100", ["+1876"], True),
        ("+18765550100", ["+1", "+1876"], True),
        (NUMBER, ["+1876"], False),
        ("+525512345678", ["+1"], False),
        ("+525512345678", ["+1", "+52"], True),
        ("+447700900123", ["+1", "+52"], False),
    ],
)
def test_only_numbers_of_countries_that_the_town_names_are_sent_texts(
    number: str, countries: list[str], good: bool
) -> None:
    assert read_number(number) == number
    if good:
        assert require_country(number, countries=countries) == number
    else:
        with pytest.raises(ElsewhereError):
            require_country(number, countries=countries)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1), ("x" * 160, 1), ("x" * 161, 2), ("x" * 306, 2), ("x" * 307, 3),
        ("[" * 80, 1), ("[" * 81, 2), ("ñ" * 160, 1), ("ó" * 70, 1), ("ó" * 71, 2),
        ("ó" * 134, 2), ("ó" * 135, 3), ("x" * 70 + "ó", 2), ("🏠" * 35, 1), ("🏠" * 36, 2),
    ],
)  # fmt: skip
def test_a_text_takes_so_many_parts(text: str, parts: int) -> None:
    assert segments(text) == parts


def test_marks_that_would_halve_what_fits_are_left_out_and_those_that_do_not_stay() -> None:
    assert plain("¿Decisión? “Año” \u2013 él… Kapa\u02bba") == '¿Decision? "Año" - él... Kapa\'a'
    assert plain("中文") == "中文"


@given(st.text(max_size=400))
def test_what_is_made_plain_never_takes_more_parts(text: str) -> None:
    assert segments(plain(text)) <= max(segments(text), -(-len(plain(text)) // 67))


@given(st.text(max_size=500))
def test_a_text_is_cut_only_as_far_as_it_has_to_be(words: str) -> None:
    text = cut(words, lambda about: f"News of {about}: https://code.example.gov/follow/x")
    assert fits(text)
    if fits(f"News of {words}: https://code.example.gov/follow/x"):
        assert words in text


def test_what_is_far_too_long_is_cut_at_once() -> None:
    began = time.process_time()
    assert fits(cut("x" * 1_000_000, lambda about: f"News of {about}: https://code.example.gov"))
    assert time.process_time() - began < 2


def test_a_text_that_is_too_long_or_no_text_is_no_message() -> None:
    said = {"to": NUMBER, "subject": "News", "channel": Channel.TEXT}
    assert Message(**said, body="x" * 306).to == NUMBER
    for wrong, words in (
        ({"body": "x" * 307}, "takes 3 parts"),
        ({"body": " "}, "says nothing"),
        ({"body": "x", "html": "<p>x"}, "no markup"),
        ({"body": "x", "unsubscribe": "https://a.example"}, "no markup"),
        ({"body": "x", "to": "a@example.org"}, "is no telephone number"),
        ({"body": "x", "to": "352-555-0100"}, "is no telephone number"),
    ):
        with pytest.raises(MailError, match=words):
            Message(**{**said, **wrong})
