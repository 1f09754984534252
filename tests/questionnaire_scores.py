"""How well questionnaires were read: what was found against what is true, counted; used by tests and for measuring."""

from __future__ import annotations

from dataclasses import dataclass, field

from questionnaire_books import Truth

from esgreport.model import cell_reference
from esgreport.questionnaire import Place, Question, Questionnaire


def cell_of(place: Place | None) -> str:
    return cell_reference(place.row, place.column) if place else ""


@dataclass
class Score:
    """Right and wrong by what was asked; `faults` say each in a line."""

    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def count(self, what: str, is_right: bool, fault: str = "") -> None:
        self.asked[what] = self.asked.get(what, 0) + 1
        self.right[what] = self.right.get(what, 0) + is_right
        if not is_right:
            self.faults.append(f"{what}: {fault}")

    def add(self, other: Score) -> None:
        for what, count in other.asked.items():
            self.asked[what] = self.asked.get(what, 0) + count
            self.right[what] = self.right.get(what, 0) + other.right.get(what, 0)
        self.faults += other.faults

    def share(self, what: str) -> float:
        return self.right.get(what, 0) / self.asked[what] if self.asked.get(what) else 1.0


def compared(found: Questionnaire, truths: list[Truth], name: str = "") -> Score:
    """What was found against what is true: each question's answer cell (`placement`), and what goes with it."""
    score = Score()
    left = list(found.questions)
    for truth in truths:
        there = [each for each in left if (each.source.sheet, each.source.cell) == (truth.sheet, truth.cell)]
        best = next((each for each in there if cell_of(each.answer) == truth.answer), there[0] if there else None)
        where = f"{name}: {truth.sheet}!{truth.cell}"
        if best is None:
            score.count("placement", False, f"{where} is not found")
            continue
        left.remove(best)
        answer = cell_of(best.answer)
        score.count(
            "placement", answer == truth.answer, f"{where} goes to {answer or 'none'}, not {truth.answer or 'none'}"
        )
        _details(score, best, truth, where)
    for each in left:
        if each.writable:
            score.count(
                "invented",
                False,
                f"{name}: {each.source.sheet}!{each.source.cell} -> {cell_of(each.answer)} {each.text[:40]!r}",
            )
    return score


def _details(score: Score, found: Question, truth: Truth, where: str) -> None:
    options = tuple(option.text for option in found.options)
    marks = tuple(cell_of(option.mark) for option in found.options if option.mark)
    wanted: list[tuple[str, object, object]] = [
        ("kind", found.kind, truth.kind or found.kind),
        ("unit", found.unit, found.unit if truth.unit is None else truth.unit),
        ("year", found.year, truth.year or found.year),
        ("language", found.language, truth.language or found.language),
        ("options", options, options if truth.options is None else truth.options),
        ("marks", marks, truth.marks or marks),
        ("text", found.text, truth.text or found.text),
        ("section", found.section, found.section if truth.section is None else truth.section),
        ("why not", found.why_not, truth.why_not),
    ]
    for what, have, want in wanted:
        score.count(what, have == want, f"{where} {have!r}, not {want!r}")
