"""The findings of a filing as one HTML page in the report's design; it finds nothing and runs no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from esgreport.definitions import Definitions, in_language
from esgreport.errors import RenderError
from esgreport.model import CUSTOMERS, Filing, Finding, Period, Severity
from esgreport.render.pages import environment, policy, style_sheet, trusted
from esgreport.texts import Translate, day_in_words, translator

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


@dataclass(frozen=True, slots=True)
class Item:
    """A finding as the page shows it, and the name links lead to it by."""

    anchor: str
    finding: Finding

    @property
    def place(self) -> str:
        """Sheet and cell as a user types them into the name box; the range where there is no cell."""
        source = self.finding.source
        if not source.sheet:
            return source.name
        return f"{_quoted(source.sheet)}!{source.cell}" if source.cell else source.sheet


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one disclosure, or on the filing as a whole (without a code)."""

    code: str
    title: str
    theme: str
    items: tuple[Item, ...]

    @property
    def anchor(self) -> str:
        """The name links lead to it by."""
        return self.code or "general"

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many there are of each severity there is any of."""
        return counted(item.finding for item in self.items)


def render_findings(filing: Filing, findings: Sequence[Finding], definitions: Definitions, language: str) -> str:
    """The findings as one self-contained HTML document, by disclosure, each with its cell and what to do.

    Findings come in the order given. Text of the workbook is escaped wherever it lands.
    Errors: RenderError when a template is wrong.
    """
    from jinja2 import TemplateError

    say = translator(language)
    findings = [replace(each, paragraph=definitions.law.paragraph(each.paragraph, language)) for each in findings]
    style = style_sheet("report.css", "findings.css")
    try:
        return (
            _environment()
            .get_template("findings.html.j2")
            .render(
                _=say,
                language=language,
                filing=filing,
                period=_period(filing.period, language),
                edition=in_language(definitions.layout.editions[filing.edition].name, language)
                if filing.edition
                else "",
                groups=tuple(_groups(findings, definitions, language)),
                counts=counted(findings),
                one_file=len({finding.source.file for finding in findings}) < 2,
                words=_words(say),
                style=trusted(style),
                policy=policy(style),
            )
        )
    except TemplateError as error:
        raise RenderError(f"templates/{getattr(error, 'name', None) or 'findings.html.j2'}: {error}.") from error


def counted(findings: Iterable[Finding]) -> Mapping[Severity, int]:
    """How many findings there are of each severity, gravest first, without those there are none of."""
    severities = [finding.severity for finding in findings]
    return {severity: severities.count(severity) for severity in Severity if severity in severities}


def _words(say: Translate) -> Mapping[Severity, str]:
    return {Severity.ERROR: say("Error"), Severity.WARNING: say("Warning"), Severity.INFO: say("Remark")}


def _groups(findings: Sequence[Finding], definitions: Definitions, language: str) -> Iterator[Group]:
    say = translator(language)
    known = {disclosure.code: disclosure for disclosure in definitions.disclosures}
    items = [Item(f"finding-{number}", finding) for number, finding in enumerate(findings, 1)]
    for code in dict.fromkeys(finding.disclosure for finding in findings):
        disclosure = known.get(code)
        other = say("Customers") if code == CUSTOMERS else say("The filing as a whole")
        title = in_language(disclosure.title, language) if disclosure else other
        here = tuple(item for item in items if item.finding.disclosure == code)
        yield Group(code, title, disclosure.theme if disclosure else "frame", here)


def _period(period: Period, language: str) -> str:
    """The period in words; empty where a filing of customers' data alone names none."""
    days = (period.start, period.end)
    return " – ".join(day_in_words(day, language) for day in days if day and day > date.min)


def _quoted(sheet: str) -> str:
    plain = sheet.replace("_", "").isalnum() and not sheet[0].isdigit()
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


@cache
def _environment() -> SandboxedEnvironment:
    return environment()
