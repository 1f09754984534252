"""The walk in schemas/README.md for a concept of one's own leads where it says: what it prints is followed here."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from filings import copied_definitions
from rule_cases import filing

from esgreport.check import check
from esgreport.definitions import Definitions
from esgreport.errors import DefinitionError
from esgreport.facts import bind
from esgreport.read import read_workbook
from esgreport.render.workbook import write_workbook

README = Path(__file__).parent.parent / "schemas" / "README.md"
NAME, CODE = "NumberOfApprentices", "OWN-B8-01"


def walked(folder: Path) -> Definitions:
    """The definitions after the walk."""
    text = README.read_text(encoding="utf-8")
    section = text[text.index("**add a concept of your own") : text.index("**add a code**")]
    concept, line, rule = (
        textwrap.dedent(block).rstrip("\n") for block in re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    )
    definitions = copied_definitions(folder)
    for name, block in (("vsme/B8.yaml", concept), ("rules/B8.yaml", rule)):
        path = definitions.folder / name
        path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + textwrap.indent(block, "  ") + "\n", "utf-8")
    path = definitions.folder / "workbook.yaml"
    after = "          - {concept: NumberOfTemporaryContractEmployees}\n"
    assert after in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(after, f"{after}          {line}\n"), "utf-8")
    return Definitions(definitions.folder)


@pytest.mark.parametrize(("apprentices", "found"), [("7", []), ("700", [CODE])])
def test_a_concept_of_ones_own_is_asked_for_read_and_checked(
    tmp_path: Path, apprentices: str, found: list[str]
) -> None:
    definitions = walked(tmp_path)
    given = filing(definitions, [f"{NAME} = {apprentices}", "NumberOfEmployees = 180"])
    book = tmp_path / "book.xlsx"
    book.write_bytes(write_workbook(definitions, "de", replace(given, prior=())))
    read, findings = bind(read_workbook(book, book.name), definitions)
    assert [fact.value for fact in read.facts if fact.concept == NAME] == [Decimal(apprentices)]
    assert [each.code for each in findings] == ["META-05"]  # the filing of tests names no taxonomy
    own = [each for each in check(read, definitions, "de") if each.code == CODE]
    assert [each.code for each in own] == found
    assert [each.source.name for each in own] in ([], [""], [NAME])


def test_a_slip_in_a_check_is_answered_with_the_key_of_its_kind(tmp_path: Path) -> None:
    definitions = walked(tmp_path)
    path = definitions.folder / "rules" / "B8.yaml"
    path.write_text(path.read_text("utf-8").replace(f"concepts: [{NAME}]", f"concept: [{NAME}]"), "utf-8")
    with pytest.raises(DefinitionError, match=r"unknown key 'concept' .*Did you mean 'concepts'\?"):
        _ = Definitions(definitions.folder).rules
