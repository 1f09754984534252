"""The zip archive a workbook is: its parts by name, bounded before and while they are inflated; it parses nothing."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote

from esgreport.read.refusal import SAVE_AGAIN, refusal

MOST_PARTS = 10_000
LARGEST_PART = 150_000_000
LARGEST_TOTAL = 500_000_000
"""Bytes once inflated. The official template has 4 MB; a workbook of a million rows 440."""
LARGEST_STREAM = 1_500_000_000
"""Bytes of a part that is gone through piece by piece and never held whole."""
HIGHEST_RATIO = 150
"""How many times its packed size a part may unpack to, from `SMALL_PART` on. A million empty rows reach 42."""
SMALL_PART = 2_000_000

_CENTRAL_ENTRY = b"PK\x01\x02"
_BOMB = "Nobody fills in a workbook like that: ask the sender for the original."


@dataclass(frozen=True)
class Package:
    """An archive that kept all limits; `parts` are found by name without regard to case, as the format wants."""

    shown: str
    archive: zipfile.ZipFile
    parts: Mapping[str, zipfile.ZipInfo]

    def has(self, part: str) -> bool:
        """Whether there is a part of that name."""
        return _key(part) in self.parts

    def read(self, part: str, place: str = "") -> bytes:
        """A part, inflated; `place` is what the user knows it by (a sheet), else the part's own name.

        Errors: WorkbookError when it is missing, damaged or too large. Pictures, which nobody reads, may be any size.
        """
        info = self.parts.get(_key(part))
        place = place or part
        if info is None:
            raise refusal(self.shown, place, f"the part {part} is missing from the file", SAVE_AGAIN)
        self._check_size(info, place)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusal(self.shown, place, f"the part {part} is packed in a way no workbook is", SAVE_AGAIN)
        try:
            with self.archive.open(info) as stream:
                data = stream.read(LARGEST_PART + 1)
        except Exception:  # zipfile and zlib raise a dozen kinds for bytes that are not what they should be
            raise refusal(self.shown, place, f"the part {part} is damaged", SAVE_AGAIN) from None
        if len(data) != info.file_size:
            raise refusal(self.shown, place, f"the part {part} is cut off", SAVE_AGAIN)
        return data

    def size(self, part: str) -> int:
        """How many bytes a part unpacks to, as the archive says; 0 for one that is not there."""
        info = self.parts.get(_key(part))
        return info.file_size if info else 0

    def pieces(self, part: str, place: str, size: int) -> Iterator[bytes]:
        """A large part, inflated piece by piece of that size. Errors: as `read`, the limit being another."""
        info = self.parts[_key(part)]
        self._check_size(info, place, LARGEST_STREAM)
        seen = 0
        try:
            with self.archive.open(info) as stream:
                while piece := stream.read(size):
                    seen += len(piece)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            raise refusal(self.shown, place, f"the part {part} is damaged", SAVE_AGAIN) from None
        if seen != info.file_size:
            raise refusal(self.shown, place, f"the part {part} is cut off", SAVE_AGAIN)

    def _check_size(self, info: zipfile.ZipInfo, place: str, largest: int = LARGEST_PART) -> None:
        size, packed = info.file_size, max(info.compress_size, 1)
        if size > largest:
            raise refusal(self.shown, place, f"the part {info.filename} unpacks to {size // 1_000_000:,} MB", _BOMB)
        if size > SMALL_PART and size > HIGHEST_RATIO * packed:
            what = f"the part {info.filename} unpacks to {size // packed:,} times its size"
            raise refusal(self.shown, place, what, _BOMB)


def open_package(data: bytes, shown: str, largest: int = 0) -> Package:
    """The archive in these bytes; `largest` is what it may unpack to, where more is allowed than usual.

    Errors: WorkbookError when it is damaged or breaks a limit.
    """
    if data.count(_CENTRAL_ENTRY) > MOST_PARTS:  # before the directory is read, which costs memory for each entry
        raise refusal(shown, "", f"the archive has more than {MOST_PARTS:,} parts", _BOMB)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except Exception:  # as above
        what = "the file is cut off or damaged: its directory of parts cannot be read"
        raise refusal(shown, "", what, SAVE_AGAIN) from None
    parts: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = info.filename.replace("\\", "/")
        _check(info, name, shown)
        if parts.setdefault(_key(name), info) is not info:
            raise refusal(shown, name, "this part is in the file twice", SAVE_AGAIN)
    total = sum(info.file_size for info in parts.values())
    if total > (largest or LARGEST_TOTAL):
        raise refusal(shown, "", f"it unpacks to {total // 1_000_000:,} MB", _BOMB)
    return Package(shown, archive, parts)


def _key(part: str) -> str:
    """What a part is found by: the format does not tell capitals apart, and `%20` is a blank."""
    return unquote(part).casefold()


def _check(info: zipfile.ZipInfo, name: str, shown: str) -> None:
    if name.startswith("/") or ":" in name or "\0" in info.orig_filename or ".." in name.split("/"):
        raise refusal(shown, name, "the name of this part leads out of the file", _BOMB)
    if info.flag_bits & 1:
        raise refusal(shown, name, "this part is protected by a password", "Save a copy without a password.")


def target_part(source: str, target: str) -> str:
    """The part a relation of `source` points to: targets are relative to its folder, or absolute with `/`."""
    joined = posixpath.join("/", posixpath.dirname(source), target.replace("\\", "/"))
    return posixpath.normpath(joined).lstrip("/")
