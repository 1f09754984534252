"""Changing cells of a workbook someone sent: what was asked for changes, every other byte stays as it was."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbook_files import MAIN, Parts, parts, relations, saved, styles, workbook, worksheet, zipped

from esgreport.errors import RenderError
from esgreport.model import CellValue, Workbook
from esgreport.read import read_workbook
from esgreport.render.patch import Change, Patched, Value, patch
from esgreport.render.patch.archive import Archive
from esgreport.render.patch.sheet import LONGEST_TEXT

ROWS = (
    '<row r="2" spans="2:4"><c r="B2" s="1"><v>1.5</v></c><c r="D2" t="inlineStr"><is><t>old</t></is></c></row>'
    '<row r="5"><c r="B5"><f>B2*2</f><v>3</v></c></row>'
)
SHEET = "xl/worksheets/sheet1.xml"


def patched(content: Mapping[str, bytes] | bytes, *changes: Change) -> Patched:
    return patch(content if isinstance(content, bytes) else zipped(content), {"Answers": changes})


def as_read(content: bytes, folder: Path) -> Workbook:
    return read_workbook(saved(folder, content), "book.xlsx")


def value(content: bytes, folder: Path, row: int, column: int) -> CellValue:
    return as_read(content, folder).cell("Answers", row, column).value


def member(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def raw_members(content: bytes) -> dict[str, tuple[bytes, tuple[object, ...]]]:
    """Each member as it is stored: its packed bytes, and what the directory says of it but its place."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        found: dict[str, tuple[bytes, tuple[object, ...]]] = {}
        for info in archive.infolist():
            start = info.header_offset + 30 + sum(content[info.header_offset + n] for n in (26, 28))
            start += 256 * sum(content[info.header_offset + n] for n in (27, 29))
            said = (info.date_time, info.flag_bits, info.external_attr, info.create_system, info.extra, info.comment)
            found[info.filename] = (content[start : start + info.compress_size], said)
        return found


# ── the archive ──────────────────────────────────────────────────────────────────────────────────────────────


