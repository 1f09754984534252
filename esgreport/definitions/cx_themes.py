"""Rules for finding themes in comments, as data; it computes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_metric import Cited


class ThemeRules(Closed):
    """Topics are sought in languages with more than `topics_above` comments, one for each `comments_per_topic`.

    A word of a topic is in `term_from` comments at least; `terms_shown` of them name it. `stop_words` are words that
    say nothing, by language. `adjust` is the correction for looking at many themes at once.
    """

    topics_above: int
    topics_most: int
    comments_per_topic: int
    term_from: int
    terms_shown: int
    seed: int
    quotes: int
    adjust: str
    stop_words: Mapping[str, str]
    reference: list[Cited]
