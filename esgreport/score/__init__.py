"""The executive scorecard: facts, customer metrics and readiness against targets become rows, scores, next actions.

It takes what the rooms before measured and returns one `Scorecard` in one language; it measures and draws nothing.
"""

from esgreport.score.assembly import scorecard
from esgreport.score.material import Case, Customers, Sustainability
from esgreport.score.sheet import with_sheet

__all__ = ["Case", "Customers", "Sustainability", "scorecard", "with_sheet"]
