"""Files that are damaged, mean harm, or are something else: one line that says what and where, and nothing happens."""

from __future__ import annotations

import io
import os
import random
import re
import resource
import socket
import struct
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import workbook_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esgreport.errors import WorkbookError
from esgreport.read import kind_of, package, read_workbook, sheets, strings
from esgreport.read.file import content

MADE = workbook_files.parts(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45657</v></c></row>'
    '<row r="2"><c r="A2"><f>B1*2</f><v>91314</v></c><c r="B2" t="e"><v>#REF!</v></c></row>',
    names='<definedName name="Name">Answers!$A$1</definedName>',
    strings="<si><t>one</t></si><si><r><t>two</t></r></si>",
    formats=["yyyy-mm-dd"],
    after='<mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells>',
)
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def read_all(path: Path) -> None:
    """Read a workbook and every sheet of it."""
    book = read_workbook(path, path.name)
    for sheet in book.sheets.values():
        assert sheet.cells is not None


def refused(folder: Path, made: workbook_files.Parts | bytes, name: str = "book.xlsx") -> str:
    """The line a file is refused with."""
    path = workbook_files.saved(folder, made, name)
    with pytest.raises(WorkbookError) as error:
        read_all(path)
    return one_line(error.value)


def one_line(error: WorkbookError) -> str:
    message = error.message
    assert message.isprintable(), message
    assert len(message) < 700
    assert re.search(r": \S.*\. [A-Z].*\.$", message), message  # what it is, then what to do
    return message


# ── something else ───────────────────────────────────────────────────────────────────────────────────────────


def archive(*names: str) -> bytes:
    return workbook_files.zipped(dict.fromkeys(names, b"<x/>"))


SOMETHING_ELSE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "old": (OLE + "Workbook".encode("utf-16-le"), "old format (.xls)"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "Word document (.doc)"),
    "ole": (OLE, "old Office format"),
    "xlsb": (archive("xl/workbook.bin"), "binary workbook (.xlsb)"),
    "ods": (archive("mimetype", "content.xml"), "OpenDocument file"),
    "docx": (archive("word/document.xml"), "Word document (.docx)"),
    "pptx": (archive("ppt/presentation.xml"), "presentation (.pptx)"),
    "numbers": (archive("Index/Document.iwa"), "workbook of Numbers"),
    "zip": (archive("holiday.jpg"), "zip archive without a workbook"),
    "empty zip": (archive(), "zip archive without a workbook"),
    "csv": ("Stoff;Menge\nCO₂;12,5\n".encode(), "perhaps CSV"),
    "text": (b"hello\n", "a text file"),
    "html": (b"\n <!DOCTYPE html><html><body>Sign in</body></html>", "web page (HTML)"),
    "table as html": (b"<html><table><tr><td>1</td></tr></table></html>", "web page (HTML)"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "an XML file"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0", "a picture (PNG)"),
    "gzip": (b"\x1f\x8b\x08\0\0", "compressed file (gzip)"),
    "rtf": (b"{\\rtf1\\ansi", "text document (RTF)"),
    "utf-16": ('{"facts": []}'.encode("utf-16"), "text in UTF-16"),
    "noise": (b"\x00\x01\x02\x03" * 100, "no workbook"),
}


@pytest.mark.parametrize("kind", SOMETHING_ELSE)
def test_what_is_no_workbook_is_named_and_the_way_out_told(tmp_path: Path, kind: str) -> None:
    data, what = SOMETHING_ELSE[kind]
    assert what in refused(tmp_path, data)
    if not data.startswith(b"PK"):
        with pytest.raises(WorkbookError, match=re.escape(what)):
            kind_of(tmp_path / "book.xlsx", "book.xlsx")


