"""Customer metrics as data: whole, in every language, with formula and source, and refused where they are wrong."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from customer_tables import measured, sample

from esgreport import definitions
from esgreport.definitions import Definitions
from esgreport.errors import DefinitionError
from esgreport.measure.customers.kinds import OF_KIND

FOUND = definitions.load()
METRICS = FOUND.cx_metrics
LANGUAGES = ("en", "it", "de", "fr")
ROOM = Path(__file__).parent.parent / "esgreport" / "measure" / "customers"


def texts() -> Iterator[tuple[str, Mapping[str, str]]]:
    for code, metric in METRICS.metrics.items():
        for name in ("labels", "definition", "formula"):
            yield f"{code}.{name}", getattr(metric, name)
    for words in (METRICS.groups, METRICS.counts, METRICS.methods, METRICS.reasons, METRICS.statuses, METRICS.columns):
        for name, word in words.items():
            yield name, word.labels
    for name, unit in METRICS.units.items():
        yield name, unit.labels
    for name, dimension in METRICS.dimensions.items():
        yield name, dimension.labels


def test_every_text_is_there_in_four_languages() -> None:
    assert [name for name, text in texts() if set(text) != set(LANGUAGES)] == []
    unsaid = [name for name, text in texts() if not all(text.values()) and name != "count"]
    assert unsaid == []


def test_a_text_asks_for_the_same_values_in_every_language() -> None:
    differing = [
        name for name, text in texts() if len({tuple(sorted(re.findall(r"{(\w+)}", one))) for one in text.values()}) > 1
    ]
    assert differing == []


def test_every_metric_says_where_it_comes_from_and_how_it_is_worked_out() -> None:
    lacking = [code for code, metric in METRICS.metrics.items() if not metric.reference or not metric.formula["en"]]
    assert lacking == []


def test_every_kind_has_its_function() -> None:
    assert {metric.kind for metric in METRICS.metrics.values()} <= set(OF_KIND)


def test_every_reason_the_room_gives_is_worded() -> None:
    """A reason is worded among the metrics' own words, or among those of the panels."""
    given = {
        node.args[0].value
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "because"
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }
    worded = set(METRICS.reasons) | set(FOUND.cx_panels.words.reasons)
    assert given - worded == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_is_told_in_every_language_whole_and_broken_down(language: str) -> None:
    found = measured(sample(), by=["segment", "team", "country", "touchpoint"], language=language)
    assert not [metric.metric for metric in found if "{" in metric.reason + metric.label + metric.method]
    assert all(metric.method for metric in found if metric.value is not None)
    assert all(metric.reason for metric in found if metric.value is None)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("unit: points", "unit: point"), "unknown unit 'point'"),
        (("of: net_promoter_score", "of: net_promotor_score"), "unknown metric 'net_promotor_score'"),
        (("practical: practical_change_nps", "practical: practical_nps"), "unknown setting 'practical_nps'"),
        (("coding: promoters\n", "coding: fans\n"), "coding"),
        (("kind: dismissed", "kind: dismissed\n    kinds: 3"), "kinds"),
        (("by: [team, initiative", "by: [squad, initiative"), "unknown dimension 'squad'"),
    ],
)
def test_a_wrong_definition_is_refused_with_its_place(wrong: tuple[str, str], said: str, tmp_path: Path) -> None:
    shutil.copytree(FOUND.folder, tmp_path / "schemas")
    path = tmp_path / "schemas" / "cx" / "metrics" / "1_surveys.yaml"
    text = path.read_text(encoding="utf-8")
    assert wrong[0] in text
    path.write_text(text.replace(*wrong, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        _ = Definitions(tmp_path / "schemas").cx_metrics
