"""What a word of the standard means, from the definitions alone: rules, findings, concepts, disclosures, the cap.

This room looks at no workbook and judges nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from functools import partial

from esgreport.definitions import Definitions
from esgreport.definitions.codes import normalised
from esgreport.explain.concepts import explain_concept
from esgreport.explain.model import Entry, Explanation, document
from esgreport.explain.others import explain_cap, explain_disclosure, explain_metric, explain_topics
from esgreport.explain.rules import explain_finding, explain_rule
from esgreport.explain.terminal import WIDTH, terminal_text
from esgreport.explain.words import Words

__all__ = ["WIDTH", "Entry", "Explanation", "document", "explain", "meant", "terminal_text", "topics"]


def explain(word: str, definitions: Definitions, language: str = "en") -> Explanation | None:
    """What a word means: a code, the name of a concept (of any taxonomy), its label or range, a disclosure, `cap`.

    Capitals do not matter. None for a word that means nothing here; `meant` then has the closest one.
    """
    makers = _makers(definitions, Words(definitions, language))
    for key in (word.strip().casefold(), word.strip().casefold().partition("_")[0]):
        if key in makers:
            return makers[key]()
    concept = definitions.labelled.get(normalised(word))
    return makers[concept.casefold()]() if concept else None


def topics(definitions: Definitions, language: str = "en") -> Explanation:
    """What can be explained."""
    return explain_topics(Words(definitions, language))


def meant(word: str, definitions: Definitions) -> str:
    """The known word closest to one that is not known; empty when none is close."""
    known = {name.casefold(): name for name in (*_names(definitions), *definitions.names)}
    close = difflib.get_close_matches(word.strip().casefold(), list(known), n=1, cutoff=0.6)
    return known[close[0]] if close else ""


def _names(definitions: Definitions) -> tuple[str, ...]:
    """The words that are no concept's name, in the order in which they are looked up."""
    rules = (rule.code for _, rule in definitions.rules)
    disclosures = (disclosure.code for disclosure in definitions.disclosures)
    return ("cap", *disclosures, *rules, *definitions.finding_texts, *definitions.metrics)


def _makers(definitions: Definitions, words: Words) -> Mapping[str, Callable[[], Explanation]]:
    """How each word is explained, by the word in small letters."""
    found: dict[str, Callable[[], Explanation]] = {"cap": partial(explain_cap, words)}
    for old, name in definitions.names.items():
        if name in definitions.concepts:
            found[old.casefold()] = partial(explain_concept, definitions.concepts[name], words)
    for code, metric in definitions.metrics.items():
        found[code.casefold()] = partial(explain_metric, metric, words)
    for code, text in definitions.finding_texts.items():
        found[code.casefold()] = partial(explain_finding, text, words)
    for code, rule in definitions.rules:
        found[rule.code.casefold()] = partial(explain_rule, rule, code, words)
    for each in definitions.disclosures:
        found[each.code.casefold()] = partial(explain_disclosure, each, words)
    return found
