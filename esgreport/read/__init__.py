"""The only room that opens a file someone sent us: workbooks and facts files to values; it judges none of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from esgreport.model import Finding, Workbook

if TYPE_CHECKING:  # reading facts does without them
    from esgreport.definitions import Definitions
    from esgreport.definitions.corrections import LayoutFile
    from esgreport.mapping import Proposal
    from esgreport.questionnaire import Questionnaire, ReportPages
    from esgreport.tables import CustomerTable, CustomerTables

__all__ = [
    "holds_customers",
    "kind_of",
    "propose_mapping",
    "read_bytes",
    "read_facts_document",
    "read_questionnaire",
    "read_report_pages",
    "read_tables",
    "read_workbook",
]


def kind_of(path: Path, shown: str) -> Literal["workbook", "facts"]:
    """Whether a file is a workbook or a facts file (JSON), by its content, whatever its name ends in.

    `shown` is the file as the user typed it. Errors: WorkbookError when it is neither or cannot be opened.
    """
    from esgreport.read.file import beginning, content, is_json, is_zip, not_a_workbook

    start = beginning(path, shown)
    if is_zip(start):
        return "workbook"
    if is_json(start):
        return "facts"
    raise not_a_workbook(content(path, shown), shown)


def read_bytes(path: Path, shown: str) -> bytes:
    """The bytes of a file as they are, to make a changed copy of it. Errors: WorkbookError when it cannot be opened."""
    from esgreport.read.file import content

    return content(path, shown)


def read_workbook(path: Path, shown: str) -> Workbook:
    """A workbook (.xlsx, .xlsm) with its names, and its sheets, each of which is read when it is first asked for.

    `shown` is the file as the user typed it. The cells of a sheet are those that hold a value or a formula; one whose
    formula has no stored result is there with `value=None`. Days come by number format; a day no calendar has stays a
    number. One name is kept of several: the workbook's own before those of single sheets.
    Errors: WorkbookError, here or when a sheet is asked for, for anything that cannot be read in full and safely.
    """
    from esgreport.read import workbook

    return workbook.read(path, shown)


def read_facts_document(path: Path, shown: str) -> object:
    """The structure of a facts file: objects, lists, texts, `int`, `Decimal`, true and false, null.

    `shown` is the file as the user typed it. Errors: WorkbookError for what is no JSON in UTF-8 (line and column), a
    key given twice, NaN and infinity.
    """
    from esgreport.read import facts_document

    return facts_document.read(path, shown)


def read_tables(
    files: Sequence[tuple[Path, str]], definitions: Definitions, language: str = "en", maps: Sequence[Path] = ()
) -> tuple[CustomerTables, tuple[Finding, ...]]:
    """Customers' data from workbooks and tables in text, as typed columns, with what was found wrong in them.

    `files` are pairs of path and the file as the user typed it; together they are one company's. Every table of
    `definitions.cx` is there, without rows where none were given. A cell of another type than its column's is missing
    in the table and in a finding; no finding quotes a value. Exports of tools we know are recognised by their heads;
    `maps` are files that say how others are laid out.
    Errors: WorkbookError for a file that cannot be read in full and safely, DefinitionError for a wrong map.
    """
    from esgreport.read import tables

    return tables.read(files, definitions, language, maps)


def read_table(
    name: str, file: tuple[Path, str], definitions: Definitions, language: str = "en"
) -> tuple[CustomerTable, tuple[Finding, ...]]:
    """One table of `definitions.cx` from a workbook that holds other things beside it; without rows where it has none.

    `file` is the path and the file as the user typed it. Errors: WorkbookError for one that cannot be read safely.
    """
    from esgreport.read import tables

    return tables.read_one(name, file, definitions, language)


def holds_customers(path: Path, shown: str, definitions: Definitions) -> bool:
    """Whether a file holds customers' data rather than sustainability figures, by its content.

    A workbook whose named ranges are concepts of the standard never does. `shown` is the file as the user typed it.
    Errors: WorkbookError for a file that cannot be opened.
    """
    from esgreport.read.recognise import holds_customers

    return holds_customers(path, shown, definitions)


def propose_mapping(path: Path, shown: str, definitions: Definitions) -> tuple[Proposal, ...]:
    """How the sheets of a file of an unknown tool might be laid out as our tables; `shown` is the file as it was typed.

    One proposal for each sheet that is like a table or the export of a tool we know; nothing is decided by it.
    Errors: WorkbookError for a file that cannot be read in full and safely.
    """
    from esgreport.read.tables.propose import propose

    return propose(path, shown, definitions)


def read_questionnaire(
    path: Path, shown: str, definitions: Definitions, corrections: LayoutFile | None = None, language: str = "en"
) -> Questionnaire:
    """A customer's questionnaire (.xlsx, .xlsm, or CSV to look at): its questions, where answers go, what is odd.

    `shown` is the file as the user typed it. Hidden sheets, rows and columns ask nothing. `corrections` say how sheets
    are laid out (`definitions.corrections`); without them, those remembered for the form. `language` is that of the
    findings.
    Errors: WorkbookError for a file that cannot be read in full and safely, DefinitionError for corrections that name
    a sheet there is not.
    """
    from esgreport.read.questionnaires import reading

    return reading.read(path, shown, definitions, corrections, language)


def read_report_pages(path: Path, shown: str) -> ReportPages:
    """The pages of a report of ours, from its PDF or the folder it is in. Errors: WorkbookError for anything else."""
    from esgreport.read.report_pages import report_pages

    return report_pages(path, shown)
