"""The house rules, read from the source: who may import whom, how long things may be, what has no place here."""

from __future__ import annotations

import ast
import graphlib
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "esgreport"
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
MODULES = [path for path in TREES if path.stem != "__main__"]

GROUND_FLOOR = {
    "__init__",
    "model",
    "document",
    "assessment",
    "history",
    "errors",
    "resources",
    "texts",
    "thresholds",
    "amounts",
    "coordinates",
    "books",
    "output",
    "definitions",
    "tables",
    "mapping",
    "customer_metrics",
    "customer_panels",
    "customer_registers",
    "numerals",
    "questionnaire",
    "scorecard",
}
ABOVE_THE_ROOMS = {
    "pipeline",
    "customers",
    "questionnaires",
    "readership",
    "scorecards",
    "batch",
    "cli",
    "cli_answer",
    "cli_check",
    "cli_cx",
    "cli_design",
    "cli_language",
    "cli_law",
    "cli_scorecard",
    "cli_options",
    "cli_preview",
    "cli_verify",
    "preview",
    "__main__",
}
MAY_CALL_THE_PIPELINE = {
    "questionnaires",
    "batch",
    "cli",
    "cli_check",
    "cli_design",
    "cli_law",
    "cli_options",
    "cli_preview",
    "cli_scorecard",
}
MAY_CATCH_ALL = {"read", "render"}

LINES_OF_A_FUNCTION = 40
LINES_OF_A_MODULE = 400
PARAMETERS = 5
WORDS_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "manager", "common", "misc", "data", "info"}
CARRIERS_OF_CODE = {"pickle", "marshal", "shelve", "dill", "joblib"}
HEAVY = {"weasyprint", "pandas", "numpy", "scipy", "jinja2", "lxml", "xlsxwriter", "openpyxl", "babel", "pydantic"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


# ── who imports whom ─────────────────────────────────────────────────────────────────────────────────────────


def test_no_room_imports_another_room() -> None:
    offences = [
        f"{place(path, line)} imports {imported}"
        for path, line, imported in imports_of_ours()
        if room(path) not in GROUND_FLOOR | ABOVE_THE_ROOMS
        if room_of_module(imported) not in GROUND_FLOOR | {room(path)}
    ]
    none_of(offences, "Hand the value over in pipeline.py, or move what both need to the ground floor.")


def test_the_ground_floor_imports_no_room() -> None:
    offences = [
        f"{place(path, line)} imports {imported}"
        for path, line, imported in imports_of_ours()
        if room(path) in GROUND_FLOOR and room_of_module(imported) not in GROUND_FLOOR
    ]
    none_of(offences, "The ground floor is what rooms stand on: move the code that needs the room into the room.")


def test_only_the_commands_and_the_batch_call_the_pipeline() -> None:
    offences = [
        f"{place(path, line)} imports {imported}"
        for path, line, imported in imports_of_ours()
        if room_of_module(imported) == "pipeline" and room(path) not in MAY_CALL_THE_PIPELINE | {"pipeline"}
    ]
    none_of(offences, "Only the commands (cli*.py) and batch.py call the pipeline.")


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {module_name(path): set() for path in TREES}
    for path, _, imported in imports_of_ours():
        graph[module_name(path)].add(imported)
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as circle:
        pytest.fail(f"{' → '.join(reversed(circle.args[1]))}. Move what they share into a module below both.")


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(PACKAGE).as_posix() for path in MODULES])
def test_every_module_can_be_imported(path: Path) -> None:
    importlib.import_module(module_name(path))


def loaded_by(*words: str) -> set[str]:
    """The top-level modules that a command has loaded when it ends."""
    command = [sys.executable, "-X", "importtime", "-m", "esgreport", *words]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
    assert "click" in loaded
    return loaded


def test_help_is_shown_without_loading_the_heavy_libraries() -> None:
    none_of(sorted(loaded_by("--help") & HEAVY), "Import it inside the function that needs it.")


def test_facts_are_read_without_what_definitions_are_checked_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # a memory no other run of the tests writes to
    book = str(tmp_path / "book.xlsx")
    loaded_by("init", book, "--sample")
    loaded_by("facts", book, "--format", "json")  # from now on the definitions are remembered as right
    needless = {"pydantic", "yaml", *HEAVY} - {"babel"}  # which knows the names of countries
    none_of(
        sorted(loaded_by("facts", book, "--format", "json") & needless),
        "Reading facts must stay quick: import it lazily.",
    )


# ── how long, how many ───────────────────────────────────────────────────────────────────────────────────────


