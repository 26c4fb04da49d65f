"""What a question may call a zone or a category, and what it is told where it errs."""

import pytest
import sqlalchemy as sa

from reports.errors import UnknownNameError
from reports.naming import check_category, nearest, officer_zone, zone_code


def test_a_zone_is_found_by_code_before_name(alder: sa.Connection) -> None:
    alder.exec_driver_sql("UPDATE lotline.zone SET name = '1' WHERE code = '2'")
    assert officer_zone(alder, "1").code == "1"
    assert zone_code(alder, "ZONE 1") == "1"
    assert zone_code(alder, None) is None


def test_a_name_of_several_zones_asks_for_the_code(alder: sa.Connection) -> None:
    alder.exec_driver_sql("UPDATE lotline.zone SET name = 'North' WHERE kind = 'officer'")
    with pytest.raises(UnknownNameError, match=r"give a code\. The zones are: 1 \(North\), 2"):
        officer_zone(alder, "North")


def test_a_town_without_zones_is_told_so_in_one_sentence(alder: sa.Connection) -> None:
    alder.exec_driver_sql("UPDATE lotline.zone SET kind = 'ward'")
    with pytest.raises(UnknownNameError, match=r"^No officer's zones are loaded yet: lotline"):
        officer_zone(alder, "1")


def test_of_many_categories_only_the_nearest_are_named(alder: sa.Connection) -> None:
    alder.exec_driver_sql("ALTER TABLE lotline.case_file DISABLE TRIGGER USER")
    alder.exec_driver_sql("UPDATE lotline.case_file SET category = 'Kind ' || id WHERE id > 2")
    with pytest.raises(UnknownNameError) as refused:
        check_category(alder, "grass")
    assert str(refused.value).startswith(
        "There is no category of cases 'grass'. The nearest of 9: 'High grass', "
    )
    assert str(refused.value).count("Kind") == 4


def test_the_nearest_hold_the_word_or_are_spelt_like_it() -> None:
    names = ["Overgrowth: Private", "Trash", "Overgrowth: Public", "Noise", "Overgrown lot"]
    assert nearest("overgrowth", names, most=3) == [
        "Overgrowth: Public",
        "Overgrowth: Private",
        "Overgrown lot",
    ]