class Stream(io.RawIOBase):
    """A file one cannot go back in: zipfile then writes sizes behind the data."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.content += bytes(data)  # type: ignore[call-overload]
        return len(bytes(data))  # type: ignore[call-overload]


def odd_archive() -> bytes:
    """An archive as few programs write one: descriptors, extra fields, comments, stored members, names not in ASCII."""
    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"a comment"
        for number, (name, data) in enumerate([*parts(ROWS).items(), ("xl/média.bin", bytes(range(256)))]):
            info = zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_STORED if number % 3 == 0 else zipfile.ZIP_DEFLATED
            info.external_attr, info.comment = 0o600 << 16, b"note"
            info.extra = b"\x20\xa2\x04\x00\1\2\3\4"
            with archive.open(info, "w", force_zip64=number % 2 == 0) as part:
                part.write(data)
    return bytes(stream.content)


def test_every_member_that_is_not_touched_stays_byte_for_byte() -> None:
    before = odd_archive()
    result = patched(before, Change(2, 2, Decimal(7)))
    assert set(result.parts_changed) == {SHEET, "xl/workbook.xml"}
    old, new = raw_members(before), raw_members(result.content)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == set(result.parts_changed)
    with zipfile.ZipFile(io.BytesIO(result.content)) as archive:
        assert archive.comment == b"a comment"
        assert archive.getinfo(SHEET).date_time == (2020, 1, 2, 3, 4, 6)


def test_a_large_archive_of_the_64_bit_form_is_copied_too() -> None:
    stream = Stream()
    with zipfile.ZipFile(stream, "w") as archive, pytest.MonkeyPatch.context() as patching:
        patching.setattr(zipfile, "ZIP64_LIMIT", 100)  # so that zipfile writes small members in the large form
        for name, data in parts(ROWS).items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(data)
    before = bytes(stream.content)
    result = patched(before, Change(2, 2, Decimal(7)))
    with zipfile.ZipFile(io.BytesIO(result.content)) as after:
        assert after.testzip() is None
        assert after.read("xl/styles.xml") == parts(ROWS)["xl/styles.xml"]


def test_no_change_gives_the_same_bytes() -> None:
    content = zipped(parts(ROWS))
    assert Archive(content).with_parts({}) == content


def test_the_same_changes_give_the_same_bytes() -> None:
    content = zipped(parts(ROWS))
    assert patched(content, Change(9, 9, "x")) == patched(content, Change(9, 9, "x"))


@pytest.mark.parametrize("content", [b"", b"PK\3\4 no archive", b"PK\5\6" + bytes(18)])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(RenderError, match=r"damaged|no workbook"):
        patched(content, Change(1, 1, "x"))


# ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_value_is_written_and_the_cell_keeps_its_style(tmp_path: Path) -> None:
    content = parts(ROWS, formats=["0.00%"])
    result = patched(content, Change(2, 2, Decimal("0.25")))
    cell = as_read(result.content, tmp_path).cell("Answers", 2, 2)
    assert (cell.value, cell.number_format) == (Decimal("0.25"), "0.00%")


@pytest.mark.parametrize("row", [1, 2, 3, 5, 9])
@pytest.mark.parametrize("column", [1, 2, 3, 4, 5, 30])
def test_cells_and_rows_that_are_not_stored_are_put_where_they_belong(tmp_path: Path, row: int, column: int) -> None:
    if (row, column) == (5, 2):
        return  # the formula
    result = patched(parts(ROWS), Change(row, column, Decimal(42)))
    before, after = as_read(zipped(parts(ROWS)), tmp_path), as_read(result.content, tmp_path)
    expected = {place: cell.value for place, cell in before.sheets["Answers"].cells.items()} | {(row, column): 42}
    assert {place: cell.value for place, cell in after.sheets["Answers"].cells.items()} == expected
    written = member(result.content, SHEET)
    rows = [int(number) for number in re.findall(r'<row r="(\d+)"', written)]
    assert rows == sorted(rows)
    for line in re.findall(r"<row.*?</row>", written):
        columns = re.findall(r'<c r="([A-Z]+)\d+"', line)
        assert columns == sorted(columns, key=lambda letters: (len(letters), letters))


@pytest.mark.parametrize("rows", ["", '<row r="3"/>', '<row r="3" s="1" customFormat="1"></row>'])
def test_rows_without_cells_and_sheets_without_rows_take_cells(tmp_path: Path, rows: str) -> None:
    result = patched(parts(rows, formats=["0.0"]), Change(3, 4, Decimal(1)), Change(3, 2, "b"), Change(8, 1, True))
    book = as_read(result.content, tmp_path)
    found = {place: cell.value for place, cell in book.sheets["Answers"].cells.items()}
    assert found == {(3, 4): Decimal(1), (3, 2): "b", (8, 1): True}
    assert book.cell("Answers", 3, 4).number_format == ("0.0" if "customFormat" in rows else "General")


def test_a_sheet_written_as_one_empty_element_takes_cells(tmp_path: Path) -> None:
    content = {**parts(), SHEET: f'<worksheet xmlns="{MAIN}"><sheetData /></worksheet>'.encode()}
    assert value(patched(content, Change(2, 2, "x"), Change(1, 1, "y")).content, tmp_path, 2, 2) == "x"


def test_a_new_cell_gets_the_style_of_its_column(tmp_path: Path) -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><cols><col min="3" max="5" width="9" style="1"/></cols><sheetData/></worksheet>'
    content = {**parts(formats=["0.000"]), SHEET: sheet.encode()}
    book = as_read(patched(content, Change(4, 4, Decimal(1)), Change(4, 6, Decimal(1))).content, tmp_path)
    assert book.cell("Answers", 4, 4).number_format == "0.000"
    assert book.cell("Answers", 4, 6).number_format == "General"


def test_cells_that_do_not_say_where_they_are_are_counted(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    result = patched(parts(rows), Change(1, 2, Decimal(20)), Change(2, 3, Decimal(30)))
    found = as_read(result.content, tmp_path).sheets["Answers"].cells
    assert {place: cell.value for place, cell in found.items()} == {(1, 1): 1, (1, 2): 20, (2, 1): 3, (2, 3): 30}


def test_a_change_inside_a_merged_area_goes_to_the_cell_that_shows(tmp_path: Path) -> None:
    content = parts(ROWS, after='<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>')
    result = patched(content, Change(3, 3, Decimal(9)))
    assert value(result.content, tmp_path, 2, 2) == 9
    assert value(result.content, tmp_path, 3, 3) is None


def test_the_area_a_sheet_and_a_row_say_they_use_is_made_wide_enough() -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="B2:D5"/><sheetData>{ROWS}</sheetData></worksheet>'
    result = patched({**parts(), SHEET: sheet.encode()}, Change(2, 6, "x"), Change(9, 1, "y"))
    written = member(result.content, SHEET)
    assert '<dimension ref="A2:F9"/>' in written
    assert '<row r="2" spans="2:6">' in written


TRICKY = ["=1+1", "@SUM(A1)", "  two\nlines\t ", "<b>&amp;</b>", "_x0041_", "É 😀 ]]>", "-5", "TRUE", '"', "a\r\nb"]


@pytest.mark.parametrize("text", TRICKY)
def test_a_text_is_written_as_that_text_and_is_never_a_formula(tmp_path: Path, text: str) -> None:
    result = patched(parts(ROWS), Change(2, 4, text))
    assert value(result.content, tmp_path, 2, 4) == text.replace("\r\n", "\n")  # as every text is read
    assert not as_read(result.content, tmp_path).cell("Answers", 2, 4).formula


def test_characters_no_workbook_can_hold_are_left_out(tmp_path: Path) -> None:
    result = patched(parts(ROWS), Change(2, 4, "a\x00b\x0bc\ud800d"))
    assert value(result.content, tmp_path, 2, 4) == "abcd"


def test_a_written_value_asks_for_a_new_computation_and_a_style_does_not() -> None:
    assert 'fullCalcOnLoad="1"' in member(patched(parts(ROWS), Change(2, 2, Decimal(1))).content, "xl/workbook.xml")
    assert patched(parts(ROWS), Change(2, 2, style=0)).parts_changed == (SHEET,)


def test_settings_of_the_computation_stay_when_a_new_one_is_asked_for() -> None:
    book = workbook({"Answers": "rId1"}).replace(b"</workbook>", b'<calcPr calcId="191028" iterate="1"/></workbook>')
    result = patched({**parts(ROWS), "xl/workbook.xml": book}, Change(2, 2, Decimal(1)))
    written = member(result.content, "xl/workbook.xml")
    assert '<calcPr calcId="191028" iterate="1" fullCalcOnLoad="1"/>' in written


REFUSED: list[tuple[Change, str]] = [
    (Change(5, 2, Decimal(1)), r"Answers!B5 holds a formula"),
    (Change(2, 2, "x" * (LONGEST_TEXT + 1)), r"Answers!B2: a cell holds at most 32,767"),
    (Change(2, 2, Decimal("NaN")), r"Answers!B2: NaN is no number"),
]


@pytest.mark.parametrize(("change", "message"), REFUSED)
def test_what_a_cell_cannot_take_is_refused(change: Change, message: str) -> None:
    with pytest.raises(RenderError, match=message):
        patched(parts(ROWS), change)


def test_a_style_may_be_put_on_a_formula() -> None:
    written = member(patched(parts(ROWS, formats=["0"]), Change(5, 2, style=1)).content, SHEET)
    assert '<c r="B5" s="1"><f>B2*2</f><v>3</v></c>' in written


def test_an_unknown_sheet_is_refused() -> None:
    with pytest.raises(RenderError, match="no sheet 'Elsewhere'"):
        patch(zipped(parts(ROWS)), {"Elsewhere": [Change(1, 1, "x")]})


# ── kinds of XML ─────────────────────────────────────────────────────────────────────────────────────────────


def prefixed(xml: bytes) -> bytes:
    """The same XML with a prefix on the names of the main namespace."""
    text = xml.decode().replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    return re.sub(r"<(/?)(?=\w)(?!\w+:)", r"<\1x:", text).encode()


def test_names_with_a_prefix_are_understood_and_written(tmp_path: Path) -> None:
    content = parts(ROWS, formats=["0.0"])
    content |= {name: prefixed(content[name]) for name in (SHEET, "xl/styles.xml", "xl/workbook.xml")}
    result = patched(content, Change(2, 2, Decimal(5)), Change(2, 3, "c"), Change(7, 1, True))
    found = as_read(result.content, tmp_path).sheets["Answers"].cells
    assert [found[place].value for place in ((2, 2), (2, 3), (7, 1))] == [5, "c", True]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252", "utf-8-sig"])
def test_parts_in_another_encoding_are_understood(tmp_path: Path, encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{declared}"?>' + worksheet(ROWS.replace("old", "früh")).decode()
    content: Parts = {**parts(), SHEET: text.encode(encoding)}
    result = patched(content, Change(2, 2, "neu € ü"))
    assert value(result.content, tmp_path, 2, 2) == "neu € ü"
    assert value(result.content, tmp_path, 2, 4) == "früh"


def test_absolute_targets_and_other_capitals_lead_to_the_part(tmp_path: Path) -> None:
    content = parts(ROWS)
    content["xl/_rels/workbook.xml.rels"] = relations({"rId1": ("worksheet", "/XL/worksheets/Sheet1.xml")})
    assert value(patched(content, Change(2, 2, Decimal(8))).content, tmp_path, 2, 2) == 8


def test_what_is_unknown_in_a_sheet_stays() -> None:
    extension = '<extLst><ext uri="{1}" xmlns:y="urn:y"><y:thing  a = \'1\'/><!-- a remark --></ext></extLst>'
    result = patched(parts(ROWS, after=extension), Change(2, 2, Decimal(8)))
    assert extension in member(result.content, SHEET)


def test_a_document_type_is_refused() -> None:
    content = {**parts(), SHEET: b"<!DOCTYPE worksheet [<!ENTITY a 'b'>]>" + worksheet(ROWS)}
    with pytest.raises(RenderError, match="document type"):
        patched(content, Change(2, 2, "x"))


def test_a_part_cut_off_is_refused() -> None:
    with pytest.raises(RenderError, match=r"sheet1\.xml of the workbook is damaged"):
        patched({**parts(), SHEET: worksheet(ROWS)[:-30]}, Change(2, 2, "x"))


# ── any change ───────────────────────────────────────────────────────────────────────────────────────────────

PLACES = st.tuples(st.integers(1, 12), st.integers(1, 12))
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3)
TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=20)
VALUES: st.SearchStrategy[Value] = st.one_of(NUMBERS, TEXTS, st.booleans())


@settings(deadline=None, max_examples=80)
@given(before=st.dictionaries(PLACES, VALUES, max_size=12), wanted=st.dictionaries(PLACES, VALUES, max_size=12))
def test_any_values_written_are_read_back_and_no_other_changes(
    tmp_path_factory: pytest.TempPathFactory,
    before: Mapping[tuple[int, int], Value],
    wanted: Mapping[tuple[int, int], Value],
) -> None:
    first = patched(parts(), *(Change(*place, each) for place, each in before.items()))
    second = patched(first.content, *(Change(*place, each) for place, each in wanted.items()))
    found = as_read(second.content, tmp_path_factory.mktemp("any")).sheets["Answers"].cells
    assert {place: cell.value for place, cell in found.items()} == {**before, **wanted}


def test_an_archive_finds_its_members_and_says_which_is_missing() -> None:
    archive = Archive(zipped(parts(ROWS)))
    assert archive.has("XL/Styles.xml") and archive.read("xl/styles.xml") == styles([])
    with pytest.raises(RenderError, match=r"xl/none\.xml is missing"):
        archive.read("xl/none.xml")
