"""What the page's script does in a browser: sorting, saving, the panel on a figure; skipped where there is no Chromium.

The browser is asked for the page as it is after a script of the test has used it; nothing but the file is opened.
"""

from __future__ import annotations

import base64
import csv
import json
import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import html as lxml_html
from openpyxl import load_workbook
from render_document import sample_document

from esgreport.document import Column, Document, Figure, Row, Table
from esgreport.render.html import render_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this computer")

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage")
USE = """
const said = { errors: [] };
addEventListener("error", (event) => said.errors.push(event.message));
const column = (table, x) => [...table.tBodies[0].rows].map((row) => row.cells[x].textContent.trim());
const saved = [];
URL.createObjectURL = (blob) => { saved.push(blob); return "about:blank#"; };
HTMLAnchorElement.prototype.click = function () {};
const paper = { matches: false, hear: null, addEventListener: (_, hear) => { paper.hear = hear; } };
const really = matchMedia.bind(window);
window.matchMedia = (query) => (query === "print" ? paper : really(query));
const stops = () => document.querySelectorAll("a[href]:not([tabindex='-1']), button:not([tabindex='-1'])").length;
const printed = (yes) => {
  paper.matches = yes;
  paper.hear();
  return stops();
};
const letters = (bytes) => [...bytes].map((byte) => String.fromCharCode(byte)).join("");
// Read at once: what a real Blob holds comes later, and on a busy computer after the browser has gone.
window.Blob = class { constructor(parts) { this.parts = parts; } };
const bytes = (part) => (typeof part === "string" ? new TextEncoder().encode(part) : part);
const coded = (blob) => btoa(blob.parts.map((part) => letters(bytes(part))).join(""));
const use = () => {
  const table = document.getElementById("sorted");
  const button = table.tHead.querySelectorAll(".sort")[1];
  said.orders = [column(table, 1)];
  said.told = [];
  for (let n = 0; n < 3; n += 1) {
    button.click();
    said.orders.push(column(table, 1));
    said.told.push([button.parentElement.getAttribute("aria-sort"), document.getElementById("said").textContent]);
  }
  const [csv, xlsx] = table.parentElement.previousElementSibling.querySelectorAll("button");
  csv.click();
  for (const kind of ["xlsx", "csv", "json"]) document.querySelector(`.tools [data-save=${kind}]`).click();
  xlsx.click();
  said.saved = [];
  for (const blob of saved) said.saved.push(coded(blob));
  document.querySelector(".keyfigures a.f").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  said.panel = document.querySelector("#card .traces").textContent;
  const query = document.getElementById("query");
  query.value = "brno";
  query.dispatchEvent(new Event("input"));
  said.stops = [stops(), printed(true), printed(false)];
  said.hits = document.querySelectorAll("#hits li").length;
};
addEventListener("load", () => {
  try {
    use();
  } catch (error) {
    said.errors.push(String(error));
  }
  document.body.dataset.said = JSON.stringify(said);
});
"""


def sortable(language: str) -> Document:
    shown = {"en": ("1,200.5", "−3", "900", "–"), "de": ("1.200,5", "−3", "900", "–")}[language]
    rows = [Row((Figure(name), Figure(value))) for name, value in zip("ABCD", shown, strict=True)]
    rows.append(Row((Figure("Sum"), Figure("9")), total=True))
    table = Table("sorted", "=Amounts", (Column("What"), Column("2025", "kg", numeric=True)), tuple(rows))
    document = sample_document()
    part = document.parts[0]
    first = replace(part.sections[0], blocks=(table, *part.sections[0].blocks))
    parts = (replace(part, sections=(first, *part.sections[1:])), *document.parts[1:])
    return replace(document, language=language, parts=parts)


