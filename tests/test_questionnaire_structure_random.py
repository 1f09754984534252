"""Where questions stand and where their answers go, on questionnaires made at random."""

from __future__ import annotations

from pathlib import Path

from questionnaire_random import write_random
from questionnaire_random_forms import write_random_form
from questionnaire_scores import Score, compared

from esgreport.definitions import load
from esgreport.read import read_questionnaire

DEFINITIONS = load()


def test_random_questionnaires_are_read_with_their_answer_cells(tmp_path: Path) -> None:
    score = Score()
    for seed in range(1000, 1060):
        path = tmp_path / f"{seed}.xlsx"
        truths = write_random(seed, path)
        score.add(compared(read_questionnaire(path, path.name, DEFINITIONS), truths, str(seed)))
    assert score.share("placement") >= 0.99, score.faults
    assert score.share("language") == 1, score.faults
    assert score.asked.get("invented", 0) <= 2, score.faults


def test_random_forms_are_read_with_their_answer_cells(tmp_path: Path) -> None:
    score = Score()
    for seed in range(2000, 2060):
        path = tmp_path / f"{seed}.xlsx"
        truths = write_random_form(seed, path)
        score.add(compared(read_questionnaire(path, path.name, DEFINITIONS), truths, str(seed)))
    assert score.share("placement") >= 0.99, score.faults
    assert score.share("language") == 1, score.faults
    assert score.asked.get("invented", 0) <= 2, score.faults
