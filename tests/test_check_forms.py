"""Forms and sizes as data: postal codes, identifiers, coordinates, placeholders, usual spans, and how they are read."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from rule_cases import definitions_with, filing

from esgreport.check import check
from esgreport.check.identity import has_form
from esgreport.check.texts import is_placeholder
from esgreport.coordinates import points
from esgreport.definitions import Definitions, load
from esgreport.errors import DefinitionError

DEFINITIONS = load()
FORMS = DEFINITIONS.forms
VIES = FORMS.identifiers["https://ec.europa.eu/taxation_customs/vies"]


# ── postal codes, identifiers ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("country", FORMS.postal_codes)
def test_the_example_of_a_postal_code_has_its_own_form(country: str) -> None:
    form = FORMS.postal_codes[country]
    plain = re.sub(r"^[A-Z]{1,3}-(?=\d)", "", form.example)
    assert re.fullmatch(form.form, plain, re.ASCII)
    assert country in DEFINITIONS.code_list("Countries").by_member


VAT_NUMBERS = (
    "IT00743110157 DE136695976 ATU13585627 FR40303265045 ESB58378431 NL004495445B01 BE0428759497 EL094259216 "
    "IE6433435F SE556188840401 RO1234 PL856-734-62-15 CHE-123.456.788IVA"
)


@pytest.mark.parametrize("identifier", [*VAT_NUMBERS.split(), "PL 8567346215", "CHE-123.456.788 MWST"])
def test_a_vat_number_of_a_country_has_its_form(identifier: str) -> None:
    assert has_form(identifier, VIES)


@pytest.mark.parametrize(
    "identifier", ["IT0074311015", "DE13669597X", "AT13585627", "00743110157", "FR4030326504", "E"]
)
def test_what_is_no_vat_number_of_its_country_is_found(identifier: str) -> None:
    assert not has_form(identifier, VIES)


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "45.4639102,9.1906426",
        "45.4639102, 9.1906426",
        "45,4639102; 9,1906426",
        "45,4639102, 9,1906426",
        "45,4639102 9,1906426",
        "45.4639102/9.1906426",
        "45.4639102\n9.1906426",
        "(45.4639102, 9.1906426)",
        "45.4639102° N, 9.1906426° E",
        "N 45.4639102 E 9.1906426",
        "E 9.1906426, N 45.4639102",
        "Lat: 45.4639102 Long: 9.1906426",
        "45°27'50.08\"N 9°11'26.31\"E",
        "45° 27′ 50.08″ N, 9° 11′ 26.31″ E",
    ],
)
def test_coordinates_are_understood_as_people_write_them(text: str) -> None:
    found = points(text)
    assert found is not None
    assert (round(found[0].latitude, 3), round(found[0].longitude, 3)) == (45.464, 9.191)


def test_south_and_west_are_below_zero() -> None:
    assert [(point.latitude, point.longitude) for point in points("33.8 S, 151.2 W") or ()] == [(-33.8, -151.2)]
    assert [(point.latitude, point.longitude) for point in points("-33.8, -151.2") or ()] == [(-33.8, -151.2)]


def test_an_o_may_be_east_or_west() -> None:
    assert [point.sure for point in points("47.2° N, 1.55° O") or ()] == [False]


def test_a_site_may_have_the_corners_of_its_ground() -> None:
    assert len(points("44.8, 10.8; 44.9, 10.9; 44.85, 10.95") or ()) == 3


@pytest.mark.parametrize(
    "text", ["", "Milan", "45.46", "95.2, 10.1", "45.2, 190.1", "https://maps.example/x", "1.234.567, 8"]
)
def test_what_is_no_point_of_the_earth_is_none(text: str) -> None:
    assert points(text) is None


CITIES = """
    IT 45.46 9.19, IT 35.5 12.6, DE 52.5 13.4, FR -20.9 55.5, FR 48.9 2.3, ES 28.1 -15.4, PT 37.7 -25.7,
    US 21.3 -157.9, MT 35.9 14.5, NL 52.1 4.3, CY 34.7 33.0, FJ -18.1 178.4, RE -20.9 55.5
