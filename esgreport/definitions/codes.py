"""Code lists (`schemas/codes/*.csv`): from the words a person wrote to the taxonomy's member, and back to a label."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from esgreport.definitions import memory
from esgreport.definitions.models import Code, CodeIndex
from esgreport.errors import DefinitionError

# The languages of the Union, those of our reports first: the first name of a country is the one that counts.
_NAMED_IN = "en it de fr es pt nl pl da sv fi cs sk sl hr hu ro bg el et lv lt ga mt"
_COLUMNS = ("member", "code", "also", "formerly", "only_in", "group")
_MEMBER_MARK = re.compile(r"\s*\[[^\]]*\]\s*$")
_MANY_KINDS = re.compile("[‐‑‒–—−’‘ʼ´`₀-₉]")  # translating every text that is not ASCII would cost much more
_ONE_KIND = str.maketrans("‐‑‒–—−’‘ʼ´`₀₁₂₃₄₅₆₇₈₉", "------'''''0123456789")


@dataclass(frozen=True)
class CodeList:
    """One code list in the taxonomy's order: NACE, countries, waste, pollutants, legal forms …"""

    name: str
    read: Callable[[], tuple[Code, ...]]
    remembered: CodeIndex | None = None

    @cached_property
    def codes(self) -> tuple[Code, ...]:
        """All codes, also those only an older taxonomy has; read when the index does not have the answer."""
        return self.read()

    @cached_property
    def index(self) -> CodeIndex:
        """What reading a workbook asks of most lists, without going through a thousand codes."""
        return self.remembered or _index(self.codes)

    @cached_property
    def by_member(self) -> Mapping[str, Code]:
        """Codes by the newest taxonomy's member name."""
        return {code.member: code for code in self.codes}

    @cached_property
    def domain(self) -> tuple[Code, ...]:
        """The members the newest taxonomy has, in its order."""
        return tuple(code for code in self.codes if not code.only_in)

    @cached_property
    def _by_text(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for code in self.codes:
            for text in (*code.labels.values(), *code.also, code.member, *code.formerly.values()):
                found.setdefault(normalised(text), set()).add(code.member)
        return found

    @cached_property
    def _by_code(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for code in self.codes:
            if code.code:
                found.setdefault(code.code.replace(" ", "").lower(), code.member)
        return found

    def named_in(self, name: str, taxonomy: str) -> str | None:
        """The newest name of the member that a taxonomy version calls `name`; None when it has none of that name."""
        former = next((code.member for code in self.codes if code.formerly.get(taxonomy) == name), None)
        return former or (name if name in self.by_member else None)

    def name_in(self, member: str, taxonomy: str) -> str:
        """The name a member has in a taxonomy version."""
        return self.index.formerly.get(taxonomy, {}).get(member, member)

    def member(self, text: str) -> str | None:
        """The one member a text names: by a label in any language, a code at its start, or a country's name.

        Case, blanks, kinds of dash and apostrophe and a trailing `[…]` do not matter. None when nothing or more than
        one thing fits.
        """
        exact = self.index.exact.get(text.strip().removeprefix("NACE "))
        if exact:
            return exact
        plain = normalised(text)
        found = self._by_text.get(plain, set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            return None
        return self._member_by_code(plain) or self._member_by_country_name(plain)

    def _member_by_code(self, plain: str) -> str | None:
        """By the code alone or at the start: `71.11`, `M - 71.11 Architecture`, `15 01 02* plastic`, `es`."""
        if plain.removeprefix("nace ") != plain:
            return self.member(plain.removeprefix("nace "))
        if plain in self._by_code:
            return self._by_code[plain]
        digits = re.match(r"^(?:[a-v] ?- ?|[a-v](?=\d))?(\d\d(?:[ .]?\d\d?){0,2})(?=\D|$)", plain)
        return self._by_code.get(digits[1].replace(" ", "")) if digits else None

    def _member_by_country_name(self, plain: str) -> str | None:
        code = _country_names().get(plain) if self.name == "Countries" else None
        return code if code in self.by_member else None

    def closest(self, text: str) -> str | None:
        """The label most like the text, for a "did you mean"; None when nothing is near."""
        labels = {normalised(label): label for code in self.domain for label in code.labels.values() if label}
        near = difflib.get_close_matches(normalised(text), list(labels), n=1, cutoff=0.6)
        return labels[near[0]] if near else None

    def label(self, member: str, language: str) -> str:
        """A member's label in a language; in English where it is not translated; the member itself where unknown."""
        if self.name == "Countries" and language != "en":
            name = _territories(language).get(member)
            if name:
                return name
        code = self.by_member.get(member)
        if code is None:
            return member
        return code.labels.get(language) or code.labels.get("en") or member


def normalised(text: str) -> str:
    """A text as it is compared: one blank for many, one kind of dash and apostrophe, no trailing `[…]`, lower case."""
    text = " ".join((text.translate(_ONE_KIND) if _MANY_KINDS.search(text) else text).split())
    return (_MEMBER_MARK.sub("", text) if text.endswith("]") else text).casefold()


def load_codes(path: Path) -> CodeList:
    """A code list from its CSV file.

    Errors: DefinitionError with file and line for wrong columns, a doubled or missing member, a row of another length;
    at once where the file is not remembered as right.
    """
    content = path.read_bytes()

    def read() -> tuple[Code, ...]:
        return _read_codes(path.name, content)

    known = memory.recall(f"codes-{path.stem}", content, CodeIndex)
    if known is None:
        known = _index(read())
        memory.keep(f"codes-{path.stem}", content, known)
    return CodeList(path.stem, read, known)


def _index(codes: tuple[Code, ...]) -> CodeIndex:
    exact: dict[str, str] = {}
    formerly: dict[str, dict[str, str]] = {}
    for code in codes:
        for text in (*code.labels.values(), *code.also):
            if exact.setdefault(text, code.member) != code.member:
                exact[text] = ""
        for version, name in code.formerly.items():
            formerly.setdefault(version, {})[code.member] = name
    return CodeIndex(exact=exact, formerly=formerly)


def _read_codes(name: str, content: bytes) -> tuple[Code, ...]:
    codes: dict[str, Code] = {}
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    columns = _Columns.of(name, next(rows, []))
    for row in rows:
        problem = _problem(row, columns, codes)
        if problem:
            raise DefinitionError(f"schemas/codes/{name}:{rows.line_num}: {problem}")
        code = columns.code(row)
        codes[code.member] = code
    return tuple(codes.values())


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of a code list stand: the fixed ones, and one for each language."""

    fixed: tuple[int, ...]
    languages: tuple[tuple[str, int], ...]
    count: int

    @classmethod
    def of(cls, name: str, header: Sequence[str]) -> _Columns:
        """The columns of a header; every one that is not fixed is a language, named by its two letters."""
        wrong = [column for column in header if column not in _COLUMNS and len(column) != 2]
        if wrong or not set(_COLUMNS) | {"en"} <= set(header):
            raise DefinitionError(
                f"schemas/codes/{name}:1: the columns must be {', '.join(_COLUMNS)} and one for each language "
                f"(en, it …), separated by commas; found: {', '.join(header)}."
            )
        languages = tuple((column, at) for at, column in enumerate(header) if len(column) == 2)
        return cls(tuple(header.index(column) for column in _COLUMNS), languages, len(header))

    def code(self, row: Sequence[str]) -> Code:
        """The code a row describes."""
        member, code, also, formerly, only_in, group = (row[at] for at in self.fixed)
        return Code(
            member=member,
            code=code,
            labels={language: row[at] for language, at in self.languages if row[at]},
            also=tuple(also.split("|")) if also else (),
            formerly=dict(item.split("=", 1) for item in formerly.split("|")) if formerly else {},
            only_in=only_in,
            group=group,
        )


def _problem(row: Sequence[str], columns: _Columns, seen: Collection[str]) -> str:
    """What is wrong with a row; empty when nothing is."""
    if len(row) != columns.count:
        return "the row has not as many cells as there are columns; a text with a comma must stand in quotes."
    member = row[columns.fixed[0]]
    if not member:
        return "the member is missing."
    return f"member {member!r} is given twice." if member in seen else ""


@cache
def _territories(language: str) -> Mapping[str, str]:
    from babel import Locale

    territories: Mapping[str, str] = Locale(language).territories
    return territories


@cache
def _country_names() -> Mapping[str, str]:
    """Country names in the European languages, lower case, to ISO 3166 codes; from the CLDR by way of Babel."""
    names: dict[str, str] = {}
    for language in _NAMED_IN.split(" "):
        for code, name in _territories(language).items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(normalised(name), code)
    return names
