"""Mappings: every example loads, every mistake is told by file, line and what is allowed."""

from pathlib import Path

import pytest

from cases.importing.kinds import CASES, LIENS, PERMITS
from geo.loading.errors import ColumnError, MappingError
from geo.loading.kinds import ADDRESSES, PARCELS, STREETS, ZONES
from geo.loading.mapping import check_columns, guess_mapping, load_mapping

BUNDLED = sorted((Path(__file__).parents[2] / "data" / "mappings").glob("*.toml"))
KINDS = {kind.name: kind for kind in (PARCELS, ADDRESSES, ZONES, STREETS, CASES, LIENS, PERMITS)}


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_every_bundled_mapping_is_sound(path: Path) -> None:
    kind = path.stem.rpartition("-")[2]
    assert load_mapping(path, kind=KINDS[kind]).kind == kind


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind = 'parcels", 'line 1: this is not TOML: expected "\'".$'),
        (
            "kind = 'parcels'\n[columns]\nparcel_no = MAP LOT # theirs",
            'line 3: this is not TOML: invalid value. Put .* in quotes: parcel_no = "MAP LOT".',
        ),
        ("kind = parcels", 'line 1: .*in quotes: kind = "parcels"'),
        ("kind = 'parcels'\n[values.land_use]\na = 0100", 'line 3: .*in quotes: a = "0100"'),
        ("merge_same_key = True", "line 1: .*Write it small: merge_same_key = true"),
        (
            "kind = 'parcels'\n[columns\n",
            "line 2: this is not TOML: expected ']' at .*tion.$",
        ),
        ("kind = 'zones'", 'line 1: kind is "zones", but this import is of parcels'),
        ("kind = 'parcels'\ncolums = {}", "line 2: colums: is not known here; allowed are kind"),
        ("kind = 'parcels'\n[columns]\nparcel_n = 'ML'", 'line 3.*Did you mean "parcel_no"'),
        ("kind = 'parcels'\n[columns]\nparcel_no = 7", "line 3: columns.parcel_no: .*string"),
        ("kind = 'parcels'\nmerge_same_key = 'yes'", "line 2: merge_same_key: .*boolean"),
        ("kind = 'parcels'\n[keys]\npattern = '('", "line 3: keys.pattern: .*regular expression"),
        (
            "kind = 'parcels'\n[keys]\npatern = 'x'",
            "line 3: keys.patern: is not known here; allowed are pattern",
        ),
        (
            "kind = 'parcels'\n[town]\ntimezone = 'Mars'",
            "line 3: town.timezone: .*America/New_York",
        ),
        ("kind = 'parcels'\n[unknown]\ndates = ['no day']", "line 3: unknown.dates"),
        (
            "kind = 'parcels'\n[columns]\nland_use = 'USE'\n[constants]\nland_use = 'x'",
            "land_use stands under \\[columns\\] and under \\[constants\\]",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(MappingError, match=f"mine.toml.*{told}"):
        load_mapping(path, kind=PARCELS)


def test_letters_that_are_not_utf_8_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes("kind = 'parcels'\n# Cañon".encode("cp1252"))
    with pytest.raises(MappingError, match=r"mine.toml, line 2: this is not TOML, .*UTF-8\.$"):
        load_mapping(path, kind=PARCELS)


def test_a_missing_mapping_is_told(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="No such file"):
        load_mapping(tmp_path / "none.toml", kind=PARCELS)


def test_well_known_columns_are_guessed_whatever_their_case() -> None:
    mapping = guess_mapping(
        ["OBJECTID", "Parcel_ID", "OWNER", "Shape"], kind=PARCELS, is_table=False
    )
    assert mapping.columns == {"parcel_no": "Parcel_ID", "owner_name": "OWNER"}


def test_our_own_names_are_guessed_before_the_usual_ones() -> None:
    mapping = guess_mapping(["pin", "parcel_no"], kind=PARCELS, is_table=False)
    assert mapping.columns == {"parcel_no": "parcel_no"}


def test_a_missing_column_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("kind = 'parcels'\n[columns]\nparcel_no = 'MAPLOT'")
    mapping = load_mapping(path, kind=PARCELS)
    with pytest.raises(ColumnError, match=r'no column "MAPLOT"\. Did you mean "MAP_LOT"'):
        check_columns(mapping, kind=PARCELS, columns=["FID", "MAP_LOT"], file="lots.shp")


def test_a_needed_field_without_a_column_asks_for_a_mapping() -> None:
    mapping = guess_mapping(["a", "b"], kind=PARCELS, is_table=False)
    with pytest.raises(ColumnError, match=r"the parcel_no that parcels need.*a, b.*--mapping"):
        check_columns(mapping, kind=PARCELS, columns=["a", "b"], file="lots.shp")
