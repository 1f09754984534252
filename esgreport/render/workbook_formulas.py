"""Locked totals and statuses: the formula Excel computes, and the same in Python for the result stored beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from esgreport.definitions import Concept
from esgreport.definitions.workbook import Condition, Formula, LinesBlock, MatrixBlock, TableBlock
from esgreport.errors import DefinitionError
from esgreport.model import Fact
from esgreport.render.workbook_desk import Desk, quoted

ALMOST = Decimal("1e-12")
"""How far Excel's sum of doubles may be from the exact one, in proportion."""

Asked = LinesBlock | MatrixBlock | TableBlock


@dataclass(frozen=True, slots=True)
class Computed:
    """What a locked cell holds: its formula, and the result as things stand (None for nothing yet)."""

    formula: str
    result: Decimal | None


def settled(computed: Computed | None, fact: Fact | None) -> Computed | None:
    """The formula where it says what was reported; None where the reported value must stand by itself.

    That is so when it differs from what its parts give, and when nothing was reported although the parts are there:
    what is missing stays missing.
    """
    if computed is None:
        return None
    if fact is None or not isinstance(fact.value, Decimal):
        return computed if computed.result is None and fact is None else None
    if computed.result is None or abs(fact.value - computed.result) > ALMOST * abs(computed.result):
        return None
    return Computed(computed.formula, fact.value)


# ── totals ───────────────────────────────────────────────────────────────────────────────────────────────────


def compute(
    desk: Desk, formula: Formula, unit: str, suffix: str = "", member: tuple[str, str] | None = None
) -> Computed:
    """A formula over named cells. `suffix` and `member` choose the same column of a matrix for all of them.

    Errors: DefinitionError for a part that has no cell.
    """
    if formula.kind == "rows":
        return sum_of_rows(desk, formula, unit)
    names = [f"{concept}{suffix}" for concept in formula.of]
    facts = [desk.entries.look(concept, (member,) if member else ()) for concept in formula.of]
    values = [fact.value for fact in facts if fact and isinstance(fact.value, Decimal) and _same_unit(fact, unit)]
    return Computed(_FORMULAS[formula.kind](names, formula), _result(formula, values))


def _same_unit(fact: Fact, unit: str) -> bool:
    return not unit or not fact.unit or fact.unit == unit or fact.unit.startswith("iso4217:")


def _sum(names: list[str], formula: Formula) -> str:
    parts = ",".join(names)
    enough = f"COUNT({parts})={len(names)}" if formula.need == "all" else f"COUNT({parts})>0"
    return f'=IF({enough},SUM({parts}),"")'


def _difference(names: list[str], formula: Formula) -> str:
    del formula
    return f'=IF(COUNT({",".join(names)})=2,{names[0]}-{names[1]},"")'


def _ratio(names: list[str], formula: Formula) -> str:
    return _divided(names, names[0], names[1], f"*{formula.factor}" if formula.factor != 1 else "")


def _mean_ratio(names: list[str], formula: Formula) -> str:
    del formula
    return _divided(names, names[0], f"AVERAGE({names[1]},{names[2]})")


def _gap(names: list[str], formula: Formula) -> str:
    del formula
    return _divided(names, f"({names[0]}-{names[1]})", names[0])


def _divided(names: list[str], upper: str, lower: str, times: str = "") -> str:
    return f'=IF(COUNT({",".join(names)})={len(names)},IF({lower}>0,{upper}/{lower}{times},""),"")'


_FORMULAS = {"sum": _sum, "difference": _difference, "ratio": _ratio, "mean_ratio": _mean_ratio, "gap": _gap}


def _result(formula: Formula, values: list[Decimal]) -> Decimal | None:
    if len(values) < (len(formula.of) if formula.need == "all" else 1):
        return None
    if formula.kind == "sum":
        return sum(values, Decimal(0))
    if formula.kind == "difference":
        return values[0] - values[1]
    upper, lower = values[0], values[1]
    if formula.kind == "mean_ratio":
        lower = (values[1] + values[2]) / 2
    if formula.kind == "gap":
        upper, lower = values[0] - values[1], values[0]
    return upper / lower * formula.factor if lower > 0 else None


def sum_of_cells(parts: Iterable[str], values: Iterable[Decimal | None]) -> Computed:
    """The sum of cells beside one another, by their addresses; nothing when all are empty."""
    cells = ",".join(parts)
    there = [value for value in values if value is not None]
    return Computed(f'=IF(COUNT({cells})>0,SUM({cells}),"")', sum(there, Decimal(0)) if there else None)


