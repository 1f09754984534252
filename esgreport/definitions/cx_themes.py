"""Rules for finding themes in comments, as data; it computes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_metric import Cited


class ThemeRules(Closed):
    """Topics are sought in languages with at least `topics_from` different comments; a term must be in `term_from`.

    `stop_words` are words that say nothing, by language. `negative_below` is the part of a scale (0 worst to 1 best)
    under which a comment counts as that of somebody dissatisfied.
    """

    topics_from: int
    topics_most: int
    comments_per_topic: int
    term_from: int
    terms_shown: int
    seed: int
    quotes: int
    adjust: str
    stop_words: Mapping[str, str]
    reference: list[Cited]
