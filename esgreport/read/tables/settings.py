"""The sheet of settings: one value a line, beside its name or label; it applies none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from esgreport.definitions.cx import Setting, folded
from esgreport.model import Cell, Sheet, Source
from esgreport.read.tables.build import Builder
from esgreport.read.tables.raw import Grid, column_of_cells
from esgreport.read.tables.sheets import by_row, stored
from esgreport.tables import SettingValue


def settings_of(sheet: Sheet, source: Source, builder: Builder) -> Mapping[str, SettingValue]:
    """The settings entered on a sheet, by name; what cannot be read or is none is noted with the builder."""
    known = {
        folded(spelling): setting
        for setting in builder.customer.settings.values()
        for spelling in (setting.name, *setting.labels.values(), *setting.also)
    }
    found: dict[str, SettingValue] = {}
    for row, cells in by_row(sheet.cells).items():
        names = [
            (column, known[folded(cell.value)])
            for column, cell in cells.items()
            if isinstance(cell.value, str) and folded(cell.value) in known
        ]
        if not names:
            continue
        setting = names[0][1]
        at = max(column for column, each in names if each is setting) + 1
        value = _value(cells.get(at), setting, replace(source, cell=""), (row, at), builder)
        if value is not None:
            found[setting.name] = value
    return found


def default_settings(builder: Builder) -> Mapping[str, SettingValue]:
    """The settings that hold where nothing is entered."""
    found: dict[str, SettingValue] = {}
    for setting in builder.customer.settings.values():
        if setting.default is not None:
            cell = Cell(setting.default)
            value = _value(cell, setting, Source("schemas/cx/settings.yaml"), (1, 1), builder)
            if value is not None:
                found[setting.name] = value
    return found


def _value(
    cell: Cell | None, setting: Setting, source: Source, at: tuple[int, int], builder: Builder
) -> SettingValue | None:
    raw = column_of_cells([stored(cell)])
    if raw.empty:
        return None
    grid = Grid(source, (setting.name,), (raw,), (at[1],), np.array([at[0]], dtype=np.int64))
    value = builder.typed(grid, 0, setting).iloc[0]
    return None if pd.isna(value) else _plain(value)


def _plain(value: object) -> SettingValue:
    if isinstance(value, pd.Timestamp):
        return date(value.year, value.month, value.day)
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, float, np.integer, np.floating)):
        return float(value)
    return str(value)
