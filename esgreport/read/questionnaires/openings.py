"""How much a cell looks as if an answer belonged into it; it does not know which question that would answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from esgreport.read.questionnaires.drafts import Position
from esgreport.read.questionnaires.surface import Surface
from esgreport.read.questionnaires.words import Words

CLEAR = 2.0
"""From here on a cell is meant to be filled in; below, it only might be."""


@dataclass(frozen=True)
class Openings:
    """What on one sheet may be filled in."""

    surface: Surface
    words: Words

    @cached_property
    def _seen(self) -> dict[Position, float]:
        return {}

    @cached_property
    def unlocked_tell(self) -> bool:
        """Whether protection tells answers from the rest: some cells are locked and some are not."""
        surface = self.surface
        looks = (*surface.looks.values(), *surface.row_looks.values(), *(look for _, _, look in surface.column_looks))
        return surface.protected and any(not look.locked for look in looks)

    @cached_property
    def framed_tell(self) -> bool:
        """Whether frames tell: not every text has one."""
        looks = [self.surface.look(*place) for place in self.surface.texts]
        return any(not look.framed for look in looks)

    def is_empty(self, row: int, column: int) -> bool:
        """Whether nothing but a placeholder stands there, and no formula."""
        text = self.surface.text(row, column)
        if not text:
            return not self.surface.cell(row, column).formula
        return not self.surface.cell(row, column).formula and self.words.is_placeholder(text)

    def evidence(self, row: int, column: int) -> float:
        """From 0 (nothing says so) on; negative for a cell that cannot be filled in."""
        place = self.surface.anchor(row, column)
        if place not in self._seen:
            self._seen[place] = self._weigh(*place)
        return self._seen[place]

    def marked(self, row: int, column: int) -> float:
        """The evidence without that of a rule for what may be entered."""
        rule = self.surface.rule(row, column)
        return self.evidence(row, column) - (0.0 if rule is None else 3.0 if rule.kind == "list" else 2.0)

    def _weigh(self, row: int, column: int) -> float:
        surface = self.surface
        if not surface.shows(row, column):
            return -5.0
        look, rule, text = surface.look(row, column), surface.rule(row, column), surface.text(row, column)
        found = 0.0
        if rule is not None:
            found += 3.0 if rule.kind == "list" else 2.0
        if self.unlocked_tell:
            found += -2.0 if look.locked else 3.0
        if look.fill in surface.input_fills:
            found += 2.0
        elif look.fill:
            found -= 0.5
        if look.framed:
            found += 1.0 if self.framed_tell else 0.5
        if text and self.words.is_placeholder(text):
            found += 2.0
        elif text:
            found -= 1.5
        return found

    @cached_property
    def least(self) -> float:
        """How much a cell must look like an answer: as much as those of this sheet do; nothing where none does."""
        weights = sorted((weight for weight in self._open_weights if weight > 0), reverse=True)
        if len(weights) >= 2 and weights[1] >= CLEAR:
            return 1.5
        third = weights[2] if len(weights) >= 3 else 0.0
        return 0.8 if third >= 1.0 else 0.4 if third >= 0.5 else 0.0

    @cached_property
    def _open_weights(self) -> list[float]:
        places = {place for place in self.surface.looks if place[0] <= self.surface.last_row + 2}
        places |= {(area.top, area.left) for rule in self.surface.rules for area in rule.areas}
        own = [place for place in places if self.surface.anchor(*place) == place and self.is_empty(*place)]
        # A box that is drawn in a cell tells of ticks alone, not of what other answers look like.
        return [self.marked(*place) for place in own if not self.words.boxes_in(self.surface.text(*place))]
