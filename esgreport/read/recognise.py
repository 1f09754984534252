"""Whether a file holds customers' data: a table, a tool's export, our workbook for them; it uses no row of it."""

from __future__ import annotations

from pathlib import Path

from esgreport.definitions import Definitions
from esgreport.read.book import read_book
from esgreport.read.file import beginning, content, is_json, is_zip
from esgreport.read.package import LARGEST_STREAM, open_package

_TEXTS = (".csv", ".tsv", ".txt")


def holds_customers(path: Path, shown: str, definitions: Definitions) -> bool:
    """What `esgreport.read.holds_customers` promises."""
    start = beginning(path, shown)
    if is_json(start):
        return False
    if is_zip(start):
        book = read_book(open_package(content(path, shown), shown, LARGEST_STREAM))
        named = any(name.name in definitions.names for name in book.names)
        return not named and _has_tables(path, shown, definitions)
    # What reads tables is large, and most files that are asked about are workbooks on sustainability.
    from esgreport.read.tables.parquet import is_parquet

    return is_parquet(start) or path.suffix.lower() in _TEXTS


def _has_tables(path: Path, shown: str, definitions: Definitions) -> bool:
    from esgreport.read.tables.files import Known, open_file
    from esgreport.read.tables.heads import Headings

    customer = definitions.cx
    opened = open_file(path, shown, Known(customer, Headings(customer), tuple(customer.exports)))
    return bool(opened.grids or opened.settings)
