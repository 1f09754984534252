"""A zip archive with some members replaced or added: every other member stays, byte for byte; it reads no XML."""

from __future__ import annotations

import itertools
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote

from esgreport.errors import RenderError

LARGEST_PART = 150_000_000
"""Bytes of a part once inflated, as in reading."""
DAY = (0, 33)
"""Time and day of added members as zip writes them: 1 January 1980, so that the same input gives the same bytes."""

_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_DEFLATED, _STORED = zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED
_DESCRIPTOR_FOLLOWS, _NAME_IS_UTF8 = 0x08, 0x800
_SEE_ZIP64 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Entry:
    """A member: what the directory says of it, as values and as bytes, and all its bytes in the file."""

    info: zipfile.ZipInfo
    central: bytes
    raw: bytes


class Archive:
    """The members of an archive by name; names are found without regard to case, as the format wants."""

    def __init__(self, content: bytes) -> None:
        """Errors: RenderError for bytes that are no archive, or one with members on top of each other."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
            raise RenderError("The workbook is damaged: its directory of parts cannot be read.") from None
        self._content = content
        self._entries = tuple(self._split(self._zip.infolist()))
        self._by_name = {_key(entry.info.filename): entry for entry in self._entries}

    def has(self, name: str) -> bool:
        """Whether there is a member of that name."""
        return _key(name) in self._by_name

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, as the file writes them, in its order."""
        return tuple(entry.info.filename for entry in self._entries)

    def read(self, name: str) -> bytes:
        """A member, inflated. Errors: RenderError when it is missing, damaged or too large."""
        entry = self._by_name.get(_key(name))
        if entry is None:
            raise RenderError(f"The part {name} is missing from the workbook.")
        try:
            with self._zip.open(entry.info) as stream:
                data = stream.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
            raise RenderError(f"The part {name} of the workbook is damaged.") from None
        if len(data) > LARGEST_PART:
            raise RenderError(f"The part {name} of the workbook unpacks to more than {LARGEST_PART // 10**6} MB.")
        return data

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """The archive with these members replaced where they stand, or added at the end."""
        changed = {_key(name): data for name, data in parts.items()}
        body, directory = bytearray(), bytearray()
        for entry in self._entries:
            data = changed.get(_key(entry.info.filename))
            offset = len(body)
            if data is None:
                body += entry.raw
                directory += _moved(entry, offset)
            else:
                member = _replaced(entry, data)
                body += member.raw
                directory += _moved(member, offset)
        count = len(self._entries)
        for name, data in parts.items():
            if not self.has(name):
                member = _added(name, data)
                directory += _moved(member, len(body))
                body += member.raw
                count += 1
        end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), len(self._zip.comment))
        return bytes(body + directory + end + self._zip.comment)

    def _split(self, infos: list[zipfile.ZipInfo]) -> Iterator[_Entry]:
        starts = sorted({info.header_offset for info in infos})
        ends = dict(itertools.pairwise([*starts, self._zip.start_dir]))
        if len(starts) != len(infos):
            raise RenderError("The workbook is damaged: two of its parts lie in the same place.")
        place = self._zip.start_dir
        for info in infos:
            lengths = _CENTRAL.unpack_from(self._content, place)[10:13]
            end = place + _CENTRAL.size + sum(lengths)
            raw = self._content[info.header_offset : ends[info.header_offset]]
            yield _Entry(info, self._content[place:end], raw)
            place = end


def _key(name: str) -> str:
    return unquote(name).casefold()


def _moved(entry: _Entry, offset: int) -> bytes:
    """The directory's entry of a member that begins at `offset`."""
    fields = list(_CENTRAL.unpack_from(entry.central))
    name, extra = _name_and_extra(entry.central)
    tail = entry.central[_CENTRAL.size + fields[10] + fields[11] :]
    if _SEE_ZIP64 in (fields[8], fields[9], fields[16]):  # sizes and place then stand in the extra field
        fields[8], fields[9] = entry.info.compress_size, entry.info.file_size
        extra = _without_zip64(extra)
        fields[11] = len(extra)
    fields[16] = offset
    return _CENTRAL.pack(*fields) + name + extra + tail


def _name_and_extra(central: bytes) -> tuple[bytes, bytes]:
    name, extra = _CENTRAL.unpack_from(central)[10:12]
    return central[_CENTRAL.size :][:name], central[_CENTRAL.size + name :][:extra]


def _without_zip64(extra: bytes) -> bytes:
    kept, place = b"", 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        kept += extra[place : place + 4 + length] if kind != 1 else b""
        place += 4 + length
    return kept


def _replaced(entry: _Entry, data: bytes) -> _Entry:
    """A member with other content: name, day, attributes and way of packing stay."""
    method = _STORED if entry.info.compress_type == _STORED else _DEFLATED
    packed, check = _packed(data, method), zlib.crc32(data)
    name, extra = _name_and_extra(entry.central)
    fields = list(_CENTRAL.unpack_from(entry.central))
    fields[3] &= _NAME_IS_UTF8  # the sizes stand in front of the data, and nothing is said of the packer
    fields[4], fields[7], fields[8], fields[9] = method, check, len(packed), len(data)
    extra = _without_zip64(extra)
    tail = entry.central[_CENTRAL.size + fields[10] + fields[11] :]
    fields[11] = len(extra)
    local = _LOCAL.pack(b"PK\3\4", 20, *fields[3:7], check, len(packed), len(data), len(name), 0)
    return _Entry(entry.info, _CENTRAL.pack(*fields) + name + extra + tail, local + name + packed)


def _added(name: str, data: bytes) -> _Entry:
    packed, check, written = _packed(data, _DEFLATED), zlib.crc32(data), name.encode("utf-8")
    flags = 0 if name.isascii() else _NAME_IS_UTF8
    common = (flags, _DEFLATED, *DAY, check, len(packed), len(data), len(written), 0)
    central = _CENTRAL.pack(b"PK\1\2", 20, 20, *common, 0, 0, 0, 0, 0) + written
    local = _LOCAL.pack(b"PK\3\4", 20, *common) + written
    return _Entry(zipfile.ZipInfo(name), central, local + packed)


def _packed(data: bytes, method: int) -> bytes:
    if method == _STORED:
        return data
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()
