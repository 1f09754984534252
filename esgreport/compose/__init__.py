"""Composing: what is said to one audience, as a Document; it draws nothing and reads no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from esgreport.compose.report import ReportOptions, compose_report

__all__ = ["ReportOptions", "compose_report"]


def __getattr__(name: str) -> object:
    """What the room gives, loaded when it is asked for: letters and answers do without the report."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from esgreport.compose import report

    return getattr(report, name)
