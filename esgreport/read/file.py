"""Opening the file someone sent us: its bytes, and what kind of file it is by its content, never by its name."""

from __future__ import annotations

import stat
from pathlib import Path

from esgreport.errors import WorkbookError
from esgreport.read.refusal import refusal

LARGEST_FILE = 100_000_000
"""Bytes. The official template has 0.8 MB; with photographs in it a workbook may reach some tens."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BEGINNING = 4096

_SAVE_AS_XLSX = "Open it in Excel or LibreOffice and save it as .xlsx."

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "this is a PDF", "Give the Excel workbook (.xlsx) it was printed from."),
    (b"\x89PNG", "this is a picture (PNG)", "Give the Excel workbook (.xlsx) itself."),
    (b"\xff\xd8\xff", "this is a picture (JPEG)", "Give the Excel workbook (.xlsx) itself."),
    (b"{\\rtf", "this is a text document (RTF)", "Give the Excel workbook (.xlsx) itself."),
    (b"\xff\xfe", "this is a text in UTF-16", "Save it as UTF-8 if it is a facts file, or give the workbook (.xlsx)."),
    (b"\xfe\xff", "this is a text in UTF-16", "Save it as UTF-8 if it is a facts file, or give the workbook (.xlsx)."),
    (b"\x1f\x8b", "this is a compressed file (gzip)", "Unpack it and give the workbook inside."),
    (b"7z\xbc\xaf\x27\x1c", "this is a compressed archive (7z)", "Unpack it and give the workbook inside."),
    (b"Rar!", "this is a compressed archive (RAR)", "Unpack it and give the workbook inside."),
    (b"\x09\x08\x10\x00", "this is a workbook of a very old Excel", _SAVE_AS_XLSX),
    (b"\x09\x04\x06\x00", "this is a workbook of a very old Excel", _SAVE_AS_XLSX),
)


def content(path: Path, shown: str) -> bytes:
    """All bytes of a regular file. Errors: WorkbookError when there is none, it cannot be read, or is too large."""
    data = _first_bytes(path, shown, LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        what = f"it is larger than {LARGEST_FILE // 1_000_000} MB"
        raise refusal(shown, "", what, "Remove pictures and sheets that do not belong to the answers.")
    return data


def beginning(path: Path, shown: str) -> bytes:
    """The first bytes of a regular file, enough to see what it is. Errors: as `content`, whatever its size."""
    return _first_bytes(path, shown, _BEGINNING)


def _first_bytes(path: Path, shown: str, count: int) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise refusal(shown, "", "this is a folder", "Give the workbook (.xlsx) or facts file inside it.")
        if not stat.S_ISREG(status.st_mode):
            raise refusal(shown, "", "this is no ordinary file", "Give a workbook (.xlsx) or a facts file (.json).")
        with path.open("rb") as file:
            data = file.read(count)
    except FileNotFoundError:
        raise refusal(shown, "", "there is no such file", "Check the name and the folder.") from None
    except PermissionError:
        raise refusal(shown, "", "it may not be read", "Ask for permission to read it, or for a copy.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise refusal(shown, "", f"it cannot be opened ({reason})", "Check the name and the disk.") from None
    if not data:
        raise refusal(shown, "", "the file is empty (0 bytes)", "Save the workbook again, or ask for it again.")
    return data


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip archive does, which every .xlsx is."""
    return data.startswith(_ZIP)


def is_json(data: bytes) -> bool:
    """Whether the first character is one a JSON object or list begins with."""
    return _text(data).startswith((b"{", b"[")) and not data.startswith(b"{\\rtf")


def not_a_workbook(data: bytes, shown: str) -> WorkbookError:
    """The error for what is neither a zip archive nor JSON: it says what the file is and how to get a workbook."""
    if data.startswith(_OLE):
        return _old_office_file(data, shown)
    for signature, what, advice in _SIGNATURES:
        if data.startswith(signature):
            return refusal(shown, "", what, advice)
    return _text_or_unknown(data, shown)


def _old_office_file(data: bytes, shown: str) -> WorkbookError:
    def mentions(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if mentions("EncryptedPackage") or mentions("EncryptionInfo"):
        advice = "Open it in Excel and save a copy without a password (File, Info, Protect Workbook)."
        return refusal(shown, "", "the workbook is protected by a password", advice)
    if mentions("WordDocument"):
        return refusal(shown, "", "this is a Word document (.doc)", "Give the Excel workbook (.xlsx).")
    if mentions("PowerPoint Document"):
        return refusal(shown, "", "this is a presentation (.ppt)", "Give the Excel workbook (.xlsx).")
    if mentions("Workbook") or mentions("Book"):
        return refusal(shown, "", "this is a workbook in the old format (.xls)", _SAVE_AS_XLSX)
    return refusal(shown, "", "this is a file of an old Office format", _SAVE_AS_XLSX)


def _text_or_unknown(data: bytes, shown: str) -> WorkbookError:
    text = _text(data)
    if text.startswith((b"<!doctype html", b"<html")):
        advice = "If it was downloaded, sign in and download the workbook again; else save it as .xlsx."
        return refusal(shown, "", "this is a web page (HTML)", advice)
    if text.startswith(b"<"):
        return refusal(shown, "", "this is an XML file", _SAVE_AS_XLSX)
    if b"\0" in text:
        return refusal(shown, "", "this is no workbook", "Give a workbook (.xlsx) or a facts file (.json).")
    if any(separator in text for separator in (b",", b";", b"\t")):
        advice = "It has no named cells: fill in the Excel template (.xlsx) instead."
        return refusal(shown, "", "this is a text file, perhaps CSV", advice)
    return refusal(shown, "", "this is a text file", "Give a workbook (.xlsx) or a facts file (.json).")


def _text(data: bytes) -> bytes:
    """The beginning of what may be a text: without byte order mark and leading blanks, in lower case."""
    return data.removeprefix(_BYTE_ORDER_MARK)[:_BEGINNING].lstrip(b" \t\r\n").lower()
