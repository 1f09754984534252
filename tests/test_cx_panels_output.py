"""Panels for machines and terminals: the same contract for figures, a key a panel, nothing a customer wrote unasked."""

from __future__ import annotations

import json

import pytest
from cx_panels import sample_desk

from esgreport import definitions
from esgreport.measure.customers.panels import customer_panels
from esgreport.render.customer_panels import panels_document, panels_text

PANELS = ["journey", "feedback", "drivers", "prediction", "themes", "predictive", "values", "registers"]
CONTRACT = {
    *("metric", "label", "value", "unit", "interval", "confidence", "n", "accounts", "dimensions", "period"),
    *("method", "status", "reason", "better", "source"),
}


def test_each_panel_has_its_key_and_its_figures_the_form_of_all_metrics() -> None:
    found = customer_panels(sample_desk().customers.tables, definitions.load(), ())
    document = json.loads(json.dumps(panels_document(found)))
    assert list(document) == PANELS
    assert set(document["feedback"]["ledger"][0]) == CONTRACT
    assert document["journey"]["touchpoints"][0]["source"]["file"].endswith("touchpoints.csv")
    assert document["feedback"]["events"][0]["begins"] == "2024-03-01"


@pytest.mark.parametrize(
    ("language", "words"),
    [("it", "promotore"), ("de", "Promotor"), ("fr", "promoteur"), ("en", "promoter")],
)
def test_the_text_names_groups_in_the_readers_language(language: str, words: str) -> None:
    found = definitions.load()
    text = panels_text(customer_panels(sample_desk().customers.tables, found, (), language), found.cx_panels, language)
    assert f"· {words}:" in text
    assert "· promoter:" not in text or language == "en"


def test_no_anonymous_words_reach_the_output() -> None:
    found = definitions.load()
    tables = sample_desk().customers.tables
    panels = customer_panels(tables, found, ())
    told = json.dumps(panels_document(panels), ensure_ascii=False) + panels_text(panels, found.cx_panels, "en")
    assert not any(text in told for text in tables["responses"]["value_text"].dropna().unique())
    assert not any(contact in told for contact in tables["contacts"]["contact_id"].dropna().unique())
