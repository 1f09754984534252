"""The map of sites: which sites are on it, why others are not, and that marks and names keep to the sheet."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from filings import DEFINITIONS, filing
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from esgreport import resources
from esgreport.cli import main
from esgreport.compose import ReportOptions, compose_report
from esgreport.definitions.outlines import load_outlines
from esgreport.document import Document, Site, SiteMap
from esgreport.errors import DefinitionError
from esgreport.measure import measure
from esgreport.model import Filing
from esgreport.render.html import render_html
from esgreport.render.projection import Projection, projection_for
from esgreport.render.site_map import draw_sites

SVG = "{http://www.w3.org/2000/svg}"
OUTLINES = resources.folder("schemas") / "outlines.json"


def sites(*rows: tuple[str, str, str, str]) -> Filing:
    """A filing of sites: identifier, city, country, coordinates; what is empty is not reported."""
    concepts = ("CityOfSite", "CountryOfSite", "GPSLocationOfSite")
    lines = [
        f"{concept} = {value} @{row[0]}"
        for row in rows
        for concept, value in zip(concepts, row[1:], strict=True)
        if value
    ]
    return filing("\n".join(lines))


def composed(filed: Filing, language: str = "en") -> Document:
    return compose_report(filed, measure(filed, DEFINITIONS), (), DEFINITIONS, ReportOptions(language))


def maps(document: Document) -> list[SiteMap]:
    blocks = [block for part in document.parts for section in part.sections for block in section.blocks]
    return [block for block in blocks if isinstance(block, SiteMap)]


def test_sites_with_coordinates_in_their_country_are_on_the_map() -> None:
    (found,) = maps(composed(sites(("S1", "Carpi", "IT", "44.8012, 10.8694"), ("S2", "Augsburg", "DE", "48.4 10.9"))))
    assert found.sites == (Site("Carpi", 44.8012, 10.8694, "IT"), Site("Augsburg", 48.4, 10.9, "DE"))
    assert found.title == "2 sites in 2 countries"
    assert found.note == "Outlines: Natural Earth."
    assert found.description == "Map of the sites: S1, Carpi, Italy; S2, Augsburg, Germany."


@pytest.mark.parametrize(
    "coordinates", ["10.8694, 44.8012", "0, 0", "somewhere", "0.001, 0.002", "48.4, 10.9", "95, 10"]
)
def test_coordinates_that_cannot_be_right_are_not_on_the_map_and_the_map_says_so(coordinates: str) -> None:
    filed = sites(("S1", "Carpi", "IT", coordinates), ("S2", "Modena", "IT", "44.65, 10.92"), ("S3", "Roma", "IT", ""))
    (found,) = maps(composed(filed))
    assert [site.label for site in found.sites] == ["Modena"]
    assert "Not on the map, for want of coordinates: S3." in found.note
    assert "Not on the map, because the coordinates cannot be right: S1." in found.note


def test_the_sea_at_nought_and_nought_is_no_place_of_a_site_whose_country_is_not_said() -> None:
    assert maps(composed(sites(("S1", "Carpi", "", "0.0, 0.0")))) == []


@pytest.mark.parametrize("row", [("S1", "Carpi", "IT", ""), ("S1", "Carpi", "IT", "10.8694, 44.8012")])
def test_without_a_place_that_can_be_right_there_is_no_map(row: tuple[str, str, str, str]) -> None:
    document = composed(sites(row))
    assert maps(document) == []
    assert '<figure class="chart map"' not in render_html(document)


def test_a_letter_that_is_east_in_one_language_and_west_in_another_is_read_as_the_country_has_it() -> None:
    rows = (("S1", "Wien", "AT", "48,2° N, 16,4° O"), ("S2", "Nantes", "FR", "47,2° N, 1,55° O"))
    (found,) = maps(composed(sites(*rows)))
    assert [round(site.longitude, 2) for site in found.sites] == [16.4, -1.55]


def test_a_hundred_sites_without_coordinates_are_counted_and_not_all_named() -> None:
    rows = [(f"S{n:03}", "Carpi", "IT", "44.8, 10.9" if n < 2 else "") for n in range(100)]
    (found,) = maps(composed(sites(*rows)))
    assert found.title == "100 sites in 1 country"
    assert "S002; S003; S004; S005; S006; S007; S008; S009; 90 others." in found.note


def test_what_readers_are_not_told_is_on_no_map(tmp_path: Path) -> None:
    given, own = tmp_path / "sample.xlsx", tmp_path / "rossi.yaml"
    own.write_text(
        "like: customer\nlabel: {en: for Rossi}\nwithholds:\n  - concepts: [GPSLocationOfSite]\n"
        "    reason: {en: Not shared.}\n",
        encoding="utf-8",
    )
    assert CliRunner().invoke(main, ["init", str(given), "--sample"]).exit_code == 0
    pages = {}
    for audience in ("customer", str(own)):
        order = ["build", str(given), "-o", str(tmp_path / "out"), "--audience", audience, "--formats", "html"]
        assert CliRunner().invoke(main, order).exit_code == 0
        pages[audience] = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert '<figure class="chart map"' in pages["customer"]
    assert '<figure class="chart map"' not in pages[str(own)]
    assert "Natural Earth" not in pages[str(own)]
    assert "44.8012" not in pages[str(own)]


@pytest.mark.parametrize(
    ("language", "title", "note"),
    [
        ("it", "2 siti in 1 paese", "Non sulla mappa, perché mancano le coordinate: S2. Confini: Natural Earth."),
        ("de", "2 Standorte in 1 Land", "Nicht auf der Karte, weil Koordinaten fehlen: S2. Umrisse: Natural Earth."),
        ("fr", "2 sites dans 1 pays", "Absents de la carte, faute de coordonnées : S2. Contours : Natural Earth."),
    ],
)
def test_a_map_speaks_the_readers_language(language: str, title: str, note: str) -> None:
    (found,) = maps(composed(sites(("S1", "Carpi", "IT", "44.8, 10.9"), ("S2", "Roma", "IT", "")), language))
    assert (found.title, found.note.replace("\u00a0", " ")) == (title, note)


# ── the drawing ──


def drawn(*found: Site, sheet: float = 480.0) -> etree._Element:
    return etree.fromstring(draw_sites(SiteMap("m", "Title", found, "", "In words."), "general", sheet))


def names(drawing: etree._Element) -> list[str]:
    return [text.text for text in drawing.iter(f"{SVG}text") if text.get("class") == "c-label"]


def marks(drawing: etree._Element) -> list[tuple[float, float, float]]:
    circles = (mark for mark in drawing.iter(f"{SVG}circle") if mark.get("class") == "c-actual")
    return [(float(mark.get("cx")), float(mark.get("cy")), float(mark.get("r"))) for mark in circles]


MILAN, MONZA, ROME = Site("Milano", 45.46, 9.19, "IT"), Site("Monza", 45.58, 9.27, "IT"), Site("Roma", 41.9, 12.5, "IT")
CITIES = (
    Site("Paris", 48.85, 2.35, "FR"),
    Site("Chicago", 41.88, -87.6, "US"),
    Site("Shanghai", 31.2, 121.5, "CN"),
    Site("São Paulo", -23.5, -46.6, "BR"),
    Site("Sydney", -33.9, 151.2, "AU"),
)


def test_one_site_has_its_country_around_it() -> None:
    drawing = drawn(MILAN)
    assert names(drawing) == ["Milano"]
    assert len(marks(drawing)) == 1
    assert [path.get("class") for path in drawing.iter(f"{SVG}path")][:3] == ["c-sea", "c-land", "heat-2"]
    assert drawing.findtext(f"{SVG}title") == "In words."


def test_sites_too_near_for_marks_of_their_own_share_one_that_counts_them() -> None:
    drawing = drawn(MILAN, MONZA, ROME, sheet=340)
    assert len(marks(drawing)) == 2
    assert names(drawing) == ["Milano, Monza", "Roma"]
    assert "2" in [text.text for text in drawing.iter(f"{SVG}text")]


def test_north_is_up_and_east_is_right() -> None:
    (milan, rome) = marks(drawn(MILAN, ROME))
    assert milan[1] < rome[1]
    assert milan[0] < rome[0]


def test_sites_all_over_the_world_are_on_a_map_of_the_world_without_a_scale() -> None:
    drawing = drawn(*CITIES)
    assert sorted(names(drawing)) == ["Chicago", "Paris", "Shanghai", "Sydney", "São Paulo"]
    assert "c-scale" not in {path.get("class") for path in drawing.iter(f"{SVG}path")}


@pytest.mark.parametrize(
    "place",
    [
        ("Auckland", -36.85, 174.76, "NZ"),
        ("Wichita", 37.7, -97.3, "US"),
        ("Valletta", 35.9, 14.5, "MT"),
        ("Suva", -18.1, 178.4, "FJ"),
    ],
)
def test_around_a_lonely_place_so_much_is_shown_that_one_can_tell_where_it_is(
    place: tuple[str, float, float, str],
) -> None:
    paths = [
        path.get("d") for path in drawn(Site(*place)).iter(f"{SVG}path") if path.get("class") in ("c-land", "heat-2")
    ]
    assert sum(path.count(" ") + path.count("-") for path in paths) > 60


PLACES = some.lists(
    some.tuples(some.floats(-55, 70), some.floats(-179, 179), some.text("abcdefg h", min_size=1, max_size=40)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=25, deadline=None)
@given(PLACES, some.sampled_from((480.0, 340.0)))
def test_marks_and_names_stay_on_the_sheet_and_apart(places: list[tuple[float, float, str]], sheet: float) -> None:
    drawing = drawn(*(Site(name, north, east) for north, east, name in places), sheet=sheet)
    wide, high = (float(drawing.get(side)) for side in ("width", "height"))
    assert high <= wide
    found = marks(drawing)
    for x, y, _ in found:
        assert 0 <= x <= wide
        assert 0 <= y <= high
    for (x1, y1, r1), (x2, y2, r2) in combinations(found, 2):
        assert (x1 - x2) ** 2 + (y1 - y2) ** 2 >= (r1 + r2) ** 2
    lines = [(float(text.get("y")), text.text) for text in drawing.iter(f"{SVG}text") if text.get("class") == "c-label"]
    assert all(0 < y <= high for y, _ in lines)


def test_a_hundred_sites_make_a_drawing_of_reasonable_size() -> None:
    chance = random.Random(7)
    found = [Site(f"Site {n}", chance.uniform(36, 62), chance.uniform(-9, 28), "IT") for n in range(100)]
    assert len(draw_sites(SiteMap("m", "t", tuple(found)), "general")) < 110_000


def test_names_of_sites_are_text_and_never_markup() -> None:
    text = draw_sites(SiteMap("m", "t", (Site("<script>&", 45.0, 9.0, "IT"),)), "general")
    assert "<script>" not in text
    assert "&lt;script&gt;&amp;" in text


# ── places of the earth ──


@settings(deadline=None)
@given(some.floats(-80, 80), some.floats(-180, 180))
def test_areas_stay_true(north: float, east: float) -> None:
    projection = Projection((10.0, 48.0))
    if projection.distance((east, north)) > 120:
        return
    d = 0.01
    (x0, y0), (x1, y1), (x2, y2) = (projection.spot(at) for at in ((east, north), (east + d, north), (east, north + d)))
    area = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))
    from math import cos, radians

    assert area == pytest.approx(radians(d) ** 2 * cos(radians(north)), rel=2e-3)


def test_what_is_far_apart_is_on_a_map_of_the_world() -> None:
    assert not projection_for([(9.2, 45.5), (12.5, 41.9)]).world
    assert projection_for([(site.longitude, site.latitude) for site in CITIES]).world
    assert projection_for([(0.0, 0.0), (180.0, 0.0)]).world


def test_every_country_of_europe_has_an_outline_and_contested_land_is_nobodys_alone() -> None:
    outlines = load_outlines(OUTLINES)
    known = {code for land in outlines.lands for code in land.countries}
    assert {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT"} <= known
    assert {"LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "NO", "CH", "GB", "UA"} <= known
    shared = {land.countries for land in outlines.lands if len(land.countries) > 1}
    assert {("RU", "UA"), ("RS", "XK"), ("EH", "MA")} <= shared
    assert len(outlines.disputed) >= 10
    assert OUTLINES.stat().st_size <= 150_000


def test_outlines_that_are_not_whole_are_refused_with_their_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("broken") / "outlines.json"
    path.write_text('{"lines": []}', encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"schemas/outlines\.json: no outlines of countries"):
        load_outlines(path)