def used(folder: Path, language: str) -> dict[str, list[list[str]]]:
    """What the script of the test saw."""
    page = render_html(sortable(language))
    free = re.sub(
        r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page
    )  # which would keep the test's script out
    path = folder / "page.html"
    path.write_text(free.replace("<style>", f"<script>{USE}</script><style>", 1), encoding="utf-8")
    command = [
        str(CHROMIUM),
        *FLAGS,
        f"--user-data-dir={folder / 'profile'}",
        "--virtual-time-budget=8000",
        "--dump-dom",
    ]
    run = subprocess.run([*command, path.as_uri()], capture_output=True, text=True, timeout=120, check=True)
    said = lxml_html.document_fromstring(run.stdout).find("body").get("data-said")
    assert said, "the script did not run to its end"
    seen: dict[str, list[list[str]]] = json.loads(said)
    return seen


@pytest.fixture(scope="module", params=["en", "de"])
def seen(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, list[list[str]]]]:
    return request.param, used(tmp_path_factory.mktemp("browser"), request.param)


def test_numbers_are_sorted_as_numbers_of_the_language_with_what_is_missing_and_sums_last(
    seen: tuple[str, dict[str, list[list[str]]]],
) -> None:
    language, said = seen
    large = {"en": "1,200.5", "de": "1.200,5"}[language]
    assert said["errors"] == []
    assert said["orders"] == [
        [large, "−3", "900", "–", "9"],
        ["−3", "900", large, "–", "9"],
        [large, "900", "−3", "–", "9"],
        [large, "−3", "900", "–", "9"],
    ]
    words = {
        "en": ("2025 kg, ascending", "descending", "order of the report"),
        "de": ("aufsteigend", "absteigend", "Reihenfolge"),
    }
    assert [order for order, _ in said["told"]] == ["ascending", "descending", None]
    assert all(word in told for word, (_, told) in zip(words[language], said["told"], strict=True))


def test_a_table_is_saved_as_the_languages_spreadsheets_read_it(seen: tuple[str, dict[str, list[list[str]]]]) -> None:
    language, said = seen
    text = base64.b64decode(str(said["saved"][0])).decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(StringIO(text[1:]), delimiter={"en": ",", "de": ";"}[language]))
    assert rows[0] == ["What", "2025 kg"]
    assert rows[1] == ["A", {"en": "1200.5", "de": "1200,5"}[language]]
    assert rows[2] == ["B", "-3"] and rows[4] == ["D", "–"]


def test_a_table_is_saved_as_a_workbook_with_numbers_as_numbers(
    seen: tuple[str, dict[str, list[list[str]]]],
) -> None:
    with pytest.warns(UserWarning, match="no default style"):
        book = load_workbook(BytesIO(base64.b64decode(str(seen[1]["saved"][4]))))
    assert book.sheetnames == ["=Amounts"]
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[:5] == [("What", "2025 kg"), ("A", 1200.5), ("B", -3), ("C", 900), ("D", "–")]


def test_all_figures_are_saved_as_a_workbook_other_programs_open(seen: tuple[str, dict[str, list[list[str]]]]) -> None:
    _, said = seen
    content = base64.b64decode(str(said["saved"][1]))
    assert ZipFile(BytesIO(content)).testzip() is None
    with pytest.warns(UserWarning, match="no default style"):
        sheet = load_workbook(BytesIO(content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == len(sample_document().provenance) + 1
    assert any(isinstance(row[3], int | float) for row in rows[1:])
    facts = json.loads(base64.b64decode(str(said["saved"][3])))["facts"]
    assert len(facts) == len(rows) - 1
    assert len(base64.b64decode(str(said["saved"][2])).decode().splitlines()) >= len(rows)


def test_on_paper_nothing_is_a_stop_for_the_keyboard_and_afterwards_all_is_again(
    seen: tuple[str, dict[str, list[list[str]]]],
) -> None:
    before, on_paper, after = seen[1]["stops"]
    assert on_paper == 0
    assert before == after != 0


def test_the_panel_names_the_cell_and_search_finds_places(seen: tuple[str, dict[str, list[list[str]]]]) -> None:
    _, said = seen
    assert re.search(r"[A-Z]+\d+", str(said["panel"]))
    assert "VSME" in str(said["panel"])
    assert int(str(said["hits"])) > 0
