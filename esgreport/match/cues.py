"""What a question's unit and form say about the answer it wants; it does not say what is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from esgreport.definitions import Definitions
from esgreport.definitions.lexicon import Lexicon
from esgreport.match.tagging import Hits
from esgreport.match.wording import Part, plain
from esgreport.questionnaire import Question

Wanted = Literal["number", "boolean", "text", "choice", "date", ""]
"""The kind of answer a question wants; empty where nothing says."""

_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")
_MEASURE_OF_TYPE = {
    "monetary": "monetary",
    "energy": "energy",
    "mass": "mass",
    "volume": "volume",
    "area": "area",
    "percent": "percent",
    "ghg_emissions": "ghg_emissions",
    "ghg_emissions_per_monetary": "intensity",
}
_TEXTS = {"text", "text_block"}


@dataclass(frozen=True, slots=True)
class Expected:
    """What kind of answer a target is, and what it is measured in (`count` for a bare number, empty for no number)."""

    kind: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Cues:
    """What a question says about its answer: its kind, whether the form itself says so, and the measure of its unit."""

    kind: Wanted
    certain: bool
    measure: str


def cues_of(lexicon: Lexicon, question: Question, hits: Hits) -> Cues:
    """The cues of a question. A unit column beats a unit in the text; a form that wants a number beats its wording."""
    measure = measure_of(lexicon, question.unit, alone=ALONE) or _measure_in(lexicon, question.text)
    kind, certain = _kind(question, hits)
    if measure and not kind:
        kind = "number"
    return Cues(kind, certain, measure)


def _kind(question: Question, hits: Hits) -> tuple[Wanted, bool]:
    if question.kind in {"number", "boolean", "date"}:
        return ("date" if question.kind == "date" else "number" if question.kind == "number" else "boolean"), True
    if question.kind == "choice":
        return "choice", True
    core = Part.LATER.value
    said = {tag for tag, hit in hits.items() if hit.weight >= core}
    if said & {"describe", "listing"}:
        return "text", False
    if "whether" in said and not said & {"how_many", "percent"}:
        return "boolean", False
    if said & {"how_many", "amount", "percent", "rate"}:
        return "number", False
    return "", False


class _Alone:
    """Marks that a text is a unit by itself."""


ALONE = _Alone()


def measure_of(lexicon: Lexicon, text: str, alone: _Alone | None = None) -> str:
    """What a text that holds a unit measures; empty where it holds none. `x per y` is an intensity."""
    if not text.strip():
        return ""
    return _found(lexicon, plain(text), alone is not None)


@cache
def _found(lexicon: Lexicon, words: str, alone: bool) -> str:  # noqa: FBT001 - private, and cached
    padded = f" {words} "
    spelt = _spellings(lexicon)
    if alone and words in spelt.alone:
        return spelt.alone[words]
    hits = [(len(spelling), measure) for spelling, measure in spelt.everywhere.items() if f" {spelling} " in padded]
    return max(hits)[1] if hits else ""


@dataclass(frozen=True, slots=True)
class _Spellings:
    everywhere: Mapping[str, str]
    alone: Mapping[str, str]


@cache
def _spellings(lexicon: Lexicon) -> _Spellings:
    everywhere: dict[str, str] = {}
    alone: dict[str, str] = {}
    for each in lexicon.measures:
        everywhere |= {plain(word): each.measure for word in each.spelt.split(",") if word.strip()}
        alone |= {plain(word): each.measure for word in each.only_alone.split(",") if word.strip()}
    return _Spellings(everywhere, everywhere | alone)


def _measure_in(lexicon: Lexicon, text: str) -> str:
    for inside in reversed(_IN_BRACKETS.findall(text)):
        first = re.split(r"/|\bper\b|\bje\b|\bpro\b|\bpar\b", inside.lower())[0]
        if found := measure_of(lexicon, first, alone=ALONE):
            return found
    return measure_of(lexicon, text)


def expected_of(definitions: Definitions) -> Mapping[str, Expected]:
    """What every target is as an answer, concepts and those of `targets.yaml`."""
    found = {concept.name: Expected(*_of_type(concept.type)) for concept in definitions.concepts.values()}
    for target in definitions.targets.values():
        measure = ""
        if target.kind == "number":
            measure = "percent" if target.shown == "percent" else _of_unit(definitions, target.unit)
        found[target.id] = Expected(target.kind, measure)
    return found


def _of_type(kind: str) -> tuple[str, str]:
    if kind in _MEASURE_OF_TYPE:
        return "number", _MEASURE_OF_TYPE[kind]
    if kind in _TEXTS:
        return "text", ""
    fixed = {"number": ("number", "count"), "year": ("date", ""), "date": ("date", ""), "boolean": ("boolean", "")}
    return fixed.get(kind, ("choice", ""))


def _of_unit(definitions: Definitions, unit: str) -> str:
    if "/" in unit:
        return "intensity"
    known = definitions.units.get(unit)
    return known.measures if known and known.measures != "number" else "count"


def agreement(cues: Cues, expected: Expected) -> float:
    """How well what a question wants and what a target is go together; below nought: badly."""
    return _of_measures(cues.measure, expected) + _of_kinds(cues, expected)


def _of_measures(asked: str, expected: Expected) -> float:
    have = expected.measure
    if not asked:
        return 0.0
    if asked == have:
        return 0.5
    close = {("mass", "volume"), ("ghg_emissions", "intensity"), ("energy", "intensity"), ("mass", "ghg_emissions")}
    if (asked, have) in close or (asked == "volume" and have == "energy") or (asked == "time" and have == "count"):
        return 0.0
    if not have:
        return -0.5
    return -1.2


def _of_kinds(cues: Cues, expected: Expected) -> float:
    certain = 1.0 if cues.certain else 0.5
    if cues.kind == "boolean":
        return certain * {"boolean": 0.6, "choice": 0.0, "number": -0.8, "text": -0.5}.get(expected.kind, -0.8)
    if cues.kind == "number":
        return certain * {"number": 0.4, "date": -0.2, "choice": -0.9, "boolean": -1.0, "text": -1.0}.get(
            expected.kind, 0
        )
    if cues.kind == "text":
        return certain * {"text": 0.5, "choice": 0.1, "boolean": -0.4, "number": -0.4}.get(expected.kind, 0.0)
    if cues.kind == "date":
        return {"date": 0.6}.get(expected.kind, -0.8)
    return 0.0