"""


@pytest.mark.parametrize("city", CITIES.split(","))
def test_cities_lie_in_the_boxes_of_their_countries(city: str) -> None:
    country, latitude, longitude = city.split()
    assert any(box.holds(float(latitude), float(longitude)) for box in FORMS.country_boxes[country])


def test_the_boxes_are_those_of_countries_and_have_an_inside() -> None:
    assert set(FORMS.country_boxes) <= set(DEFINITIONS.code_list("Countries").by_member)
    assert all(box.south < box.north and box.west < box.east for boxes in FORMS.country_boxes.values() for box in boxes)


def test_a_row_of_boxes_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(DEFINITIONS.folder / "forms", tmp_path / "forms")
    (tmp_path / "forms" / "country_boxes.csv").write_text(
        "country,south,west,north,east\nIT,35,6,47\n", encoding="utf-8"
    )
    with pytest.raises(DefinitionError, match=r"schemas/forms/country_boxes\.csv:2: a country and four numbers"):
        _ = Definitions(tmp_path).forms.country_boxes


# ── placeholders ─────────────────────────────────────────────────────────────────────────────────────────────


PLACEHOLDERS = """Lorem ipsum dolor sit amet|TBD|t.b.d.|To be defined.|n/a|N.A.|xxx|XXXX|...|…|--|???|da definire|n.d.
Testo di prova|wird nachgereicht|k.A.|Platzhalter|à compléter|s.o.|n/c|[insert description]|[Bitte ergänzen]
<inserire qui>|[insérer le texte]|“tbd”|(to do)"""


@pytest.mark.parametrize("text", PLACEHOLDERS.replace("\n", "|").split("|"))
def test_a_placeholder_is_one(text: str) -> None:
    assert is_placeholder(text, FORMS.placeholders)


ANSWERS = """None|No|Not applicable|nessuno|keine|aucun|Y|X1|Nd magnets|Test benches|Bar|We have nothing to do with it.
The policy is to follow the law.|Folgt man der Elbe, so …|A. B. C."""


@pytest.mark.parametrize("text", ANSWERS.replace("\n", "|").split("|"))
def test_a_short_answer_is_none(text: str) -> None:
    assert not is_placeholder(text, FORMS.placeholders)


# ── usual spans ──────────────────────────────────────────────────────────────────────────────────────────────


def spans_of(folder: Path, text: str) -> Definitions:
    for path in DEFINITIONS.folder.iterdir():
        if path.name != "parameters":
            (folder / path.name).symlink_to(path)
    (folder / "parameters").mkdir()
    (folder / "parameters" / "plausibility.yaml").write_text(text, encoding="utf-8")
    return Definitions(folder)


SPAN = (
    "spans:\n- name: s\n  numerators: [TotalEnergyConsumption]\n  unit: utr:MWh\n  denominator: NumberOfEmployees\n"
    "  limits:\n"
)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (
            "  - {since: 2020-01-01, minimum: 5, maximum: 5, reason: r, source: s}\n",
            "the minimum must be below the maximum",
        ),
        ("  - {since: 2020-01-01, maximum: 5, source: s}\n", "reason"),
        ("  - {since: 2020-01-01, maximun: 5, reason: r, source: s}\n", "Did you mean 'maximum'"),
    ],
)
def test_limits_that_say_nothing_are_refused(tmp_path: Path, limits: str, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        _ = spans_of(tmp_path, SPAN + limits).spans


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (("TotalEnergyConsumption", "TotalEnergy"), "unknown concept 'TotalEnergy'"),
        (("denominator: NumberOfEmployees", "denominator: Heads"), "'Heads' is neither a concept nor a table"),
    ],
)
def test_a_span_of_nothing_is_refused(tmp_path: Path, spoil: tuple[str, str], message: str) -> None:
    limits = "  - {since: 2020-01-01, maximum: 5, reason: r, source: s}\n"
    with pytest.raises(DefinitionError, match=message):
        _ = spans_of(tmp_path, SPAN.replace(*spoil) + limits).spans


def test_a_rule_names_a_span_there_is(tmp_path: Path) -> None:
    definitions = definitions_with(tmp_path, "{kind: within_span, span: energy_per_emploee, side: above}")
    with pytest.raises(DefinitionError, match="Did you mean 'energy_per_employee'"):
        _ = definitions.rules


def test_every_span_has_limits_with_a_reason_and_one_for_every_sector() -> None:
    for span in DEFINITIONS.spans.values():
        assert all(limits.reason and limits.source for limits in span.limits)
        assert [limits for limits in span.limits if not limits.sections], span.name


def test_the_newest_limits_whose_day_has_come_hold(tmp_path: Path) -> None:
    limits = (
        "  - {since: 2020-01-01, maximum: 100, reason: r, source: s}\n"
        "  - {since: 2025-06-01, maximum: 10, reason: r, source: s}\n"
        "  - {since: 2026-06-01, maximum: 1, reason: r, source: s}\n"
    )
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    spans = spans_of(tmp_path / "a", SPAN + limits).spans
    definitions = definitions_with(tmp_path / "b", "{kind: within_span, span: s, side: above}")
    definitions.__dict__["spans"] = spans
    facts = ["NumberOfEmployees = 1 @ G!A1", "TotalEnergyConsumption = 50 MWh @ E!A1"]
    this_year, last_year = filing(definitions, facts), filing(definitions, facts, start="2024-01-01", end="2024-12-31")
    assert len(check(this_year, definitions)) == 1
    assert check(last_year, definitions) == ()


def test_a_message_shows_the_ratio_the_usual_span_and_the_likely_slip() -> None:
    facts = ["NumberOfEmployees = 180 @ G!A1", "TotalEnergyConsumption = 3099123.4567 MWh @ E!A1"]
    [energy] = [each for each in check(filing(DEFINITIONS, facts), DEFINITIONS) if each.code == "VSME-B3-11"]
    assert energy.message == "3,099,123 MWh for 180 employees are 17,200 MWh each; 0.02 to 1,000 are usual."
    assert "If the figure was in kWh, it is 3,099.12 MWh." in energy.fix
