"""What holds for every sheet, whatever stands on it: cells, looks, merges and rules at random, in no order at all."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import datetime
from decimal import Decimal

import pytest

from esgreport.definitions import load
from esgreport.model import Area, Cell, CellValue, cell_reference
from esgreport.read.questionnaires.controls import CheckBox
from esgreport.read.questionnaires.looks import Look
from esgreport.read.questionnaires.parts import Rule
from esgreport.read.questionnaires.reading import Arrived, Reading
from esgreport.read.questionnaires.surface import Surface

DEFINITIONS = load()
TEXTS = [
    *("Question", "Answer", "Unit", "Comment", "Frage", "Antwort", "Yes", "No", "N/A", "kWh", "2023", "2024", "N-1"),
    *("Do you have a policy?", "How many sites?", "1", "1.1", "a) Gas", "- Oil", "☐", "☐ Yes ☐ No", "____"),
    *("Please select", "Example", "Total:", "Company name:", "Environment", "Very long text " * 20, "", "Option 1"),
    *("good", "poor", "Note: this", "If yes, please describe", "of which renewable", "Signature", "(t)", "#", "?", ":"),
]


def soup(seed: int) -> Surface:
    """A sheet made at random."""
    dice = random.Random(seed)
    rows, columns = dice.randint(1, 14), dice.randint(1, 9)
    places = [(row, column) for row in range(1, rows + 1) for column in range(1, columns + 1)]
    filled = dice.choice([0.2, 0.5, 0.9])
    cells = {place: Cell(value(dice), formula=dice.random() < 0.05) for place in places if dice.random() < filled}
    looks = {place: look(dice) for place in places if dice.random() < 0.5}
    top, left = dice.choice(places)
    merged = Area("S", top, left, top + dice.randint(0, 2), left + dice.randint(0, 3))
    inside = [
        place for place in cells if merged.top <= place[0] <= merged.bottom and merged.left <= place[1] <= merged.right
    ]
    for place in inside:
        if place != (top, left):
            del cells[place]
    rule = Rule((Area("S", top, left, top + 3, left),), dice.choice(["list", "decimal", "date"]), '"Yes,No"', "0")
    box = CheckBox(dice.randint(1, rows + 2), dice.randint(1, columns), dice.choice(["", "Yes"]), Area("S", 1, 9, 1, 9))
    return Surface(
        name="S",
        cells=cells,
        looks=looks,
        merged=(merged,) if (merged.top, merged.left) != (merged.bottom, merged.right) else (),
        hidden_rows=frozenset(dice.sample(range(1, rows + 1), dice.choice([0, 0, 1]))),
        hidden_columns=frozenset(dice.sample(range(1, columns + 1), dice.choice([0, 0, 1]))),
        protected=dice.random() < 0.2,
        rules=(rule,) if dice.random() < 0.5 else (),
        boxes=(box,) if dice.random() < 0.2 else (),
    )


def value(dice: random.Random) -> CellValue:
    if dice.random() < 0.8:
        return dice.choice(TEXTS)
    return dice.choice([Decimal(1), Decimal(2023), True, False, datetime(2024, 1, 1)])


def look(dice: random.Random) -> Look:
    fill = dice.choice(["", "", "FFFF00", "DDDDDD", "theme0:-0.1"])
    return Look(fill, dice.random() < 0.5, dice.random() < 0.3, dice.random() < 0.7)


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_what_may_be_written_is_an_empty_cell_of_its_own_that_can_be_seen(start: int) -> None:
    for seed in range(start, start + 50):
        surface = soup(seed)
        questions = Reading(Arrived("book.xlsx", "0", (surface,)), DEFINITIONS).questions
        names = [question.id for question in questions]
        assert len(names) == len(set(names)), seed
        written = [question.answer for question in questions if question.answer]
        assert len(written) == len(set(written)), seed
        for question in questions:
            assert not question.parent or question.parent in names, seed
            assert surface.shows(*reference(question.source.cell)), seed
            if not question.writable:
                assert question.why_not, seed
                continue
            assert question.answer is not None, seed
            place = (question.answer.row, question.answer.column)
            assert not question.answer.holds and not question.answer.locked, seed
            assert not surface.cell(*place).formula, seed
            assert surface.shows(*place) or question.options[0].writes is True, seed  # what a check-box is linked to
            assert cell_reference(*place) != question.source.cell, seed


def reference(cell: str) -> tuple[int, int]:
    return int(cell[1:]), ord(cell[0]) - 64


def test_reading_a_questionnaire_loads_no_heavy_library() -> None:
    code = "import sys; from esgreport.read.questionnaires import reading; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert not loaded & {"pydantic", "yaml", "pandas", "numpy", "openpyxl", "lxml", "babel", "xlsxwriter"}
