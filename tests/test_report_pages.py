"""Where the parts of a report stand in its PDF: our marks, their pages; anything else is refused in a line."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter

from esgreport.errors import WorkbookError
from esgreport.read import read_report_pages


def report(path: Path, marks: dict[str, int], author: str = "Officina Rossi") -> Path:
    """A PDF of five pages with marks."""
    writer = PdfWriter()
    for _ in range(5):
        writer.add_blank_page(200, 200)
    for name, page in marks.items():
        writer.add_named_destination(name, page - 1)
    writer.add_metadata({"/Author": author})
    content = BytesIO()
    writer.write(content)
    path.write_bytes(content.getvalue())
    return path


MARKS = {"content-index": 5, "b3": 2, "b3-8-caption": 4}


def test_each_mark_has_its_page_and_the_report_its_company(tmp_path: Path) -> None:
    found = read_report_pages(report(tmp_path / "report.pdf", MARKS), "report.pdf")
    assert (found.file, found.company) == ("report.pdf", "Officina Rossi")
    assert found.marks["b3"] == (2, "2")
    assert found.marks["b3-8-caption"] == (4, "4")


def test_of_a_folder_its_report_is_taken(tmp_path: Path) -> None:
    report(tmp_path / "report.pdf", MARKS)
    assert read_report_pages(tmp_path, "out").file == "report.pdf"


def test_of_several_reports_in_a_folder_none_is_taken(tmp_path: Path) -> None:
    for name in ("report-de.pdf", "report-it.pdf"):
        report(tmp_path / name, MARKS)
    with pytest.raises(WorkbookError, match=r"several reports \(report-de.pdf, report-it.pdf\)"):
        read_report_pages(tmp_path, "out")


def test_a_folder_without_a_report_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"no report\.pdf in this folder"):
        read_report_pages(tmp_path, "out")


def test_a_pdf_of_somebody_else_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="no report of esgreport"):
        read_report_pages(report(tmp_path / "a.pdf", {"chapter": 1}), "a.pdf")


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"%PDF-1.7\nnothing", b"%PDF-1.7\n" + b"\x00" * 3000 + b"startxref\n9\n%%EOF"]
)
def test_what_is_no_pdf_is_refused_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    with pytest.raises(WorkbookError) as refused:
        read_report_pages(path, "report.pdf")
    assert refused.value.message.startswith("report.pdf: ")
    assert "\n" not in refused.value.message


def test_a_pdf_that_was_cut_off_is_refused_or_has_no_marks(tmp_path: Path) -> None:
    whole = report(tmp_path / "whole.pdf", MARKS).read_bytes()
    for size in range(20, len(whole) - 10, max(len(whole) // 25, 1)):
        path = tmp_path / "cut.pdf"
        path.write_bytes(whole[:size])
        with pytest.raises(WorkbookError):
            read_report_pages(path, "cut.pdf")
