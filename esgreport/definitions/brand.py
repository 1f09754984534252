"""What a house looks like: its `brand.toml`, closed, with the files it names as bytes; it judges no colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field, StringConstraints, ValidationError

from esgreport.definitions.closed import Closed
from esgreport.definitions.places import did_you_mean
from esgreport.definitions.toml_files import line_of, read_toml
from esgreport.errors import DefinitionError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Theme = Literal["plain", "editorial"]
Page = Literal["a4", "letter"]
Role = Literal[
    "main",
    "ink",
    "ink-2",
    "rule",
    "rule-2",
    "panel",
    "cover",
    "cover-ink",
    "cover-ink-2",
    "general",
    "general-mid",
    "general-soft",
    "environment",
    "environment-mid",
    "environment-soft",
    "social",
    "social-mid",
    "social-soft",
    "governance",
    "governance-mid",
    "governance-soft",
    "customers",
    "customers-mid",
    "customers-soft",
    "frame",
    "frame-mid",
    "frame-soft",
    "part-3",
    "part-4",
    "part-5",
    "part-6",
    "error",
    "warning",
]
"""Colours by what they are for: the tokens of `templates/report.css`; `main` stands for cover and frame at once."""
Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=200)]

LARGEST = 4_000_000
"""Bytes of a picture or typeface: the report is one file that has to be mailed."""


class Fonts(Closed):
    """Typefaces as files (woff2, ttf, otf): running text, its bold, and large letters; Inter stands in for the rest."""

    text: FileName = ""
    bold: FileName = ""
    display: FileName = ""


class Brand(Closed):
    """A `brand.toml`: every key may be left out."""

    name: Line = ""
    theme: Theme = "plain"
    page: Page = "a4"
    logo: FileName = ""
    cover_image: FileName = Field("", alias="cover-image")
    footer: Line = ""
    colours: dict[Role, Hex] = Field(default_factory=dict)
    dark: dict[Role | Literal["paper"], Hex] = Field(default_factory=dict)
    fonts: Fonts = Fonts()


@dataclass(frozen=True, slots=True)
class BrandFile:
    """A file a brand names: its name as written there, its bytes, and where messages say it stands."""

    name: str
    content: bytes
    place: str


@dataclass(frozen=True, slots=True)
class BrandKit:
    """A brand with its files by key (`logo`, `cover-image`, `fonts.text`), and the line each key stands in."""

    brand: Brand
    file: str = "brand.toml"
    files: Mapping[str, BrandFile] = field(default_factory=dict)
    text: str = ""

    def place(self, *keys: str) -> str:
        """Where a key stands, as `brand.toml:7`."""
        return f"{self.file}:{line_of(self.text, keys)}"


def load_brand(path: Path) -> BrandKit:
    """The brand of a file, with all the files it names, which lie in the same folder or below.

    Errors: DefinitionError with file and line for TOML that is none, an unknown key, a wrong value, a missing file.
    """
    text, parsed = read_toml(path)
    try:
        brand = Brand.model_validate(parsed)
    except ValidationError as error:
        first = error.errors()[0]
        keys = tuple(str(step) for step in first["loc"] if step != "[key]")
        raise DefinitionError(f"{path}:{line_of(text, keys)}: {_explained(first, keys)}") from None
    named = {"logo": brand.logo, "cover-image": brand.cover_image}
    named |= {f"fonts.{key}": getattr(brand.fonts, key) for key in Fonts.model_fields}
    kit = BrandKit(brand, str(path), {}, text)
    files = {key: _file(path, name, kit.place(*key.split("."))) for key, name in named.items() if name}
    return BrandKit(brand, str(path), files, text)


def _file(brand: Path, name: str, place: str) -> BrandFile:
    folder = brand.resolve().parent
    file = (folder / name).resolve()
    if not file.is_relative_to(folder):
        raise DefinitionError(f"{place}: {name} lies outside the brand's folder. Put it beside {brand.name}.")
    try:
        if file.stat().st_size > LARGEST:
            raise DefinitionError(f"{place}: {name} has more than {LARGEST // 1_000_000} MB. Make it smaller.")
        return BrandFile(name, file.read_bytes(), place)
    except OSError as error:
        raise DefinitionError(f"{place}: {name} cannot be read ({error.strerror}).") from None


def _explained(error: ErrorDetails, keys: tuple[str, ...]) -> str:
    where = ".".join(keys)
    if error["type"] == "extra_forbidden" or (error["loc"][-1] == "[key]" and error["type"] == "literal_error"):
        return f"unknown key {where!r}.{did_you_mean(keys[-1], _known(keys))}"
    if error["type"] == "string_pattern_mismatch" and keys[0] in ("colours", "dark"):
        return f"{where} is {error['input']!r}, not a colour like '#17694A'."
    if error["type"] == "literal_error":
        return f"{where} is {error['input']!r}, not one of {error['ctx']['expected']}."
    return f"{where}: {error['msg']}."


def _known(keys: tuple[str, ...]) -> tuple[str, ...]:
    if keys[0] in ("colours", "dark") and len(keys) > 1:
        return get_args(Role)
    shape = Fonts if keys[0] == "fonts" and len(keys) > 1 else Brand
    return tuple(each.alias or name for name, each in shape.model_fields.items())
