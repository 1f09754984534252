"""What every sheet of the customers' workbook is drawn with: words, formats, lists, and what to fill in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from esgreport.definitions import Definitions, Text, in_language
from esgreport.definitions.cx import Column, CustomerTable, ValueList
from esgreport.definitions.cx_workbook import CustomerWorkbook
from esgreport.errors import RenderError
from esgreport.render.workbook_draw import FORMULA_SIGNS, LONGEST_TEXT
from esgreport.render.workbook_looks import properties
from esgreport.render.workbook_shapes import Role, Style
from esgreport.tables import CustomerTables, SettingValue

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CellContent = str | float | bool | date | datetime | None
Filled = CustomerTables
NUMBER_FORMATS = {
    "share": "0.0%",
    "money": "#,##0",
    "integer": "0",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass
class CustomerDesk:
    """The workbook that is being drawn, and all that is needed for it."""

    definitions: Definitions
    layout: CustomerWorkbook
    language: str
    book: Workbook
    filled: Filled | None = None
    alone: bool = False
    """Whether a sheet is drawn without that of the lists, which then stand in the checks themselves."""
    formats: dict[tuple[Style, bool], Format] = field(default_factory=dict)

    def say(self, text: Text) -> str:
        """A text in the workbook's language."""
        return in_language(text, self.language)

    def text(self, key: str) -> str:
        """A word of the layout."""
        return self.say(self.layout.texts[key])

    def label(self, column: Column) -> str:
        """A column's label."""
        return self.say(self.definitions.cx.labels_of(column))

    def sheet_name(self, table: CustomerTable) -> str:
        """The name of a table's sheet: its label, fit for Excel."""
        return _NOT_IN_A_NAME.sub(" ", self.say(table.labels))[:31]

    def settings_name(self) -> str:
        """The name of the sheet of settings."""
        return self.say(self.definitions.cx.settings_sheet.labels)

    def choices(self, values: ValueList) -> tuple[str, ...]:
        """What people choose from: the labels of a list, the codes of a code list."""
        if values.codes:
            return tuple(code.member for code in self.definitions.code_list(values.codes).domain)
        return tuple(self.say(value.labels) for value in values.values)

    def yes_no(self) -> tuple[str, str]:
        """How yes and no are written: as the values of the lists that have them."""
        labels = {value.name: self.say(value.labels) for value in self.definitions.cx.lists["presences"].values}
        return labels["yes"], labels["no"]

    def shown(self, column: Column, value: object) -> CellContent:
        """A value of a table as it is written into a cell: values of lists and yes or no in the workbook's words."""
        if value is None or value != value:  # noqa: PLR0124 - what is missing differs from itself
            return None
        if column.type == "boolean":
            return self.yes_no()[0 if value else 1]
        values = self.definitions.cx.values_of(column)
        if values is not None:
            labels = {each.name: self.say(each.labels) for each in values.values}
            return labels.get(str(value), str(value))
        if isinstance(value, (date, datetime)):
            return value
        return float(value) if isinstance(value, (int, float)) else str(value)

    def setting(self, name: str) -> SettingValue | None:
        """A setting to fill in; None where there is none."""
        return self.filled.settings.get(name) if self.filled else None

    def format(self, role: Role, theme: str = "general", number_format: str = "General", *, text: str = "") -> Format:
        """The format of a role; a `text` that a spreadsheet might take for a formula is guarded."""
        style, guarded = Style(role, number_format, theme), text.startswith(FORMULA_SIGNS)
        if (style, guarded) not in self.formats:
            look = properties(style) | ({"quote_prefix": True} if guarded else {})
            self.formats[style, guarded] = self.book.add_format(look)
        return self.formats[style, guarded]

    def write(self, sheet: Worksheet, at: tuple[int, int], content: CellContent, style: Style) -> None:
        """One cell; row and column count from 0. Errors: RenderError for a text longer than a cell can hold."""
        text = content if isinstance(content, str) else ""
        form = self.format(style.role, style.theme, style.number_format, text=text)
        if content is None or content == "":
            sheet.write_blank(*at, None, form)
        elif isinstance(content, str):
            if len(content) > LONGEST_TEXT:
                raise RenderError(f"{sheet.name}: a text has {len(content)} characters, a cell holds {LONGEST_TEXT}.")
            sheet.write_string(*at, content, form)
        elif isinstance(content, datetime):
            sheet.write_datetime(*at, content, form)
        elif isinstance(content, date):
            sheet.write_datetime(*at, datetime(content.year, content.month, content.day), form)
        else:
            sheet.write_number(*at, float(content), form)
