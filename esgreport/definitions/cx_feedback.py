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

    `agree_at` and `disagree_at` are the parts of a scale (0 worst to 1 best) that count as saying yes or no to staying.
    """

    follow_days: int
    agree_at: float
    disagree_at: float
    erosion_share: float
    erosion_periods: int
    bad_experience_warning: int
    bad_experience_critical: int
    bad_satisfaction_at_most: float
    fresh_days: int
    spikes: list[Spike]
    spike_ratio: float
    cluster_answers: int
    cluster_share_top: float
    invited_share_low: float
    before_after_days: int
    reference: list[Cited]
