"""The cases of `tests/rules/*.yaml`: a filing written in short lines, and what one rule finds in it.

    TotalEnergyConsumption = 120 MWh @ Energy!C5
    EmployeesWhoLeft = 12 @ Social!D134
    EnergyConsumptionFromFuels [RenewableEnergyMember] = 10 MWh (exact) @ Energy!D7
    GrossScope1GreenhouseGasEmissions [BaselineYearMember] in 2020 = 150 tCO2e @ Energy!E9

What workbooks answer besides the concepts (`schemas/side_answers.yaml`) is written among the facts. A number has two
decimals unless the line says otherwise; its unit is that of its concept when none is written. Members stand in the
order of the table's axes. Codes may be written as people know them (`47.21`); a set is parted by commas. The period is
the year 2025; the facts under `last_year` are of 2024, as last year's workbook had them. Under `asked` are the cells in
which answers belong, as a workbook has them: `TotalWaterConsumption: Water!D5`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from esgreport import resources
from esgreport.definitions import Concept, Definitions
from esgreport.model import Decimals, Entity, Fact, FactValue, Filing, Period, Source

FOLDER = Path(__file__).parent / "rules"
LINE = re.compile(
    r"(?P<concept>\w+)(?: \[(?P<members>[^\]]+)\])?(?: in (?P<year>\d{4}))? = (?P<value>.*?)"
    r"(?: \((?P<decimals>exact|-?\d+ decimals)\))?(?: @ (?P<sheet>[^!]+)!(?P<cell>[A-Z]+\d+))?"
)
WHO = {
    "name": "Esempio S.p.A.",
    "identifier": "529900T8BM49AURSDO55",
    "scheme": "http://standards.iso.org/iso/17442",
    "currency": "EUR",
    "start": "2025-01-01",
    "end": "2025-12-31",
}


@dataclass(frozen=True)
class Case:
    """One case of one rule."""

    code: str
    title: str
    edition: str
    filing: Filing
    findings: tuple[tuple[str, str], ...]


def cases(definitions: Definitions) -> Iterator[Case]:
    """All cases, file by file."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for code, listed in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for each in listed:
                known = {"title", "edition", "filing", "facts", "asked", "last_year", "last_filing", "findings"}
                assert set(each) <= known, f"{path.name}: {each}"
                yield Case(
                    code,
                    each["title"],
                    each.get("edition", ""),
                    _with_last_year(definitions, each),
                    tuple((found, cell) for found, cell in each.get("findings", [])),
                )


def _with_last_year(definitions: Definitions, each: dict[str, Any]) -> Filing:
    """The filing of a case; `last_year` are the facts of the year before, 2024 unless `last_filing` says otherwise."""
    now = filing(definitions, each.get("facts", []), **each.get("filing", {}))
    asked = {name: cell.partition("!") for name, cell in each.get("asked", {}).items()}
    cells = tuple((name, Source("book.xlsx", sheet, cell, name)) for name, (sheet, _, cell) in asked.items())
    now = replace(now, asked_at=cells)
    if "last_year" not in each:
        return now
    said = {"start": "2024-01-01", "end": "2024-12-31"} | each.get("last_filing", {})
    return replace(now, prior=(filing(definitions, each["last_year"], **said),))


def filing(definitions: Definitions, lines: list[str], **who: str) -> Filing:
    """A filing of the facts and side answers in the lines; `who` replaces what it says of itself."""
    assert set(who) <= set(WHO), who
    said = WHO | who
    period = Period(date.fromisoformat(said["end"]), date.fromisoformat(said["start"]))
    entity = Entity(said["name"], said["identifier"], said["scheme"])
    answers = [fact(definitions, line, period) for line in lines]
    facts = tuple(each for each in answers if each.concept in definitions.concepts)
    beside = tuple(each for each in answers if each.concept in definitions.side_answers)
    said_of_all = ("book.xlsx",), "", entity, said["currency"], period
    return Filing(*said_of_all, facts, cells_filled=len(facts), side_answers=beside)


def fact(definitions: Definitions, line: str, reporting: Period) -> Fact:
    """The fact a line says."""
    read = LINE.fullmatch(line)
    assert read, f"not a fact: {line!r}"
    concept = definitions.questions[read["concept"]]
    period = reporting
    if read["year"]:
        period = Period(date(int(read["year"]), 12, 31), date(int(read["year"]), 1, 1))
    if concept.period == "instant":
        period = Period(period.end)
    axes = _axes(definitions, concept)
    members = [member.strip() for member in (read["members"] or "").split(",") if member.strip()]
    assert len(members) <= len(axes), line
    value, unit = _value(definitions, concept, read["value"])
    return Fact(
        concept.name,
        value,
        period,
        unit,
        _decimals(read["decimals"]) if concept.numeric else None,
        tuple(sorted(zip(axes, members, strict=False))),
        Source("book.xlsx", read["sheet"] or "", read["cell"] or "", concept.name),
    )


def _axes(definitions: Definitions, concept: Concept) -> list[str]:
    """The axes of a concept's table; of what stands beside one, and is about the same, that one's."""
    beside = definitions.side_answers.get(concept.name)
    table = definitions.concepts[beside.beside].table if beside and beside.each_member else concept.table
    return definitions.tables[table].axes if table else []


def _decimals(text: str | None) -> Decimals:
    return "INF" if text == "exact" else int(text.split()[0]) if text else 2


def _value(definitions: Definitions, concept: Concept, text: str) -> tuple[FactValue, str | None]:
    if concept.numeric:
        number, _, unit = text.partition(" ")
        if unit == "%":
            return Decimal(number) / 100, "xbrli:pure"
        return Decimal(number), _unit(definitions, concept, unit)
    if concept.type == "boolean":
        return {"yes": True, "no": False}[text], None
    if concept.type == "date":
        return date.fromisoformat(text), None
    if concept.members:
        codes = definitions.code_list(concept.members)
        members = tuple(sorted(codes.member(part.strip()) or part for part in text.split(",") if part != "none"))
        return (members if concept.type == "enumeration_set" else members[0]), None
    return text, None


def _unit(definitions: Definitions, concept: Concept, text: str) -> str:
    if not text:
        return concept.unit or definitions.default_units.get(concept.type, "iso4217:EUR")
    parts = (definitions.unit_spellings.get(part.lower(), f"iso4217:{part}") for part in text.split("/"))
    return "/".join(parts)


def place(source: Source) -> str:
    """Where a finding sits, as the cases write it: `Energy!C5`, or nothing for the file alone."""
    return f"{source.sheet}!{source.cell}" if source.sheet else ""


def definitions_with(folder: Path, checks: str) -> Definitions:
    """The standard's definitions with one rule only, TEST-01, which has these checks."""
    for path in resources.folder("schemas").iterdir():
        if path.name != "rules":
            (folder / path.name).symlink_to(path)
    (folder / "rules").mkdir()
    said = "{en: T, it: T, de: T, fr: T}"
    text = f"rules:\n  - {{code: TEST-01, severity: error, title: {said}, message: {said}, fix: {said}"
    text += ", editions: {vsme-2025: {}}, checks: [" + checks + "]}\n"
    (folder / "rules" / "TEST.yaml").write_text(text, encoding="utf-8")
    return Definitions(folder)
