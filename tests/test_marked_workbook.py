"""The user's workbook with its findings: marks at the cells, a sheet of findings, and nothing else changed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st
from test_patch import raw_members
from workbook_files import MAIN, OFFICE, Parts, parts, relations, saved, zipped

from esgreport import pipeline, resources
from esgreport.definitions import load
from esgreport.errors import RenderError
from esgreport.model import Area, Fact, Finding, Severity, Source, Workbook
from esgreport.read import read_workbook
from esgreport.render.marked_workbook import FILLS, marked_workbook
from esgreport.render.patch.book import Book
from esgreport.render.patch.sheet import SheetPart, area_of
from esgreport.texts import translator

SAY = translator("en")
OFFICIAL = Path(__file__).parent.parent.parent / "shared" / "data" / "vsme"
SOFFICE = shutil.which("soffice")
SHEET = "xl/worksheets/sheet1.xml"
ROWS = '<row r="2"><c r="B2" s="1"><v>0.5</v></c><c r="C2"><v>2</v></c></row>'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def book(rows: str = ROWS, after: str = "", sheet: str = "Answers") -> Parts:
    made = parts(rows, formats=["0.0%"], after=after, sheet=sheet)
    return {"[Content_Types].xml": TYPES.encode(), **made}


def finding(cell: str = "B2", severity: Severity = Severity.ERROR, sheet: str = "Answers") -> Finding:
    source = Source("book.xlsx", sheet, cell)
    return Finding(
        "VSME-B3-03", severity, "Parts do not add up", "=110 & <120>", "Correct it.", source, disclosure="B3"
    )


def marked(content: Parts | bytes, *findings: Finding) -> bytes:
    return marked_workbook(content if isinstance(content, bytes) else zipped(content), findings, SAY)


def as_read(content: bytes, folder: Path) -> Workbook:
    return read_workbook(saved(folder, content), "book.xlsx")


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def table(content: bytes, folder: Path, sheet: str) -> list[list[object]]:
    cells = as_read(content, folder).sheets[sheet].cells
    rows = max(row for row, _ in cells)
    return [
        [cells[row, column].value for column in range(1, 8) if (row, column) in cells] for row in range(1, rows + 1)
    ]


def fill_of(content: bytes, sheet: str, cell: str) -> str:
    """The colour a cell is filled with; empty where it has none."""
    opened = Book(content)
    part = opened.sheet_part(sheet)
    place = area_of(cell)
    assert place
    style = SheetPart(opened.read(part), part).style(place.top, place.left)
    written = opened.read(opened.styles_part()).decode()
    xf = re.findall(r"<(?:\w+:)?xf\b[^>]*>", written.partition("cellXfs")[2])[style]
    fills = re.findall(r"<(?:\w+:)?fill>.*?</(?:\w+:)?fill>", written, re.DOTALL)
    number = re.search(r'fillId="(\d+)"', xf)
    colour = re.search(r'fgColor rgb="FF(\w{6})"', fills[int(number[1])]) if number else None
    return colour[1] if colour else ""


# ── marks ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("severity", list(Severity))
def test_a_cell_with_a_finding_is_filled_and_keeps_its_number_format(tmp_path: Path, severity: Severity) -> None:
    result = marked(book(), finding(severity=severity))
    assert fill_of(result, "Answers", "B2") == FILLS[severity]
    assert fill_of(result, "Answers", "C2") == ""
    cell = as_read(result, tmp_path).cell("Answers", 2, 2)
    assert (str(cell.value), cell.number_format) == ("0.5", "0.0%")


def test_the_gravest_of_several_findings_gives_the_colour() -> None:
    result = marked(book(), finding(severity=Severity.INFO), finding(), finding(severity=Severity.WARNING))
    assert fill_of(result, "Answers", "B2") == FILLS[Severity.ERROR]


def test_cells_and_rows_that_are_not_stored_are_marked_too() -> None:
    result = marked(book(), finding("A1"), finding("F2"), finding("C900"))
    assert {fill_of(result, "Answers", cell) for cell in ("A1", "F2", "C900")} == {FILLS[Severity.ERROR]}


def test_the_mark_of_a_merged_area_is_at_the_cell_that_shows() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="B2:C4"/></mergeCells>'
    result = marked(book(after=merged), finding("C3"))
    assert fill_of(result, "Answers", "B2") == FILLS[Severity.ERROR]


def test_a_workbook_without_styles_gets_some() -> None:
    content = book('<row r="2"><c r="B2"><v>1</v></c></row>')
    del content["xl/styles.xml"]
    content["xl/_rels/workbook.xml.rels"] = relations({"rId1": ("worksheet", "worksheets/sheet1.xml")})
    assert fill_of(marked(content, finding()), "Answers", "B2") == FILLS[Severity.ERROR]


def test_styles_there_are_keep_their_numbers() -> None:
    content = book()
    before = content["xl/styles.xml"].decode()
    after = members(marked(content, finding()))["xl/styles.xml"].decode()
    listed = [re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", text, re.DOTALL) for text in (before, after)]
    assert listed[0] and listed[1] and listed[1][1].startswith(listed[0][1])
    count = re.search(r'<cellXfs count="(\d+)"', after)
    assert count and int(count[1]) == listed[1][1].count("<xf ") + listed[1][1].count("<xf/>")


def test_findings_without_a_cell_are_listed_and_mark_nothing(tmp_path: Path) -> None:
    lost = [
        replace(finding(), source=source)
        for source in (Source("b"), Source("b", "Elsewhere", "B2"), Source("b", name="x"))
    ]
    result = marked(book(), *lost)
    assert members(result)[SHEET] == book()[SHEET]
    assert len(table(result, tmp_path, "Findings")) == 4


# ── the sheet of findings ────────────────────────────────────────────────────────────────────────────────────


def test_every_finding_is_a_row_with_a_link_to_its_cell(tmp_path: Path) -> None:
    result = marked(
        book(sheet="O'Neill & Co"), finding(sheet="O'Neill & Co"), finding("C2:D9", Severity.INFO, "O'Neill & Co")
    )
    head, first, second = table(result, tmp_path, "Findings")
    assert head == ["Severity", "Code", "Disclosure", "Sheet", "Cell", "Finding", "What to do"]
    assert first == [
        "Error",
        "VSME-B3-03",
        "B3",
        "O'Neill & Co",
        "B2",
        "Parts do not add up\n=110 & <120>",
        "Correct it.",
    ]
    assert second[0] == "Remark" and second[4] == "C2:D9"
    written = members(result)["xl/worksheets/sheet2.xml"].decode()
    assert 'ref="E2" location="&#x27;' not in written
    assert """location="'O''Neill &amp; Co'!B2\"""" in written
    assert 'state="frozen"' in written and 'ySplit="1"' in written
    assert "<f>" not in written


