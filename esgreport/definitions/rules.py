"""What may stand in `schemas/rules/`: a rule, its conditions, and one closed shape a kind of check; it holds no code.

A rule has one code, its texts and one or more checks. A check says in data what must hold; the room `check` has one
function a kind. A kind that is missing is added here and there, never as an expression in a file.
"""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Literal, get_args, get_type_hints

from esgreport.definitions.models import Text, closed
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
from esgreport.definitions.rules_of_figures import (
    AddsUp,
    AtMost,
    Plausible,
    Range,
    RatioOf,
    WeightedMean,
    Whole,
    WithinSpan,
    ZeroIff,
)
from esgreport.definitions.rules_of_side_answers import ChangeBetween, Distinct, QuotientOf
from esgreport.definitions.rules_of_texts import (
    DayAgainstPeriod,
    IdentifierForm,
    Lasts,
    Located,
    Matches,
    NeedsCodeLevel,
    NoPlaceholder,
    PostalCode,
    RefersTo,
    SaysSomethingElse,
    Stated,
    Unique,
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
    """What is given asks for the concepts: each of them, or any.

    With `axis` and `members` a concept is there when it has any of those members. The finding sits at the empty
    cell; at the given answer where that is not known or any of several would do, and always with `at_answer`.
    """

    kind: Literal["requires"]
    given: Condition
    concepts: Concepts
    how_many: Literal["all", "any"] = "all"
    axis: AxisName = ""
    members: list[str] = field(default_factory=list)
    at_answer: bool = False

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
class Excludes(Check):
    """What is given leaves no room for the concepts; one finding for all of them, at the given answer."""

    kind: Literal["excludes"]
    given: Condition
    concepts: Concepts


@closed
class GoesWith(Check):
    """Where any of `given` is reported, the concepts are too, in the same row: each of them, or any."""

    kind: Literal["goes_with"]
    given: Concepts
    concepts: Concepts
    how_many: Literal["all", "any"] = "all"


@closed
class Remark(Check):
    """Nothing is to be mended: once its conditions hold, the answer is worth a word."""

    kind: Literal["remark"]
    concept: ConceptName


@closed
class OneOf(Check):
    """In each row of their table exactly one of the concepts holds (is yes, or is reported).

    With `or_none` none may hold too.
    """

    kind: Literal["one_of"]
    concepts: Concepts
    or_none: bool = False


@closed
class Paired(Check):
    """A concept reported for one of the members of the axis is reported for all of them."""

    kind: Literal["paired"]
    concepts: Concepts
    axis: AxisName
    members: list[str]


@closed
class CompleteRows(Check):
    """The table has at least so many rows, and each row has every one of the columns."""

    kind: Literal["complete_rows"]
    table: TableName
    columns: Concepts
    rows_at_least: int = 0
    message_without_rows: Text = field(default_factory=dict)


@closed
class OmittedIsEmpty(Check):
    """A disclosure listed as omitted carries no facts."""

    kind: Literal["omitted_is_empty"]


AnyCheck = Annotated[
    Required
    | Requires
    | LeftEmpty
    | Excludes
    | GoesWith
    | CompleteRows
    | Paired
    | OneOf
    | OmittedIsEmpty
    | Remark
    | AddsUp
    | RatioOf
    | WeightedMean
    | AtMost
    | ZeroIff
    | QuotientOf
    | ChangeBetween
    | Distinct
    | Range
    | Whole
    | Plausible
    | WithinSpan
    | Unique
    | SaysSomethingElse
    | RefersTo
    | NeedsCodeLevel
    | Matches
    | PostalCode
    | Located
    | NoPlaceholder
    | DayAgainstPeriod
    | Stated
    | IdentifierForm
    | Lasts
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

    `missed_when` must hold besides before something missing is missed: what is voluntary otherwise may still be wrong.
    `disclosure` when the edition has moved it to another one.
    """

    paragraph: str = ""
    guidance: str = ""
    disclosure: str = ""
    when: list[Condition] = field(default_factory=list)
    missed_when: list[Condition] = field(default_factory=list)


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
