"""Small tables of customers for the tests of panels, and the sample's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from esgreport import definitions, read
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.panel_desk import Desk
from esgreport.tables import CustomerTables

SAMPLE = Path(__file__).parent.parent / "schemas" / "samples" / "cx"


def tables_from(folder: Path, **texts: str) -> CustomerTables:
    """Tables written as CSV, one argument a table."""
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        lines = [line.strip() for line in text.strip().splitlines()]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        paths.append((path, path.name))
    return read.read_tables(paths, definitions.load())[0]


def desk_for(tables: CustomerTables, language: str = "en") -> Desk:
    found = definitions.load()
    return Desk(Customers(tables, found.cx, found.cx_panels.words), found.cx_panels, language)


@cache
def sample_tables() -> CustomerTables:
    paths = sorted(SAMPLE.glob("*.csv"))
    return read.read_tables([(path, path.name) for path in paths], definitions.load())[0]


@cache
def sample_desk(language: str = "en") -> Desk:
    return desk_for(sample_tables(), language)
