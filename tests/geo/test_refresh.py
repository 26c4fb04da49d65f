"""What became of a parcel is told by the ground it shares, never by its number alone."""

import geopandas as gpd
import shapely

from geo.refresh import Comparison, Fate, compare

LOT = shapely.box(0, 0, 20, 40)
EAST = shapely.box(20, 0, 40, 40)


def _compared(before: dict[str, shapely.Polygon], after: dict[str, shapely.Polygon]) -> Comparison:
    return compare(gpd.GeoSeries(before, crs=26986), gpd.GeoSeries(after, crs=26986))


def _shifted(shape: shapely.Polygon, metres: float) -> shapely.Polygon:
    return shapely.transform(shape, lambda points: points + metres)


def _fates(told: Comparison) -> dict[str, str]:
    return {str(number): str(fate) for number, fate in told.fates.items()}


def test_a_lot_drawn_anew_is_unchanged_and_a_lot_that_grew_is_reshaped() -> None:
    told = _compared(
        {"1": LOT, "2": EAST}, {"1": _shifted(LOT, 0.35), "2": shapely.box(20, 0, 43, 40)}
    )
    assert _fates(told) == {"1": "unchanged", "2": "reshaped"}
    assert told.lineage.empty


def test_a_lot_with_another_number_is_renumbered_though_its_neighbour_shifted_into_it() -> None:
    told = _compared({"1": LOT, "2": EAST}, {"1-A": _shifted(LOT, 0.3), "2": _shifted(EAST, -0.2)})
    assert _fates(told) == {"1": "renumbered", "2": "unchanged"}
    assert told.children("1").round(2).to_dict() == {"1-A": 0.98}


def test_a_lot_cut_in_two_is_split_with_the_share_of_each() -> None:
    told = _compared(
        {"1": LOT}, {"1-A": shapely.box(0, 0, 20, 30), "1-B": shapely.box(0, 30, 20, 40)}
    )
    assert _fates(told) == {"1": "split"}
    assert told.children("1").to_dict() == {"1-A": 0.75, "1-B": 0.25}


def test_lots_joined_are_merged_and_what_goes_on_keeps_its_cases() -> None:
    both = shapely.union(LOT, EAST)
    assert _fates(_compared({"1": LOT, "2": EAST}, {"3": both})) == {"1": "merged", "2": "merged"}
    kept = _compared({"1": LOT, "2": EAST}, {"1": both})
    assert _fates(kept) == {"1": "reshaped", "2": "merged"}
    assert kept.children("2").to_dict() == {"1": 1.0}


def test_two_lots_drawn_as_two_others_are_regrouped() -> None:
    told = _compared(
        {"1": LOT, "2": EAST}, {"3": shapely.box(0, 0, 40, 25), "4": shapely.box(0, 25, 40, 40)}
    )
    assert _fates(told) == {"1": "regrouped", "2": "regrouped"}
    assert told.children("1").to_dict() == {"3": 0.625, "4": 0.375}


def test_a_number_taken_for_other_ground_says_nothing_of_the_lot_that_had_it() -> None:
    far = shapely.box(500, 500, 520, 540)
    told = _compared({"1": LOT}, {"1": far, "9": LOT})
    assert told.of(Fate.RENUMBERED) == ["1"]
    assert told.children("1").to_dict() == {"9": 1.0}
    assert told.new == ("1",)


def test_ground_that_goes_nowhere_vanished_and_ground_from_nowhere_is_new() -> None:
    far = shapely.box(500, 500, 520, 540)
    told = _compared({"1": LOT}, {"2": far})
    assert (_fates(told), told.new) == ({"1": "vanished"}, ("2",))


def test_what_a_lot_that_goes_on_gave_away_is_followed() -> None:
    told = _compared(
        {"1": LOT, "2": EAST}, {"1": shapely.box(0, 0, 15, 40), "2": shapely.box(15, 0, 40, 40)}
    )
    assert _fates(told) == {"1": "reshaped", "2": "reshaped"}
    assert told.children("1").to_dict() == {"2": 0.25}
