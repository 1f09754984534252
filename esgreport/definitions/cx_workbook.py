"""What the workbook for customers' data looks like around its tables: first sheet, order, words; it draws nothing."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from esgreport.definitions.closed import Closed
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Text, Theme
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError


class Topic(Closed):
    """Tables that belong together, in the colour of a theme."""

    labels: Text
    theme: Theme
    tables: list[str]


class CustomerWorkbook(Closed):
    """The file `cx/workbook.yaml`."""

    title: Text
    sheet: Text
    intro: list[Text]
    steps: list[Text]
    texts: dict[str, Text]
    topics: list[Topic]


def load_customer_workbook(folder: Path, tables: Collection[str]) -> CustomerWorkbook:
    """The layout in `schemas/cx`. Errors: DefinitionError when a table is missing in it, stands twice or is none."""
    layout = load_file(folder / "workbook.yaml", CustomerWorkbook)
    listed = [name for topic in layout.topics for name in topic.tables]
    for name in listed:
        if name not in tables or listed.count(name) > 1:
            what = "stands twice" if name in tables else f"is no table.{did_you_mean(name, tables)}"
            raise DefinitionError(f"schemas/cx/workbook.yaml: topics: {name!r} {what}")
    for name in tables:
        if name not in listed:
            raise DefinitionError(f"schemas/cx/workbook.yaml: topics: the table {name!r} is missing.")
    return layout