def test_a_workbook_without_findings_says_so(tmp_path: Path) -> None:
    assert table(marked(book()), tmp_path, "Findings")[1] == ["Nothing was found that would have to be corrected."]


def test_the_sheet_takes_another_name_where_its_own_is_taken(tmp_path: Path) -> None:
    once = marked(book(), finding())
    assert as_read(marked(once, finding()), tmp_path).sheet_names == ("Answers", "Findings", "Findings (2)")


@pytest.mark.parametrize(("language", "title"), [("it", "Rilievi"), ("de", "Feststellungen"), ("fr", "Constats")])
def test_the_sheet_speaks_the_readers_language(tmp_path: Path, language: str, title: str) -> None:
    result = marked_workbook(zipped(book()), [finding()], translator(language))
    assert as_read(result, tmp_path).sheet_names[-1] == title
    assert "Error" not in table(result, tmp_path, title)[1]


def test_a_sheet_that_is_protected_and_macros_stay_as_they_are() -> None:
    protected = '<sheetProtection sheet="1" objects="1" password="CC1A"/>'
    content = book(after=protected) | {"xl/vbaProject.bin": bytes(range(256)) * 9}
    result = members(marked(content, finding()))
    assert result["xl/vbaProject.bin"] == content["xl/vbaProject.bin"]
    assert protected in result[SHEET].decode()