def test_what_cannot_be_opened_is_told_apart(tmp_path: Path) -> None:
    def reason(path: Path) -> str:
        with pytest.raises(WorkbookError) as error:
            kind_of(path, "as typed.xlsx")
        return one_line(error.value)

    assert reason(tmp_path) == ("as typed.xlsx: this is a folder. Give the workbook (.xlsx) or facts file inside it.")
    assert "there is no such file" in reason(tmp_path / "missing.xlsx")
    assert "cannot be opened" in reason(tmp_path / ("long" * 100))
    assert "cannot be opened" in reason(Path("nul\0byte"))
    os.mkfifo(tmp_path / "pipe")
    assert "no ordinary file" in reason(tmp_path / "pipe")
    assert "no ordinary file" in reason(Path("/dev/zero"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    path = workbook_files.saved(tmp_path, MADE)
    path.chmod(0)
    with pytest.raises(WorkbookError, match="may not be read"):
        read_all(path)


def test_a_message_stays_one_line_whatever_the_names(tmp_path: Path) -> None:
    name = "a\nb\x1b[31m\u202e" + "x" * 500
    made = workbook_files.parts('<row r="1"><c r="A1"><v>x</v></c></row>', sheet="S\u2028&#10;" + "y" * 5000)
    path = workbook_files.saved(tmp_path, made)
    with pytest.raises(WorkbookError) as error:
        read_workbook(path, name).sheets[next(iter(read_workbook(path, name).sheets))]
    one_line(error.value)


# ── damaged ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("part", MADE)
def test_a_missing_part_is_named(tmp_path: Path, part: str) -> None:
    made = {name: data for name, data in MADE.items() if name != part}
    if part == "xl/_rels/workbook.xml.rels":
        assert "Answers: the sheet is listed but not in the file" in refused(tmp_path, made)
    else:
        assert f"the part {part} is missing" in refused(tmp_path, made)


@pytest.mark.parametrize("part", MADE)
def test_a_part_that_ends_early_is_named_at_every_length(tmp_path: Path, part: str) -> None:
    data = MADE[part].rstrip()
    for end in range(0, len(data), 7):
        message = refused(tmp_path, MADE | {part: data[:end]})
        assert message.startswith("book.xlsx Answers: the XML" if part == SHEET else f"book.xlsx {part}: the XML")


@pytest.mark.parametrize("part", MADE)
def test_a_part_with_a_bit_flipped_inside_the_archive_is_named(tmp_path: Path, part: str) -> None:
    data = bytearray(workbook_files.zipped(MADE))
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        start = opened.getinfo(part).header_offset
    data[start + 30 + len(part) + 20] ^= 0x10
    assert f"the part {part} is damaged" in refused(tmp_path, bytes(data))


def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    data = workbook_files.zipped(MADE)
    for end in range(4, len(data) - 1, 11):
        refused(tmp_path, data[:end])


@pytest.mark.parametrize("seed", range(20))
def test_bytes_changed_at_random_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    whole = workbook_files.zipped(MADE)
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        read_or_refused(workbook_files.saved(tmp_path, bytes(data)))


@pytest.mark.parametrize("seed", range(20))
def test_xml_changed_at_random_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        part = chance.choice(list(MADE))
        data = bytearray(MADE[part])
        for _ in range(chance.choice((1, 1, 2, 5))):
            start = chance.randrange(len(data))
            data[start : start + chance.choice((0, 1, 1, 9))] = chance.choice(
                (
                    b"",
                    b"<",
                    b"9",
                    b"-",
                    b"&",
                    b"\0",
                    b"\xff",
                    b'"',
                    b"nan",
                    b"1e999",
                    b"<c>",
                    b"</v>",
                    b"<is><t>x</t></is>",
                )
            )
        read_or_refused(workbook_files.saved(tmp_path, MADE | {part: bytes(data)}))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=400), begins=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"{", b"\xd0\xcf\x11\xe0"])
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, begins: bytes) -> None:
    read_or_refused(workbook_files.saved(tmp_path, begins + data))


def read_or_refused(path: Path) -> None:
    try:
        read_all(path)
    except WorkbookError as error:
        one_line(error)


# ── cells that make no sense ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ('<c r="D5"><v>twelve</v></c>', "it should hold a number and holds 'twelve'"),
        ('<c r="D5"><v>nan</v></c>', "it should hold a number"),
        ('<c r="D5"><v>1_000</v></c>', "it should hold a number"),
        ('<c r="D5"><v>1e999</v></c>', "it should hold a number"),
        ('<c r="D5"><v>' + "9" * 5000 + "</v></c>", "it should hold a number"),
        ('<c r="D5"><v>١٢</v></c>', "it should hold a number"),
        ('<c r="D5" t="s"><v>7</v></c>', "it points to the shared text number '7', which there is not"),
        ('<c r="D5" t="s"><v>-1</v></c>', "it points to the shared text number '-1'"),
        ('<c r="D5" t="b"><v>maybe</v></c>', "it should hold yes or no"),
        ('<c r="D5" t="zz"><v>1</v></c>', "of the unknown type 'zz'"),
        ('<c r="D5"><v>1</v></c><c r="D5"><v>2</v></c>', "this cell is stored twice"),
    ],
)
def test_a_cell_that_makes_no_sense_is_named(tmp_path: Path, cell: str, what: str) -> None:
    made = MADE | {SHEET: workbook_files.worksheet(f'<row r="5">{cell}</row>')}
    message = refused(tmp_path, made)
    assert message.startswith("book.xlsx Answers!D5: ")
    assert what in message


