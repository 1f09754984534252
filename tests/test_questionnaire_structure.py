"""Where questions stand and where their answers go, on layouts that are met in the wild."""

from __future__ import annotations

from pathlib import Path

import pytest
from questionnaire_books import write_book
from questionnaire_fixtures import ALL
from questionnaire_scores import compared

from esgreport.definitions import load
from esgreport.read import read_questionnaire

DEFINITIONS = load()


@pytest.mark.parametrize("name", ALL)
def test_every_question_of_a_layout_is_found_with_its_answer_cell(name: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    truths = write_book(ALL[name], path)
    score = compared(read_questionnaire(path, path.name, DEFINITIONS), truths, name)
    assert score.faults == []
