"""Kinds of metric that are made from answers to surveys, one class each; it computes nothing."""

from __future__ import annotations

from typing import Literal

from esgreport.definitions.cx_metric import CustomerMetricBase, Weight

Coding = Literal[
    "promoters_less_detractors", "promoters", "passives", "detractors", "top", "top_less_bottom", "index", "raw"
]
"""What an answer counts as.

`promoters_less_detractors` 1 for 9 and 10, -1 for 0 to 6 on a scale of 0 to 10; `top` 1 for the best positions of its
scale, as many as `top_box` says; `top_less_bottom` also -1 for as many of the worst; `index` 0 to 100 from worst to
best; `raw` the number as it was given.
"""


class Answers(CustomerMetricBase):
    """The mean of coded answers to the questions of one metric, apart by kind of survey, aspect and scale."""

    kind: Literal["answers"]
    asked: str
    coding: Coding
    weight: Weight = "response"


class Change(CustomerMetricBase):
    """By how much the metric `of` differs from the period before, and whether that is more than chance."""

    kind: Literal["change"]
    of: str
    practical: str
    """The setting that says from how much on a change matters."""


class AgainstRest(CustomerMetricBase):
    """By how much a group differs from all others together, with the error of many comparisons held down."""

    kind: Literal["against_rest"]
    of: str
    practical: str
    adjust: Literal["holm", "fdr_bh"] = "holm"


class Detectable(CustomerMetricBase):
    """The smallest change against another sample like this one that would show with probability `power`."""

    kind: Literal["detectable"]
    of: str
    power: float = 0.8


class EqualGroups(CustomerMetricBase):
    """The plain mean of the groups' values, beside the pooled one, which leans to the large groups."""

    kind: Literal["equal_groups"]
    of: str
    dimension: str


class MixEffect(CustomerMetricBase):
    """How much of a change comes from other weights of the groups alone (Kitagawa)."""

    kind: Literal["mix_effect"]
    of: str
    dimension: str


class NonResponse(CustomerMetricBase):
    """What the metric `of` could be with those who did not answer: bounds, or as those who answered late."""

    kind: Literal["nonresponse"]
    of: str
    scenario: Literal["bounds", "late"]


class Coverage(CustomerMetricBase):
    """How much of what was asked answered: people, accounts, revenue, deciders."""

    kind: Literal["coverage"]
    asked: str
    what: Literal["people", "accounts", "revenue", "deciders"]


class Dismissed(CustomerMetricBase):
    """Answers begun and not given, which count in no score."""

    kind: Literal["dismissed"]
    asked: str
