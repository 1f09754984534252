"""Drop-downs whose entries depend on what another cell holds; it follows no formula but the usual one for that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from esgreport.read.questionnaires.drafts import Position
from esgreport.read.questionnaires.parts import Rule
from esgreport.read.references import position

DEEPEST = 3
"""How many lists may depend on one another."""
_INDIRECT = re.compile(
    r"""=?\s*INDIRECT\(\s*(?:SUBSTITUTE\(\s*)?
    (?P<column>\$?[A-Z]{1,3})(?P<row>\$?\d{1,7})
    (?:\s*,\s*"(?P<old>[^"]*)"\s*,\s*"(?P<new>[^"]*)"\s*\))?\s*\)""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Dependence:
    """The cell whose entry names a list, and what is replaced in that entry to make the list's name."""

    place: Position
    old: str = ""
    new: str = ""

    def name(self, entry: str) -> str:
        """The name of the list that goes with an entry."""
        return entry.replace(self.old, self.new) if self.old else entry


def dependence(rule: Rule, at: Position) -> Dependence | None:
    """What the drop-down of a cell depends on; None where it depends on nothing, or in a way that is not known.

    A reference without `$` is meant from the first cell of the rule, and moves with the others.
    """
    found = _INDIRECT.fullmatch(rule.first.strip())
    if found is None or not rule.areas:
        return None
    row, column = position(f"{found['column']}{found['row']}".replace("$", ""))
    first = rule.areas[0]
    row += 0 if "$" in found["row"] else at[0] - first.top
    column += 0 if "$" in found["column"] else at[1] - first.left
    if row < 1 or column < 1 or (row, column) == at:
        return None
    return Dependence((row, column), found["old"] or "", found["new"] or "")
