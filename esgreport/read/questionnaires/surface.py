"""A sheet as a person sees it: texts, merged areas, looks, drop-downs, what is hidden or locked; it guesses nothing."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from esgreport.model import EMPTY_CELL, Area, Cell, CellValue, DefinedName, cell_reference
from esgreport.read.book import Book
from esgreport.read.package import Package
from esgreport.read.questionnaires.controls import CheckBox, check_boxes
from esgreport.read.questionnaires.dependent import DEEPEST, dependence
from esgreport.read.questionnaires.lists import Offers
from esgreport.read.questionnaires.looks import PLAIN, Look, looks
from esgreport.read.questionnaires.notes import notes_of
from esgreport.read.questionnaires.parts import FormScanner, Rule, scanned
from esgreport.read.questionnaires.shown import shown_text
from esgreport.read.references import position
from esgreport.read.sheets import MOST_CELLS
from esgreport.read.workbook import Sheets
from esgreport.read.xml import Part

Position = tuple[int, int]
_WIDEST_RULE = 60
"""Columns of an area with a rule that are looked up; nobody fills in more side by side."""
MOST_COVERED = 1_000_000
"""Cells that merged areas may cover in all and still be looked up."""
LARGEST_MERGE = 20_000
"""Cells of a merged area whose covered cells are looked up; larger ones hide nothing anybody fills in."""


@dataclass(frozen=True)
class Surface:
    """One visible sheet. A position is (row, column) from 1; one covered by a merged area stands for its anchor."""

    name: str
    cells: Mapping[Position, Cell]
    looks: Mapping[Position, Look] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    protected: bool = False
    rules: tuple[Rule, ...] = ()
    boxes: tuple[CheckBox, ...] = ()
    offers: Offers | None = None
    row_looks: Mapping[int, Look] = field(default_factory=dict)
    column_looks: tuple[tuple[int, int, Look], ...] = ()
    formats: Mapping[Position, str] = field(default_factory=dict)
    notes: Mapping[Position, str] = field(default_factory=dict)

    # ── places ──

    @cached_property
    def _anchors(self) -> Mapping[Position, Area]:
        """Every cell of a merged area, to the area."""
        found: dict[Position, Area] = {}
        for area in self.merged:
            size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
            if size <= LARGEST_MERGE and len(found) + size <= MOST_COVERED:
                for row in range(area.top, area.bottom + 1):
                    for column in range(area.left, area.right + 1):
                        found[row, column] = area
        return found

    def anchor(self, row: int, column: int) -> Position:
        """The position that stands for this one: itself, or the first of the merged area it belongs to."""
        area = self._anchors.get((row, column))
        return (area.top, area.left) if area else (row, column)

    def span(self, row: int, column: int) -> Area:
        """The merged area a position belongs to, or the one cell."""
        return self._anchors.get((row, column)) or Area(self.name, row, column, row, column)

    def shows(self, row: int, column: int) -> bool:
        """Whether the cell can be seen: a merged area as long as some of its rows and columns are."""
        area = self._anchors.get((row, column))
        if area is None:
            return row not in self.hidden_rows and column not in self.hidden_columns
        rows = any(each not in self.hidden_rows for each in range(area.top, area.bottom + 1))
        return rows and any(each not in self.hidden_columns for each in range(area.left, area.right + 1))

    # ── what stands there ──

    def cell(self, row: int, column: int) -> Cell:
        """The cell, that of the anchor where merged."""
        return self.cells.get(self.anchor(row, column), EMPTY_CELL)

    def value(self, row: int, column: int) -> CellValue:
        """Its value."""
        return self.cell(row, column).value

    @cached_property
    def texts(self) -> Mapping[Position, str]:
        """The visible cells that show something, by their anchor, in reading order."""
        found = {place: shown_text(cell.value) for place, cell in self.cells.items()}
        return {place: found[place] for place in sorted(found) if found[place] and self._stands(place)}

    def _stands(self, place: Position) -> bool:
        return self.anchor(*place) == place and self.shows(*place)

    def text(self, row: int, column: int) -> str:
        """What the cell shows, in one line; empty where it shows nothing or is hidden."""
        return self.texts.get(self.anchor(row, column), "")

    @cached_property
    def by_row(self) -> Mapping[int, tuple[int, ...]]:
        """The columns with text of each row that has some."""
        rows: dict[int, list[int]] = {}
        for row, column in self.texts:
            rows.setdefault(row, []).append(column)
        return {row: tuple(columns) for row, columns in rows.items()}

    @cached_property
    def last_row(self) -> int:
        """The last row with text or a check-box; 0 for an empty sheet."""
        return max([*self.by_row, *(box.row for box in self.boxes)], default=0)

    @cached_property
    def last_column(self) -> int:
        """The last column with text or, in a row with text, with a look of its own."""
        columns = [column for _, column in self.texts]
        used = set(self.by_row)
        columns += [
            column
            for (row, column), look in self.looks.items()
            if row in used and (look.framed or look.fill or (self.protected and not look.locked)) and column < 200
        ]
        columns += [area.right for area in self.merged if area.top in used and area.right < 200]
        columns += [area.right for rule in self.rules for area in rule.areas if area.right < 200]
        return max(columns, default=0)

    # ── how it looks, what it takes ──

    def look(self, row: int, column: int) -> Look:
        """The look of the cell: its own, else its row's, else its column's."""
        place = self.anchor(row, column)
        own = self.looks.get(place)
        if own is not None:
            return own
        if place[0] in self.row_looks:
            return self.row_looks[place[0]]
        return next((look for first, last, look in self.column_looks if first <= place[1] <= last), PLAIN)

    def locked(self, row: int, column: int) -> bool:
        """Whether the sheet's protection forbids to fill the cell."""
        return self.protected and self.look(row, column).locked

    def number_format(self, row: int, column: int) -> str:
        """The code its numbers are shown by."""
        return self.formats.get(self.anchor(row, column), "General")

    @cached_property
    def _rules_by_column(self) -> Mapping[int, tuple[tuple[int, Area, Rule], ...]]:
        """The rules over several rows by column, each with its rank: of several for a cell the first counts."""
        found: dict[int, list[tuple[int, Area, Rule]]] = {}
        for rank, area, rule in self._ranked:
            if area.top < area.bottom:
                for column in range(area.left, min(area.right, area.left + _WIDEST_RULE) + 1):
                    found.setdefault(column, []).append((rank, area, rule))
        return {column: tuple(rules) for column, rules in found.items()}

    @cached_property
    def _rules_by_cell(self) -> Mapping[Position, tuple[int, Rule]]:
        """The rules over one row by cell, with their rank."""
        found: dict[Position, tuple[int, Rule]] = {}
        for rank, area, rule in self._ranked:
            if area.top == area.bottom:
                for column in range(area.left, min(area.right, area.left + _WIDEST_RULE) + 1):
                    found.setdefault((area.top, column), (rank, rule))
        return found

    @property
    def _ranked(self) -> Iterator[tuple[int, Area, Rule]]:
        return ((rank, area, rule) for rank, rule in enumerate(self.rules) for area in rule.areas)

    def rule(self, row: int, column: int) -> Rule | None:
        """The validation of the cell."""
        place = self.anchor(row, column)
        if place not in self._rules_known:
            own, rules = self._rules_by_cell.get(place), self._rules_by_column.get(place[1], ())
            tall = next(((rank, rule) for rank, area, rule in rules if area.top <= place[0] <= area.bottom), None)
            found = min(filter(None, (own, tall)), key=lambda each: each[0], default=None)
            self._rules_known[place] = found[1] if found else None
        return self._rules_known[place]

    @cached_property
    def _rules_known(self) -> dict[Position, Rule | None]:
        return {}

    def offered(self, row: int, column: int) -> tuple[str, ...]:
        """What the cell's drop-down offers; none where it has none or it cannot be told."""
        return tuple(dict.fromkeys(text for _, text in self.offered_by_entry(row, column)))

    def offered_by_entry(self, row: int, column: int, depth: int = 0) -> tuple[tuple[str, str], ...]:
        """What the drop-down offers, each with the entry of the cell it depends on; an empty one where on none."""
        rule = self.rule(row, column)
        if rule is None or rule.kind != "list" or self.offers is None or depth >= DEEPEST:
            return ()
        depends = dependence(rule, self.anchor(row, column))
        if depends is None:
            return tuple(("", text) for text in self.offers.of(rule, self.name))
        chosen = self.text(*depends.place)
        entries = (chosen,) if chosen else tuple(text for _, text in self.offered_by_entry(*depends.place, depth + 1))
        lists = ((entry, self.offers.named(depends.name(entry))) for entry in dict.fromkeys(entries))
        return tuple((entry, text) for entry, texts in lists for text in texts)

    def depends_on(self, row: int, column: int) -> Position | None:
        """The cell whose entry decides what the drop-down offers; None where none does."""
        rule = self.rule(row, column)
        found = dependence(rule, self.anchor(row, column)) if rule and rule.kind == "list" else None
        return self.anchor(*found.place) if found else None

    @property
    def list_sources(self) -> frozenset[str]:
        """The other sheets on which the entries of this one's drop-downs stand."""
        offers = self.offers
        found = {offers.source(rule, self.name) for rule in self.rules} if offers else set()
        return frozenset(found - {self.name, ""})

    @cached_property
    def input_fills(self) -> frozenset[str]:
        """The fills that mark cells to be filled in: mostly on empty cells, which do not go on from a text."""
        empty, full = Counter[str](), Counter[str]()
        white = sum(look.framed and not look.fill and place not in self.texts for place, look in self.looks.items())
        for place, look in self.looks.items():
            if not look.fill or self.anchor(*place) != place:
                continue
            if place in self.texts:
                full[look.fill] += 1
            elif not self._goes_on(place, look.fill):
                empty[look.fill] += 1
        return frozenset(
            fill for fill, count in empty.items() if count > full[fill] and (count > white or not is_grey(fill))
        )

    def _goes_on(self, place: Position, fill: str) -> bool:
        """Whether a text of the same fill stands to the left in an unbroken run."""
        row, column = place
        for left in range(column - 1, max(column - 30, 0), -1):
            if self.look(row, left).fill != fill:
                return False
            if self.text(row, left):
                return True
        return False

    def __str__(self) -> str:
        return f"{self.name}!{cell_reference(self.last_row or 1, self.last_column or 1)}"


