"""The kinds of check on numbers: sums, ratios, limits, spans a figure usually lies in."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from typing import Literal

from esgreport.definitions.models import ConceptType, closed
from esgreport.definitions.rule_parts import AxisName, Check, ConceptName, Concepts, SpanName


@closed
class AddsUp(Check):
    """The total is the sum of the parts, in every context the total is reported in.

    With `over` each part is summed over the members of that axis (all, or those whose code is in `group`). With
    `members_stand_in` a part that is not reported itself is the sum of its members on that axis. A part may be missing;
    with `all_parts` nothing is said then, and nothing where one of `without` is reported. `or_parts` is another way to
    the same total: one that fits is enough.
    `differs` limits the check to sums above the total, or below it. The finding sits at the total, or `at` one of the
    parts, or at a total whose parts belong to no disclosure of their own. The difference allowed is what rounding to
    the decimals reported can make, plus `tolerance` as a fraction of the larger side.
    """

    kind: Literal["adds_up"]
    total: ConceptName
    parts: Concepts
    or_parts: list[ConceptName] = field(default_factory=list)
    without: list[ConceptName] = field(default_factory=list)
    over: AxisName = ""
    group: str = ""
    members_stand_in: AxisName = ""
    all_parts: bool = False
    differs: Literal["either_way", "above", "below"] = "either_way"
    at: ConceptName = ""
    tolerance: Decimal = Decimal(0)


@closed
class RatioOf(Check):
    """The ratio reported is numerator / denominator × factor.

    The difference allowed is what rounding to the digits the ratio is written or shown with can make (the finer of the
    two), plus `tolerance` as a fraction of the ratio. Nothing is said where the denominator is zero.
    """

    kind: Literal["ratio_of"]
    ratio: ConceptName
    numerator: ConceptName
    denominator: ConceptName
    factor: Decimal = Decimal(1)
    tolerance: Decimal = Decimal(0)


@closed
class Group:
    """A part of a whole: its own mean, and how large it is."""

    mean: ConceptName
    size: ConceptName


@closed
class WeightedMean(Check):
    """The mean of all is that of the groups' means, weighted with their size.

    Nothing is said where a group that is not empty has no mean. The difference allowed is what rounding can make, plus
    `tolerance` as a fraction of the mean.
    """

    kind: Literal["weighted_mean"]
    mean: ConceptName
    groups: list[Group]
    tolerance: Decimal = Decimal(0)


@closed
class Plausible(Check):
    """What follows from several figures, numerators / denominators × factor, lies between two limits.

    It sits at `concept`; one of the two limits may be left out.
    """

    kind: Literal["plausible"]
    concept: ConceptName
    numerators: Concepts
    denominators: list[ConceptName] = field(default_factory=list)
    factor: Decimal = Decimal(1)
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@closed
class WithinSpan(Check):
    """A ratio of `parameters/plausibility.yaml` lies in the span that is usual for the sector; or on one `side` of it.

    It sits at the largest figure of the numerator, or `at` the denominator.
    """

    kind: Literal["within_span"]
    span: SpanName
    side: Literal["above", "below"]
    at: Literal["numerator", "denominator"] = "numerator"


@closed
class Range(Check):
    """Each value lies between the limits; of the concepts named, or of all of a type but some."""

    kind: Literal["range"]
    concepts: list[ConceptName] = field(default_factory=list)
    types: list[ConceptType] = field(default_factory=list)
    but: list[ConceptName] = field(default_factory=list)
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@closed
class Whole(Check):
    """Each value is a whole number: people, accidents, convictions."""

    kind: Literal["whole"]
    concepts: Concepts


@closed
class AtMost(Check):
    """The sum of the concepts is at most the limit times `fraction`, in every context; with `strictly` it is less.

    With `over` two members of one axis are compared instead: the value at `member` with the one at `limit_member`. The
    finding sits at the largest of the concepts, or `at` an answer that says otherwise.
    """

    kind: Literal["at_most"]
    concepts: Concepts
    limit: ConceptName
    fraction: Decimal = Decimal(1)
    over: AxisName = ""
    member: str = ""
    limit_member: str = ""
    strictly: bool = False
    at: ConceptName = ""


@closed
class ZeroIff(Check):
    """Two figures are zero together or not at all."""

    kind: Literal["zero_iff"]
    concept: ConceptName
    partner: ConceptName
