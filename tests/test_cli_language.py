"""The languages of the commands are those of `schemas/languages.yaml`: one that is added there can be asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from filings import DEFINITIONS, copied_definitions

from esgreport import cli_language, resources
from esgreport.cli import main


def test_the_languages_of_the_commands_are_those_of_the_definitions() -> None:
    assert list(cli_language.languages()) == list(DEFINITIONS.languages)


def test_a_language_that_was_added_to_the_file_can_be_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied_definitions(tmp_path).folder
    with (folder / "languages.yaml").open("a", encoding="utf-8") as file:
        file.write('  - {code: es, name: Español, complete: false, says_yes: ["sí"], says_no: ["no"]}\n')
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path / name)
    assert list(cli_language.languages()) == [*DEFINITIONS.languages, "es"]


def test_a_language_there_is_not_is_wrong_usage_that_lists_those_there_are() -> None:
    result = CliRunner().invoke(main, ["check", "book.xlsx", "--lang", "xx"])
    assert result.exit_code == 2
    assert "'xx' is not one of 'en', 'it', 'de', 'fr'" in result.output
