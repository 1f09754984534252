"""Single values of a row of a table as plain ones: a missing one is None, or an empty text."""

from __future__ import annotations

from datetime import date
from typing import cast

import pandas as pd


def text_of(value: object) -> str:
    """A text; empty where it is missing."""
    return value if isinstance(value, str) else ""


def number_of(value: object) -> float | None:
    """A number; None where it is missing."""
    return None if pd.isna(cast(float, value)) else float(cast(float, value))


def flag_of(value: object) -> bool | None:
    """A yes or no; None where it is missing."""
    return None if pd.isna(cast(float, value)) else bool(value)


def day_of(value: object) -> date | None:
    """A day; None where it is missing."""
    return None if pd.isna(cast(float, value)) else cast(pd.Timestamp, value).date()


def line_of(frame: pd.DataFrame, row: int) -> pd.Series:
    """One row of a frame by its index."""
    return cast(pd.Series, frame.loc[row])
