"""Messages are worded by the town: what a wording may ask, must tell, and cannot do."""

import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from cases.worded import keeping
from cases.worded.errors import WordingError
from cases.worded.facts import Fact, full_example, lines_of
from cases.worded.kinds import MESSAGES, MessageKind
from cases.worded.messages import BUNDLED, shelf_of, tried, write

LANGUAGES = ("en", "es")
DIGEST = MessageKind.FOLLOW_DIGEST
NOW = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - the town's own clock
WHOLE = (
    "News\n\n{% for case in cases %}\n{{ case.address }}\n{% endfor %}\n"
    "{% for report in reports %}{{ report.address }} {% endfor %}{{ stop }}\n"
)


def _speak(value: str | date) -> str:
    return value.isoformat() if isinstance(value, date) else f"«{value}»"


def _bundled(kind: MessageKind, language: str) -> str:
    return (BUNDLED / language / f"{kind}.txt").read_text(encoding="utf-8")


def _asked(text: str) -> Counter[str]:
    """Return what a text asks for, and how often."""
    found = (
        Environment(autoescape=True).parse(text).find_all((nodes.Name, nodes.Getattr, nodes.For))
    )
    return Counter(
        each.attr if isinstance(each, nodes.Getattr)
        else each.name if isinstance(each, nodes.Name) else "for"
        for each in found
    )  # fmt: skip


def test_each_language_has_a_file_for_each_message_and_no_more() -> None:
    for language in LANGUAGES:
        files = {each.stem for each in (BUNDLED / language).iterdir()}
        assert files == set(MessageKind) == set(MESSAGES)


@pytest.mark.parametrize("kind", list(MessageKind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_comes_with_lotline_tells_every_fact_but_the_town_which_it_may_leave_out(
    kind: MessageKind, language: str
) -> None:
    written = tried(kind, _bundled(kind, language), language=language, speak=_speak)
    told = f"{written.subject}\n{written.body}"
    assert not re.search(r"[{}]|\n\n\n|None|\[", told)
    _tells(MESSAGES[kind].facts, full_example(MESSAGES[kind].facts), told)


def _tells(facts: tuple[Fact, ...], values: dict[str, object], told: str) -> None:
    for fact in facts:
        value = values[fact.name]
        if fact.each:
            for item in value:  # type: ignore[attr-defined] # a list's example is one
                _tells(fact.each, item, told)
        elif value and fact.name != "town":
            spoken = isinstance(value, date) or fact.said
            assert (_speak(value) if spoken else str(value)) in told, fact.name  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", list(MessageKind))
def test_the_spanish_says_all_that_the_english_says(kind: MessageKind) -> None:
    english, spanish = (_bundled(kind, each) for each in LANGUAGES)
    assert _asked(english) == _asked(spanish)
    assert english.count("\n") == spanish.count("\n")
    assert english != spanish


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE.replace("News", "{{ twon }}"), "line 1, cannot be used: it asks for “twon”"),
        (WHOLE.replace("case.address", "case.adress"), "line 4, cannot be used: it asks for “adr"),
        (WHOLE + "{% if more %}{{ twon }}{% endif %}", "line 7, cannot be used: it asks for “tw"),
        (WHOLE + "{% if more %}", "line 7, cannot be used: what stands in braces there cannot be"),
        (WHOLE.replace("\n\n", "\nof today\n", 1), "line 2, cannot be used: the first line alone"),
        (WHOLE.replace("News", ""), "line 1, cannot be used: the subject says nothing"),
        (WHOLE.replace("News", "x" * 201), "line 1, cannot be used: the subject has 201 ch"),
        (WHOLE + "{{ cases }}", "line 7, cannot be used: it tells a list as a whole there"),
        (WHOLE + "{% for x in town %}x{% endfor %}", "line 7, cannot be used: what it goes thro"),
        (WHOLE.replace("{{ stop }}", ""), "leaves out “stop” in some or all messages"),
        (WHOLE.replace("{{ stop }}", "{% if more %}{{ stop }}{% endif %}"), "leaves out “stop”"),
        (WHOLE.replace("{{ stop }}", "{{ stop | upper }}"), "leaves out “stop”"),
        (WHOLE.replace("{{ stop }}", "{{ stop }}/x"), "leaves out “stop”"),
        (WHOLE.replace("{{ case.address }}", "-"), "leaves out “address”"),
        ("News {{ stop }}\n\n{% for c in cases %}{{ c.address }} {% endfor %}", "out “stop”"),
        ("", "leaves out “address”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(WordingError) as refused:
        tried(DIGEST, text, language="en", speak=_speak)
    assert said in str(refused.value)
    assert "en/follow_digest.txt" in str(refused.value)
    assert "object" not in str(refused.value)


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ town.__class__ }}",
        "{{ cases.__class__.__mro__[1].__subclasses__() }}",
        "{{ town['__class__'] }}",
        "{{ town | attr('__class__') }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum() }}",
        "{{ 'x' * 999999999 }}",
        "{{ 2 ** 99999999 }}",
        "{{ '%999999999d' | format(1) }}",
        "{{ town | center(999999999) }}",
        "{{ [town, town] }}",
        "{% for x in range(100000) %}{% for y in range(100000) %}{% endfor %}{% endfor %}",
        "{% for a in cases %}" * 3 + "x" + "{% endfor %}" * 3,
        "{% for a in cases recursive %}{{ loop(cases) }}{% endfor %}",
        "{% set a = town %}" + "{% set a = a ~ a %}" * 40,
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        '{% include "en/follow_digest.txt" %}',
        '{% extends "/etc/passwd" %}',
        '{% import "os" as os %}',
        "{% filter upper %}x{% endfilter %}",
        "{% with a = town %}{{ a }}{% endwith %}",
        "{{ " + "(" * 5_000 + "town" + ")" * 5_000 + " }}",
        "{% if town is defined %}x{% endif %}",
        "{{ stop if more }}",
    ],
)  # fmt: skip
def test_a_hostile_wording_is_held_before_it_runs(hostile: str) -> None:
    with pytest.raises(WordingError, match=r"en/follow_digest\.txt"):
        tried(DIGEST, WHOLE + hostile, language="en", speak=_speak)


