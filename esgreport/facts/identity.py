"""Who reports, for which period, in which currency and taxonomy: the identity a workbook states at its top."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from esgreport.definitions import Definitions
from esgreport.errors import WorkbookError
from esgreport.facts.names import Bindings
from esgreport.facts.values import PLACEHOLDER, read_day, text_of
from esgreport.model import Area, Cell, Entity, Finding, Period, Source, Workbook, cell_reference

SCHEMES: Mapping[str, str] = {
    "lei": "http://standards.iso.org/iso/17442",
    "duns": "https://www.dnb.co.uk/duns-number",
    "euid": "https://e-justice.europa.eu/489/EN/business_registers__search_for_a_company_in_the_eu",
    "permid": "https://permid.org/",
    "vat": "https://ec.europa.eu/taxation_customs/vies",
    "nationalregister": "https://e-justice.europa.eu/106/EN/business_registers_in_eu_countries",
}
"""Identifier schemes by the name a workbook uses (lower case, no blanks), as the URIs XBRL wants."""

_OTHER_NAMES = {"euid": "euid", "vatnumber": "vat", "register": "nationalregister", "nationalid": "nationalregister"}


_STATED = {
    "name": "template_reporting_entity_name",
    "identifier": "template_reporting_entity_identifier",
    "scheme": "template_reporting_entity_identifier_scheme",
    "currency": "template_currency",
    "start": "template_reporting_period_startdate",
    "end": "template_reporting_period_enddate",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What is stated about the report as a whole."""

    entity: Entity
    currency: str
    period: Period
    taxonomy: str
    title: str
    subtitle: str
    language: str
    stated_at: tuple[tuple[str, Source], ...]


def read_identity(
    workbook: Workbook, bindings: Bindings, definitions: Definitions, language: str
) -> tuple[Identity, tuple[Finding, ...]]:
    """The identity, and findings for what is missing in it.

    Errors: WorkbookError when the reporting period cannot be read, since no fact has a date without it.
    """
    top = _Top(workbook, bindings, definitions, language)
    start, end = top.day("startdate"), top.day("enddate")
    name = top.text("template_reporting_entity_name")
    currency = top.text("template_currency").upper()
    findings: list[Finding] = []
    if not name:
        findings.append(top.finding("META-01", "template_reporting_entity_name"))
    identifier, scheme, unidentified = top.identifier()
    findings += unidentified
    if not re.fullmatch("[A-Z]{3}", currency):
        findings.append(top.finding("META-03", "template_currency", text=currency))
        currency = ""
    taxonomy = top.text("template_reporting_schemaRef")
    if taxonomy not in {item.entry_point for item in definitions.taxonomies}:
        findings.append(top.finding("META-05", "template_reporting_schemaRef", text=taxonomy))
        taxonomy = definitions.taxonomies[-1].entry_point
    identity = Identity(
        Entity(name, identifier, scheme),
        currency,
        Period(end, start),
        taxonomy,
        top.text("template_reporting_title"),
        top.text("template_reporting_subtitle"),
        stated_language(workbook, bindings),
        tuple((part, top.source(name)) for part, name in _STATED.items()),
    )
    return identity, tuple(findings)


def stated_language(workbook: Workbook, bindings: Bindings) -> str:
    """The code at the end of the language the workbook is shown in (`Deutsch … [de]`); empty when there is none."""
    for name in ("template_reporting_language", "template_selected_display_language"):
        area = bindings.service.get(name)
        text = text_of(workbook.cell(area.sheet, area.top, area.left).value).strip() if area else ""
        if match := re.search(r"\[([a-z]{2})\]$", text):
            return match[1]
    return ""


@dataclass(frozen=True, slots=True)
class _Top:
    workbook: Workbook
    bindings: Bindings
    definitions: Definitions
    language: str

    def cell(self, name: str) -> Cell:
        area = self.bindings.service.get(name)
        return self.workbook.cell(area.sheet, area.top, area.left) if area else Cell(None)

    def source(self, name: str) -> Source:
        area = self.bindings.service.get(name)
        if area is None:
            return Source(self.workbook.file, name=name)
        return Source(self.workbook.file, area.sheet, cell_reference(area.top, area.left), name)

    def text(self, name: str) -> str:
        text = text_of(self.cell(name).value).strip()
        return "" if text == PLACEHOLDER or text.startswith("#") else text

    def finding(self, code: str, name: str, **values: object) -> Finding:
        return self.definitions.finding(code, self.source(name), self.language, **values)

    def identifier(self) -> tuple[str, str, list[Finding]]:
        """Identifier and scheme URI; empty where missing or of a scheme nobody knows, each with its finding."""
        name = "template_reporting_entity_identifier"
        identifier = self.text(name)
        written = self.text(f"{name}_scheme")
        plain = re.sub(r"[\s\-_]", "", written).lower()
        scheme = SCHEMES.get(_OTHER_NAMES.get(plain, plain), written if written.startswith("http") else "")
        if not identifier:
            return "", "", [self.finding("META-02", name)]
        if not scheme:
            return identifier, "", [self.finding("META-06", f"{name}_scheme", text=written)]
        return identifier, scheme, []

    def day(self, which: str) -> date:
        name = f"template_reporting_period_{which}"
        area = self.bindings.service.get(name)
        cell = self.cell(name)
        found = read_day(cell.value) or (self._day_from_parts(area) if area and cell.formula else None)
        if found:
            return found
        end = "start" if which == "startdate" else "end"
        raise WorkbookError(
            f"{self.source(name)}: the {end} of the reporting period is missing or is no date"
            f"{f' ({text_of(cell.value)})' if cell.value else ''}. Enter it as a date and save the workbook in Excel."
        )

    def _day_from_parts(self, area: Area) -> date | None:
        """The official template puts the day together from year, month and day in the three cells above it."""
        above = [self.workbook.cell(area.sheet, area.top - step, area.left).value for step in (3, 2, 1)]
        return read_day("-".join(text_of(value) for value in above))
