"""Rules for holding what customers say against what they do, as data; it computes nothing."""

from __future__ import annotations

from esgreport.definitions.closed import Closed
from esgreport.definitions.cx_metric import Cited


class Spike(Closed):
    """A score just at the line where an answer becomes a good one, against the score just below it."""

    asked: str
    line: float
    below: float


class FeedbackRules(Closed):
    """The ledger looks `follow_days` ahead of each statement; other numbers are where a check begins to speak.

    Parts of a scale run from 0 (worst) to 1 (best). An intention of `agree_from` on says yes to staying, one up to
    `disagree_to` no. An account's answers are good from a mean of `good_from` on and bad below `bad_below`; they are
    shown from as many people as `people_from`. A fall of `fall_share` counts as one.
    """

    follow_days: int
    agree_from: float
    disagree_to: float
    good_from: float
    bad_below: float
    people_from: int
    fall_share: float
    bad_experience_warning: int
    bad_experience_critical: int
    spikes: list[Spike]
    spike_ratio: float
    spike_p_below: float
    cluster_answers: int
    cluster_share_top: float
    invited_share_low: float
    before_after_days: int
    reference: list[Cited]
