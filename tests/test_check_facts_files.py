"""A facts file is checked as the workbook it was made of: the same findings at the same cells, empty ones too."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from test_check_places import DEFINITIONS, checked, edited, sample_workbook, tell
from test_check_planted_cells import BOOKS, PLANTED, official, place, typed

from esgreport import facts
from esgreport.errors import WorkbookError
from esgreport.model import Source, Workbook
from esgreport.pipeline import Reading, check_filing
from esgreport.render.plain import json_text

NOT_OF_RULES = {"META-03": "VSME-GEN-01"}
"""What reading the workbook finds of its identity; the facts file has no more than that it is missing."""
NO_FILING = {"The period ends before it begins"}
"""Facts of such a period are refused."""
MISTAKES = [(number, name) for number, each in enumerate(PLANTED) for name in BOOKS[each["in"]]]


def through_json(reading: Reading) -> Reading:
    """The reading of the facts file made of a filing, checked."""
    document = json.loads(json_text(facts.filing_to_document(reading.filing, DEFINITIONS)), parse_float=Decimal)
    filing, findings = facts.restored(document, DEFINITIONS, "facts.json", "en")
    return check_filing(Reading(filing, findings), DEFINITIONS, "en")


def book_of(name: str) -> Workbook:
    return sample_workbook() if name == "own" else official()


@pytest.mark.parametrize(
    ("number", "name"), MISTAKES, ids=[f"{name}: {PLANTED[number]['title']}" for number, name in MISTAKES]
)
def test_a_mistake_in_a_cell_is_found_in_the_facts_file_where_it_is_in_the_workbook(number: int, name: str) -> None:
    mistake, book = PLANTED[number], book_of(name)
    clean = checked(book)
    reading = checked(book, [(place(line, clean), typed(value)) for line, value in mistake["cells"].items()])
    if mistake["title"] in NO_FILING:
        with pytest.raises(WorkbookError, match="starts before it ends"):
            through_json(reading)
        return
    expected = tell(replace(each, code=NOT_OF_RULES.get(each.code, each.code)) for each in reading.findings)
    assert tell(through_json(reading).findings) == expected


def test_an_empty_cell_is_named_by_the_facts_file_too() -> None:
    sample = checked(sample_workbook())
    turnover = next(fact.source for fact in sample.filing.facts if fact.concept == "Turnover")
    found = through_json(checked(sample_workbook(), [(turnover, None)])).findings
    assert f"{turnover.sheet}!{turnover.cell}" in {f"{each.source.sheet}!{each.source.cell}" for each in found}
    assert {each.source.file for each in found} == {"sample.xlsx"}


def test_what_was_dropped_is_found_again_with_the_reason_it_was_dropped_for() -> None:
    sample = checked(sample_workbook())
    energy = next(fact.source for fact in sample.filing.facts if fact.concept == "TotalEnergyConsumption")
    reading = checked(sample_workbook(), [(energy, "a lot")])
    (first,) = [each for each in reading.findings if each.code == "CELL-03"]
    (again,) = [each for each in through_json(reading).findings if each.code == "CELL-03"]
    assert (again.message, again.severity, again.title) == (first.message, first.severity, first.title)
    assert (again.concept, again.disclosure, again.paragraph) == (first.concept, first.disclosure, first.paragraph)


def test_places_are_optional_and_closed() -> None:
    document = facts.filing_to_document(checked(sample_workbook()).filing, DEFINITIONS)
    without = {key: value for key, value in document.items() if key not in ("stated_at", "asked_at")}
    assert facts.filing_from_document(without, DEFINITIONS, "f.json").asked_at == ()
    stranger = {**document, "asked_at": [{"concept": "Turnovr", "source": {}}]}
    with pytest.raises(WorkbookError, match=r"^f\.json: asked_at\.0: unknown concept 'Turnovr'.*Turnover"):
        facts.filing_from_document(stranger, DEFINITIONS, "f.json")
    with pytest.raises(WorkbookError, match=r"^f\.json: stated_at"):
        facts.filing_from_document({**document, "stated_at": {"mood": {}}}, DEFINITIONS, "f.json")


def test_a_reason_nobody_gives_is_refused() -> None:
    document = facts.filing_to_document(checked(sample_workbook()).filing, DEFINITIONS)
    lost = [{"source": {"file": "b.xlsx", "sheet": "S", "cell": "D5"}, "reason": "?", "code": "CELL-99"}]
    with pytest.raises(WorkbookError, match=r"b\.xlsx S!D5: dropped: there is no finding 'CELL-99'"):
        facts.restored({**document, "dropped": lost}, DEFINITIONS, "f.json")


def test_places_of_earlier_years_come_back_as_well() -> None:
    filing = checked(edited(sample_workbook(), [])).filing
    before = replace(filing, workbooks=("earlier.xlsx",), facts=(), dropped=(), digests=(), side_answers=())
    both = replace(filing, prior=(before,))
    again = facts.filing_from_document(facts.filing_to_document(both, DEFINITIONS), DEFINITIONS, "f.json")
    assert (again.asked_at, again.stated_at) == (filing.asked_at, filing.stated_at)
    assert again.prior[0].asked_at == filing.asked_at
    assert isinstance(again.stated_at[0][1], Source)