@pytest.mark.parametrize("place", ["XFE1", "A0", "A1048577", "1", "A", "", "AAAA1", "A-1", "A1:B2", "١1", "A" * 9999])
def test_a_place_outside_the_sheet_is_refused(tmp_path: Path, place: str) -> None:
    made = MADE | {SHEET: workbook_files.worksheet(f'<row r="1"><c r="{place}"><v>1</v></c></row>')}
    assert "this is no place on a sheet" in refused(tmp_path, made)


@pytest.mark.parametrize("after", ['<mergeCell ref="A1:#REF!"/>', "<mergeCell/>", '<mergeCell ref="A1:XFE2"/>'])
def test_a_merged_area_that_is_none_is_refused(tmp_path: Path, after: str) -> None:
    made = MADE | {SHEET: workbook_files.worksheet("", f"<mergeCells>{after}</mergeCells>")}
    assert "the merged area" in refused(tmp_path, made)


@pytest.mark.parametrize(
    "row",
    [
        '<c r="A1"/><v>5</v><c r="B1"/>',
        '<c r="A1"><v>5</v><c r="B1"><v>6</v></c></c>',
    ],
)
def test_a_value_outside_its_cell_is_refused(tmp_path: Path, row: str) -> None:
    made = MADE | {SHEET: workbook_files.worksheet(f'<row r="1">{row}</row>')}
    assert "a value stands outside a cell" in refused(tmp_path, made)


def test_texts_that_break_off_are_given_to_no_cell(tmp_path: Path) -> None:
    strings = "".join(f"<si><t>{'x' * 700}{n}</t></si>" for n in range(200))
    rows = '<row r="1"><c r="A1" t="s"><v>150</v></c></row>'
    made = workbook_files.parts(rows, strings=strings)
    made[BOOK] = workbook_files.workbook({"Answers": "rId1", "Again": "rId1"})
    made[STRINGS] = made[STRINGS][: made[STRINGS].index(b"x150<") + 3]
    book = read_workbook(workbook_files.saved(tmp_path, made), "book.xlsx")
    for sheet in book.sheet_names:
        with pytest.raises(WorkbookError):
            book.sheets[sheet]


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    made = MADE | {BOOK: workbook_files.workbook({"Answers": "rId1", "ANSWERS": "rId1"})}
    assert "book.xlsx ANSWERS: two sheets have this name" in refused(tmp_path, made)


# ── meant to do harm ─────────────────────────────────────────────────────────────────────────────────────────

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


