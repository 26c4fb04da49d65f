from reports.distance import distance, feet, miles


def test_distances_are_told_as_the_road_signs_tell_them() -> None:
    assert distance(149.9) == "490 ft"
    assert distance(300) == "0.2 mi"
    assert miles(17_531_391) == "10,893.5 mi"
    assert feet(150) == "490 ft"
