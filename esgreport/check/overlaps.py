"""One flaw, one finding: of the problems that one wrong figure makes, the one is kept that points at that figure.

The idea is that of error localisation in survey editing (Fellegi and Holt, 1976): where several comparisons do not
hold, and mending one figure would mend them all, it is that figure which is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from esgreport.check.kinds import OF_A_ROW, OF_EQUALITY, OF_FIGURES_TOGETHER, OF_ONE_VALUE, OF_SIZE
from esgreport.check.problems import Holds, Problem, Remedy
from esgreport.check.slips import Slip, might_be_nothing, slip
from esgreport.definitions.rule_parts import Check
from esgreport.definitions.rules import Rule
from esgreport.definitions.rules_of_figures import AddsUp
from esgreport.model import Fact


@dataclass(frozen=True, slots=True)
class Hit:
    """A problem, with the rule and the check that found it, and how much it matters (0 is most)."""

    rule: Rule
    disclosure: str
    check: Check
    kind: str
    problem: Problem
    rank: int


def one_each(found: Iterable[Hit | Holds]) -> list[Hit]:
    """The hits without those that say once more what another one says already."""
    found = list(found)
    kept = _each_value_once(_of_single_rows([each for each in found if isinstance(each, Hit)]))
    wrong = {id(fact) for hit in kept if hit.kind in OF_ONE_VALUE for fact in hit.problem.facts}
    kept = [hit for hit in kept if hit.kind not in OF_FIGURES_TOGETHER or not _about(hit, wrong)]
    vouched = {id(fact) for each in found if isinstance(each, Holds) for fact in each.facts}
    kept = [_at_the_slip(hit, vouched) for hit in _localised(kept, vouched)]
    told = {hit.problem.source for hit in kept if hit.kind in OF_SIZE}
    doubted = {hit.problem.source for hit in kept if hit.kind != "remark"}
    return [
        hit
        for hit in kept
        if not (hit.kind == "change_within" and hit.problem.source in told)
        if not (hit.kind == "remark" and hit.problem.source in doubted)
    ]


def _about(hit: Hit, facts: set[int]) -> bool:
    return any(id(fact) in facts for fact in hit.problem.facts)


def _of_single_rows(hits: list[Hit]) -> list[Hit]:
    """The hits without those on a row that is there twice: which of the two is looked at is chance."""
    doubled = {hit.problem.facts[0].dimensions for hit in hits if hit.kind == "unique"}
    return [
        hit
        for hit in hits
        if hit.kind not in OF_A_ROW or doubled.isdisjoint(fact.dimensions for fact in hit.problem.facts)
    ]


def _each_value_once(hits: list[Hit]) -> list[Hit]:
    """Of several problems with one value by itself, or with the period, the one that matters most, or the first."""
    best: dict[int | str, Hit] = {}
    for hit in (hit for hit in hits if hit.kind in OF_ONE_VALUE):
        values: list[int | str] = [id(fact) for fact in hit.problem.facts]
        for value in values or [hit.kind]:
            if value not in best or hit.rank < best[value].rank:
                best[value] = hit
    keeping = {id(hit) for hit in best.values()}
    return [hit for hit in hits if hit.kind not in OF_ONE_VALUE or id(hit) in keeping]


# ── which figure is it ───────────────────────────────────────────────────────────────────────────────────────


def _localised(hits: list[Hit], vouched: set[int]) -> list[Hit]:
    """The hits, those that one figure explains replaced by one at that figure, which matters as much as the worst."""
    while True:
        fact, together = _explained(hits, vouched)
        if fact is None:
            return hits
        kept = min(together, key=partial(_preference, fact))
        worst = min(hit.rank for hit in together)
        moved = replace(kept, problem=replace(kept.problem, source=fact.source, remedies=()), rank=worst)
        gone = {id(hit) for hit in together}
        hits = [moved if hit is kept else hit for hit in hits if hit is kept or id(hit) not in gone]


def _preference(fact: Fact, hit: Hit) -> tuple[bool, int, bool]:
    """Of the hits one figure explains: one that sits at it, that matters most, and names the likely slip.

    Of those that sit elsewhere rather one whose words fit any of its figures: a sum or a ratio.
    """
    own = hit.problem.source == fact.source
    return not own, hit.rank, hit.kind != "within_span" if own else hit.kind not in OF_EQUALITY


def _explained(hits: Sequence[Hit], vouched: set[int]) -> tuple[Fact | None, list[Hit]]:
    """The figure whose mending would mend the most problems, two at least.

    It is none that another sum or ratio vouches for, where only sums and ratios do not hold. Of several it is one that
    a finding sits at, most of all one beyond its limit.
    """
    remedies: dict[int, list[tuple[Hit, Remedy]]] = {}
    for hit in hits:
        for remedy in hit.problem.remedies:
            remedies.setdefault(id(remedy.fact), []).append((hit, remedy))
    candidates = ((found[0][1].fact, _agreeing(found)) for found in remedies.values() if len(found) > 1)
    several = [each for each in candidates if len(each[1]) > 1 and not _is_vouched(*each, vouched)]

    def weight(candidate: tuple[Fact, list[Hit]]) -> tuple[int, bool, int, Slip]:
        fact, together = candidate
        own = [hit.kind for hit in together if hit.problem.source == fact.source]
        slipped = slip([remedy for hit, remedy in remedies[id(fact)] if hit in together])
        return len(together), id(fact) not in vouched, 2 if "at_most" in own else 1 if own else 0, slipped

    return max(several, key=weight, default=(None, []))


def _at_the_slip(hit: Hit, vouched: set[int]) -> Hit:
    """A sum that does not hold at the one of its figures that a slip explains, if it is one only and none vouches."""
    if not isinstance(hit.check, AddsUp) or hit.check.differs != "either_way":
        return hit  # parts that need not be all there say little of the total
    doubtful = [each for each in hit.problem.remedies if each.fact.source.cell and id(each.fact) not in vouched]
    slips = [(slip([remedy]), remedy.fact) for remedy in doubtful]
    best = max((each for each, _ in slips), default=Slip.NONE)
    wrong = [fact for each, fact in slips if each is best]
    least = Slip.DIGIT if any(hit.problem.source == fact.source for fact in hit.problem.facts) else Slip.PLAIN
    if best < least or len(wrong) > 1 or any(map(might_be_nothing, doubtful)):
        return hit
    return replace(hit, problem=replace(hit.problem, source=wrong[0].source))


def _is_vouched(fact: Fact, together: Iterable[Hit], vouched: set[int]) -> bool:
    return id(fact) in vouched and all(hit.kind in OF_EQUALITY for hit in together)


def _agreeing(found: Sequence[tuple[Hit, Remedy]]) -> list[Hit]:
    """The most problems that one and the same value would mend."""
    ends = [end for _, remedy in found for end in (remedy.low, remedy.high) if end is not None]
    if not ends:  # no figures: texts that another one would all suit
        return [hit for hit, _ in found]
    groups = ([hit for hit, remedy in found if _holds(remedy, end)] for end in ends)
    return max(groups, key=_size, default=[])


_size: Callable[[list[Hit]], int] = len


def _holds(remedy: Remedy, value: Decimal) -> bool:
    return (remedy.low is None or remedy.low <= value) and (remedy.high is None or value <= remedy.high)
