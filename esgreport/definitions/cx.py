"""What is asked of customers' data: the tables, their columns, what may stand in them; it reads none of it."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_exports import Export, load_exports
from esgreport.definitions.cx_workbook import CustomerWorkbook, load_customer_workbook
from esgreport.definitions.loading import load_file
from esgreport.definitions.models import Text
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError

ColumnType = Literal[
    "id",
    "reference",
    "text",
    "list",
    "category",
    "period",
    "integer",
    "number",
    "money",
    "share",
    "quantity",
    "boolean",
    "date",
    "datetime",
]
"""What a column holds.

`id` names the row, or a person no table lists; `reference` names a row of another table; `list` is several texts with
`; ` between them; `period` is `2025`, `2025-Q1` or `2025-03`; `money` is in the currency of the settings; `share` is a
fraction (0.25 is 25 %); `quantity` is in the unit of what its row names, and where that is a share 25 % is 0.25 too.
"""

Dtype = Literal["str", "category", "Int64", "float64", "boolean", "datetime64[us]"]
DTYPES: Mapping[ColumnType, Dtype] = {
    "id": "str",
    "reference": "category",
    "text": "str",
    "list": "str",
    "category": "category",
    "period": "category",
    "integer": "Int64",
    "number": "float64",
    "money": "float64",
    "share": "float64",
    "quantity": "float64",
    "boolean": "boolean",
    "date": "datetime64[us]",
    "datetime": "datetime64[us]",
}
"""The type of pandas that each type of column is read into. What is missing is missing in all of them."""


class Value(Closed):
    """One value of a list: the name tables hold it under, what people see, and other spellings of it."""

    name: str
    labels: Text
    also: list[str] = []


class ValueList(Closed):
    """The values a column may have; of an `open` list others too, as they are written.

    `codes` takes them from a code list of that name, `tables` from the names of the tables.
    """

    name: str
    open: bool = False
    codes: str = ""
    tables: bool = False
    values: list[Value] = []

    @cached_property
    def by_spelling(self) -> Mapping[str, str]:
        """The value each spelling stands for, by the spelling as `folded` leaves it."""
        return {
            folded(spelling): value.name
            for value in self.values
            for spelling in (*value.also, *value.labels.values(), value.name)
        }


class Column(Closed):
    """One column. `private` is what no log and no message may show: a person, an account's name, free text.

    A reference `to` a table without texts of its own has those of that table's key. `also` are headers it is known by.
    """

    name: str
    type: ColumnType
    required: bool = False
    values: str = ""
    to: str = ""
    minimum: float | None = None
    maximum: float | None = None
    private: Literal["", "person", "account", "text"] = ""
    labels: Text = {}
    help: Text = {}
    also: list[str] = []

    @property
    def dtype(self) -> Dtype:
        """The type of pandas it is read into."""
        return DTYPES[self.type]


class Setting(Column):
    """One line of the sheet of settings; `default` holds where nothing is entered, and is printed with results."""

    default: str | None = None


class CustomerTable(Closed):
    """One table: the sheet it stands on in our workbook, its columns, and those that together name a row.

    `order` are pairs of columns of which the first may not be later than the second.
    """

    name: str
    sheet: str
    labels: Text
    help: Text
    key: list[str] = []
    also: list[str] = []
    order: list[tuple[str, str]] = []
    columns: list[Column]

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}


class _TableFile(Closed):
    tables: list[CustomerTable]


class MappingTexts(Closed):
    """The file `mapping.yaml`: what is said of a proposed mapping."""

    texts: dict[str, Text]


class _ListFile(Closed):
    lists: list[ValueList]


class SettingsSheet(Closed):
    """The sheet of settings: its name in our workbook, and what else it is called."""

    sheet: str
    labels: Text
    help: Text
    settings: list[Setting]


@dataclass(frozen=True)
class CustomerDefinitions:
    """All that is defined for customers: tables, lists, settings by name; our workbook; the exports of others."""

    tables: Mapping[str, CustomerTable]
    lists: Mapping[str, ValueList]
    settings: Mapping[str, Setting]
    settings_sheet: SettingsSheet
    workbook: CustomerWorkbook
    exports: tuple[Export, ...]

    @property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the columns by table."""
        return {name: tuple(table.by_name) for name, table in self.tables.items()}

    def labels_of(self, column: Column) -> Text:
        """A column's label: its own, or that of the key it refers to."""
        return column.labels or self._referred(column).labels

    def help_of(self, column: Column) -> Text:
        """What is to be entered: the column's own words, or those of the key it refers to."""
        return column.help or (self._referred(column).help if column.to else {})

    def values_of(self, column: Column) -> ValueList | None:
        """The list of values of a column; None where it has none."""
        return self.lists.get(column.values)

    def spellings(self, column: Column) -> tuple[str, ...]:
        """Every header a column is known by, as `folded` leaves it: name, labels in all languages, other words."""
        same = bool(column.to) and self._referred(column).name == column.name
        also = [*column.also, *(self._referred(column).also if same else [])]
        return tuple(dict.fromkeys(folded(text) for text in (column.name, *self.labels_of(column).values(), *also)))

    def _referred(self, column: Column) -> Column:
        table = self.tables[column.to]
        return table.by_name[table.key[0]]