# ── notes ────────────────────────────────────────────────────────────────────────────────────────────────────

COMMENTS = (
    f'<comments xmlns="{MAIN}"><authors><author>Someone</author></authors><commentList>'
    '<comment ref="B2" authorId="0"><text><t>mine</t></text></comment></commentList></comments>'
)
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="3"/></o:shapelayout>'
    '<v:shape id="_x0000_s3073" type="#_x0000_t201"><v:textbox><br></v:textbox></v:shape></xml>'
)
LEGACY = f'<legacyDrawing xmlns:r="{OFFICE}" r:id="rId7"/>'


def with_drawing(*, comments: bool) -> Parts:
    """A workbook with a form control (in XML that is not well-formed, as Excel used to write it), and with notes."""
    links = {"rId7": ("vmlDrawing", "../drawings/vmlDrawing1.vml")}
    content = book(after=LEGACY) | {"xl/drawings/vmlDrawing1.vml": VML.encode()}
    if comments:
        links["rId8"] = ("comments", "../comments1.xml")
        content["xl/comments1.xml"] = COMMENTS.encode()
    return content | {"xl/worksheets/_rels/sheet1.xml.rels": relations(links)}


def test_a_cell_with_a_finding_gets_a_note() -> None:
    result = members(marked(book(), finding(), finding("C2"), finding("C2", Severity.INFO)))
    comments = result["xl/comments1.xml"].decode()
    assert re.findall(r'<comment ref="(\w+)"', comments) == ["B2", "C2"]
    assert "Error VSME-B3-03: Parts do not add up\n=110 &amp; &lt;120&gt;\n&#8594; Correct it." in comments
    drawing = result["xl/drawings/vmlDrawing1.vml"].decode()
    assert drawing.count('ObjectType="Note"') == 2
    assert re.findall(r"<x:Row>(\d+)</x:Row><x:Column>(\d+)</x:Column>", drawing) == [("1", "1"), ("1", "2")]
    link = re.search(r'<legacyDrawing [^>]*r:id="(rId\d+)"/>', result[SHEET].decode())
    assert link and f'Id="{link[1]}"' in result["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    for part in ("/xl/comments1.xml", "/xl/drawings/vmlDrawing1.vml", "/xl/worksheets/sheet2.xml"):
        assert f'PartName="{part}"' in result["[Content_Types].xml"].decode()


def test_notes_that_are_there_stay_and_a_cell_with_one_gets_no_other() -> None:
    result = members(marked(with_drawing(comments=True), finding("B2"), finding("C2")))
    comments = result["xl/comments1.xml"].decode()
    assert '<comment ref="B2" authorId="0"><text><t>mine</t></text></comment>' in comments
    assert re.findall(r'<comment ref="(\w+)" authorId="(\d)"', comments) == [("B2", "0"), ("C2", "1")]


def test_form_controls_stay_and_notes_get_shapes_of_other_numbers() -> None:
    result = members(marked(with_drawing(comments=False), finding("C2")))
    drawing = result["xl/drawings/vmlDrawing1.vml"].decode()
    assert drawing.startswith(VML.removesuffix("</xml>")) and drawing.endswith("</xml>")
    assert re.findall(r'id="_x0000_s(\d+)"', drawing) == ["3073", "3074"]
    assert result[SHEET].decode().count("<legacyDrawing") == 1


def test_a_sheet_whose_notes_are_not_understood_is_marked_without() -> None:
    content = with_drawing(comments=False) | {"xl/drawings/vmlDrawing1.vml": b"no drawing"}
    result = marked(content, finding())
    assert members(result)["xl/drawings/vmlDrawing1.vml"] == b"no drawing"
    assert fill_of(result, "Answers", "B2") == FILLS[Severity.ERROR]


def test_the_drawing_is_named_before_what_must_follow_it() -> None:
    after = '<pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/><extLst><ext uri="a"/></extLst>'
    written = members(marked(book(after=after), finding()))[SHEET].decode()
    assert written.index("<pageMargins") < written.index("<legacyDrawing") < written.index("<extLst")


# ── damaged workbooks ────────────────────────────────────────────────────────────────────────────────────────


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_damaged_workbook_is_marked_or_refused_and_nothing_else(data: st.DataObject) -> None:
    content = dict(with_drawing(comments=True))
    name = data.draw(st.sampled_from(sorted(content)))
    words = sorted(set(re.findall(rb"[\w:/.-]+|<[^>]*>", content[name])))
    old, new = (
        data.draw(st.sampled_from(words)),
        data.draw(st.sampled_from([b"", b"x", b"-1", b"9999999", b"<a>", b"\xff"])),
    )
    content[name] = content[name].replace(old, new, data.draw(st.sampled_from([1, -1])))
    try:
        result = marked(content, finding("B2"), finding("C2"), finding("D9"))
    except RenderError as error:
        assert error.message.endswith(".")
    else:
        assert "Correct it." in members(result)["xl/worksheets/sheet2.xml"].decode()


# ── the official workbooks ───────────────────────────────────────────────────────────────────────────────────

official = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official workbooks are not beside the checkout")
WORKBOOKS = sorted(OFFICIAL.glob("*.xlsx"))
PLACES = (("General Information", "D9"), ("Environmental Disclosures", "G9"), ("Social Disclosures", "M300"))


def planted() -> list[Finding]:
    return [finding(cell, sheet=sheet) for sheet, cell in PLACES]


def bare(facts: tuple[Fact, ...]) -> list[Fact]:
    return [replace(fact, source=replace(fact.source, file="")) for fact in facts]


@official
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_every_part_of_an_official_workbook_but_those_that_must_stays_byte_for_byte(path: Path) -> None:
    before, after = members(path.read_bytes()), members(marked(path.read_bytes(), *planted()))
    differing = {name for name in before if before[name] != after[name]}
    sheets = {Book(path.read_bytes()).sheet_part(sheet) for sheet, _ in PLACES}
    links = {f"xl/worksheets/_rels/{sheet.rpartition('/')[2]}.rels" for sheet in sheets} & set(before)
    around = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    assert differing == sheets | links | around
    for name in sheets:
        for mark in (b"x14:dataValidation ", b"<conditionalFormatting ", b"<mergeCell ", b"<drawing ", b"<f>", b"<f "):
            assert before[name].count(mark) == after[name].count(mark)


@official
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_the_packed_bytes_of_an_official_workbook_stay_too(path: Path) -> None:
    before, after = raw_members(path.read_bytes()), raw_members(marked(path.read_bytes(), *planted()))
    same = [name for name in before if before[name] == after[name]]
    assert len(before) - len(same) <= 10 and len(same) > 50
    assert list(after)[: len(before)] == list(before)


@official
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_the_marked_copy_of_an_official_workbook_holds_the_same_cells(tmp_path: Path, path: Path) -> None:
    copy = saved(tmp_path, marked(path.read_bytes(), *planted()))
    before, after = read_workbook(path, path.name), read_workbook(copy, copy.name)
    assert after.names == before.names and after.sheet_names == (*before.sheet_names, "Findings")
    for sheet in before.sheet_names:
        assert after.sheets[sheet].cells == before.sheets[sheet].cells
        assert after.sheets[sheet].merged == before.sheets[sheet].merged


@official
@pytest.mark.parametrize("path", [path for path in WORKBOOKS if "Sample" in path.stem], ids=lambda path: path.stem)
def test_the_facts_of_the_marked_copy_are_those_of_the_workbook(tmp_path: Path, path: Path) -> None:
    definitions = load()
    before = pipeline.read_filings([path], definitions)
    findings = pipeline.check_filing(before, definitions, "en").findings
    after = pipeline.read_filings([saved(tmp_path, marked(path.read_bytes(), *findings))], definitions)
    assert bare(after.filing.facts) == bare(before.filing.facts)
    assert len(before.filing.facts) > 100


@official
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_an_office_program_opens_the_marked_copy_with_the_same_values(tmp_path: Path) -> None:
    path = next(path for path in WORKBOOKS if "1.2.0" in path.stem)
    before = through_office(path.read_bytes(), tmp_path / "before")
    after = through_office(marked(path.read_bytes(), *planted()), tmp_path / "after")
    for sheet in before.sheet_names:
        old, new = before.sheets[sheet].cells, after.sheets[sheet].cells
        assert {place: cell.value for place, cell in old.items()} == {place: cell.value for place, cell in new.items()}
    assert after.sheets["Findings"].cells[2, 5].value == "D9"
    converted = members((tmp_path / "after" / "out" / "book.xlsx").read_bytes())
    notes = b"".join(data for name, data in converted.items() if "comments" in name)
    assert sorted(re.findall(rb'<comment ref="(\w+)"', notes)) == sorted([b"C9", b"D9", b"M300"])


def through_office(content: bytes, folder: Path) -> Workbook:
    folder.mkdir()
    command = [str(SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    run = [*command, "--outdir", str(folder / "out"), str(saved(folder, content))]
    subprocess.run(run, check=True, capture_output=True, timeout=240)
    return read_workbook(folder / "out" / "book.xlsx", "book.xlsx")


@official
def test_openpyxl_reads_the_marked_copy() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = WORKBOOKS[-1]
    with pytest.warns(UserWarning, match="extension is not supported"):
        opened = openpyxl.load_workbook(io.BytesIO(marked(path.read_bytes(), *planted())))
    assert opened["Findings"]["E2"].hyperlink.location == "'General Information'!D9"
    assert opened["General Information"]["D9"].comment.text.startswith("Error VSME-B3-03")
    assert opened["General Information"]["D9"].fill.fgColor.rgb == f"FF{FILLS[Severity.ERROR]}"


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────


def said() -> set[str]:
    """The sentences of the findings page and the sheet, first form, that the report's pages do not have too."""
    render = Path(pipeline.__file__).parent / "render"
    sources = [render / "findings.py", render / "marked_workbook.py", render / "patch" / "findings_sheet.py"]
    sources.append(resources.folder("templates") / "findings.html.j2")
    return {text for path in sources for text in re.findall(r'(?:_|say)\("([^"]+)"', path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("language", ["it", "de", "fr"])
def test_every_word_of_the_findings_is_translated_and_no_other(language: str) -> None:
    folder = resources.folder("templates") / "locale" / language
    with (folder / "findings.po").open("rb") as file:
        own = {
            message.id: message.string for message in read_po(file, locale=language, abort_invalid=True) if message.id
        }
    elsewhere: set[str] = set()
    for other in ("pages.po", "readiness.po"):
        with (folder / other).open("rb") as file:
            elsewhere |= {message.id for message in read_po(file, locale=language) if isinstance(message.id, str)}
    first = {identifier[0] if isinstance(identifier, tuple) else identifier for identifier in own}
    assert first == said() - elsewhere
    assert all(all(text) if isinstance(text, tuple) else text for text in own.values())


def test_an_area_is_understood_with_and_without_dollars() -> None:
    assert area_of("$B$2:D5") == Area("", 2, 2, 5, 4) and area_of("ZZZZ1") is None and area_of("B") is None
