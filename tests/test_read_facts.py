"""Facts files: plain structure with exact numbers, or one line that says where the JSON goes wrong."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esgreport.errors import WorkbookError
from esgreport.read import file, read_facts_document


def read(folder: Path, data: str | bytes) -> object:
    path = folder / "facts.json"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_facts_document(path, "facts.json")


def refused(folder: Path, data: str | bytes) -> str:
    with pytest.raises(WorkbookError) as error:
        read(folder, data)
    message = error.value.message
    assert message.startswith("facts.json: ")
    assert message.isprintable()
    return message


def test_numbers_stay_exact(tmp_path: Path) -> None:
    assert read(tmp_path, '{"a": [1, 2.50, 1e-7, 0.1, -0.0], "b": null, "c": true, "d": "é"}') == {
        "a": [1, Decimal("2.50"), Decimal("1E-7"), Decimal("0.1"), Decimal("-0.0")],
        "b": None,
        "c": True,
        "d": "é",
    }
    assert isinstance(read(tmp_path, "[12]"), list)
    assert str(read(tmp_path, "[28.409000000000002]")) == "[Decimal('28.409000000000002')]"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf{}") == {}


def test_an_escaped_text_can_be_written_again(tmp_path: Path) -> None:
    assert read(tmp_path, r'{"k\u0000": "a\ud83d\ude00b\ud800c\u0007\r\n"}') == {"k": "a\U0001f600b\ufffdc\n"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"a": 1,\n "b" 2}', "it is no JSON at line 2, column 6"),
        ("{", "it is no JSON at line 1, column 2"),
        ("[1, 2", "it is no JSON at line 1, column 6"),
        ("{} {}", "it is no JSON at line 1, column 4"),
        ("{'a': 1}", "it is no JSON at line 1, column 2"),
        ('{"a": 1, "b": {"a": 1, "a": 2}}', "the key 'a' is given twice in one object"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": -Infinity}', "-Infinity is no number"),
        ('{"a": 1e999999999999999999999}', "beyond what a workbook can hold"),
        ('{"a": 1.0e999}', "beyond what a workbook can hold"),
        ('{"a": ' + "9" * 5000 + "}", "beyond what a workbook can hold"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": "\x00"}', "it is no JSON at line 1, column 8"),
        (b'{\n"a": "\xff"}', "it is not in UTF-8 from line 2 on"),
        ("", "the file is empty"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str | bytes, what: str) -> None:
    assert what in refused(tmp_path, text)


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "LARGEST_FILE", 10)
    assert "it is larger than" in refused(tmp_path, "[" + " " * 20 + "]")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=60), st.text(alphabet='{}[]",:0123456789.eE-+\\ultrafsn ', max_size=60)))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: str | bytes) -> None:
    try:
        read(tmp_path, data)
    except WorkbookError as error:
        assert error.message.isprintable()


structures = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc\\é", max_size=3), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(structure=structures)
def test_what_was_written_is_read_back(tmp_path: Path, structure: object) -> None:
    assert read(tmp_path, json.dumps(structure)) == structure
    assert read(tmp_path, json.dumps(structure, ensure_ascii=False, indent=1)) == structure


def test_the_deepest_structure_that_is_read_can_be_cleaned(tmp_path: Path) -> None:
    depth = 200
    nested = read(tmp_path, "[" * depth + r'"\t"' + "]" * depth)
    for _ in range(depth):
        assert isinstance(nested, list)
        nested = nested[0]
    assert nested == "\t"
