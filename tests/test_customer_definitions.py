"""What is asked of customers' data: whole, in four languages, a home for each rule of the founding documents."""

from __future__ import annotations

import ast
import csv
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from customer_files import STANDARD

from esgreport import cli
from esgreport.customer_panels import CustomerPanels
from esgreport.definitions import load
from esgreport.definitions.cx import Column, folded, load_customer_definitions
from esgreport.errors import DefinitionError

CX = STANDARD.cx
FOLDER = STANDARD.folder / "cx"
TESTS = Path(__file__).parent
LANGUAGES = [code for code, language in STANDARD.languages.items() if language.complete]
COVERAGE = list(csv.DictReader((FOLDER / "coverage.csv").read_text(encoding="utf-8").splitlines()))
CHECKLIST = {"000": 37, "001": 8, "002": 23, "003": 21, "004": 30}
"""How many rules each founding document has."""


def texts() -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of the definitions with where it stands."""
    for table in CX.tables.values():
        yield f"{table.name}.labels", table.labels
        yield f"{table.name}.help", table.help
        for column in table.columns:
            yield f"{table.name}.{column.name}.labels", CX.labels_of(column)
            yield f"{table.name}.{column.name}.help", CX.help_of(column) or {"en": "missing"}
    for setting in CX.settings.values():
        yield f"{setting.name}.labels", setting.labels
        yield f"{setting.name}.help", setting.help
    for each in CX.lists.values():
        yield from ((f"{each.name}.{value.name}", value.labels) for value in each.values)
    layout = CX.workbook
    for number, text in enumerate([layout.title, layout.sheet, *layout.intro, *layout.steps, *layout.texts.values()]):
        yield f"workbook {number}", text
    yield from ((f"topic {topic.labels['en']}", topic.labels) for topic in layout.topics)


def test_every_text_exists_in_every_language_and_has_no_blanks_around() -> None:
    lacking = [
        (place, language)
        for place, text in texts()
        for language in LANGUAGES
        if not text.get(language, "").strip() or text[language] != text[language].strip()
    ]
    # a count needs no more than its label
    assert [item for item in lacking if not item[0].endswith((".count.help",))] == []


def test_sentences_end_and_labels_do_not() -> None:
    helps = [(place, text) for place, text in texts() if place.endswith(".help") and "count" not in place]
    labels = [(place, text) for place, text in texts() if place.endswith(".labels")]
    assert [place for place, text in helps for said in text.values() if said[-1] not in ".…"] == []
    assert [place for place, text in labels for said in text.values() if said.endswith(".")] == []


def test_french_signs_have_a_space_that_does_not_break() -> None:
    wrong = [
        place for place, text in texts() if re.search(r"(?<![\u00a0\u202f ])[;:?!](?!//)|\u0020[;:?!»]|« ", text["fr"])
    ]
    assert [place for place in wrong if place != "business_hours.help"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_a_table_tell_its_columns_apart(language: str) -> None:
    for table in CX.tables.values():
        labels = Counter(folded(CX.labels_of(column)[language]) for column in table.columns)
        assert [label for label, count in labels.items() if count > 1] == [], table.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_have_names_that_excel_takes_and_that_differ(language: str) -> None:
    names = [table.labels[language] for table in CX.tables.values()]
    names += [CX.settings_sheet.labels[language], CX.workbook.sheet[language], CX.workbook.texts["lists"][language]]
    assert [name for name in names if len(name) > 31 or re.search(r"[\[\]:*?/\\']", name)] == []
    assert [name for name, count in Counter(map(folded, names)).items() if count > 1] == []


def test_a_person_a_name_and_free_text_are_marked_as_private() -> None:
    marked = {
        f"{table.name}.{column.name}" for table in CX.tables.values() for column in table.columns if column.private
    }
    assert marked >= {
        "accounts.account_name", "responses.response_id", "responses.contact_id", "responses.value_text",
        "responses.agent", "tickets.contact_id", "comments.quote", "comments.why", "contacts.contact_id",
    }  # fmt: skip


def test_keys_are_columns_that_are_needed_or_may_be_empty_by_intent() -> None:
    assert {table.name for table in CX.tables.values() if not table.key} == {"journey"}
    for table in CX.tables.values():
        assert [name for name in table.key if name not in table.by_name] == []


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        (
            "tables/customers.yaml",
            ("    columns:", "    colums:"),
            r"customers\.yaml:\d+: unknown key 'colums'.*'columns'",
        ),
        ("tables/customers.yaml", ("values: tiers", "values: tears"), "unknown list 'tears'. Did you mean 'tiers'"),
        ("tables/customers.yaml", ("to: accounts", "to: acounts"), "unknown table 'acounts'. Did you mean 'accounts'"),
        ("tables/customers.yaml", ("key: [account_id]", "key: [acount_id]"), "unknown column 'acount_id'"),
        ("tables/customers.yaml", ("also: [sector]", "also: [segment]"), "'segment' is a header of both"),
        ("tables/customers.yaml", ("type: share", "type: percentage"), "is 'percentage', not one of"),
        ("lists.yaml", ("also: [lost, former", "also: [active, former"), "'Active' is both 'active' and 'churned'"),
        ("workbook.yaml", ("tables: [accounts, contacts]", "tables: [accounts]"), "the table 'contacts' is missing"),
        ("workbook.yaml", ("tables: [accounts, contacts]", "tables: [accounts, kontakts]"), "'kontakts' is no table"),
        ("exports/zendesk.yaml", ("table: tickets", "table: tikets"), "unknown table 'tikets'. Did you mean 'tickets'"),
    ],
)
def test_what_is_wrong_in_a_definition_is_refused(
    file: str, change: tuple[str, str], said: str, tmp_path: Path
) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "cx")
    text = (folder / file).read_text(encoding="utf-8")
    assert change[0] in text
    (folder / file).write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        load_customer_definitions(folder)


def test_the_touchpoints_of_the_founding_documents_can_be_chosen() -> None:
    """seed:002-12, seed:002-13, seed:002-14"""
    known = {value.name for value in CX.lists["touchpoint_types"].values}
    assert known >= {
        "digital_advertising", "social_media", "online_training", "webinar", "content", "word_of_mouth",
        "staff", "catalogue", "website", "ecommerce", "reviews", "sale",
        "thank_you", "survey", "upsell", "billing", "renewal", "support", "onboarding", "loyalty_programme",
        "esg_communication",
    }  # fmt: skip
    assert CX.lists["touchpoint_types"].open


def test_thresholds_of_the_founding_documents_hold_where_nothing_is_entered() -> None:
    """seed:000-25, seed:000-26, seed:000-27, seed:000-30; for seed:000-29 there is no number in it, so none here"""
    defaults = {name: CX.settings[name].default for name in CX.settings if name.startswith("predictive_")}
    assert defaults == {
        "predictive_clv_above": "15000",
        "predictive_unplanned_share_above": "0.05",
        "predictive_deciders_at_least": "6",
        "predictive_deciders_at_most": "10",
        "predictive_acquisition_ratio_above": None,
        "predictive_many": "3",
    }


# ── every rule of the founding documents has a home ──


def test_the_coverage_has_every_rule_of_the_founding_documents_once_and_in_order() -> None:
    expected = [f"{seed}-{number:02}" for seed, count in CHECKLIST.items() for number in range(1, count + 1)]
    assert [row["id"] for row in COVERAGE] == expected
    assert len(expected) == 119


def test_every_rule_has_a_place_and_a_test() -> None:
    assert [row["id"] for row in COVERAGE if not row["where"] or not row["test"]] == []


def test_every_place_the_coverage_names_exists() -> None:
    """A place is of a kind, and is looked for where things of that kind are defined."""
    places = [(row["id"], place.strip()) for row in COVERAGE for place in row["where"].split(";")]
    assert [(rule, place) for rule, place in places if not exists(*place.split(":", 1))] == []


def exists(kind: str, name: str) -> bool:
    """Whether there is such a table or column, setting, metric, figure, text, claim, criterion, value or panel."""
    panels = load().cx_panels
    match kind:
        case "table":
            table, _, column = name.partition(".")
            columns: dict[str, Column] = dict(CX.tables[table].by_name) if table in CX.tables else {}
            return table in CX.tables and (not column or column in columns)
        case "value":
            values, _, value = name.partition(".")
            return value in [each.name for each in CX.lists[values].values]
        case "panel":
            return part_of(CustomerPanels, name.split("."))
        case "command":
            return name in cli.main.commands
    known = {
        "setting": CX.settings,
        "metric": load().cx_metrics.metrics,
        "figure": panels.figures,
        "text": panels.texts,
        "claim": [claim.id for claim in panels.values.claims],
        "criterion": [each.name for each in panels.predictive.criteria],
        "export": [path.stem for path in (FOLDER / "exports").glob("*.yaml")],
    }
    return name in known[kind]


def part_of(shape: object, names: list[str]) -> bool:
    """Whether a dataclass has a part of that name, and so on inward; a tuple or an absence is looked through."""
    if not names:
        return True
    inner = [each for each in (shape, *get_args(shape)) if isinstance(each, type) and is_dataclass(each)]
    return any(part_of(get_type_hints(each).get(names[0]), names[1:]) for each in inner if has(each, names[0]))


def has(shape: type, name: str) -> bool:
    return name in get_type_hints(shape)


def test_a_place_that_is_not_there_is_found_out() -> None:
    wrong = ["panel:journey.goal", "panel:feedback.accounts.signal", "figure:alpha", "value:methods.poll", "claim:1"]
    assert [place for place in wrong if exists(*place.split(":", 1))] == []
    assert exists("panel", "journey.touchpoints.priority.ranks"), "through a tuple and an absence"


def test_every_test_the_coverage_names_exists() -> None:
    named = {test.strip() for row in COVERAGE for test in row["test"].split(";")}
    here = {
        f"{path.name}::{node.name}"
        for path in TESTS.glob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert named - here == set()


def test_no_rule_is_tested_by_nothing_but_the_coverage_itself() -> None:
    own = Path(__file__).name
    about = {"test_the_touchpoints_of_the_founding_documents_can_be_chosen"}
    alone = [
        row["id"]
        for row in COVERAGE
        if all(
            test.strip().startswith(own) and test.strip().split("::")[1] not in about for test in row["test"].split(";")
        )
    ]
    assert alone == []
