"""The README says what the program does: generated parts are what it would write, links lead somewhere.

`python tests/test_readme.py` (make docs) writes those parts anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from esgreport.cli import main

CHECKOUT = Path(__file__).parent.parent
README = CHECKOUT / "README.md"
WIDTH = 100


def test_the_readme_shows_the_help_and_the_rules_there_are() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == regenerated(text), "README.md is behind: run make docs"


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    targets = re.findall(r"\]\(([^)#]+)", README.read_text(encoding="utf-8"))
    assert [target for target in targets if not target.startswith("https:") and not (CHECKOUT / target).exists()] == []


def test_the_picture_is_small_enough_to_look_at() -> None:
    assert (CHECKOUT / "samples" / "report.png").stat().st_size < 150_000


def test_every_folder_and_file_the_readme_names_in_code_exists() -> None:
    named = re.findall(r"`((?:esgreport|templates|schemas|samples|tests|bench)/[\w./-]*)`", README.read_text("utf-8"))
    assert named
    assert [name for name in named if not (CHECKOUT / name).exists()] == []


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"### `esgreport {command}`" in README.read_text(encoding="utf-8")


def regenerated(text: str) -> str:
    """The README with its generated parts as they should be now."""
    for marker, content in (("help", all_help()), ("rules", rule_files())):
        text = re.sub(
            rf"(<!-- {marker} -->\n).*?([ ]*<!-- end -->)",
            lambda found, content=content: found[1] + content + found[2],
            text,
            flags=re.DOTALL,
        )
    return text


def all_help() -> str:
    parts = [f"\n```\n{help_of()}```\n"]
    parts += [f"\n### `esgreport {name}`\n\n```\n{help_of(name)}```\n" for name in main.commands]
    return "".join(parts) + "\n"


def help_of(*command: str) -> str:
    run = CliRunner().invoke(main, [*command, "--help"], prog_name="esgreport", terminal_width=WIDTH)
    assert run.exit_code == 0, run.output
    return run.output


def rule_files() -> str:
    codes = [path.stem for path in (CHECKOUT / "schemas" / "rules").glob("*.yaml")]
    codes.sort(key=lambda code: (code[0] not in "BC", code[0], int(code[1:]) if code[1:].isdecimal() else 0))
    return f"  {', '.join(codes)}\n"


if __name__ == "__main__":
    README.write_text(regenerated(README.read_text(encoding="utf-8")), encoding="utf-8")
