"""Workbooks read: what cells hold, where names point, and the many ways the same file may be written."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import workbook_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esgreport.errors import WorkbookError
from esgreport.model import Area, Cell, CellError, Workbook
from esgreport.read import kind_of, read_workbook
from esgreport.read.references import named_area
from esgreport.read.styles import number_format
from esgreport.read.text import printable
from esgreport.read.values import number


def read(folder: Path, parts: workbook_files.Parts) -> Workbook:
    return read_workbook(workbook_files.saved(folder, parts), "book.xlsx")


def cells(folder: Path, parts: workbook_files.Parts) -> dict[str, object]:
    """The values of the only sheet, by cell."""
    sheet = read(folder, parts).sheets["Answers"]
    return {Area("", row, column, row, column).reference: cell.value for (row, column), cell in sheet.cells.items()}


def names(folder: Path, listed: str) -> dict[str, tuple[str, str] | None]:
    """For each name the sheet and area it points to."""
    book = read(folder, workbook_files.parts(names=listed))
    return {item.name: (item.area.sheet, item.area.reference) if item.area else None for item in book.names}


# ── what cells hold ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("stored", "read_as"),
    [
        ("100", "100"),
        ("100.0", "100"),
        ("0.1", "0.1"),
        ("28.409000000000002", "28.409000000000002"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("1.5E-10", "1.5E-10"),
        ("1E+26", "1E+26"),
        ("-2.50", "-2.5"),
        ("12345678901234567", "12345678901234568"),
        (" 7 ", "7"),
        ("-0", "0"),
    ],
)
def test_a_number_is_the_shortest_decimal_that_is_the_stored_double(stored: str, read_as: str) -> None:
    assert str(number(stored.strip())) == read_as


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_double_loses_anything(value: float) -> None:
    read_number = number(repr(value))
    assert float(read_number) == value
    assert len(read_number.as_tuple().digits) <= max(17, len(str(int(abs(value)))))


def test_each_type_of_cell_is_read_as_what_it_is(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="n"><v>2.5</v></c><c r="C1" t="b"><v>1</v></c>'
        '<c r="D1" t="b"><v>0</v></c><c r="E1" t="s"><v>0</v></c><c r="F1" t="str"><f>A1&amp;"x"</f><v>1x</v></c>'
        '<c r="G1" t="inlineStr"><is><t>in place</t></is></c><c r="H1" t="e"><v>#DIV/0!</v></c>'
        '<c r="I1" t="e"><v>#SPILL!</v></c><c r="J1" t="d"><v>2024-12-31T10:30:00Z</v></c></row>'
    )
    assert cells(tmp_path, workbook_files.parts(rows, strings="<si><t>shared</t></si>")) == {
        "A1": Decimal(1),
        "B1": Decimal("2.5"),
        "C1": True,
        "D1": False,
        "E1": "shared",
        "F1": "1x",
        "G1": "in place",
        "H1": CellError.DIV0,
        "I1": CellError.OTHER,
        "J1": datetime(2024, 12, 31, 10, 30),
    }


def test_a_formula_without_result_is_told_from_an_empty_cell(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>SUM(B1:B9)</f></c><c r="B1" s="0"/><c r="C1"><v></v></c>'
        '<c r="D1"><f>1+1</f><v>2</v></c><c r="E1" t="str"><f>""</f><v></v></c></row>'
    )
    book = read(tmp_path, workbook_files.parts(rows))
    assert book.sheets["Answers"].cells == {
        (1, 1): Cell(None, formula=True),
        (1, 4): Cell(Decimal(2), formula=True),
        (1, 5): Cell("", formula=True),
    }
    assert book.cell("Answers", 1, 2) == Cell(None)
    assert book.cell("No such sheet", 1, 1) == Cell(None)


def test_text_keeps_its_blanks_and_line_breaks_and_loses_its_formatting(tmp_path: Path) -> None:
    strings = (
        '<si><t xml:space="preserve">  both ends  </t></si>'
        "<si><r><rPr><b/></rPr><t>bold</t></r><r><t> and not</t></r></si>"
        "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/></si>"
        "<si><t>first&#10;second_x000D__x000A_third &amp; _x005F_x0041_</t></si>"
        "<si><t/></si>"
        "<si>\n  <t>indented</t>\n </si>"
    )
    rows = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n}</v></c></row>' for n in range(6))
    assert list(cells(tmp_path, workbook_files.parts(rows, strings=strings)).values()) == [
        "  both ends  ",
        "bold and not",
        "東京",
        "first\nsecond\nthird & _x0041_",
        "",
        "indented",
    ]


def test_characters_no_document_can_hold_do_not_come_through() -> None:
    assert printable("a\r\nb\rc\x0bd\x00e\x1bf\ud83d\ude00g\ud800h") == "a\nb\nc\ndef\U0001f600g\ufffdh"


@given(st.text(st.characters()))
def test_any_text_can_be_written_as_utf_8_and_xml_once_read(text: str) -> None:
    import xml.etree.ElementTree as ET

    safe = printable(text)
    assert ET.fromstring(f"<a>{safe.replace('&', '').replace('<', '').replace(']]>', '')}</a>".encode()) is not None
    assert printable(safe) == safe


def test_a_long_table_of_texts_is_read_as_far_as_needed_and_right_everywhere(tmp_path: Path) -> None:
    listed = [f"text {n} & {'é' * (n % 700)}" for n in range(2_000)]
    strings = "".join(f"<si><r><t>{text.replace('&', '&amp;')}</t></r></si>" for text in listed)
    wanted = [3, 0, 1_200, 1_999, 1_998, 7]
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{index}</v></c></row>' for n, index in enumerate(wanted, 1))
    made = workbook_files.parts(rows, strings=strings)
    assert list(cells(tmp_path, made).values()) == [listed[index] for index in wanted]
    made["xl/workbook.xml"] = workbook_files.workbook({"Answers": "rId1", "Again": "rId1"})
    made["xl/worksheets/sheet1.xml"] = workbook_files.worksheet('<row r="1"><c r="A1" t="s"><v>2000</v></c></row>')
    book = read(tmp_path, made)
    for sheet in book.sheet_names:
        with pytest.raises(WorkbookError, match=f"^book.xlsx {sheet}!A1: .*number '2000', which there is not"):
            book.sheets[sheet]


# ── days ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("stored", "day"),
    [
        ("45657", datetime(2024, 12, 31)),
        ("45657.75", datetime(2024, 12, 31, 18)),
        ("1", datetime(1900, 1, 1)),
        ("59", datetime(1900, 2, 28)),
        ("60", Decimal(60)),  # 29 February 1900, which never was
        ("61", datetime(1900, 3, 1)),
        ("0", Decimal(0)),
        ("-1", Decimal(-1)),
        ("2958465", datetime(9999, 12, 31)),
        ("2958466", Decimal(2958466)),
        ("1E+300", Decimal("1E+300")),
    ],
)
def test_a_count_of_days_is_a_day_where_the_calendar_has_one(tmp_path: Path, stored: str, day: object) -> None:
    rows = f'<row r="1"><c r="A1" s="1"><v>{stored}</v></c></row>'
    assert cells(tmp_path, workbook_files.parts(rows, formats=["dd/mm/yyyy"])) == {"A1": day}


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>44195</v></c><c r="B1" s="1"><v>0</v></c></row>'
    made = workbook_files.parts(rows, formats=["yyyy-mm-dd"], properties='<workbookPr date1904="1"/>')
    assert cells(tmp_path, made) == {"A1": datetime(2024, 12, 31), "B1": datetime(1904, 1, 1)}


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("General", False),
        ("0.00%", False),
        ("dd/mm/yyyy", True),
        ("mmm\\-yy", True),
        ("[$-409]d mmm yyyy;@", True),
        ("m/d/yy h:mm", True),
        ("[h]:mm:ss", False),
        ("h:mm AM/PM", False),
        ("mm:ss", False),
        ('#,##0 "days"', False),
        ("[Red]0;[Blue]-0", False),
        ('0.00" m³ per day"', False),
        ("_-* #,##0.00\\ _d_-", False),
        ("yyyy", True),
        ('0;"d"', False),
        ('"unclosed d', False),
    ],
)
def test_a_format_shows_a_day_only_outside_its_literal_parts(code: str, is_date: bool) -> None:
    assert number_format(code).is_date is is_date


def test_the_format_code_of_a_cell_is_the_one_stored_for_its_style(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>1</v></c><c r="C1" s="99"><v>1</v></c></row>'
    made = workbook_files.parts(rows, formats=["0.000"])
    made["xl/styles.xml"] = made["xl/styles.xml"].replace(b'<xf numFmtId="0"/>', b'<xf numFmtId="10"/>')
    found = read(tmp_path, made).sheets["Answers"].cells
    assert [cell.number_format for cell in found.values()] == ["0.00%", "0.000", "0.00%"]


# ── where cells are ──────────────────────────────────────────────────────────────────────────────────────────


def test_rows_and_cells_that_do_not_say_where_they_are_follow_the_one_before(tmp_path: Path) -> None:
    rows = (
        "<row><c><v>1</v></c><c/><c><v>2</v></c></row>"
        '<row r="5"><c r="D5"><v>3</v></c><c><v>4</v></c></row>'
        '<row><c><v>5</v></c><c r="Z6"><v>6</v></c></row>'
        '<row><c r="B9"><v>7</v></c></row><row><c><v>8</v></c></row>'
    )
    assert {place: int(str(value)) for place, value in cells(tmp_path, workbook_files.parts(rows)).items()} == {
        "A1": 1,
        "C1": 2,
        "D5": 3,
        "E5": 4,
        "A6": 5,
        "Z6": 6,
        "B9": 7,
        "A10": 8,
    }


def test_merged_areas_and_hidden_sheets_are_told(tmp_path: Path) -> None:
    made = workbook_files.parts(
        after='<mergeCells count="2"><mergeCell ref="B2:C9"/><mergeCell ref="D1"/></mergeCells>'
    )
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(b"<sheet ", b'<sheet state="veryHidden" ')
    sheet = read(tmp_path, made).sheets["Answers"]
    assert sheet.merged == (Area("Answers", 2, 2, 9, 3), Area("Answers", 1, 4, 1, 4))
    assert sheet.hidden


def test_a_cell_at_the_far_end_and_a_million_empty_rows_cost_nothing(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}" s="1" customFormat="1" ht="15"><c r="A{n}" s="1"/></row>' for n in range(1, 100_000))
    made = workbook_files.parts(f'{empty}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    sheet = made["xl/worksheets/sheet1.xml"]
    made["xl/worksheets/sheet1.xml"] = sheet.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    assert read(tmp_path, made).sheets["Answers"].cells == {(1_048_576, 16_384): Cell(Decimal(1))}


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("refers_to", "area"),
    [
        ("Sheet1!$A$1", ("Sheet1", "A1")),
        ("Sheet1!A1", ("Sheet1", "A1")),
        ("'General Information'!$D$406:$D$505", ("General Information", "D406:D505")),
        ("'It''s ours'!$B$2:$A$1", ("It's ours", "A1:B2")),
        ("Größe!$A$1", ("Größe", "A1")),
        ("Gone!$A$1", ("Gone", "A1")),
        ("Sheet1!#REF!", None),
        ("#REF!", None),
        ("#REF!$A$1", None),
        ("[1]Sheet1!$A$1", None),
        ("'[1]My sheet'!$A$1", None),
        ("'C:\\books\\[other.xlsx]Sheet'!$A$1", None),
        ("Sheet1:Sheet3!$A$1", None),
        ("Sheet1!$A$1,Sheet1!$C$1", None),
        ("'a'!$A$1,'b'!$A$1", None),
        ("OFFSET(Sheet1!$A$1,0,0,5,1)", None),
        ("Sheet1!$A:$C", None),
        ("Sheet1!$1:$3", None),
        ("Sheet1!$A$1:$XFD$1048576", None),
        ("Sheet1!$XFE$1", None),
        ("Sheet1!$A$0", None),
        ("Sheet1!$A$1048577", None),
        ("Sheet1!$A$1$2", None),
        ("Sheet1!", None),
        ("!$A$1", None),
        ("'", None),
        ("'!$A$1", None),
        ("''!$A$1", None),
        ("$A$1", None),
        ('"text"', None),
        ("", None),
    ],
)
def test_a_name_has_an_area_where_it_is_one_rectangle_of_this_workbook(
    refers_to: str, area: tuple[str, str] | None
) -> None:
    found = named_area(refers_to)
    assert ((found.sheet, found.reference) if found else None) == area


@given(st.text())
def test_no_reference_is_too_odd(text: str) -> None:
    found = named_area(text)
    assert found is None or found.sheet


def test_the_name_of_the_workbook_wins_over_that_of_a_sheet(tmp_path: Path) -> None:
    assert names(
        tmp_path,
        '<definedName name="Total" localSheetId="0">[1]Other!$A$1</definedName>'
        '<definedName name="Total">Answers!$A$1</definedName>'
        '<definedName name="TOTAL" localSheetId="1">Answers!$C$1</definedName>'
        '<definedName name="Local" localSheetId="0">#REF!</definedName>'
        '<definedName name="Local" localSheetId="1">Answers!$B$1</definedName>'
        '<definedName name="Broken">#REF!</definedName>'
        '<definedName name="Broken" localSheetId="0">Answers!$D$1</definedName>'
        '<definedName name="_xlnm.Print_Area" localSheetId="0">Answers!$A$1</definedName>',
    ) == {"Total": ("Answers", "A1"), "Local": ("Answers", "B1"), "Broken": None}


def test_a_name_keeps_its_text_and_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    listed = '<definedName name="A">Renamed!$A$1</definedName><definedName name="B">ANSWERS!$A$1</definedName>'
    book = read(tmp_path, workbook_files.parts(names=listed))
    assert [(item.refers_to, item.area) for item in book.names] == [
        ("Renamed!$A$1", Area("Renamed", 1, 1, 1, 1)),
        ("ANSWERS!$A$1", Area("Answers", 1, 1, 1, 1)),
    ]


# ── the same workbook, written otherwise ─────────────────────────────────────────────────────────────────────

ROWS = '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"><v>0.5</v></c></row>'
PLAIN = workbook_files.parts(
    ROWS,
    strings="<si><t>text</t></si>",
    formats=["0.0%"],
    names='<definedName name="Name">Answers!$A$1</definedName>',
)


def prefixed(data: bytes) -> bytes:
    """The same XML with a prefix on every element of the spreadsheet namespace."""
    import re

    text = data.decode().replace(f'xmlns="{workbook_files.MAIN}"', f'xmlns:x="{workbook_files.MAIN}"')
    return re.sub(r"(</?)(?=[a-zA-Z])", r"\1x:", text).encode()


def strict(data: bytes) -> bytes:
    text = data.decode().replace(workbook_files.MAIN, workbook_files.STRICT)
    return text.replace(workbook_files.OFFICE, workbook_files.STRICT_OFFICE).encode()


def is_spreadsheet(part: str) -> bool:
    return not part.endswith(".rels")


VARIANTS = {
    "prefixed": {part: prefixed(data) if is_spreadsheet(part) else data for part, data in PLAIN.items()},
    "strict": {part: strict(data) for part, data in PLAIN.items()},
    "utf-16": {part: data.decode().replace("UTF-8", "UTF-16").encode("utf-16") for part, data in PLAIN.items()},
    "with byte order mark": {part: b"\xef\xbb\xbf" + data for part, data in PLAIN.items()},
    "absolute targets": PLAIN
    | {
        part: data.replace(b'Target="', b'Target="/' if part == "_rels/.rels" else b'Target="/xl/')
        for part, data in PLAIN.items()
        if part.endswith(".rels")
    },
    "roundabout targets": PLAIN
    | {
        part: data.replace(b'Target="', b'Target="../xl/./')
        for part, data in PLAIN.items()
        if part == "xl/_rels/workbook.xml.rels"
    },
    "backslashes": {part.replace("/", "\\"): data for part, data in PLAIN.items()},
    "other capitals": {part.upper(): data for part, data in PLAIN.items()},
    "indented": {part: data.replace(b"><", b">\n  <") for part, data in PLAIN.items()},
    "with comments": {
        part: data.replace(b"</v>", b"</v><!-- v -->").replace(b"<row", b"<!-- <c/> --><row")
        for part, data in PLAIN.items()
    },
    "with folders and rubbish": {"xl/": b"", **PLAIN, "__MACOSX/._x": b"\0", "xl/worksheets/sheet9.xml": b"<broken"},
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_workbook_written_otherwise_reads_the_same(tmp_path: Path, variant: str) -> None:
    book = read(tmp_path, VARIANTS[variant])
    assert book.sheet_names == ("Answers",)
    assert dict(book.sheets["Answers"].cells) == {
        (1, 1): Cell("text", "0.0%"),
        (1, 2): Cell(Decimal("0.5"), "0.0%"),
    }
    assert [item.area for item in book.names] == [Area("Answers", 1, 1, 1, 1)]


def test_a_workbook_without_styles_and_strings_is_read(tmp_path: Path) -> None:
    made = workbook_files.parts('<row r="1"><c r="A1" s="5"><v>1</v></c></row>')
    made["xl/_rels/workbook.xml.rels"] = workbook_files.relations({"rId1": ("worksheet", "worksheets/sheet1.xml")})
    assert read(tmp_path, made).sheets["Answers"].cells == {(1, 1): Cell(Decimal(1))}


def test_a_sheet_that_is_a_chart_is_no_worksheet(tmp_path: Path) -> None:
    made = dict(PLAIN)
    made["xl/workbook.xml"] = workbook_files.workbook({"Chart": "rId9", "Answers": "rId1"})
    made["xl/_rels/workbook.xml.rels"] = workbook_files.relations(
        {"rId9": ("chartsheet", "chartsheets/sheet1.xml"), "rId1": ("worksheet", "worksheets/sheet1.xml")}
    )
    assert read(tmp_path, made).sheet_names == ("Answers",)


def test_sheets_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    made = workbook_files.parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    made["xl/workbook.xml"] = workbook_files.workbook({"Answers": "rId1", "Damaged": "rId2", "Lost": "rId3"})
    made["xl/_rels/workbook.xml.rels"] = workbook_files.relations(
        {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("worksheet", "worksheets/sheet2.xml")}
    )
    made["xl/worksheets/sheet2.xml"] = b"<worksheet"
    book = read(tmp_path, made)
    assert set(book.sheets) == {"Answers", "Damaged", "Lost"}
    assert len(book.sheets["Answers"].cells) == 1
    with pytest.raises(WorkbookError, match=r"^book\.xlsx Damaged: the XML is cut off or damaged at line 1, column"):
        book.sheets["Damaged"]
    with pytest.raises(WorkbookError, match=r"^book\.xlsx Lost: the sheet is listed but not in the file\."):
        book.sheets["Lost"]
    with pytest.raises(KeyError):
        book.sheets["No such sheet"]


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    import hashlib

    path = workbook_files.saved(tmp_path, PLAIN)
    assert read_workbook(path, "book.xlsx").digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    assert kind_of(workbook_files.saved(tmp_path, PLAIN, "answers.json"), "answers.json") == "workbook"
    assert (
        kind_of(workbook_files.saved(tmp_path, b'\xef\xbb\xbf \n{"facts": []}', "facts.xlsx"), "facts.xlsx") == "facts"
    )


# ── written by other programs ────────────────────────────────────────────────────────────────────────────────

values = st.one_of(
    st.integers(-(10**15), 10**15),
    st.floats(-9.99e307, 9.99e307, allow_subnormal=False),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=40),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)).map(lambda moment: moment.replace(microsecond=0)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.lists(values, max_size=30))
def test_what_another_library_wrote_is_read(tmp_path: Path, written: list[object]) -> None:
    import xlsxwriter

    path = tmp_path / "written.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        sheet = book.add_worksheet("Answers")
        for row, value in enumerate(written):
            if isinstance(value, datetime):
                sheet.write_datetime(row, 0, value, day)
            else:
                sheet.write(row, 0, value)
    found = read_workbook(path, "written.xlsx").sheets["Answers"].cells
    assert [float(cell.value) if isinstance(cell.value, Decimal) else cell.value for cell in found.values()] == [
        float(format(value, ".16G")) if type(value) in (int, float) else value  # what XlsxWriter writes of a number
        for value in written
    ]
