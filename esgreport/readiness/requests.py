"""A customer's request as the cap sees it: who is asked, for which year, what for; it gives no verdict."""

from __future__ import annotations

from collections.abc import Sequence

from esgreport.assessment import CapQuestion, Purpose
from esgreport.definitions import Definitions
from esgreport.model import Fact, Filing
from esgreport.readiness.filed import Filed


def request_of(filing: Filing, measured: Sequence[Fact], definitions: Definitions, purpose: Purpose) -> CapQuestion:
    """A request for the figures of a filing's own year, to an undertaking of the size it reports."""
    filed = Filed(filing, tuple(measured), definitions, filing.edition)
    start = filing.period.start or filing.period.end
    return CapQuestion(filed.employees, purpose, start, filed.full_time_equivalents)