def test_no_fact_is_called_as_something_that_a_value_has_of_itself() -> None:
    def names(facts: tuple[Fact, ...]) -> list[str]:
        return [name for each in facts for name in (each.name, *names(each.each))]

    for declared in MESSAGES.values():
        assert not [each for each in names(declared.facts) if hasattr({}, each)]


def test_the_list_of_facts_can_be_copied_into_a_wording_as_it_stands() -> None:
    for kind, declared in MESSAGES.items():
        codes = [each.code for each in lines_of(declared.facts, speak=_speak) if not each.depth]
        text = _bundled(kind, "en") + "\n".join(code for code in codes if "%" not in code)
        assert tried(kind, text, language="en", speak=_speak).body


def _write(own: Path, **changes: object) -> tuple[str, str, WordingError | None]:
    facts = {**full_example(MESSAGES[DIGEST].facts), **changes}
    return write(shelf_of(own), DIGEST, language="en", speak=_speak, **facts)


def test_a_wording_broken_on_disk_loses_no_mail(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path)
    usual = _write(tmp_path)
    keeping.keep_wording(shelf, DIGEST, WHOLE, language="en", by="J. Okafor", now=NOW)
    assert _write(tmp_path)[0] == "News"
    for broken in (b"", b"\xff\xfe\n\n\0", b"News\n\n{{ stop }}", WHOLE.encode() + b"{% if %}"):
        (tmp_path / "en" / "follow_digest.txt").write_bytes(broken)
        subject, body, fault = _write(tmp_path)
        assert (subject, body) == usual[:2]
        assert "en/follow_digest.txt" in str(fault)


def test_a_wording_that_leaves_a_link_out_of_one_message_alone_is_not_used_for_that(
    tmp_path: Path,
) -> None:
    text = WHOLE.replace("{{ stop }}", "{% if count < 7 %}{{ stop }}{% endif %}")
    keeping.keep_wording(shelf_of(tmp_path), DIGEST, text, language="en", by="x", now=NOW)
    assert _write(tmp_path)[0] == "News"
    subject, body, fault = _write(tmp_path, count=7)
    assert subject != "News"
    assert "/follow/stop/" in body
    assert "leaves out “stop”" in str(fault)


def test_a_subject_stays_one_line_of_its_length_whatever_the_facts_are(tmp_path: Path) -> None:
    keeping.keep_wording(
        shelf_of(tmp_path), DIGEST, "{{ town }}" + WHOLE, language="en", by="x", now=NOW
    )
    subject, _, fault = _write(
        tmp_path, town="A\r\nBcc: b@example.org\u2028=?utf-8?\x07" + "x" * 300
    )
    assert fault is None
    assert subject.startswith("A Bcc: b@example.org = ?utf-8?xxx")
    assert len(subject) == 200


def test_what_people_wrote_is_told_as_they_wrote_it(tmp_path: Path) -> None:
    said = "{{ stop }} <b>& 1 < 2\n\n{% for"
    facts = full_example(MESSAGES[MessageKind.CASE_MESSAGE].facts) | {"said": said}
    written = write(
        shelf_of(tmp_path), MessageKind.CASE_MESSAGE, language="en", speak=_speak, **facts
    )
    assert said in written.body


def test_each_wording_in_force_is_kept_once(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path)
    for text in (WHOLE, WHOLE, None, None):
        now = datetime.now()  # noqa: DTZ005 - only has to be another
        keeping.keep_wording(shelf, DIGEST, text, language="en", by="J. Okafor", now=now)
    assert [who for _, who in keeping.earlier(shelf, DIGEST, language="en")] == ["J-Okafor"] * 2
    assert not keeping.is_own(shelf, DIGEST, language="en")