@lru_cache(maxsize=65_536)  # the same few heads and values come in every row; more than that are texts of their own
def folded(text: str) -> str:
    """A header or value as it is compared: lower case, one blank for all that is no letter, digit or sign."""
    plain = text.casefold().strip()
    sign = "-" if re.match(r"[-−–]\d", plain) else ""
    return sign + " ".join(re.sub(r"[\s_\-−–—./()\[\]:?*'’\"“”«»]+", " ", plain).split()) or plain


def load_customer_definitions(folder: Path) -> CustomerDefinitions:
    """What `schemas/cx` says. Errors: DefinitionError for a name given twice or one that is none."""
    tables = [
        table for path in sorted((folder / "tables").glob("*.yaml")) for table in load_file(path, _TableFile).tables
    ]
    lists = load_file(folder / "lists.yaml", _ListFile).lists
    sheet = load_file(folder / "settings.yaml", SettingsSheet)
    settings = sheet.settings
    found = CustomerDefinitions(
        {table.name: table for table in tables},
        {
            each.name: each.model_copy(update={"values": _table_values(tables)}) if each.tables else each
            for each in lists
        },
        {setting.name: setting for setting in settings},
        sheet,
        load_customer_workbook(folder, [table.name for table in tables]),
        load_exports(folder, {table.name: [column.name for column in table.columns] for table in tables}),
    )
    for what, names in (("table", [table.name for table in tables]), ("list", [each.name for each in lists])):
        _refuse_twins(what, names)
    _refuse_twins("setting", [setting.name for setting in settings])
    for table in tables:
        _check_table(folder, found, table)
    for each in found.lists.values():
        _check_list(each)
    for setting in settings:
        _check_column(f"settings: {setting.name}", found, setting)
    return found


def _table_values(tables: Iterable[CustomerTable]) -> list[Value]:
    return [Value(name=table.name, labels=table.labels, also=[table.sheet, *table.also]) for table in tables]


def _refuse_twins(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise DefinitionError(f"schemas/cx: the {what} {name!r} is defined twice.")


def _check_table(folder: Path, known: CustomerDefinitions, table: CustomerTable) -> None:
    place = f"schemas/cx/tables: {table.name}"
    names = [column.name for column in table.columns]
    _refuse_twins(f"column of {table.name}", names)
    for name in (*table.key, *(name for pair in table.order for name in pair)):
        _refuse_unknown(place, "column", name, names)
    for column in table.columns:
        _check_column(f"{place}.{column.name}", known, column)
    seen: dict[str, str] = {}
    for column in table.columns:
        for spelling in known.spellings(column):
            if seen.setdefault(spelling, column.name) != column.name:
                what = f"{place}: {spelling!r} is a header of both {seen[spelling]} and {column.name}."
                raise DefinitionError(what)


def _check_list(values: ValueList) -> None:
    for value in values.values:
        for spelling in (*value.also, *value.labels.values(), value.name):
            if values.by_spelling[folded(spelling)] != value.name:
                what = f"{spelling!r} is both {value.name!r} and {values.by_spelling[folded(spelling)]!r}"
                raise DefinitionError(f"schemas/cx/lists.yaml: {values.name}: {what}.")


def _check_column(place: str, known: CustomerDefinitions, column: Column) -> None:
    if column.values:
        _refuse_unknown(place, "list", column.values, known.lists)
    if (column.type == "reference") != bool(column.to):
        raise DefinitionError(f"{place}: a reference, and nothing else, says which table it goes `to`.")
    if column.to:
        _refuse_unknown(place, "table", column.to, known.tables)
    if not known.labels_of(column) if column.to else not column.labels:
        raise DefinitionError(f"{place}: there is no label.")


def _refuse_unknown(place: str, what: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise DefinitionError(f"{place}: unknown {what} {name!r}.{did_you_mean(name, known)}")
