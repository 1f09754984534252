"""Workbooks that mean harm or are broken: a questionnaire is read or refused in one line, and never takes long."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest
from questionnaire_books import write_book
from questionnaire_fixtures import ALL

from esgreport.definitions import load
from esgreport.errors import WorkbookError
from esgreport.questionnaire import Questionnaire
from esgreport.read import read_questionnaire

DEFINITIONS = load()
BOXES = ALL["L02 merged block with check-boxes linked to cells"]


def changed(folder: Path, text: str, part: str, old: bytes, new: bytes) -> Path:
    """The workbook of a text with some bytes of one part changed; `part` is the end of its name."""
    path = folder / "form.xlsx"
    write_book(text, path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in parts if name.endswith(part))
    assert old in parts[name], parts[name][:3000]
    parts[name] = parts[name].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            archive.writestr(each, data)
    return path


def read_quickly(path: Path, seconds: float = 3.0) -> Questionnaire:
    start = time.process_time()
    found = read_questionnaire(path, "form.xlsx", DEFINITIONS)
    assert time.process_time() - start < seconds
    return found


@pytest.mark.parametrize(
    "drawing",
    [
        b"<v:shape " * 90_000,
        b"<v:shape id='a'>" + b"<v:textbox>" * 90_000 + b'ObjectType="Checkbox"</v:shape>',
        b"<v:shape id='a'>" + b"<x:Anchor>" * 90_000 + b'ObjectType="Checkbox"</v:shape>',
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><v:shape>",
        b"\x00\xff" * 1000,
    ],
)
def test_a_drawing_that_is_no_drawing_harms_nothing(drawing: bytes, tmp_path: Path) -> None:
    path = changed(tmp_path, BOXES, "vmlDrawing19.vml", b"<xml ", drawing + b"<xml ")
    assert len(read_quickly(path).questions) == 2


def test_a_check_box_linked_to_nowhere_has_no_cell(tmp_path: Path) -> None:
    path = changed(tmp_path, BOXES, "vmlDrawing19.vml", b"$G$6", b"[1]Other!$ZZZZ$0")
    options = read_quickly(path).questions[0].options
    assert [option.mark is None for option in options] == [True, False, False]


def test_a_style_on_a_place_that_is_none_is_passed_over(tmp_path: Path) -> None:
    text = "@sheet Q\n#Question | #Answer\nDo you train your staff? | _\nHow many sites? | _"
    path = changed(tmp_path, text, "sheet1.xml", b'<c r="B2"', b'<c r="ZZZZ2" s="1"/><c r="B2"')
    assert [question.source.cell for question in read_quickly(path).questions] == ["A2", "A3"]


def test_merged_areas_over_everything_are_bounded(tmp_path: Path) -> None:
    text = "@sheet Q / frame\n#Question | #Answer | #Comment >>2\nDo you train your staff? | _\nHow many sites? | _"
    areas = b"".join(b'<mergeCell ref="H%d:XFD%d"/>' % (row, row) for row in range(1, 20_000))
    path = changed(tmp_path, text, "sheet1.xml", b"</mergeCells>", areas + b"</mergeCells>")
    assert len(read_quickly(path, 12.0).questions) == 2


def test_a_validation_over_everything_is_bounded(tmp_path: Path) -> None:
    text = "@sheet Q / frame\n#Question | #Answer\nDo you train your staff? | _ {list:Yes;No}\nHow many sites? | _"
    many = b" ".join(b"A%d:XFD%d" % (row, row) for row in range(4, 60_000))
    path = changed(tmp_path, text, "sheet1.xml", b'sqref="B2"', b'sqref="B2 ' + many + b'"')
    assert len(read_quickly(path, 15.0).questions) == 2


def test_a_list_that_refers_to_itself_or_to_no_sheet_offers_nothing(tmp_path: Path) -> None:
    text = """
@name Loop =Loop
@sheet Q / frame
#Question | #Answer
Which class are you in? | _ {list:=Loop}
Which grade do you have? | _ {list:=Missing!$A$1:$A$3}
Which level do you have? | _ {list:=$A$1:$XFD$1048576}
"""
    path = tmp_path / "form.xlsx"
    write_book(text, path)
    assert [question.options for question in read_quickly(path).questions] == [(), (), ()]


def test_a_document_type_in_the_notes_is_refused_in_one_line(tmp_path: Path) -> None:
    text = "@sheet Q / frame\n#Question | #Answer\nDo you train your staff? | _\nHow many sites? | _\n@note A2 all"
    path = changed(tmp_path, text, "comments1.xml", b"<comments", b"<!DOCTYPE a><comments")
    with pytest.raises(WorkbookError, match="Ask the sender") as refused:
        read_quickly(path)
    assert "\n" not in refused.value.message
