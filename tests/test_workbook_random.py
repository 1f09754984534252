"""Our workbook filled at random: whatever the facts, they come back from it as they went in."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from esgreport.definitions import Concept, load
from esgreport.facts import bind
from esgreport.model import Entity, Fact, FactValue, Filing, Period
from esgreport.read import read_workbook
from esgreport.render.workbook import write_workbook

DEFINITIONS = load()
LETTERS = "abc àèéöüßçœ ΑΩ жя 漢字 \n <&>\"'%_=+-@{} ✓€ 0123456789"
UNITS = {"mass": ("utr:kg", "utr:t"), "area": ("utr:ha", "utr:sqm")}


@pytest.mark.parametrize("seed", range(12))
def test_random_facts_come_back_as_they_went_in(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    language = ("en", "it", "de", "fr")[seed % 4]
    filing = random_filing(chance)
    path = tmp_path / "random.xlsx"
    path.write_bytes(write_workbook(DEFINITIONS, language, filing))
    found, findings = bind(read_workbook(path, path.name), DEFINITIONS, language)
    assert [finding.code for finding in findings] == []
    assert found.dropped == ()
    assert said(found) == said(filing)
    assert (found.period, found.currency, found.entity) == (filing.period, filing.currency, filing.entity)


def said(filing: Filing) -> list[tuple[str, ...]]:
    return sorted(
        (fact.concept, repr(fact.value), str(fact.unit), repr(fact.dimensions), repr(fact.period))
        for fact in filing.facts
    )


def random_filing(chance: random.Random) -> Filing:
    end = date(2020, 1, 31) + timedelta(days=chance.randrange(3000))
    period = Period(end, end - timedelta(days=chance.randrange(300, 400)))
    currency = chance.choice(["EUR", "CHF", "XAF"])
    maker = Maker(chance, period, currency)
    # The years stay: without them, facts for the base or target year would have no period when they are read.
    facts = tuple(
        fact
        for name, concept in DEFINITIONS.concepts.items()
        for fact in maker.facts(name)
        if concept.type == "year" or chance.random() < 0.9
    )
    entity = Entity(maker.text(20).replace("\n", " ").strip(" =-") or "X", "1234567", "https://permid.org/")
    return Filing(("x",), DEFINITIONS.taxonomies[0].entry_point, entity, currency, period, facts)


class Maker:
    """Makes facts at random, as a workbook could hold them."""

    def __init__(self, chance: random.Random, period: Period, currency: str) -> None:
        self.chance, self.period, self.currency = chance, period, currency
        self.years = {
            "BaselineYearMember": chance.randrange(1991, 2019),
            "TargetYearMember": chance.randrange(2030, 2060),
        }
        self.keys: dict[str, list[str]] = {}
        self.units: dict[str, str] = {}

    def facts(self, name: str) -> Iterator[Fact]:
        concept = DEFINITIONS.concepts[name]
        if name == "GreenhouseGasEmissionReductionTargetBaseYear":
            yield self.fact(concept, str(self.years["BaselineYearMember"]))
        elif name == "GreenhouseGasEmissionReductionTargetYear":
            yield self.fact(concept, str(self.years["TargetYearMember"]))
        elif not concept.table:
            yield self.fact(concept, self.value(concept))
        else:
            axis = DEFINITIONS.axes[DEFINITIONS.tables[concept.table].axes[0]]
            for key in self.keys_of(concept.table, axis.name):
                dimensions = () if key == axis.default else ((axis.name, key),)
                yield self.fact(concept, self.value(concept), dimensions)

    def keys_of(self, table: str, axis_name: str) -> list[str]:
        if table not in self.keys:
            axis = DEFINITIONS.axes[axis_name]
            if axis_name in ("BreakdownOfEnergyConsumptionAxis", "ReportingScopesAxis"):
                self.keys[table] = [code.member for code in DEFINITIONS.code_list(axis.members).domain]
            elif axis.kind == "explicit":
                members = [code.member for code in DEFINITIONS.code_list(axis.members).domain]
                self.keys[table] = self.chance.sample(members, self.chance.randrange(70))
            else:
                count = self.chance.randrange(60)
                self.keys[table] = [f"{self.chance.choice(['S', '00', 'n. ', 'Ü'])}{n}" for n in range(1, count)]
        return self.keys[table]

    def fact(self, concept: Concept, value: FactValue, dimensions: tuple[tuple[str, str], ...] = ()) -> Fact:
        span = self.period
        for _, member in dimensions:
            if member in self.years:
                span = twelve_months(self.period.end, self.years[member])
        period = span if concept.period == "duration" else Period(span.end)
        return Fact(concept.name, value, period, self.unit(concept, dimensions), None, dimensions)

    def unit(self, concept: Concept, dimensions: tuple[tuple[str, str], ...]) -> str | None:
        if not concept.numeric:
            return None
        if concept.type == "monetary":
            return f"iso4217:{self.currency}"
        if concept.type == "ghg_emissions_per_monetary":
            return f"utr:tCO2e/iso4217:{self.currency}"
        choices = UNITS.get(concept.type, (concept.unit,))
        if dimensions and concept.table in DEFINITIONS.tables:
            key = f"{concept.table} {dimensions} {concept.type}"
            return self.units.setdefault(key, self.chance.choice(choices))
        return self.chance.choice(choices)

    def value(self, concept: Concept) -> FactValue:
        makers: dict[str, Callable[[], FactValue]] = {
            "text": lambda: self.text(30),
            "text_block": lambda: self.text(2000),
            "boolean": lambda: self.chance.random() < 0.5,
            "date": lambda: date(2000, 1, 1) + timedelta(days=self.chance.randrange(30000)),
            "enumeration": lambda: self.chance.choice(DEFINITIONS.code_list(concept.members).domain).member,
            "enumeration_set": lambda: self.members(concept),
        }
        return makers.get(concept.type, self.number)()

    def members(self, concept: Concept) -> tuple[str, ...]:
        domain = [code.member for code in DEFINITIONS.code_list(concept.members).domain]
        return tuple(sorted(self.chance.sample(domain, self.chance.randrange(min(12, len(domain))))))

    def number(self) -> Decimal:
        digits = self.chance.randrange(10 ** self.chance.randrange(1, 15))
        return Decimal(digits).scaleb(-self.chance.randrange(0, 14)).normalize() + 0

    def text(self, longest: int) -> str:
        letters = "".join(self.chance.choice(LETTERS) for _ in range(self.chance.randrange(1, longest)))
        return f"{letters}x"  # a cell of blanks alone is an empty cell


def twelve_months(end: date, year: int) -> Period:
    def moved(to: int) -> date:
        return end.replace(year=to, day=28) if (end.month, end.day) == (2, 29) else end.replace(year=to)

    return Period(moved(year), moved(year - 1) + timedelta(days=1))