def sum_of_rows(desk: Desk, formula: Formula, unit: str) -> Computed:
    """The sum over a table's rows, by the names of their ranges, each row converted to `unit`."""
    concept = desk.concept(formula.of[0])
    counts, sums = [], []
    for choice, factor in _convertible(desk, concept, unit):
        where = f"{concept.name}_unit,{quoted(desk.symbol(choice))}"
        if formula.group:
            where += f",{groups_name(concept.table)},{quoted(desk.text(formula.group))}"
        counts.append(f'COUNTIFS({concept.name},">=0",{where})')
        sums.append(f"SUMIFS({concept.name},{where}){_times(factor)}")
    written = f'=IF({"+".join(counts)}>0,{"+".join(sums)},"")'
    return Computed(written, _sum_of_row_facts(desk, formula, unit))


def groups_name(table: str) -> str:
    """The name of the range that shows the group of each row's code."""
    return f"enum_groups_{table}"


def _convertible(desk: Desk, concept: Concept, unit: str) -> list[tuple[str, Decimal]]:
    """The units a table's rows offer for a concept, each with its size in `unit`."""
    own = Decimal(desk.definitions.units[unit].factor)
    return [
        (choice, Decimal(desk.definitions.units[choice].factor) / own)
        for choice in desk.row_units(concept.table)
        if desk.definitions.units[choice].measures == concept.type
    ]


def _times(factor: Decimal) -> str:
    if factor == 1:
        return ""
    return f"/{(1 / factor).normalize():f}" if factor < 1 else f"*{factor.normalize():f}"


def _sum_of_row_facts(desk: Desk, formula: Formula, unit: str) -> Decimal | None:
    concept = desk.concept(formula.of[0])
    factors = dict(_convertible(desk, concept, unit))
    found: list[Decimal] = []
    for fact in desk.entries.facts:
        if fact.concept == concept.name and isinstance(fact.value, Decimal) and fact.unit in factors:
            group = desk.group_of(concept, fact) if formula.group else ""
            if group == formula.group:
                found.append(fact.value * factors[fact.unit])
    return sum(found, Decimal(0)) if found else None


# ── statuses ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Question:
    """What a status depends on: whether the question is answered, as a formula and now, and may stay open."""

    concept: str
    answered_if: str
    answered: bool
    optional: bool = False
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A status cell: its formula, and the key of the text it shows as things stand."""

    formula: str
    key: str


def status_of(desk: Desk, block: Asked, question: Question) -> Status:
    """The status of a question: filled, omitted, not applicable, voluntary or missing, in this order."""
    open_key = "optional" if question.optional or block.optional else "missing"
    formula, key = quoted(desk.text(open_key)), open_key
    for condition in (question.when, block.when):
        if condition is not None:
            formula = f"IF({_applies(desk, condition)},{formula},{quoted(desk.text('not_applicable'))})"
            key = key if _applies_now(desk, condition) else "not_applicable"
    formula, key = _unless_omitted(desk, question.concept, formula, key)
    formula = f"=IF({question.answered_if},{quoted(desk.text('filled'))},{formula})"
    return Status(formula, "filled" if question.answered else key)


def _unless_omitted(desk: Desk, asked: str, formula: str, key: str) -> tuple[str, str]:
    """The status as it is when the list of omitted disclosures may name the disclosure, or the part, of a concept."""
    members = desk.omitted_as(asked)
    if not members:
        return formula, key
    concept = desk.concept(desk.layout.omitted)
    listed = "+".join(f"COUNTIF({concept.name},{quoted(desk.member(concept.members, each))})" for each in members)
    omitted = desk.entries.value(concept.name)
    named = isinstance(omitted, tuple) and bool(set(omitted) & set(members))
    return f"IF({listed}>0,{quoted(desk.text('omitted'))},{formula})", "omitted" if named else key


def _applies(desk: Desk, condition: Condition) -> str:
    concept = desk.concept(condition.concept)
    if condition.at_least is not None:
        return f"N({concept.name})>={condition.at_least}"
    if condition.contains:
        return f"COUNTIF({concept.name},{quoted(desk.member(concept.members, condition.contains))})>0"
    if isinstance(condition.equals, bool):
        return f"{concept.name}={quoted(desk.yes_or_no(condition.equals))}"
    if condition.equals is None:
        raise DefinitionError(f"schemas/workbook.yaml: a condition on {concept.name} says nothing.")
    return f"{concept.name}={quoted(desk.member(concept.members, condition.equals))}"


def _applies_now(desk: Desk, condition: Condition) -> bool:
    value = desk.entries.value(condition.concept)
    if condition.at_least is not None:
        return isinstance(value, Decimal) and value >= condition.at_least
    if condition.contains:
        return isinstance(value, tuple) and condition.contains in value
    return value is not None and value == condition.equals
