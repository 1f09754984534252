"""Facts and findings for machines and terminals: JSON, CSV and plain tables; it computes nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from esgreport.model import CUSTOMERS, Fact, FactValue, Filing, Finding, Severity
from esgreport.texts import translator


def json_text(content: Mapping[str, object]) -> str:
    """A structure as JSON a person can read too: a line for each key, and for each item of a list of objects."""
    return "{\n" + ",\n".join(f"{_json(key)}: {_lines(value)}" for key, value in content.items()) + "\n}\n"


def _lines(value: object) -> str:
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return "[\n  " + ",\n  ".join(_json(item) for item in value) + "\n]"
    return _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def findings_document(findings: Sequence[Finding], disclosures: Iterable[str]) -> dict[str, object]:
    """The findings in the form of `check --format json`: each with its source, and counts by severity."""
    counted = [*disclosures, CUSTOMERS, ""]
    return {
        "findings": [_finding_out(finding) for finding in findings],
        "summary": {
            **_counts(findings),
            "per_disclosure": {
                code or "general": _counts([finding for finding in findings if finding.disclosure == code])
                for code in counted
                if any(finding.disclosure == code for finding in findings)
            },
        },
    }


def _counts(findings: Iterable[Finding]) -> dict[str, int]:
    severities = [finding.severity for finding in findings]
    return {severity.value: severities.count(severity) for severity in Severity}


def _finding_out(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "title": finding.title,
        "message": finding.message,
        "fix": finding.fix,
        "concept": finding.concept,
        "disclosure": finding.disclosure,
        "paragraph": finding.paragraph,
        "source": {
            "file": finding.source.file,
            "sheet": finding.source.sheet,
            "cell": finding.source.cell,
            "name": finding.source.name,
        },
    }


def findings_text(findings: Sequence[Finding], titles: Mapping[str, str], language: str) -> str:
    """The findings for a terminal, under a line for each disclosure with its counts; `titles` gives their names."""
    say = translator(language)
    whole, titles = say("The filing as a whole"), {**titles, CUSTOMERS: say("Customers")}
    lines: list[str] = []
    for code in dict.fromkeys(finding.disclosure for finding in findings):
        group = [finding for finding in findings if finding.disclosure == code]
        heading = f"{code} {titles[code]}" if code in titles else whole
        lines += ["", f"{heading} · {counts_line(group, language)}"]
        lines += [f"  {finding}" for finding in group]
    return "\n".join([*lines, "", counts_line(findings, language)]).lstrip("\n") + "\n"


def counts_line(findings: Iterable[Finding], language: str) -> str:
    """`2 errors, 1 warning` in a language, or that there is nothing."""
    say = translator(language)
    counts = _counts(findings)
    words = [
        say("%(count)s error", "%(count)s errors", counts["error"]) if counts["error"] else "",
        say("%(count)s warning", "%(count)s warnings", counts["warning"]) if counts["warning"] else "",
        say("%(count)s remark", "%(count)s remarks", counts["info"]) if counts["info"] else "",
    ]
    return ", ".join(word for word in words if word) or say("Nothing was found that would have to be corrected.")


def facts_table(filing: Filing, labels: Mapping[str, str]) -> str:
    """The facts for a terminal: label, value with unit, period, cell; then what was dropped and how it adds up."""
    rows = [
        (labels.get(fact.concept, fact.concept)[:58] + _dimensions(fact), _shown(fact)[:40], _period(fact), _cell(fact))
        for year in filing.years
        for fact in year.facts
    ]
    lines = _aligned([("What", "Value", "Period", "Cell"), *rows])
    dropped = [f"  {item.source}: {item.code}: {item.reason}" for year in filing.years for item in year.dropped]
    filled = sum(year.cells_filled for year in filing.years)
    total = f"{filled} filled answers = {len(rows)} facts + {len(dropped)} dropped"
    return "\n".join([*lines, "", *(["Dropped:", *dropped, ""] if dropped else []), total]) + "\n"


def facts_csv(filing: Filing, labels: Mapping[str, str]) -> str:
    """The facts as CSV with a header; text that a spreadsheet would take for a formula is quoted with an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    columns = "concept label value unit decimals dimensions period_start period_end file sheet cell name footnotes"
    writer.writerow(columns.split())
    for year in filing.years:
        for fact in year.facts:
            writer.writerow([_harmless(field) for field in _csv_row(fact, labels)])
    return buffer.getvalue()


def _csv_row(fact: Fact, labels: Mapping[str, str]) -> list[str]:
    return [
        fact.concept,
        labels.get(fact.concept, ""),
        _plain(fact.value),
        fact.unit or "",
        "" if fact.decimals is None else str(fact.decimals),
        "; ".join(f"{axis}={member}" for axis, member in fact.dimensions),
        fact.period.start.isoformat() if fact.period.start else "",
        fact.period.end.isoformat(),
        fact.source.file,
        fact.source.sheet,
        fact.source.cell,
        fact.source.name,
        " | ".join(fact.footnotes),
    ]


def _harmless(text: str) -> str:
    """A field no spreadsheet runs: numbers stay, other text that starts like a formula gets an apostrophe."""
    starts_formula = text[:1] in ("=", "+", "-", "@", "\t", "\r")
    is_number = text[1:].replace(".", "", 1).isdecimal() and text[:1] in "+-"
    return f"'{text}" if starts_formula and not is_number else text


def _plain(value: FactValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _shown(fact: Fact) -> str:
    unit = (fact.unit or "").replace("iso4217:", "").replace("utr:", "").replace("xbrli:pure", "")
    return " ".join(f"{_plain(fact.value)} {unit}".split())


def _dimensions(fact: Fact) -> str:
    return f" [{', '.join(member[:30] for _, member in fact.dimensions)}]" if fact.dimensions else ""


def _period(fact: Fact) -> str:
    start = f"{fact.period.start} – " if fact.period.start else ""
    return f"{start}{fact.period.end}"


def _cell(fact: Fact) -> str:
    return f"{fact.source.sheet}!{fact.source.cell}" if fact.source.sheet else ""


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
