"""The customers of the sample company: drawn from one seed, whole, and made to show what metrics are to find."""

from __future__ import annotations

import csv
import filecmp
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from customer_files import STANDARD, Read, read_files

from esgreport.customers import in_words, sample_customers

CHECKOUT = Path(__file__).parent.parent
FOLDER = STANDARD.folder / "samples" / "cx"
FILES = sorted(path for path in FOLDER.glob("*.csv") if path.name != "texts.csv")


@pytest.fixture(scope="module")
def sample() -> Read:
    return read_files(FILES)


def test_the_script_writes_the_files_there_are(tmp_path: Path) -> None:
    script = CHECKOUT / "samples" / "customers.py"
    if not script.exists():
        pytest.skip("the script is in the checkout only")
    subprocess.run([sys.executable, script, tmp_path], check=True)
    drawn = sorted(path.name for path in tmp_path.iterdir())
    assert len(drawn) == 14
    assert filecmp.cmpfiles(tmp_path, FOLDER, drawn, shallow=False)[1:] == ([], [])


def test_the_sample_is_compact() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.csv")) < 300_000


def test_the_sample_is_read_without_a_finding(sample: Read) -> None:
    assert sample.found == []
    empty = [name for name, table in sample.tables.tables.items() if not table.given]
    assert empty == ["benchmarks", "phases"], (
        "whose figures would have to be others', and which is better left to the usual"
    )


def test_the_sample_shows_what_the_checklist_asks_for(sample: Read) -> None:
    """seed:000-08, seed:000-12, seed:002-11"""
    assert 15 <= len(sample["touchpoints"]) <= 20
    assert 2 <= len(sample["personas"]) <= 3
    assert set(sample["journey"]["perspective"]) == {"front_end", "experience", "back_end_actual", "back_end_desired"}
    assert set(sample["touchpoints"]["stage"]) == {"pre", "during", "post"}
    assert sample["mapping_plan"]["week"].max() == 6


def test_the_sample_shows_how_people_are_asked_and_heard(sample: Read) -> None:
    """seed:001-03, seed:001-04, seed:002-04, seed:002-17, seed:002-18, seed:003-07"""
    questions, comments, contacts = sample["questions"], sample["comments"], sample["contacts"]
    assert {"people", "product"} <= set(questions["dimension"].dropna())
    assert questions["question_text"].notna().all(), "the wording is kept with every question"
    assert {"interview", "focus_group", "co_creation"} <= set(comments["method"].dropna())
    assert contacts["preferred_channel"].notna().sum() > 100
    assert contacts["org_level"].nunique() > 1
    assert sample["surveys"]["channel"].notna().all()
    assert sample["personas"]["sources"].notna().all()


def test_sixty_accounts_two_years_and_several_hundred_responses(sample: Read) -> None:
    assert len(sample["accounts"]) == 60
    responses = sample["responses"]
    assert responses["response_id"].nunique() > 300
    assert (responses["collected_at"].min().year, responses["collected_at"].max().year) == (2024, 2025)
    directions = sample["questions"].set_index("question_id")["direction"]
    assert (directions["ces_sup"], directions["ces_onb"]) == ("ease_high", "effort_high")


def test_revenue_of_the_year_is_the_turnover_of_the_company(sample: Read) -> None:
    facts = json.loads((STANDARD.folder / "samples" / "en.json").read_text(encoding="utf-8"))["facts"]
    turnover = {float(fact["value"]) for fact in facts if fact["concept"] == "Turnover"}
    revenue = sample["revenue"][sample["revenue"]["period"].astype("str").str.startswith("2025")]
    total = revenue["recurring_revenue"].sum() + revenue["other_revenue"].sum()
    assert turnover == {38_400_000.0}
    assert total == pytest.approx(38_400_000, abs=500), "months are rounded to the euro"
    orders = sample["orders"][sample["orders"]["ordered_at"] >= "2025-01-01"]
    machines = orders["product"].isin(["Flow-wrappers", "Cartoners", "Case packers"])
    assert machines.sum() == 64, "as the company says in its report"


def test_unhappy_and_silent_customers_leave_more_often(sample: Read) -> None:
    accounts = sample["accounts"][sample["accounts"]["status"] != "prospect"].set_index("account_id")
    scores = sample["responses"][sample["responses"]["question_id"] == "nps"]
    mean = scores.groupby("account_id", observed=True)["value_number"].mean().reindex(accounts.index)
    left = (accounts["status"] == "churned").astype(float)
    happy, unhappy, silent = left[mean > 6.5].mean(), left[mean <= 6.5].mean(), left[mean.isna()].mean()
    assert happy < 0.15 < min(unhappy, silent)


def test_one_segment_is_served_less_well(sample: Read) -> None:
    segments = sample["accounts"].set_index("account_id")["segment"].astype("str")
    scores = sample["responses"][sample["responses"]["question_id"] == "nps"]
    by_segment = scores.groupby(scores["account_id"].astype("str").map(segments))["value_number"].mean()
    assert by_segment.idxmin() == "dairy"
    assert len(by_segment) == 4


def test_who_left_is_no_customer_afterwards(sample: Read) -> None:
    left = sample["accounts"].set_index("account_id")["churned_on"].dropna()
    assert len(left) > 5
    for name, day in (("orders", "ordered_at"), ("tickets", "opened_at")):
        gone = sample[name]["account_id"].astype("str").map(left)
        assert not (sample[name][day] >= gone).any(), name
    running = sample["contracts"][sample["contracts"]["renewed"] == "pending"]["account_id"].astype("str")
    assert set(running) & set(left.index) == set()


def test_some_who_were_asked_never_answer(sample: Read) -> None:
    asked = set(sample["invitations"]["account_id"].astype("str"))
    answered = set(sample["responses"]["account_id"].dropna().astype("str"))
    assert 5 < len(asked - answered) < 20


@pytest.mark.parametrize("language", ["it", "de", "fr"])
def test_everything_the_company_writes_is_in_the_language_and_customers_are_quoted_in_theirs(
    language: str, sample: Read
) -> None:
    words = {row["en"]: row for row in csv.DictReader((FOLDER / "texts.csv").read_text(encoding="utf-8").splitlines())}
    assert [text for text, row in words.items() if not all(row.values())] == []
    own = sample_customers(STANDARD, language)
    untranslated = set()
    for name, table in STANDARD.cx.tables.items():
        for column in table.columns:
            if column.type not in ("text", "category") or column.values or column.private in ("person", "account"):
                continue
            if (name, column.name) in NOT_TRANSLATED:
                continue
            theirs, ours = sample[name][column.name].dropna(), own[name][column.name].dropna()
            same = theirs.astype("str") == ours.astype("str")
            untranslated |= {text for text in theirs[same].unique() if text not in words}
    assert untranslated == set()
    pd.testing.assert_series_equal(own["comments"]["quote"], sample["comments"]["quote"])


NOT_TRANSLATED = {
    ("accounts", "industry"), ("actions", "source_id"), ("actions", "metric"),
    ("comments", "quote"), ("comments", "why"), ("responses", "value_text"),
    ("responses", "source_system"), ("questions", "source_system"),
}  # fmt: skip
"""Codes, and what customers said."""


def test_words_that_are_also_values_of_a_list_stay_values(sample: Read) -> None:
    changed = in_words(sample.tables, STANDARD, {"service": "changed", "price": "changed", "Breakdown": "Guasto"})
    assert "changed" not in set(changed["accounts"]["churn_reason"].dropna())
    assert "Guasto" in set(changed["tickets"]["reason"])
