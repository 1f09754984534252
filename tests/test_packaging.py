"""What we ship: the wheel and the source archive hold all that the program reads, once, and work where they land."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from email.message import Message
from email.parser import Parser
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECKOUT = Path(__file__).parent.parent
STILL_THINGS = ("templates", "schemas")
PARTS_OF = {"pydantic_core": "pydantic"}
"""Modules that come with another one, in a version only it can choose."""

pytestmark = pytest.mark.skipif(not (CHECKOUT / "pyproject.toml").exists(), reason="only a checkout can be packed")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", CHECKOUT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked_sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = build("sdist", CHECKOUT, tmp_path_factory.mktemp("sdist"))
    run("tarfile", "--extract", archive, archive.parent, cwd=archive.parent)
    return archive.with_name(archive.name.removesuffix(".tar.gz"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel in it, as pip lays it; the libraries it needs come from the environment of the tests."""
    target = tmp_path_factory.mktemp("installed")
    run("pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--target", target, wheel, cwd=target)
    return target


def test_the_wheel_holds_every_file_the_program_reads_and_each_once(wheel: Path) -> None:
    names = names_in(wheel)
    expected = {f"esgreport/{name}" for folder in STILL_THINGS for name in files_below(CHECKOUT, folder)}
    expected |= files_below(CHECKOUT, "esgreport")
    shipped = {name for name in names if ".dist-info/" not in name}
    assert expected - shipped == set(), "left out of the wheel: is it ignored by git?"
    assert shipped - expected == set(), "in the wheel without being in the checkout's esgreport/, templates/, schemas/"
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert "esgreport/py.typed" in shipped, "without it others' type checkers do not look at our types"
    assert any(name.endswith(".woff2") for name in shipped), "without its fonts a report is set in whatever is there"


def test_templates_and_schemas_hold_no_code() -> None:
    code = [name for folder in STILL_THINGS for name in files_below(CHECKOUT, folder) if name.endswith((".py", ".pyc"))]
    assert code == [], "templates/ and schemas/ are data; code belongs in esgreport/"


def test_git_ignores_nothing_that_the_program_reads() -> None:
    if not (CHECKOUT / ".git").exists():
        pytest.skip("this is no git checkout")
    command = ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "--", *STILL_THINGS]
    ignored = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.split()
    assert ignored == [], "a fresh clone would lack these"


def test_an_installed_wheel_finds_its_templates_and_schemas(installed: Path) -> None:
    for folder in STILL_THINGS:
        code = f"from esgreport import resources; print(resources.folder({folder!r}))"
        assert Path(python(installed, code)) == installed / "esgreport" / folder
        assert files_below(installed / "esgreport", folder) == files_below(CHECKOUT, folder)


def test_an_installed_wheel_reads_its_definitions(installed: Path) -> None:
    here = python(installed, "from esgreport import definitions; print(len(definitions.load().concepts))")
    assert int(here) > 140


def test_an_account_without_a_home_reads_its_definitions(installed: Path) -> None:
    """As in a container that runs under a number nobody has."""
    code = "import os; os.environ.pop('XDG_CACHE_HOME', None); os.environ['HOME'] = 'nowhere'; "
    code += "from esgreport import definitions; print(len(definitions.load().concepts))"
    assert int(python(installed, code)) > 140


def test_a_checkout_finds_its_templates_and_schemas() -> None:
    for folder in STILL_THINGS:
        code = f"from esgreport import resources; print(resources.folder({folder!r}))"
        assert Path(python(CHECKOUT, code)) == CHECKOUT / folder


def test_the_source_archive_builds_the_same_wheel(unpacked_sdist: Path, wheel: Path, tmp_path: Path) -> None:
    again = build("wheel", unpacked_sdist, tmp_path)
    with ZipFile(wheel) as first, ZipFile(again) as second:
        assert [(entry.filename, entry.CRC) for entry in second.infolist()] == [
            (entry.filename, entry.CRC) for entry in first.infolist()
        ]


def test_the_source_archive_has_what_make_needs(unpacked_sdist: Path) -> None:
    for name in ("Makefile", ".ci/setup", ".ci/run", "pyproject.toml", "README.md", "LICENSE", "NOTICE", "tests"):
        assert (unpacked_sdist / name).exists(), name


def test_the_wheel_says_its_licence_its_python_and_what_it_needs(wheel: Path) -> None:
    said = metadata_of(wheel)
    assert said["License-Expression"] == "Apache-2.0"
    assert said["Requires-Python"] == ">=3.11"
    assert {Path(name).name for name in said.get_all("License-File", [])} >= {"LICENSE", "NOTICE"}
    needed = [need for need in said.get_all("Requires-Dist", []) if "extra ==" not in need]
    assert any(need.startswith("weasyprint") for need in needed)
    assert not any(need.startswith(("pytest", "mypy", "ruff")) for need in needed), "tools belong in the extra `dev`"


def test_what_is_imported_is_declared() -> None:
    """A fresh machine has what pyproject.toml names and nothing else."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = modules_of(project["dependencies"])
    extras = project["optional-dependencies"]
    with_extras = needed | modules_of([*extras["cx"], *extras["clv"], *extras["sign"]])
    for_work = with_extras | modules_of(extras["dev"])
    assert imported_in("esgreport") - with_extras == set(), "name it under dependencies, or under an extra"
    assert imported_in("tests", "bench") - for_work == set(), "name it under the extra `dev`"
    assert needed - imported_in("esgreport") == set(), "no longer imported: take it off the dependencies"


def test_the_version_is_the_same_everywhere(wheel: Path) -> None:
    assert metadata_of(wheel)["Version"] == python(CHECKOUT, "import esgreport; print(esgreport.__version__)")


# ── building and looking ─────────────────────────────────────────────────────────────────────────────────────


def build(kind: str, source: Path, target: Path) -> Path:
    run("hatchling", "build", "--target", kind, "--directory", target, cwd=source)
    (built,) = target.iterdir()
    return built


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def python(place: Path, code: str) -> str:
    """What the code prints when the package is taken from that place."""
    code = f"import sys; sys.path.insert(0, {str(place)!r}); {code}"
    done = subprocess.run([sys.executable, "-c", code], cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def names_in(wheel: Path) -> list[str]:
    with ZipFile(wheel) as file:
        return file.namelist()


def files_below(root: Path, folder: str) -> set[str]:
    return {
        path.relative_to(root).as_posix()
        for path in (root / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def modules_of(requirements: list[str]) -> set[str]:
    """The top-level modules that the required distributions bring, themselves and nothing they require in turn."""
    names = {re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-") for requirement in requirements}
    brought = metadata.packages_distributions().items()
    return {
        module
        for module, places in brought
        if module[0] != "_" and names & {place.lower().replace("_", "-") for place in places}
    }


def imported_in(*folders: str) -> set[str]:
    """The modules of others that are imported there, by the name that is installed."""
    found: set[str] = set()
    for path in (path for folder in folders for path in (CHECKOUT / folder).rglob("*.py")):
        if "conformance" in path.parts:  # on demand, with an extra of its own
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add((node.module or "").partition(".")[0])
    ours = {"esgreport", *(path.stem for path in (CHECKOUT / "tests").iterdir())}
    return {PARTS_OF.get(name, name) for name in found - sys.stdlib_module_names - ours}


def metadata_of(wheel: Path) -> Message:
    with ZipFile(wheel) as file:
        (name,) = (name for name in file.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(file.read(name).decode())
