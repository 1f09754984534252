"""Lists filled in row by row, drop-downs that depend on others, units to be chosen: read, answered, written."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from filings import DEFINITIONS
from questionnaire_books import write_book
from questionnaire_fixtures import layouts
from questionnaire_scores import cell_of

from esgreport.answers import AnswerOptions, Material, answer, written
from esgreport.model import cell_reference
from esgreport.questionnaire import Answer, AnswerState, Candidate, Decision, Match, Question, Questionnaire
from esgreport.questionnaires import AnswerRequest, Held, held
from esgreport.read import read_questionnaire

SAMPLE = DEFINITIONS.folder / "samples" / "en.json"


@cache
def ours() -> Held:
    return held([SAMPLE], DEFINITIONS, AnswerRequest())


def reading(text: str, folder: Path) -> Questionnaire:
    path = folder / "form.xlsx"
    write_book(text, path)
    return read_questionnaire(path, "form.xlsx", DEFINITIONS)


def answered(
    found: Questionnaire, matches: tuple[Match, ...] = (), decisions: dict[str, Decision] | None = None
) -> dict[str, Answer]:
    material = Material(ours().filing, DEFINITIONS)
    given = answer(found, matches, material, AnswerOptions(decisions=decisions or {})).answers
    return {each.question.id: each for each in given}


def filled(answers: dict[str, Answer]) -> dict[str, object]:
    """The cells that are written, by their reference."""
    _, cells = written(answers.values(), DEFINITIONS)
    return {cell_reference(cell.area.top, cell.area.left): cell.value for cell in cells}


def only(found: Questionnaire) -> Question:
    (question,) = [each for each in found.questions if each.kind == "table"]
    return question


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_list_is_one_question_with_its_columns_and_the_cells_below_an_example(tmp_path: Path) -> None:
    found = only(
        reading(
            layouts("imagined")["M07 German list of sites with an example in its first line, questions above it"],
            tmp_path,
        )
    )
    assert found.text == "Bitte listen Sie alle Standorte auf:"
    assert [column.head for column in found.columns] == ["Standort", "Anschrift", "Land", "Anzahl Mitarbeitende"]
    assert [cell_of(place) for place in found.columns[1].places] == ["B8", "B9", "B10", "B11"]


def test_rows_that_the_customer_numbered_are_rows_of_a_list(tmp_path: Path) -> None:
    text = """
@sheet Sites / frame
List your sites:
#No. | #Address | #Country
1 | _ | _
2 | _ | _
"""
    found = only(reading(text, tmp_path))
    assert [(column.head, cell_of(column.places[0])) for column in found.columns] == [
        ("Address", "B3"),
        ("Country", "C3"),
    ]


def test_heads_over_years_down_the_side_are_no_list(tmp_path: Path) -> None:
    text = layouts("last")["W12 transposed with years down the side"]
    assert not [each for each in reading(text, tmp_path).questions if each.kind == "table"]


DEPENDENT = layouts("imagined")["M06 lists that depend on what is chosen before"]


def test_a_drop_down_that_depends_on_another_cell_offers_what_each_entry_there_would(tmp_path: Path) -> None:
    region, country, _, plant = reading(DEPENDENT, tmp_path).questions
    assert cell_of(country.depends) == "B2"
    assert {option.given for option in country.options} == {"Europe", "Asia"}
    assert [option.given for option in plant.options] == ["Europe"] * 3
    assert region.depends is None


# ── answering ────────────────────────────────────────────────────────────────────────────────────────────────

COUNTRIES = """
@sheet People / frame
Employees by country:
#Country | #Number of employees
_ | _
_ | _
_ | _
"""


def test_a_list_whose_columns_are_all_known_is_filled_row_by_row(tmp_path: Path) -> None:
    found = answered(reading(COUNTRIES, tmp_path))
    (one,) = found.values()
    assert one.state is AnswerState.ANSWERED
    assert filled(found) == {"A3": "Italy", "B3": Decimal(152), "A4": "Germany", "B4": Decimal(28)}
    assert [source.file for source in one.evidence] == [str(SAMPLE)]


def test_a_list_with_a_column_we_have_nothing_for_is_left_to_a_person_with_all_we_have(tmp_path: Path) -> None:
    text = COUNTRIES.replace("#Number of employees", "#Number of employees | #Language spoken").replace(
        "_ | _", "_ | _ | _"
    )
    found = answered(reading(text, tmp_path))
    (one,) = found.values()
    assert one.state is AnswerState.NEEDS_REVIEW
    assert one.suggestions[0].shown == "Italy, 152; Germany, 28"
    assert filled(found) == {}
    accepted = answered(reading(text, tmp_path), decisions={one.question.id: Decision("accept", 1)})
    assert filled(accepted) == {"A3": "Italy", "B3": Decimal(152), "A4": "Germany", "B4": Decimal(28)}


def test_a_list_with_fewer_lines_than_we_have_rows_is_left_to_a_person(tmp_path: Path) -> None:
    text = """
