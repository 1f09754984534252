"""Themes: words of the codebook in four languages, small groups withheld, topics only from enough comments."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from cx_panels import desk_for, sample_desk, tables_from

from esgreport import definitions
from esgreport.customer_metrics import Evidence, Status
from esgreport.measure.customers.comments import comments_of, pattern
from esgreport.measure.customers.disclosure import Thresholds
from esgreport.measure.customers.themes import theme_panel
from esgreport.measure.customers.topics import topics_of
from esgreport.tables import CustomerTables

RULES = definitions.load().cx_panels.themes
LIMITS = Thresholds(5, 30, 3)
SETTINGS = "setting,value\nreporting_period_start,2025-01-01\nreporting_period_end,2025-12-31"
THEMES = """theme_id,name,language,terms
late,Late,it,ritard*; lent*
late,Late,de,zu spät; Verzug*
late,Late,en,late; slow*"""


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("ritard*", "Consegna in ritardo", True),
        ("ritard*", "Nessun RITARDO", True),
        ("late", "Always late.", True),
        ("late", "A plate is missing", False),
        ("late", "latest news", False),
        ("zu spät", "kam zu  spät", True),
        ("CO2*", "der CO2-Fußabdruck", True),
        ("Störung*", "zwei Störungen", True),
        ("a.b", "axb", False),
    ],
)
def test_a_term_is_a_whole_word_unless_a_star_leaves_its_ending_open(term: str, text: str, found: bool) -> None:
    assert bool(pattern([term]).search(text)) is found


def spoken(folder: Path, now: list[str], before: list[str], language: str = "it") -> CustomerTables:
    rows = [f"N{at},2025-05-01,A{at % 20},txt,{text},{language}" for at, text in enumerate(now)]
    rows += [f"B{at},2024-05-01,A{at % 20},txt,{text},{language}" for at, text in enumerate(before)]
    return tables_from(
        folder,
        settings=SETTINGS,
        themes=THEMES,
        questions="question_id,metric,question_text\ntxt,text,Why?",
        accounts="\n".join(["account_id,status", *(f"A{at},active" for at in range(20))]),
        responses="\n".join(["response_id,collected_at,account_id,question_id,value_text,language", *rows]),
    )


def test_a_theme_that_is_touched_far_more_often_than_before_has_risen(tmp_path: Path) -> None:
    tables = spoken(tmp_path, ["sempre in ritardo"] * 30 + ["tutto bene"] * 30, ["tutto bene"] * 50 + ["lento"] * 10)
    share, _, _, change = theme_panel(desk_for(tables)).themes[0].figures
    assert share.value == 0.5
    assert change.value == pytest.approx(0.5 - 1 / 6)
    assert change.evidence is Evidence.RISE


def test_a_theme_touched_as_often_shows_no_evidence_of_a_change(tmp_path: Path) -> None:
    texts = ["sempre in ritardo"] * 20 + ["tutto bene"] * 20
    change = theme_panel(desk_for(spoken(tmp_path, texts, texts))).themes[0].figures[3]
    assert change.evidence is Evidence.NONE
    assert change.reason.startswith("No evidence of a change")


def test_a_theme_that_few_comments_touch_is_withheld_and_not_called_absent(tmp_path: Path) -> None:
    tables = spoken(tmp_path, ["in ritardo"] * 7 + ["tutto bene"] * 40, ["tutto bene"] * 40)
    share, _, revenue, change = theme_panel(desk_for(tables)).themes[0].figures
    assert share.status is Status.WITHHELD
    assert share.value is None
    assert revenue.value is None
    assert change.value is None


def test_terms_of_another_language_do_not_count(tmp_path: Path) -> None:
    tables = spoken(tmp_path, ["late e basta"] * 20, [], "it")
    assert theme_panel(desk_for(tables)).themes[0].figures[0].value == 0


def test_comments_of_tests_and_spam_are_not_heard(tmp_path: Path) -> None:
    tables = tables_from(
        tmp_path,
        questions="question_id,metric,question_text\ntxt,text,Why?",
        responses="""response_id,collected_at,question_id,value_text,status
        1,2025-01-01,txt,slow,test
        2,2025-01-01,txt,slow,spam
        3,2025-01-01,txt,slow,complete""",
    )
    assert len(comments_of(desk_for(tables).customers)) == 1


# ── topics ───────────────────────────────────────────────────────────────────────────────────────────────────

KINDS = ["La consegna dei ricambi è in ritardo", "Fattura sbagliata di nuovo", "Il tecnico risponde subito al telefono"]


def test_fifty_comments_are_not_above_fifty() -> None:
    texts = (KINDS * 20)[:50]
    accounts = np.arange(50, dtype=np.int64)
    assert topics_of(texts, accounts, "it", RULES, LIMITS) is None
    assert topics_of([*texts, KINDS[0]], np.arange(51, dtype=np.int64), "it", RULES, LIMITS) is not None


def test_topics_part_comments_about_different_things_and_come_out_the_same_in_any_order() -> None:
    texts, accounts = KINDS * 30, np.arange(90, dtype=np.int64)
    found = topics_of(texts, accounts, "it", RULES, LIMITS)
    assert found is not None
    groups = [set(found.nearest[at::3].tolist()) for at in range(3)]
    assert all(len(group) == 1 for group in groups)
    assert len(set.union(*groups)) == 3
    turned = topics_of(texts[::-1], accounts[::-1], "it", RULES, LIMITS)
    assert turned is not None
    assert turned.words == found.words
    assert (turned.nearest[::-1] == found.nearest).all()


def test_no_topic_is_named_by_a_word_of_few_customers_or_by_one_that_says_nothing() -> None:
    texts = KINDS * 30 + ["Rossi Rossi Rossi"] * 9
    accounts = np.concatenate([np.arange(90), np.zeros(9)]).astype(np.int64)
    found = topics_of(texts, accounts, "it", RULES, LIMITS)
    assert found is not None
    words = {word for topic in found.words for word in topic}
    assert "rossi" not in words
    assert not words & {"la", "dei", "è", "in", "di", "il", "al"}


@pytest.mark.parametrize("language", ["it", "de", "en", "fr"])
def test_every_language_has_words_that_say_nothing(language: str) -> None:
    words = RULES.stop_words[language].split()
    assert len(words) > 200
    assert {"it": "della", "de": "und", "en": "the", "fr": "avec"}[language] in words


def test_the_samples_comments_are_too_few_in_each_language_for_topics_and_the_numbers_are_said() -> None:
    panel = theme_panel(sample_desk())
    assert panel.topics == ()
    assert any("50" in note and "it 43" in note for note in panel.notes)


def test_only_words_that_may_be_quoted_are() -> None:
    panel = theme_panel(sample_desk())
    talks = sample_desk().customers.tables["comments"]
    allowed = set(talks.loc[talks["quotable"].fillna(False).astype(bool), "quote"])
    assert {quote for theme in panel.themes for quote in theme.quotes} <= allowed


def test_no_figure_of_the_sample_carries_words_of_a_customer() -> None:
    panel = theme_panel(sample_desk())
    texts = comments_of(sample_desk().customers)["text"]
    told = json.dumps(
        [[figure.reason, figure.method, figure.label] for theme in panel.themes for figure in theme.figures]
    )
    assert not any(text in told for text in texts)