def test_functions_are_short() -> None:
    offences = [
        f"{place(path, function.lineno)} {function.name} has {length} lines"
        for path, function in functions()
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LINES_OF_A_FUNCTION
    ]
    none_of(offences, f"At most {LINES_OF_A_FUNCTION}: give a part of it a name of its own.")


def test_modules_are_short() -> None:
    offences = [
        f"{place(path)} has {length} lines"
        for path in TREES
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > LINES_OF_A_MODULE
    ]
    none_of(offences, f"At most {LINES_OF_A_MODULE}: make a package of it, one module for each thing it does.")


def test_functions_take_few_parameters() -> None:
    offences = [
        f"{place(path, function.lineno)} {function.name} takes {count}"
        for path, function in functions()
        if not room(path).startswith("cli") and (count := number_of_parameters(function)) > PARAMETERS
    ]
    none_of(offences, f"At most {PARAMETERS}: what belongs together is a frozen dataclass.")


# ── what has no place here ───────────────────────────────────────────────────────────────────────────────────


def test_every_module_and_every_public_function_says_what_it_is_for() -> None:
    modules = [place(path) for path, tree in TREES.items() if not ast.get_docstring(tree)]
    public = [
        f"{place(path, function.lineno)} {function.name}"
        for path, tree in TREES.items()
        for function in public_functions(tree)
        if not ast.get_docstring(function)
    ]
    none_of(modules + public, "Write the docstring: one sentence, then what goes in and out.")


def test_exceptions_are_caught_by_name() -> None:
    offences = [
        place(path, node.lineno)
        for path, node in nodes()
        if isinstance(node, ast.ExceptHandler) and room(path) not in MAY_CATCH_ALL
        if node.type is None or names_in(node.type) & {"Exception", "BaseException"}
    ]
    none_of(offences, "Name the exceptions that can be answered here; let the others through.")


def test_nothing_that_was_sent_to_us_is_executed() -> None:
    calls = [
        f"{place(path, node.lineno)} calls {node.func.id}"
        for path, node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "exec", "compile"}
    ]
    loads = [
        f"{place(path, line)} imports {name}"
        for path, line, name in imports()
        if name.split(".")[0] in CARRIERS_OF_CODE
    ]
    none_of(calls + loads, "Say it as data: a kind of rule and a function for it; JSON to keep values.")


def test_nothing_is_typed_any() -> None:
    offences = [place(path, line) for path, line, name in imports() if name in {"typing.Any", "typing_extensions.Any"}]
    none_of(offences, "Say what it is: a type, a Protocol, or object where nothing is asked of it.")


def test_names_say_what_a_thing_does() -> None:
    modules = [place(path) for path in TREES if WORDS_THAT_SAY_NOTHING & {path.stem, path.parent.name}]
    verbs = [
        f"{place(path, function.lineno)} {function.name}"
        for path, function in functions()
        if function.name.lstrip("_").startswith(("process_", "handle_"))
    ]
    none_of(modules + verbs, "Name it after what it makes or knows.")


# ── reading the source ───────────────────────────────────────────────────────────────────────────────────────


def none_of(offences: list[str], advice: str) -> None:
    assert not offences, "\n".join(["", *offences, advice])


def place(path: Path, line: int = 1) -> str:
    return f"{path.relative_to(PACKAGE.parent).as_posix()}:{line}"


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def room_of_module(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    return ((path, node) for path, tree in TREES.items() for node in ast.walk(tree))


def functions() -> Iterator[tuple[Path, Function]]:
    return ((path, node) for path, node in nodes() if isinstance(node, Function))


def imports() -> Iterator[tuple[Path, int, str]]:
    """Every import as file, line, and the dotted name of what is imported; relative ones do not occur here."""
    for path, node in nodes():
        if isinstance(node, ast.Import):
            yield from ((path, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path, node.lineno)}: write the import in full, from esgreport…"
            yield from ((path, node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def imports_of_ours() -> Iterator[tuple[Path, int, str]]:
    """Imports of our own modules, by module: `from esgreport.model import Fact` gives esgreport.model."""
    known = {module_name(path) for path in TREES}
    for path, line, name in imports():
        parts = name.split(".")
        if parts[0] == "esgreport":
            longest = next(".".join(parts[:end]) for end in range(len(parts), 0, -1) if ".".join(parts[:end]) in known)
            yield path, line, longest


def number_of_parameters(function: Function) -> int:
    given = function.args
    named = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in named if name not in {"self", "cls"}]) + bool(given.vararg) + bool(given.kwarg)


def public_functions(tree: ast.Module | ast.ClassDef) -> Iterator[Function]:
    """What others may call: functions of the module and of its classes, unless an underscore says otherwise."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield from public_functions(node) if isinstance(node, ast.ClassDef) else [node]


def names_in(expression: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
