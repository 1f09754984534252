"""Questionnaires made at random from parts that occur in the wild, with what a reader must make of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from questionnaire_books import Truth

HEADS: dict[str, dict[str, list[str]]] = {
    "en": {
        "id": ["No.", "#", "ID", "Ref.", "Item", "Q#"],
        "section": ["Category", "Topic", "Area", "Theme", "ESG pillar", "Subject area"],
        "question": [
            "Question",
            "Requirement",
            "What we would like to know",
            "Indicator",
            "Information requested",
            "Criteria",
            "ESG question",
        ],
        "guidance": ["Guidance", "Explanation", "Definition", "How to answer", "Notes for the supplier"],
        "unit": ["Unit", "UoM", "Unit of measure"],
        "answer": [
            "Answer",
            "Response",
            "Supplier response",
            "Your input",
            "Supplier feedback",
            "Please respond here",
            "Company answer",
            "Value / answer",
        ],
        "comment": ["Comment", "Remarks", "Additional information", "Supplier comments", "Notes"],
        "evidence": ["Evidence", "Supporting document", "Attachment", "Link to document"],
        "weight": ["Weight", "Max. points", "Priority", "Mandatory?"],
        "customer": ["Internal review", "Buyer comment", "Score (internal)", "Assessed by"],
        "yes": ["Yes"],
        "no": ["No"],
        "none": ["N/A"],
    },
    "de": {
        "id": ["Nr.", "Lfd. Nr.", "Pos.", "ID", "Frage-Nr."],
        "section": ["Bereich", "Kategorie", "Themenfeld", "Kapitel"],
        "question": [
            "Frage",
            "Anforderung",
            "Kennzahl",
            "Fragestellung",
            "Abgefragte Information",
            "Kriterium",
            "Was möchten wir wissen?",
        ],
        "guidance": ["Hinweis", "Erläuterung zur Frage", "Definition", "Ausfüllhilfe"],
        "unit": ["Einheit", "Maßeinheit", "ME"],
        "answer": [
            "Antwort",
            "Ihre Antwort",
            "Antwort des Lieferanten",
            "Angabe",
            "Lieferantenangabe",
            "Eingabe",
            "Bitte hier antworten",
        ],
        "comment": ["Kommentar", "Bemerkung", "Anmerkungen", "Erläuterung", "Zusätzliche Angaben"],
        "evidence": ["Nachweis", "Beleg", "Dokument", "Anlage Nr."],
        "weight": ["Gewichtung", "Punkte", "Priorität", "Pflichtfeld"],
        "customer": ["Bewertung Einkauf", "Intern", "Prüfvermerk", "Nur intern"],
        "yes": ["Ja"],
        "no": ["Nein"],
        "none": ["entfällt"],
    },
    "it": {
        "id": ["N.", "Nr.", "ID", "Rif.", "Cod."],
        "section": ["Area", "Categoria", "Sezione", "Ambito"],
        "question": [
            "Domanda",
            "Requisito",
            "Indicatore",
            "Quesito",
            "Informazione richiesta",
            "Descrizione del requisito",
        ],
        "guidance": ["Istruzioni", "Note per la compilazione", "Definizione", "Chiarimenti"],
        "unit": ["Unità di misura", "U.M.", "UdM"],
        "answer": ["Risposta", "Risposta del fornitore", "Valore", "Da compilare", "Dato", "Compilare qui"],
        "comment": ["Note", "Commenti", "Osservazioni", "Note del fornitore"],
        "evidence": ["Evidenze", "Documento allegato", "Allegati", "Documentazione"],
        "weight": ["Peso", "Punteggio max", "Priorità", "Obbligatorio"],
        "customer": ["Valutazione (uso interno)", "Esito verifica", "A cura del committente"],
        "yes": ["SI"],
        "no": ["NO"],
        "none": ["N.A."],
    },
    "fr": {
        "id": ["N°", "Réf.", "ID", "Numéro"],
        "section": ["Thème", "Catégorie", "Domaine", "Rubrique"],
        "question": [
            "Question",
            "Exigence",
            "Indicateur",
            "Information demandée",
            "Critère",
            "Intitulé de la question",
        ],
        "guidance": ["Consignes", "Définition", "Aide à la saisie", "Précisions sur la question"],
        "unit": ["Unité", "Unité de mesure"],
        "answer": ["Réponse", "Votre réponse", "Réponse du fournisseur", "Valeur", "À compléter", "Donnée"],
        "comment": ["Commentaires", "Observations", "Remarques", "Précisions"],
        "evidence": ["Justificatif", "Pièces jointes", "Document", "Preuve"],
        "weight": ["Pondération", "Points", "Priorité", "Obligatoire"],
        "customer": ["Réservé à l'acheteur", "Évaluation interne", "Avis de l'acheteur"],
        "yes": ["Oui"],
        "no": ["Non"],
        "none": ["S.O."],
    },
}
QUESTIONS: dict[str, list[tuple[str, str, str, str]]] = {
    "en": [
        ("Do you have a certified environmental management system?", "boolean", "", "Environment"),
        ("Total electricity consumption in the reporting year", "number", "MWh", "Environment"),
        ("Hazardous waste generated", "number", "t", "Environment"),
        ("Is there a policy on water use that covers all sites?", "boolean", "", "Environment"),
        ("Number of employees at the end of the year", "number", "headcount", "Social"),
        ("Are employees trained in health and safety every year?", "boolean", "", "Social"),
        ("Describe the measures you take against discrimination.", "text", "", "Social"),
        ("Share of women in management positions", "number", "%", "Social"),
        ("Has the company been convicted of corruption in the last three years?", "boolean", "", "Governance"),
        ("Please describe your whistleblowing procedure.", "text", "", "Governance"),
        ("How many suppliers were audited last year?", "number", "", "Governance"),
    ],
    "de": [
        ("Verfügen Sie über ein zertifiziertes Umweltmanagementsystem?", "boolean", "", "Umwelt"),
        ("Gesamter Stromverbrauch im Berichtsjahr", "number", "kWh", "Umwelt"),
        ("Menge der gefährlichen Abfälle", "number", "t", "Umwelt"),
        ("Gibt es Ziele zur Senkung der CO2-Emissionen?", "boolean", "", "Umwelt"),
        ("Anzahl der Beschäftigten zum Jahresende", "number", "Personen", "Soziales"),
        ("Werden alle Beschäftigten jährlich im Arbeitsschutz unterwiesen?", "boolean", "", "Soziales"),
        ("Beschreiben Sie Ihre Maßnahmen gegen Diskriminierung.", "text", "", "Soziales"),
        ("Anteil der Frauen in Führungspositionen", "number", "%", "Soziales"),
        ("Besteht eine Richtlinie gegen Korruption?", "boolean", "", "Unternehmensführung"),
        ("Bitte erläutern Sie Ihr Hinweisgebersystem.", "text", "", "Unternehmensführung"),
        ("Wie viele Lieferanten wurden im letzten Jahr geprüft?", "number", "", "Unternehmensführung"),
    ],
    "it": [
        ("L'azienda dispone di un sistema di gestione ambientale certificato?", "boolean", "", "Ambiente"),
        ("Consumo totale di energia elettrica nell'anno", "number", "kWh", "Ambiente"),
        ("Quantità di rifiuti pericolosi prodotti", "number", "t", "Ambiente"),
        ("È presente una politica sull'uso dell'acqua?", "boolean", "", "Ambiente"),
        ("Numero di dipendenti a fine anno", "number", "n.", "Sociale"),
        ("Sono previsti corsi annuali sulla sicurezza per tutti i lavoratori?", "boolean", "", "Sociale"),
        ("Descrivere le misure adottate contro la discriminazione.", "text", "", "Sociale"),
        ("Percentuale di donne in posizioni dirigenziali", "number", "%", "Sociale"),
        ("Esiste una procedura per la segnalazione di illeciti?", "boolean", "", "Governance"),
        ("Illustrare il modello organizzativo adottato.", "text", "", "Governance"),
        ("Quanti fornitori sono stati verificati nell'ultimo anno?", "number", "", "Governance"),
    ],
    "fr": [
        ("Disposez-vous d'un système de management environnemental certifié ?", "boolean", "", "Environnement"),
        ("Consommation totale d'électricité de l'exercice", "number", "kWh", "Environnement"),
        ("Quantité de déchets dangereux produits", "number", "t", "Environnement"),
        ("Avez-vous fixé des objectifs de réduction des émissions ?", "boolean", "", "Environnement"),
        ("Nombre de salariés en fin d'année", "number", "ETP", "Social"),
        ("Existe-t-il une formation annuelle à la sécurité pour tous ?", "boolean", "", "Social"),
        ("Décrivez vos mesures contre les discriminations.", "text", "", "Social"),
        ("Part des femmes parmi les cadres dirigeants", "number", "%", "Social"),
        ("Avez-vous un code de conduite applicable aux fournisseurs ?", "boolean", "", "Gouvernance"),
        ("Décrivez votre dispositif d'alerte interne.", "text", "", "Gouvernance"),
        ("Combien de fournisseurs ont été audités l'an dernier ?", "number", "", "Gouvernance"),
    ],
}
GUIDANCE = {
    "en": "Please refer to the last closed financial year and to the legal entity only.",
    "de": "Bitte beziehen Sie sich auf das letzte abgeschlossene Geschäftsjahr.",
    "it": "Fare riferimento all'ultimo esercizio chiuso e alla sola società.",
    "fr": "Veuillez vous référer au dernier exercice clos de l'entité juridique.",
}
TITLES = {
    "en": ("Supplier sustainability questionnaire", "Please complete all questions and return the file."),
    "de": ("Fragebogen zur Nachhaltigkeit", "Bitte füllen Sie alle Felder aus und senden Sie die Datei zurück."),
    "it": ("Questionario di sostenibilità", "Si prega di compilare tutti i campi e restituire il file."),
    "fr": (
        "Questionnaire développement durable",
        "Merci de compléter toutes les questions et de retourner le fichier.",
    ),
}
_LINE = Side(style="thin", color="FF999999")
FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True)
class Plan:
    """What one random sheet looks like."""

    language: str
    columns: tuple[str, ...]
    shape: str
    frames: str
    head: str
    fill: bool
    lists: bool
    protect: bool
    sections: str
    title: bool
    left: int
    gaps: bool
    years: tuple[str, ...] = ()


def planned(seed: int) -> Plan:
    """The plan of a number."""
    dice = random.Random(seed)
    language = dice.choice(["en", "de", "it", "fr"])
    shape = dice.choices(["answer", "ticks", "years"], [6, 2, 2])[0]
    sections = dice.choice(["rows", "column", "merged", "none", "first"])
    columns = ["id"] if dice.random() < 0.75 else []
    columns += ["section"] if sections in ("column", "merged", "first") else []
    columns.append("question")
    columns += ["guidance"] if dice.random() < 0.25 else []
    columns += ["weight"] if dice.random() < 0.25 else []
    has_unit = dice.random() < 0.5 or shape == "years"
    before = dice.random() < 0.6
    columns += ["unit"] if has_unit and before else []
    columns += {"answer": ["answer"], "ticks": ["yes", "no", "none"], "years": ["year0", "year1", "year2"]}[shape]
    columns += ["unit"] if has_unit and not before else []
    columns += ["comment"] if dice.random() < 0.6 else []
    columns += ["evidence"] if dice.random() < 0.35 else []
    columns += ["customer"] if dice.random() < 0.3 else []
    return Plan(
        language=language,
        columns=tuple(columns),
        shape=shape,
        frames=dice.choice(["all", "none", "answers"]),
        head=dice.choice(["fill", "bold", "plain"]),
        fill=dice.random() < 0.35,
        lists=dice.random() < 0.5,
        protect=dice.random() < 0.15,
        sections=sections,
        title=dice.random() < 0.7,
        left=dice.choice([1, 1, 1, 2, 3]),
        gaps=dice.random() < 0.15,
        years=("2022", "2023", "2024"),
    )


class RandomBook:
    """Writes the questionnaire of a number."""

    def __init__(self, seed: int) -> None:
        self.plan = planned(seed)
        self._dice = random.Random(seed + 1)
        self.truths: list[Truth] = []

    def write(self, path: Path) -> list[Truth]:
        book = Workbook()
        page = book.active
        assert isinstance(page, Worksheet)
        page.title = "ESG"
        self._page, plan = page, self.plan
        self._at = {name: plan.left + index for index, name in enumerate(plan.columns)}
        row = self._title() if plan.title else 1
        row = self._heads(row)
        asked = self._dice.sample(QUESTIONS[plan.language], 8)
        asked.sort(key=lambda one: one[3])
        section = ""
        for number, (text, kind, unit, heading) in enumerate(asked, start=1):
            if heading != section:
                row = self._section(row, heading, asked)
                section = heading
                is_first = True
            self._question(row, number, (text, kind, unit, heading), is_first)
            is_first = False
            row += 2 if plan.gaps and plan.sections != "merged" else 1
        if plan.protect:
            page.protection.sheet = True
        book.save(path)
        return self.truths

    def _title(self) -> int:
        title, note = TITLES[self.plan.language]
        self._page.cell(1, self.plan.left, title).font = Font(bold=True, size=14)
        self._page.cell(2, self.plan.left, note)
        return self._dice.choice([4, 5])

    def _heads(self, row: int) -> int:
        words = HEADS[self.plan.language]
        for name, column in self._at.items():
            text = self.plan.years[int(name[4:])] if name.startswith("year") else self._dice.choice(words[name])
            cell = self._page.cell(row, column, int(text) if text.isdigit() else text)
            if self.plan.head != "plain":
                cell.font = Font(bold=True)
            if self.plan.head == "fill":
                cell.fill = PatternFill("solid", fgColor="FFB4C6E7")
            if self.plan.frames == "all":
                cell.border = FRAME
        return row + 1

    def _section(self, row: int, heading: str, asked: list[tuple[str, str, str, str]]) -> int:
        plan = self.plan
        if plan.sections == "rows":
            cell = self._page.cell(row, plan.left, heading)
            if self._dice.random() < 0.5:
                self._page.merge_cells(
                    start_row=row, end_row=row, start_column=plan.left, end_column=plan.left + len(plan.columns) - 1
                )
                cell.fill = PatternFill("solid", fgColor="FFE7E6E6")
            cell.font = Font(bold=True)
            return row + 1
        if plan.sections == "merged" and not plan.gaps:
            count = sum(1 for one in asked if one[3] == heading)
            if count > 1:
                column = self._at["section"]
                self._page.merge_cells(start_row=row, end_row=row + count - 1, start_column=column, end_column=column)
        return row

    def _question(self, row: int, number: int, asked: tuple[str, str, str, str], is_first: bool) -> None:
        text, kind, unit, heading = asked
        plan, at = self.plan, self._at
        if unit and "unit" not in at:
            text = f"{text} ({unit})"
        self._put(row, "id", number)
        self._put(row, "question", text)
        self._put(row, "guidance", GUIDANCE[plan.language])
        self._put(row, "weight", self._dice.choice([1, 2, 3]))
        self._put(row, "unit", unit or None)
        if plan.sections == "column" or is_first or (plan.sections == "merged" and plan.gaps):
            self._put(row, "section", heading)
        elif "section" in at:
            self._put(row, "section", None, merged=plan.sections == "merged")
        for name in ("comment", "evidence", "customer"):
            self._put(row, name, None)
        answers = [name for name in at if name in ("answer", "yes", "no", "none") or name.startswith("year")]
        for name in answers:
            self._answer(row, name, kind)
        self._truth(row, answers, kind)

    def _put(self, row: int, name: str, value: object, merged: bool = False) -> None:
        if name not in self._at or merged:
            return
        cell = self._page.cell(row, self._at[name])
        if value is not None:
            cell.value = value  # type: ignore[assignment]
        if self.plan.frames == "all":
            cell.border = FRAME

    def _answer(self, row: int, name: str, kind: str) -> None:
        plan = self.plan
        cell = self._page.cell(row, self._at[name])
        if plan.frames != "none":
            cell.border = FRAME
        if plan.fill:
            cell.fill = PatternFill("solid", fgColor="FFFFFFCC")
        if plan.protect:
            cell.protection = Protection(locked=False)
        if plan.lists and kind == "boolean" and name == "answer":
            yes, no = HEADS[plan.language]["yes"][0], HEADS[plan.language]["no"][0]
            rule = DataValidation(type="list", formula1=f'"{yes},{no}"')
            self._page.add_data_validation(rule)
            rule.add(cell.coordinate)

    def _truth(self, row: int, answers: list[str], kind: str) -> None:
        cells = [f"{get_column_letter(self._at[name])}{row}" for name in answers]
        question = f"{get_column_letter(self._at['question'])}{row}"
        shown = cells if self.plan.shape == "years" else cells[:1]
        for cell in shown:
            self.truths.append(Truth("ESG", question, cell, language=self.plan.language))


def write_random(seed: int, path: Path) -> list[Truth]:
    """Write the questionnaire of a number; what a reader must make of it is returned."""
    return RandomBook(seed).write(path)
