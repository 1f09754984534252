"""What may stand in `schemas/rules/`: a rule, its conditions, and one closed shape a kind of check; it holds no code.

A rule has one code, its texts and one or more checks. A check says in data what must hold; the room `check` has one
function a kind. A kind that is missing is added here and there, never as an expression in a file.
"""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from typing import Annotated, Literal, get_args, get_type_hints

from esgreport.definitions.models import ConceptType, Text, closed
from esgreport.definitions.rule_parts import (
    AxisName,
    ByKind,
    Check,
    ConceptName,
    Concepts,
    Condition,
    EditionName,
    NotEmpty,
    TableName,
)
from esgreport.definitions.rules_of_years import AsReported, ChangeWithin, NotRepeated, SameYears


@closed
class Required(Check):
    """The concepts are reported: each of them, or with `how_many: any` at least one."""

    kind: Literal["required"]
    concepts: Concepts
    how_many: Literal["all", "any"] = "all"


@closed
class Requires(Check):
    """What is given asks for the concepts: each of them, or any; the finding sits where the given answer stands."""

    kind: Literal["requires"]
    given: Condition
    concepts: Concepts
    how_many: Literal["all", "any"] = "all"

    def __post_init__(self) -> None:
        """Refuses a condition that is no answer."""
        if not self.given.concept:
            raise ValueError("what is given must be an answer: a condition on a concept; use when for the rest")


@closed
class LeftEmpty(Check):
    """The concepts are not reported: the other side of `requires`, by way of `when` and `unless`."""

    kind: Literal["left_empty"]
    concepts: Concepts


@closed
class AddsUp(Check):
    """The total is the sum of the parts, in every context the total is reported in.

    With `over` each part is summed over the members of that axis (all, or those whose code is in `group`). With
    `members_stand_in` a part that is not reported itself is the sum of its members on that axis. The difference
    allowed is what rounding to the decimals reported can make, plus `tolerance` as a fraction of the larger side.
    """

    kind: Literal["adds_up"]
    total: ConceptName
    parts: Concepts
    over: AxisName = ""
    group: str = ""
    members_stand_in: AxisName = ""
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
class Plausible(Check):
    """What follows from several figures, numerators / denominators × factor, lies between two limits."""

    kind: Literal["plausible"]
    concept: ConceptName
    numerators: Concepts
    denominators: Concepts
    factor: Decimal = Decimal(1)
    minimum: Decimal
    maximum: Decimal


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
class AtMost(Check):
    """The sum of the concepts is at most the limit, in every context; with `strictly` it is less.

    With `over` two members of one axis are compared instead: the value at `member` with the one at `limit_member`.
    """

    kind: Literal["at_most"]
    concepts: Concepts
    limit: ConceptName
    over: AxisName = ""
    member: str = ""
    limit_member: str = ""
    strictly: bool = False


@closed
class OneOf(Check):
    """In each row exactly one of the concepts holds (is yes, or is reported); with `or_none` none may hold too."""

    kind: Literal["one_of"]
    concepts: Concepts
    or_none: bool = False


@closed
class ZeroIff(Check):
    """Two figures are zero together or not at all."""

    kind: Literal["zero_iff"]
    concept: ConceptName
    partner: ConceptName


@closed
class Paired(Check):
    """A concept reported for one of the members of the axis is reported for all of them."""

    kind: Literal["paired"]
    concepts: Concepts
    axis: AxisName
    members: list[str]


@closed
class Unique(Check):
    """No two rows of a table have the same identifiers or members; without tables: of any table."""

    kind: Literal["unique"]
    tables: list[TableName] = field(default_factory=list)


@closed
class CompleteRows(Check):
    """The table has at least so many rows, and each row has every one of the columns."""

    kind: Literal["complete_rows"]
    table: TableName
    columns: Concepts
    rows_at_least: int = 0
    message_without_rows: Text = field(default_factory=dict)


@closed
class RefersTo(Check):
    """Every identifier on the axis in the concepts' rows is one that the rows of `known_from` have."""

    kind: Literal["refers_to"]
    concepts: Concepts
    axis: AxisName
    known_from: ConceptName


@closed
class NeedsCodeLevel(Check):
    """The codes are as fine as the standard asks: so many digits at least, no heading. On an axis, or of a concept."""

    kind: Literal["needs_code_level"]
    concept: ConceptName
    axis: AxisName = ""
    digits: int


@closed
class Matches(Check):
    """A text has the form it should have; the forms are named because some (check digits) are computed."""

    kind: Literal["matches"]
    concepts: Concepts
    form: Literal["url", "lei"]


@closed
class Stated(Check):
    """The filing itself says who reports, or in which currency."""

    kind: Literal["stated"]
    part: Literal["name", "identifier", "scheme", "currency"]


@closed
class IdentifierForm(Check):
    """The identifier has the form of its scheme, where that is known: the check digits of a LEI."""

    kind: Literal["identifier_form"]


@closed
class Lasts(Check):
    """The reporting period is a span of at least so many days."""

    kind: Literal["lasts"]
    days_at_least: int


@closed
class OmittedIsEmpty(Check):
    """A disclosure listed as omitted carries no facts."""

    kind: Literal["omitted_is_empty"]


AnyCheck = Annotated[
    Required
    | Requires
    | LeftEmpty
    | AddsUp
    | RatioOf
    | Plausible
    | Range
    | AtMost
    | OneOf
    | ZeroIff
    | Paired
    | Unique
    | CompleteRows
    | RefersTo
    | NeedsCodeLevel
    | Matches
    | Stated
    | IdentifierForm
    | Lasts
    | OmittedIsEmpty
    | ChangeWithin
    | AsReported
    | SameYears
    | NotRepeated,
    ByKind(),
]

KINDS: tuple[str, ...] = tuple(get_args(get_type_hints(shape)["kind"])[0] for shape in get_args(get_args(AnyCheck)[0]))
"""The names of all kinds, in the order above."""

# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────


@closed
class RuleReference:
    """A rule in an edition: its paragraph (left out where not verified), and what else must hold for it there.

    `disclosure` when the edition has moved it to another one.
    """

    paragraph: str = ""
    guidance: str = ""
    disclosure: str = ""
    when: list[Condition] = field(default_factory=list)


@closed
class Rule:
    """A rule: its code, how much it matters, what the finding says, its paragraph in each edition, and its checks."""

    code: str
    severity: Literal["error", "warning", "info"]
    title: Text
    message: Text
    fix: Text = field(default_factory=dict)
    editions: dict[EditionName, RuleReference]
    when: list[Condition] = field(default_factory=list)
    checks: Annotated[list[AnyCheck], NotEmpty()]


@closed
class RuleFile:
    """A file of `rules/`: the rules of one disclosure, or without one those of the filing as a whole."""

    disclosure: str = ""
    rules: list[Rule]


@closed
class Omissions:
    """The file `omissions.yaml`: which concepts the members have that stand for a part of a disclosure."""

    parts: dict[str, list[ConceptName]]
