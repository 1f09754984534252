"""Tests, previews and spam are nobody's answer: with any number of them every figure and panel stays as it is."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from cx_panels import SAMPLE

from esgreport import definitions
from esgreport.customers import Measured, measured, read_customers
from esgreport.render.customer_metrics import metrics_document
from esgreport.render.customer_panels import panels_document

STATES = ("test", "preview", "spam")
BREAKDOWNS = ("segment", "team", "country", "touchpoint")
SCORES = ("nps", "csat_all", "csat_sup", "csat_del", "esg_practice", "esg_society", "trust", "ces_sup", "ces_onb")


def of_folder(folder: Path) -> Measured:
    """All that is measured of the tables in a folder."""
    found = definitions.load()
    paths = [path for path in sorted(folder.glob("*.csv")) if path.name != "texts.csv"]
    return measured(read_customers(paths, found), found, "en", BREAKDOWNS)


def with_others(folder: Path) -> Path:
    """The sample with a false answer beside each fourth one: the worst scores, other days, words of a complaint."""
    shutil.copytree(SAMPLE, folder)
    path = folder / "responses.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    heads = list(rows[0])
    others = []
    for at, row in enumerate(rows[::4]):
        false = row | {"response_id": f"X{at}", "status": STATES[at % 3], "collected_at": f"2025-12-{1 + at % 31:02}"}
        false |= dict.fromkeys(SCORES, "1") | {"txt_rel": "slow invoice, slow reply", "agent": "XX"}
        others.append(false | ({"account_id": f"C{1 + at % 60:03}"} if at % 2 else {}))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows([*rows, *others])
    return folder


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Measured, Measured]:
    folder = with_others(tmp_path_factory.mktemp("false") / "cx")
    plain = tmp_path_factory.mktemp("true") / "cx"
    shutil.copytree(SAMPLE, plain)
    return of_folder(plain), of_folder(folder)


def without_places(value: object) -> object:
    """A document without the files its figures came from."""
    if isinstance(value, dict):
        return {name: without_places(each) for name, each in value.items() if name != "source"}
    return [without_places(each) for each in value] if isinstance(value, list) else value


def test_answers_nobody_gave_change_no_metric(both: tuple[Measured, Measured]) -> None:
    true, false = (without_places(metrics_document(each.metrics)) for each in both)
    assert true == false


@pytest.mark.parametrize("panel", ["journey", "feedback", "drivers", "prediction", "themes", "predictive", "values"])
def test_answers_nobody_gave_change_no_panel(both: tuple[Measured, Measured], panel: str) -> None:
    true, false = (without_places(panels_document(each.panels)[panel]) for each in both)
    assert true == false
