"""Findings of reading and findings of rules put together: what one cell is the cause of is said once, where it is."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

from esgreport.model import Filing, Finding, Source


def once(of_reading: Iterable[Finding], of_rules: Iterable[Finding], filing: Filing) -> tuple[Finding, ...]:
    """Both, those of reading first, without those that only follow from another one."""
    of_reading, of_rules = tuple(of_reading), tuple(of_rules)
    kept = [each for each in of_reading if not _follows(each, of_reading, of_rules, filing)]
    said = {_place(each.source) for each in kept if each.source.cell}
    unread = {_place(each.source) for each in filing.dropped if each.code != "AXIS-02"}
    return (*kept, *(each for each in of_rules if not _is_echo(each, said, unread)))


def _is_echo(finding: Finding, said: set[tuple[str, str]], unread: set[tuple[str, str]]) -> bool:
    """Whether a rule misses what is there and could not be read, or says once more that the identity is incomplete."""
    place = _place(finding.source)
    return place in unread or (finding.code == "VSME-GEN-01" and place in said)


def _follows(finding: Finding, of_reading: tuple[Finding, ...], of_rules: tuple[Finding, ...], filing: Filing) -> bool:
    """Whether a finding of reading is said better by another one: of the cell itself, or of what all depend on."""
    if finding.code == "UNIT-03":  # an amount without a currency, where the currency itself is what is missing
        return not filing.currency
    if finding.code == "TIME-01":  # a figure for a year that is not named, where what is named is no year
        same = (each for each in of_reading if _place(each.source) == _place(finding.source))
        return any(each.code == "CELL-07" for each in same)
    if finding.code == "AXIS-02":  # a heading with nothing beside it, where a rule points at what is empty
        return any(_row(each.source) == _row(finding.source) for each in of_rules if each.source.cell)
    if finding.code == "NOTE-01":  # a footnote to a value that is not there, where that has a finding of its own
        spoilt = {each.source.name.partition("_")[0] for each in filing.dropped}
        return finding.concept in {*spoilt, *(each.concept for each in of_rules)} - {""}
    return False


def _place(source: Source) -> tuple[str, str]:
    return source.sheet, source.cell


def _row(source: Source) -> tuple[str, str]:
    return source.sheet, source.cell.partition(":")[0].lstrip(ascii_uppercase)