@pytest.mark.parametrize("part", MADE)
@pytest.mark.parametrize("doctype", [LAUGHS, "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
def test_a_doctype_is_refused_in_every_part(tmp_path: Path, part: str, doctype: str) -> None:
    declaration, _, rest = MADE[part].rpartition(b"?>")
    mark = b"?>" if declaration else b""
    message = refused(tmp_path, MADE | {part: declaration + mark + doctype.encode() + rest})
    assert "document type declaration" in message


def test_nothing_outside_is_opened(tmp_path: Path) -> None:
    """External entities, stylesheets, schema locations and linked parts: a listener and a file see no visitor."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        for address in (url, secret.as_uri()):
            doctype = f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{address}"> %p; <!ENTITY e SYSTEM "{address}">]>'
            for part in MADE:
                body = MADE[part].rpartition(b"?>")[2]
                assert "document type" in refused(tmp_path, MADE | {part: doctype.encode() + body})
            link = f'<Relationship Id="rId1" Type="x/worksheet" Target="{address}" TargetMode="External"/>'
            links = f'<Relationships xmlns="{workbook_files.PACKAGE}">{link}</Relationships>'.encode()
            assert "not in the file" in refused(tmp_path, MADE | {"xl/_rels/workbook.xml.rels": links})
            links = links.replace(b' TargetMode="External"', b"")
            assert "missing" in refused(tmp_path, MADE | {"xl/_rels/workbook.xml.rels": links})
            styled = f'<?xml-stylesheet href="{address}"?>'.encode() + MADE[SHEET]
            read_all(workbook_files.saved(tmp_path, MADE | {SHEET: styled}))
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize("target", ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "..\\..\\x.xml"])
def test_a_link_that_leaves_the_archive_leads_nowhere(tmp_path: Path, target: str) -> None:
    links = workbook_files.relations({"rId1": ("worksheet", target)})
    assert "is missing from the file" in refused(tmp_path, MADE | {"xl/_rels/workbook.xml.rels": links})


@pytest.mark.parametrize(
    "name", ["../../outside.txt", "/etc/outside", "C:\\outside", "xl/../../outside", "..\\outside"]
)
def test_a_part_whose_name_leaves_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    assert "leads out of the file" in refused(tmp_path, MADE | {name: b"x"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [*before, "book.xlsx"]


@pytest.mark.parametrize("twin", [SHEET, SHEET.upper(), SHEET.replace("/", "\\"), "xl/worksheets/sheet%31.xml"])
def test_a_part_that_is_there_twice_is_refused(tmp_path: Path, twin: str) -> None:
    pairs = [*MADE.items(), (twin, workbook_files.worksheet(""))]
    assert "is in the file twice" in refused(tmp_path, workbook_files.zipped(pairs))


def test_a_part_with_a_password_is_refused(tmp_path: Path) -> None:
    data = workbook_files.zipped(MADE)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flagged = bytearray(data)
        for found in re.finditer(re.escape(signature), data):
            flagged[found.start() + offset] |= 1
        data = bytes(flagged)
    assert "protected by a password" in refused(tmp_path, data)


def test_a_part_packed_in_another_way_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        for name, data in MADE.items():
            opened.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_LZMA)
    assert "packed in a way no workbook is" in refused(tmp_path, buffer.getvalue())


# ── too much ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def quick() -> Iterator[None]:
    """Refusing takes little time and memory, however much the file claims to hold."""
    start, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - start < 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 200_000


def deflated(chunk: bytes, times: int) -> bytes:
    """A zip archive with one part, `chunk` many times, made without ever holding it whole."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        with opened.open(SHEET, "w", force_zip64=True) as part:
            for _ in range(times):
                part.write(chunk)
        for name, data in MADE.items():
            if name != SHEET:
                opened.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.usefixtures("quick")
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    assert "times its size" in refused(tmp_path, deflated(b" " * 1_000_000, 20))
    assert "unpacks to 200 MB" in refused(tmp_path, deflated(b" " * 1_000_000, 200))


def test_a_picture_of_one_colour_is_no_bomb(tmp_path: Path) -> None:
    read_all(workbook_files.saved(tmp_path, MADE | {"xl/media/image1.emf": b"\xff" * 5_000_000}))


def test_many_parts_that_are_large_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_TOTAL", 1_000)
    assert "it unpacks to" in refused(tmp_path, MADE)


@pytest.mark.usefixtures("quick")
def test_a_part_that_says_it_is_smaller_than_it_is_is_refused(tmp_path: Path) -> None:
    data = bytearray(deflated(b" " * 1_000_000, 20))
    directory = data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, directory + 24, 1_000)
    assert "damaged" in refused(tmp_path, bytes(data))


@pytest.mark.usefixtures("quick")
def test_more_parts_than_a_workbook_has_are_refused(tmp_path: Path) -> None:
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", *(0,) * 18) + b"a"
    data = b"PK\x03\x04" + entry * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(entry) * 1_000_000, 4, 0)
    assert "more than 10,000 parts" in refused(tmp_path, data + end)


@pytest.mark.usefixtures("quick")
def test_a_tag_with_a_million_attributes_is_refused(tmp_path: Path) -> None:
    attributes = " ".join(f'a{n}=""' for n in range(300_000))
    made = MADE | {SHEET: workbook_files.worksheet(f"<row r='1' {attributes}/>")}
    assert "a tag of more than a million characters" in refused(tmp_path, made)


@pytest.mark.usefixtures("quick")
def test_elements_nested_a_hundred_thousand_deep_do_no_harm(tmp_path: Path) -> None:
    depth = 100_000
    made = MADE | {SHEET: workbook_files.worksheet("<row>" * depth + "</row>" * depth)}
    read_all(workbook_files.saved(tmp_path, made))


@pytest.mark.parametrize(
    ("module", "limit", "what"),
    [
        (sheets, "MOST_CELLS", "Answers: with this sheet the workbook has more than 1 filled cells"),
        (strings, "MOST_STRINGS", "there are more than 1 texts"),
        (package, "MOST_PARTS", "more than 1 parts"),
    ],
)
def test_more_than_answers_need_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, limit: str, what: str
) -> None:
    monkeypatch.setattr(module, limit, 1)
    if module is sheets:
        monkeypatch.setattr("esgreport.read.workbook.MOST_CELLS", 1)
    assert what in refused(tmp_path, MADE)


def test_a_file_too_large_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200_000_000)  # no disk is used for what is never written
    with pytest.raises(WorkbookError, match="it is larger than 100 MB"):
        content(path, "book.xlsx")
    assert kind_of(path, "book.xlsx") == "workbook"


def test_one_long_text_in_many_cells_is_in_memory_once(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 3000))
    text = "long & " * 20_000
    made = workbook_files.parts(rows, strings=f"<si><t>{text.replace('&', '&amp;')}</t></si>")
    sheet = read_workbook(workbook_files.saved(tmp_path, made), "book.xlsx").sheets["Answers"]
    assert len({id(cell.value) for cell in sheet.cells.values()}) == 1