@sheet Waste / frame
Waste by type:
#Waste type | #Waste code | #Quantity (t)
_ | _ | _
_ | _ | _
"""
    (one,) = answered(reading(text, tmp_path)).values()
    assert (one.state, one.why) == (AnswerState.NEEDS_REVIEW, "We have more rows than the list has lines.")


def test_figures_of_a_list_are_in_the_unit_its_head_names(tmp_path: Path) -> None:
    rows = "@repeat 12 _ | _ | _ | _"
    text = f"@sheet Waste / frame\n#Waste code | #Waste type | #Hazardous (Y/N) | #Quantity (t)\n{rows}"
    cells = filled(answered(reading(text, tmp_path)))
    assert (cells["A2"], cells["C2"], cells["D2"]) == ("120101", "No", Decimal("96.4"))
    assert "Yes" in [cells[f"C{row}"] for row in range(2, 13)]


def test_a_list_of_figures_with_a_column_of_units_gets_both(tmp_path: Path) -> None:
    text = "@sheet Energy / frame\nEnergy by source:\n#Energy source | #Consumption | #Unit\n@repeat 8 _ | _ | _"
    cells = filled(answered(reading(text, tmp_path)))
    assert (cells["A3"], cells["B3"], cells["C3"]) == ("Purchased electricity, renewable", Decimal(852), "MWh")


def test_a_list_nobody_knows_is_not_filled(tmp_path: Path) -> None:
    text = "@sheet Fleet / frame\nList your vehicles:\n#Plate | #Model | #Fuel\n_ | _ | _\n_ | _ | _"
    assert filled(answered(reading(text, tmp_path))) == {}


@pytest.mark.parametrize(("language", "heads", "first"), [
    ("de", "#Straße und Hausnummer | #PLZ | #Ort | #Land", ["Via dei Tornitori 14", "41012", "Carpi (MO)", "Italien"]),
    ("it", "#Indirizzo completo | #Paese | #Note", ["Via dei Tornitori 14, 41012, Carpi (MO)", "Italia"]),
    ("fr", "#Rue | #Code postal | #Ville | #Pays", ["Via dei Tornitori 14", "41012", "Carpi (MO)", "Italie"]),
])  # fmt: skip
def test_sites_are_listed_in_the_language_of_the_form(
    language: str, heads: str, first: list[str], tmp_path: Path
) -> None:
    said = {
        "de": "Bitte alle Standorte auflisten:",
        "it": "Elencare tutti i siti:",
        "fr": "Veuillez lister tous les sites :",
    }
    rows = " | ".join(["_"] * heads.count("#"))
    text = f"@lang {language}\n@sheet Liste / frame\n{said[language]}\n{heads}\n{rows}\n{rows}\n{rows}"
    cells = filled(answered(reading(text, tmp_path)))
    assert [cells[f"{letter}3"] for letter in "ABCD"[: len(first)]] == first


# ── what depends on another cell ─────────────────────────────────────────────────────────────────────────────


def certain(question: Question, target: str) -> Match:
    return Match(question.id, (Candidate(target, Decimal("0.99")),), Decimal("0.01"))


def test_an_option_is_written_only_under_the_entry_it_is_offered_for(tmp_path: Path) -> None:
    found = reading(DEPENDENT, tmp_path)
    region, country, _, plant = found.questions
    matches = (certain(country, "CountryOfPrimaryOperationsAndLocationOfSignificantAssets"),)
    assert filled(answered(found, matches)) == {}
    chosen = {region.id: Decision("value", value="Europe")}
    assert filled(answered(found, matches, chosen)) == {"B2": "Europe", "B3": "Italy"}
    elsewhere = {region.id: Decision("value", value="Asia")}
    assert filled(answered(found, matches, elsewhere)) == {"B2": "Asia"}
    preset = (certain(plant, "CountryOfPrimaryOperationsAndLocationOfSignificantAssets"),)
    assert filled(answered(found, preset)) == {"B5": "Italy"}


def test_where_a_unit_is_to_be_chosen_the_figure_is_stated_in_one_of_those_offered(tmp_path: Path) -> None:
    text = "@sheet Data / frame\n#Question | #Answer | #Unit\nTotal energy consumption | _ | _ {list:GJ;kWh}"
    found = reading(text, tmp_path)
    cells = filled(answered(found, (certain(found.questions[0], "TotalEnergyConsumption"),)))
    assert (cells["B2"], cells["C2"]) == (Decimal("11156.4"), "GJ")
