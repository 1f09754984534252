"""How the report was made, for who wants to check it: reading, rounding, units, formulas used, limits."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.compose.writer import Writer
from esgreport.document import Answer, Answers, Block, Figure, Note, Section
from esgreport.model import Finding, Severity


def methods(writer: Writer, findings: tuple[Finding, ...]) -> Section:
    """The section on methods and limits; `findings` are counted, and printed elsewhere when the report is a draft."""
    blocks: list[Block] = [Note(text, "method") for text in (*_reading(writer), *_checking(writer, findings))]
    formulas = _formulas(writer)
    if formulas.answers:
        blocks.insert(-1, formulas)
    return Section(id="methods", title=writer.say("Methods and limits"), blocks=tuple(blocks))


def _reading(writer: Writer) -> Iterator[str]:
    yield writer.say(
        "Every reported figure was read from a cell of the workbook; sheet and cell are given for each. The software"
        " estimated nothing, filled in nothing and carried nothing over: what was not reported is shown as a dash or"
        " said to be missing."
    )
    yield writer.say(
        "Numbers are shown with the decimal places of their cells and rounded for display only, halves upwards; parts"
        " may therefore not add up to the total shown. The value at full precision stands with the source."
    )
    yield writer.say("Percentages are stored as fractions and shown multiplied by 100.")
    yield writer.say(
        "Tables keep the units of the workbook. Charts and computed figures convert mass, energy and volume to one"
        " unit by exact factors."
    )


def _formulas(writer: Writer) -> Answers:
    """The formulas of the metrics that were in fact computed."""
    used = [metric for code, metric in writer.definitions.metrics.items() if writer.of(code)]
    rows = (Answer(writer.text(metric.labels), (Figure(writer.text(metric.formula)),)) for metric in used)
    return Answers("methods-formulas", tuple(rows))


def _checking(writer: Writer, findings: tuple[Finding, ...]) -> Iterator[str]:
    dropped = len(writer.filing.dropped)
    if dropped:
        yield writer.say(
            "%(count)s filled cell could not be used and is not in this report; the findings say why.",
            "%(count)s filled cells could not be used and are not in this report; the findings say why.",
            dropped,
        )
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    if warnings:
        yield writer.say(
            "The automatic checks left %(count)s warning.", "The automatic checks left %(count)s warnings.", warnings
        )
    yield writer.say(
        "The checks look at completeness and consistency and replace no audit: this report was made by software from"
        " the undertaking's own data, and that gives no assurance on them."
    )
