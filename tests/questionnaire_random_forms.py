"""Forms made at random: labels with the cell for their answer beside or below them, in every dress that occurs."""

from __future__ import annotations

import random
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from questionnaire_books import Truth
from questionnaire_random import FRAME, HEADS, QUESTIONS, TITLES

LABELS = {
    "en": [
        "Company name",
        "Registered address",
        "Contact person",
        "E-mail address",
        "VAT number",
        "Number of sites",
        "Reporting period",
        "Legal form",
    ],
    "de": [
        "Firmenname",
        "Anschrift",
        "Ansprechpartner",
        "E-Mail-Adresse",
        "USt-IdNr.",
        "Anzahl der Standorte",
        "Berichtszeitraum",
        "Rechtsform",
    ],
    "it": [
        "Ragione sociale",
        "Sede legale",
        "Referente",
        "Indirizzo e-mail",
        "Partita IVA",
        "Numero di sedi",
        "Periodo di riferimento",
        "Forma giuridica",
    ],
    "fr": [
        "Raison sociale",
        "Adresse du siège",
        "Interlocuteur",
        "Adresse e-mail",
        "Numéro de TVA",
        "Nombre de sites",
        "Période de référence",
        "Forme juridique",
    ],
}


class RandomForm:
    """Writes the form of a number."""

    def __init__(self, seed: int) -> None:
        dice = self._dice = random.Random(seed)
        self.language = dice.choice(["en", "de", "it", "fr"])
        self._below = dice.random() < 0.3
        self._pairs = dice.choice([1, 1, 2]) if not self._below else dice.choice([1, 2, 3])
        self._spacer = 0 if self._below else dice.choice([0, 0, 0, 1])
        self._wide = dice.choice([1, 1, 2, 3])
        self._label_wide = dice.choice([1, 1, 2]) if not self._below else self._wide
        self._mark = dice.choice(["frame", "fill", "frame+fill", "unlocked", "none"])
        if self._mark == "none":  # nobody could tell a space between from the cell itself
            self._spacer = 0 if self._wide == 1 else self._spacer
        self._colon = self._mark == "none" or dice.random() < 0.4
        self._number = dice.random() < 0.4 and self._pairs == 1
        self._left = dice.choice([1, 1, 2, 3])
        self._sections = dice.random() < 0.7
        self._unit_after = dice.random() < 0.5
        self.truths: list[Truth] = []

    def write(self, path: Path) -> list[Truth]:
        book = Workbook()
        page = book.active
        assert isinstance(page, Worksheet)
        page.title = "Form"
        self._page = page
        title, note = TITLES[self.language]
        page.cell(1, self._left, title).font = Font(bold=True, size=14)
        page.cell(2, self._left, note)
        row = 4
        labels = [(label, "", "") for label in self._dice.sample(LABELS[self.language], 6)]
        asked = self._dice.sample(QUESTIONS[self.language], 6)
        number = 0
        for heading, items in (("1", labels), ("2", [(text, kind, unit) for text, kind, unit, _ in asked])):
            if self._sections:
                page.cell(
                    row, self._left, f"{heading}. {asked[0][3] if heading == '2' else title.split()[0]}"
                ).font = Font(bold=True)
                row += 1
            pairs = self._pairs if heading == "1" else 1
            for start in range(0, len(items), pairs):
                column = self._left
                for item in items[start : start + pairs]:
                    number += 1
                    column = self._field(row, column, item, number)
                row += 2 if self._below else 1
            row += self._dice.choice([0, 1])
        if self._mark == "unlocked":
            page.protection.sheet = True
        book.save(path)
        return self.truths

    def _field(self, row: int, column: int, item: tuple[str, str, str], number: int) -> int:
        text, kind, unit = item
        if unit and not self._unit_after:
            text, unit = f"{text} ({unit})", ""
        if self._number:
            self._page.cell(row, column, number)
            column += 1
        if self._colon and not text.endswith(("?", ".")):
            text += ":"
        self._page.cell(row, column, text)
        self._merge(row, column, self._label_wide)
        place = (row + 1, column) if self._below else (row, column + self._label_wide + self._spacer)
        self._answer(*place, kind)
        self.truths.append(
            Truth(
                "Form",
                f"{get_column_letter(column)}{row}",
                f"{get_column_letter(place[1])}{place[0]}",
                language=self.language,
            )
        )
        after = place[1] + self._wide
        if unit and not self._below:
            self._page.cell(row, after, unit)
        return after + (0 if self._below else 1)

    def _answer(self, row: int, column: int, kind: str) -> None:
        for each in range(column, column + self._wide):
            cell = self._page.cell(row, each)
            if "frame" in self._mark:
                cell.border = FRAME
            if "fill" in self._mark:
                cell.fill = PatternFill("solid", fgColor="FFDDEBF7")
            if self._mark == "unlocked":
                cell.protection = Protection(locked=False)
        self._merge(row, column, self._wide)
        if kind == "boolean" and self._mark != "none":
            yes, no = HEADS[self.language]["yes"][0], HEADS[self.language]["no"][0]
            rule = DataValidation(type="list", formula1=f'"{yes},{no}"')
            self._page.add_data_validation(rule)
            rule.add(f"{get_column_letter(column)}{row}")

    def _merge(self, row: int, column: int, wide: int) -> None:
        if wide > 1:
            self._page.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + wide - 1)


def write_random_form(seed: int, path: Path) -> list[Truth]:
    """Write the form of a number; what a reader must make of it is returned."""
    return RandomForm(seed).write(path)
