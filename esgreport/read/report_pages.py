"""Where the parts of a report of ours stand in its PDF, by the marks it carries for links; it reads no text."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport.errors import WorkbookError
from esgreport.questionnaire import ReportPages
from esgreport.read.file import content

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_MARKS = 20_000
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, RecursionError)
_HOW = "Give the report.pdf that `esgreport build` wrote, or its folder."


def report_pages(path: Path, shown: str) -> ReportPages:
    """The pages of a report, by the marks of its sections; of a folder, those of the report in it.

    Errors: WorkbookError for what is no report of ours, or cannot be read.
    """
    place = _inside(path, shown) if path.is_dir() else path
    name = shown if place is path else f"{shown.rstrip('/')}/{place.name}"
    data = content(place, name)
    if not data.startswith(b"%PDF"):
        raise WorkbookError(f"{name}: this is no PDF. {_HOW}")
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        marks = _marks(reader)
        said = reader.metadata
        author, subject = (said.author or "", said.subject or "") if said else ("", "")
    except (PyPdfError, *_BROKEN) as error:
        raise WorkbookError(f"{name}: a PDF that cannot be read ({error}). {_HOW}") from None
    if "content-index" not in marks:
        raise WorkbookError(f"{name}: this PDF is no report of esgreport. {_HOW}")
    return ReportPages(place.name, author, subject, marks)


def _inside(folder: Path, shown: str) -> Path:
    """The report in a folder. Errors: WorkbookError where there is none, or one in each of several languages."""
    found = sorted(folder.glob("report*.pdf"))
    if len(found) == 1 or (found and found[0].name == "report.pdf"):
        return found[0]
    what = f"several reports ({', '.join(each.name for each in found)})" if found else "no report.pdf"
    raise WorkbookError(f"{shown}: {what} in this folder. Name the PDF itself.")


def _marks(reader: PdfReader) -> Mapping[str, tuple[int, str]]:
    """Each mark with its page, counted from 1, and what is printed there as its number."""
    labels = reader.page_labels
    found: dict[str, tuple[int, str]] = {}
    for name, destination in list(reader.named_destinations.items())[:MOST_MARKS]:
        page = reader.get_destination_page_number(destination)
        if page is not None and 0 <= page < len(labels):
            found[name] = (page + 1, labels[page])
    return found
