"""Whether a file holds customers' data: a table, a tool's export, our workbook for them; it uses no row of it."""

from __future__ import annotations

from pathlib import Path

from esgreport.definitions import Definitions
from esgreport.read.book import read_book
from esgreport.read.file import beginning, content, is_json, is_zip
from esgreport.read.package import LARGEST_STREAM, open_package
from esgreport.read.tables.files import Known, open_file
from esgreport.read.tables.heads import Headings
from esgreport.read.tables.parquet import is_parquet

_TEXTS = (".csv", ".tsv", ".txt")


def holds_customers(path: Path, shown: str, definitions: Definitions) -> bool:
    """What `esgreport.read.holds_customers` promises."""
    start = beginning(path, shown)
    if is_json(start):
        return False
    if not is_zip(start):
        return is_parquet(start) or path.suffix.lower() in _TEXTS
    book = read_book(open_package(content(path, shown), shown, LARGEST_STREAM))
    if any(name.name in definitions.names for name in book.names):
        return False
    customer = definitions.cx
    opened = open_file(path, shown, Known(customer, Headings(customer), tuple(customer.exports)))
    return bool(opened.grids or opened.settings)
