"""How far a filing answers what the standard, the value chain cap and customers ask for; it computes no figure."""

from __future__ import annotations

from esgreport.readiness.applicability import applicability
from esgreport.readiness.cap import cap_of
from esgreport.readiness.ranking import ReadinessOptions, readiness
from esgreport.readiness.requests import request_of

__all__ = ["ReadinessOptions", "applicability", "cap_of", "readiness", "request_of"]
