"""Composing: what is said to one audience, as a Document; it draws nothing and reads no file."""

from __future__ import annotations

from esgreport.compose.report import ReportOptions, compose_report

__all__ = ["ReportOptions", "compose_report"]
