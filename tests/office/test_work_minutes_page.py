"""A manager says how long each thing takes that is done in a case."""

import html
import re

import pytest
import sqlalchemy as sa
from counter import CLERK, MANAGER, OFFICER, Counter
from werkzeug.test import TestResponse

from cases.work_minutes import USUAL_MINUTES, Task, minutes_said

PAGE = "/office/work-minutes"


def send(desk: Counter, **said: str) -> TestResponse:
    client = desk.client(MANAGER)
    page = client.get(PAGE).text
    guard = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]
    return client.post(PAGE, data={"csrf_token": guard, **said})


def test_it_names_each_thing_and_what_is_usual_and_is_the_managers(counter: Counter) -> None:
    page = html.unescape(counter.client(MANAGER).get(PAGE).text)
    labels = re.findall(r'<label for="(\w+)">([^<]+)', page)
    named = {key: words.strip() for key, words in labels if key in set(Task)}
    assert set(named) == set(Task)
    assert named["hearing"] == "Hearing prepared and attended"
    for task, usual in USUAL_MINUTES.items():
        told = f"Empty: {usual} minutes." if usual else "Empty: learned from drives"
        assert told in page.partition(f'id="{task}-hint"')[2][:200]
    for role in (CLERK, OFFICER):
        assert counter.client(role).get(PAGE).status_code == 403
    assert PAGE in counter.client(MANAGER).get("/office/reports").text
    assert PAGE not in counter.client(CLERK).get("/office/reports").text


def test_what_is_set_is_in_force_with_who_set_it_until_it_is_emptied(
    counter: Counter, town: sa.Connection
) -> None:
    assert send(counter, notice="25", drive="12").status_code == 302
    assert minutes_said(town) == {Task.NOTICE: 25, Task.DRIVE: 12}
    page = html.unescape(counter.client(MANAGER).get(PAGE).text)
    row = page.partition("Notice written</th>")[2].partition("</tr>")[0]
    told = " ".join(re.sub(r"<[^>]+>", " ", row).split())
    assert told.startswith("as the program takes it 25 minutes A. Stone")
    send(counter, notice="", drive="12")
    assert minutes_said(town) == {Task.DRIVE: 12}


@pytest.mark.parametrize("wrong", ["-1", "481", "half an hour"])
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_kept(
    counter: Counter, town: sa.Connection, wrong: str
) -> None:
    page = send(counter, notice=wrong, drive="12").text
    assert 'id="notice-error"' in page
    assert minutes_said(town) == {}
