"""An area that is followed is called by its size and an address in its middle that is no secret."""

from follow_site import Site, site

from webmap.public.following.scopes import MOST_CORNERS

__all__ = ["site"]

AROUND = "-80.4000,27.2994;-80.3982,27.2994;-80.3982,27.3006;-80.4000,27.3006"
"""Around six lots of Alder St on either side of it."""


def test_an_area_is_called_by_its_size_and_what_lies_in_its_middle(site: Site) -> None:
    told = site.ask(what="area", area=AROUND).text
    assert "All cases, in an area of about 5.9 acres near 104 Alder St" in told
    (kept,) = site.all("SELECT name, area FROM lotline.following")
    assert kept.name in told
    assert kept.area.startswith("MULTIPOLYGON (((-80.4 ")


def test_an_exempt_place_is_no_name_of_an_area(site: Site) -> None:
    site.exempt("12-3")
    assert "104 Alder St" not in site.ask(what="area", area=AROUND).text
    (kept,) = site.all("SELECT name FROM lotline.following")
    assert " Alder St" in kept.name


def test_where_no_address_is_known_its_size_alone_is_said(site: Site) -> None:
    site.town.run("DELETE FROM lotline.situs_address")
    assert "in an area of about 5.9 acres<" in site.ask(what="area", area=AROUND).text


def test_more_corners_than_an_address_holds_are_refused(site: Site) -> None:
    many = ";".join(f"{-80.4 + at * 0.00001:.6f},27.3{at % 2}" for at in range(MOST_CORNERS + 1))
    assert f"draw it with {MOST_CORNERS} at most" in site.ask(what="area", area=many).text
    assert site.all("SELECT * FROM lotline.following") == []


def test_the_form_says_how_many_corners_fit_and_offers_the_view_of_the_map(site: Site) -> None:
    page = site.reader().get("/follow?bbox=-80.4,27.2994,-80.3994,27.3006").text
    assert f'data-most="{MOST_CORNERS}"' in page
    assert 'checked id="what-4"' in page or 'value="area"' in page
    assert "It is the area that the map showed." in page
    assert "Drawing needs JavaScript." in site.reader().get("/follow").text
