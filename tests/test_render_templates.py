"""What templates can use is written down, all of it and nothing else; a user's templates replace ours block by block.

`python tests/test_render_templates.py` (make docs) writes the generated part of templates/README.md anew.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import get_args

import pytest
from jinja2 import Environment, meta, nodes
from lxml import html as lxml_html
from render_document import sample_document

from esgreport import document as nouns
from esgreport import model, resources
from esgreport.errors import RenderError
from esgreport.render import design as looks
from esgreport.render import html as pages
from esgreport.render.bands import Band
from esgreport.render.design import Design, plain_design, restyled
from esgreport.render.html import FILTERS, GLOBALS, NAMES, Sheet, context, render_html
from esgreport.render.prose import Passage

TEMPLATES = resources.folder("templates")
README = TEMPLATES / "README.md"
OURS = [TEMPLATES / "report.html.j2", *sorted((TEMPLATES / "partials").glob("*.j2"))]
PARTS_OF_JINJA = {"first", "last", "index", "index0", "previtem", "nextitem", "columns", "split", "get", "value"}
"""What loops, a namespace, texts, mappings and enumerations have, beside our own nouns."""


def tree(path: Path) -> nodes.Template:
    environment = Environment()
    environment.filters.update(FILTERS)
    return environment.parse(path.read_text(encoding="utf-8"))


# ── what is written down ─────────────────────────────────────────────────────────────────────────────────────


def classes() -> list[type]:
    """Every dataclass a template can come to from what it is given, in the order it meets them."""
    known = {name: value for module in (nouns, model, looks, pages) for name, value in vars(module).items()}
    waiting: list[object] = [nouns.Document, Design, Sheet, Passage, Band]
    found: list[type] = []
    while waiting:
        current = waiting.pop(0)
        if not isinstance(current, type) or not is_dataclass(current) or current in found:
            continue
        found.append(current)
        hints = [re.findall(r"\w+", str(each.type)) for each in fields(current)]
        waiting.extend(known.get(name) for names in hints for name in names)
        if any("Block" in names for names in hints):
            waiting.extend(get_args(nouns.Block))
    return found


def said_of_fields(shape: type) -> dict[str, str]:
    """The docstrings under the fields of a class, and those of its properties."""
    (body,) = ast.parse(inspect.getsource(shape).lstrip()).body
    said: dict[str, str] = {}
    assert isinstance(body, ast.ClassDef)
    for before, line in zip(body.body, body.body[1:], strict=False):
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name) and isinstance(line, ast.Expr):
            said[before.target.id] = inspect.cleandoc(str(ast.literal_eval(line.value)))
    for line in body.body:
        if isinstance(line, ast.FunctionDef) and any(
            isinstance(each, ast.Name) and each.id == "property" for each in line.decorator_list
        ):
            said[line.name] = (ast.get_docstring(line) or "").replace("\n", " ")
    return said


def names_of(shape: type) -> list[str]:
    properties = [name for name, value in vars(shape).items() if isinstance(value, property)]
    return [*(each.name for each in fields(shape)), *properties]


def guide() -> str:
    """The generated part of templates/README.md."""
    lines = ["", "| name | what it is |", "|---|---|"]
    lines += [f"| `{name}` | {said} |" for name, said in {**NAMES, **GLOBALS}.items()]
    lines += ["", "| filter | what it makes of a value |", "|---|---|"]
    lines += [f"| `{name}` | {(function.__doc__ or '').splitlines()[0]} |" for name, function in FILTERS.items()]
    lines += [
        "",
        "Blocks of `report.html.j2`, from top to bottom:",
        "",
        ", ".join(f"`{name}`" for name in blocks()) + ".",
    ]
    for shape in classes():
        said = said_of_fields(shape)
        told = " ".join(inspect.cleandoc(shape.__doc__ or "").split())
        lines += ["", f"**{shape.__name__}** – {told}", ""]
        lines += [
            f"- `{name}`" + (f": {' '.join(said[name].split())}" if said.get(name) else "") for name in names_of(shape)
        ]
    return "\n".join(lines) + "\n\n"


def blocks() -> list[str]:
    return [block.name for block in tree(TEMPLATES / "report.html.j2").find_all(nodes.Block)]


def regenerated(text: str) -> str:
    return re.sub(
        r"(<!-- context -->\n).*?(<!-- end -->)", lambda found: found[1] + guide() + found[2], text, flags=re.DOTALL
    )


def test_the_guide_says_what_templates_can_use() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == regenerated(text), "templates/README.md is behind: run make docs"


def test_every_name_that_is_written_down_is_there() -> None:
    assert list(NAMES) == list(context(sample_document(), plain_design()))
    document, design = sample_document(), plain_design()
    for value, shape in ((document, nouns.Document), (design, Design), (document.provenance[0], nouns.Provenance)):
        for name in names_of(shape):
            getattr(value, name)


def test_every_name_a_template_uses_is_written_down() -> None:
    known = {*NAMES, *GLOBALS, "namespace"}
    inherited = {"part", "section", "blocks", "wide"}  # what a template sets itself, further out
    used = {name: path.name for path in OURS for name in meta.find_undeclared_variables(tree(path))}
    assert {name: file for name, file in used.items() if name not in known | inherited} == {}


def test_every_part_of_a_noun_that_a_template_uses_is_written_down() -> None:
    known = {name for shape in classes() for name in names_of(shape)} | PARTS_OF_JINJA
    macros = {macro.name for path in OURS for macro in tree(path).find_all(nodes.Macro)} | {"wide", "narrow"}
    used = {part.attr: path.name for path in OURS for part in tree(path).find_all(nodes.Getattr)}
    assert {name: file for name, file in used.items() if name not in known | macros} == {}


def test_every_name_that_is_written_down_is_used() -> None:
    used = {name for path in OURS for name in meta.find_undeclared_variables(tree(path))}
    assert {*NAMES, *GLOBALS} - used == set()
    filters = {each.name for path in OURS for each in tree(path).find_all(nodes.Filter)}
    assert set(FILTERS) - filters == set()


# ── templates of one's own ───────────────────────────────────────────────────────────────────────────────────


def built(folder: Path, text: str, name: str = "report.html.j2") -> str:
    place = folder / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return render_html(sample_document(), restyled(plain_design(), folder))


@pytest.mark.parametrize("block", blocks())
def test_each_block_can_be_replaced_and_the_rest_stays(tmp_path: Path, block: str) -> None:
    page = built(
        tmp_path, f'{{% extends "esgreport/report.html.j2" %}}{{% block {block} %}}<b>ours alone</b>{{% endblock %}}'
    )
    assert "<b>ours alone</b>" in page
    before = lxml_html.document_fromstring(render_html(sample_document()))
    after = lxml_html.document_fromstring(page)
    assert len(list(after.iter())) > 100 or block == "parts"
    assert after.findtext(".//title") == before.findtext(".//title")


def test_a_block_can_add_to_ours(tmp_path: Path) -> None:
    text = (
        '{% extends "esgreport/report.html.j2" %}'
        "{% block disclosure scoped %}{{ super() }}<p>after {{ section.number }}</p>{% endblock %}"
    )
    assert "<p>after B3</p>" in built(tmp_path, text)


def test_a_piece_can_be_replaced_whole(tmp_path: Path) -> None:
    assert "<p>Officine Valdarno S.p.A. only</p>" in built(
        tmp_path, "<p>{{ document.entity.name }} only</p>", "partials/cover.html.j2"
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\n{{ document.", 2, "expected name or number"),
        ("\n\n{{ colour }}", 3, "'colour' is undefined"),
        ("{{ document.__class__.__mro__ }}", 1, "unsafe"),
        ("\n{{ 1 // 0 }}", 2, "zero"),
        ("{{ document.parts.append(1) }}", 1, "has no attribute 'append'"),
    ],
)
def test_what_is_wrong_in_a_template_is_said_with_file_and_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    with pytest.raises(RenderError) as error:
        built(tmp_path, text)
    assert error.value.message.startswith(f"{tmp_path}/report.html.j2:{line}: ")
    assert said in error.value.message


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"there is no template 'nothing\.j2'"):
        built(tmp_path, '{% include "nothing.j2" %}')


def test_text_of_the_document_is_escaped_in_a_users_template_too(tmp_path: Path) -> None:
    (tmp_path / "report.html.j2").write_text("{{ document.title }}", encoding="utf-8")
    hostile = replace(sample_document(), title="<script>")
    assert render_html(hostile, restyled(plain_design(), tmp_path)) == "&lt;script&gt;"


if __name__ == "__main__":
    sys.exit(README.write_text(regenerated(README.read_text(encoding="utf-8")), encoding="utf-8") < 0)