def _placed(styled: Mapping[str, str]) -> Iterator[tuple[Position, str]]:
    """Styles by position; a place that is none has none."""
    for reference, style in styled.items():
        with contextlib.suppress(ValueError):
            yield position(reference), style


def is_grey(fill: str) -> bool:
    """Whether a fill is a grey, which marks cells to be filled in on some forms and cells to leave alone on others."""
    if fill.startswith(("theme0:", "theme1:", "theme1", "indexed22", "indexed23", "indexed55")):
        return True
    try:
        red, green, blue = (int(fill[-6:][at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return False
    return max(red, green, blue) - min(red, green, blue) <= 8


@dataclass(frozen=True)
class Opener:
    """Opens the sheets of one workbook as surfaces."""

    package: Package
    book: Book
    sheets: Sheets

    @cached_property
    def _looks(self) -> Mapping[str, Look]:
        part = self.book.styles_part
        return looks(Part(self.package.shown, part, self.package.read(part))) if part else {}

    @cached_property
    def _offers(self) -> Offers:
        names: tuple[DefinedName, ...] = self.book.names
        return Offers(names, self.sheets)

    def open(self, name: str) -> Surface:
        """A sheet by name. Errors: WorkbookError with sheet and cell."""
        part_name = self.sheets.part_of(name)
        part = Part(self.package.shown, name, self.package.read(part_name, name))
        found = scanned(part, self.sheets.formats, self.sheets.settings, MOST_CELLS)
        styled = dict(_placed(found.styled))
        hidden = (column for first, last in found.hidden_columns for column in range(first, min(last, 16_384) + 1))
        return Surface(
            name=name,
            cells=found.cells,
            looks={place: self._look(style) for place, style in styled.items()},
            merged=tuple(found.merged),
            hidden_rows=frozenset(found.hidden_rows),
            hidden_columns=frozenset(hidden),
            protected=found.protected,
            rules=tuple(found.rules),
            boxes=self._boxes(found, part_name, name),
            notes=notes_of(self.package, part_name, name),
            offers=self._offers,
            row_looks={row: self._look(style) for row, style in found.row_styles.items()},
            column_looks=tuple((first, last, self._look(style)) for first, last, style in found.column_styles),
            formats={place: self._code(style) for place, style in styled.items()},
        )

    def _look(self, style: str) -> Look:
        return self._looks.get(style, PLAIN)

    def _code(self, style: str) -> str:
        shown_as = self.sheets.formats.get(style)
        return shown_as.code if shown_as else "General"

    def _boxes(self, found: FormScanner, part: str, name: str) -> tuple[CheckBox, ...]:
        return check_boxes(self.package, part, name, found.controls) if found.drawing else ()
