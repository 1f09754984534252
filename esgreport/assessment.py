"""How far a filing answers what is asked, as frozen values: statuses, verdicts, readiness; no work is done here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from esgreport.model import Filing

# ── what is reported, and why not what is not ────────────────────────────────────────────────────────────────


class State(StrEnum):
    """What became of a datapoint, or of a disclosure; `PARTLY` is a disclosure's only."""

    REPORTED = "reported"
    PARTLY = "partly"
    UNCHANGED = "unchanged"
    OMITTED = "omitted"
    NOT_APPLICABLE = "not_applicable"
    VOLUNTARY = "voluntary"
    NOT_ASKED = "not_asked"
    MISSING = "missing"


NEEDED = frozenset(("necessary", "necessary_if_applicable", "necessary_if_lawful"))
"""How an edition asks for what must not simply be left out."""


@dataclass(frozen=True, slots=True)
class DatapointStatus:
    """A datapoint under an edition: how far it is asked for, what became of it, and why where it is not reported.

    `at` are the members of an axis where the datapoint is not the concept's figure of the period but its base-year or
    target figures. `held` says that there are facts, also of what the edition does not ask for. `hangs_on` is the
    concept whose answer would tell whether this one is asked for, where that cannot be told.
    """

    concept: str
    label: str
    disclosure: str
    need: str
    state: State
    reason: str = ""
    paragraph: str = ""
    verified: bool = True
    held: bool = False
    computed: bool = False
    at: tuple[str, ...] = ()
    hangs_on: str = ""
    ruled_out_by: str = ""
    """The circumstance of `applicability.yaml` that reported facts rule out; empty where it is only presumed."""

    @property
    def required(self) -> bool:
        """Whether it has to be reported: asked for, and applicable."""
        applies = self.state not in (State.NOT_APPLICABLE, State.NOT_ASKED)
        return applies and self.need in NEEDED

    @property
    def answered(self) -> bool:
        """Whether it is reported, or the previous report has it unchanged."""
        return self.state in (State.REPORTED, State.UNCHANGED)


@dataclass(frozen=True, slots=True)
class DisclosureStatus:
    """A disclosure under an edition: what became of it, why where it is not reported in full, and its datapoints."""

    code: str
    title: str
    module: str
    state: State
    reason: str
    paragraph: str
    verified: bool
    datapoints: tuple[DatapointStatus, ...]

    @property
    def required(self) -> int:
        """How many datapoints have to be reported."""
        return sum(each.required for each in self.datapoints)

    @property
    def answered(self) -> int:
        """How many of those that have to be reported are."""
        return sum(each.required and each.answered for each in self.datapoints)

    @property
    def missing(self) -> int:
        """How many are missing."""
        return sum(each.state is State.MISSING for each in self.datapoints)

    @property
    def omitted(self) -> int:
        """How many were left out as classified or sensitive."""
        return sum(each.state is State.OMITTED for each in self.datapoints)

    @property
    def extra(self) -> int:
        """How many are reported though nobody has to."""
        return sum(each.held and not each.required for each in self.datapoints)


# ── the value chain cap ──────────────────────────────────────────────────────────────────────────────────────

Purpose = Literal["csrd", "other", "unknown"]
"""What a request is for: a sustainability report under the Accounting Directive, something else, or nobody knows."""


@dataclass(frozen=True, slots=True)
class CapQuestion:
    """Who is asked, for which year and what for: what a verdict on the cap hangs on.

    `employees` is the average of the preceding financial year, None where unknown; `full_time_equivalents` says that
    it does not count people. `financial_year_start` is the first day of the year the request is about.
    """

    employees: Decimal | None
    purpose: Purpose = "unknown"
    financial_year_start: date | None = None
    full_time_equivalents: bool = False


@dataclass(frozen=True, slots=True)
class CapVerdict:
    """Whether something asked for is inside the cap, and whether the cap protects in this case; None is "cannot tell".

    `inside` is about the datapoint and the size alone, `protects` about purpose, year and size. `advice` says both in
    words. `need` is the datapoint's class for the size, `paragraph` that of Annex I (of Annex II's row where inside).
    """

    inside: bool | None
    protects: bool | None
    need: str
    band: str
    paragraph: str
    advice: str
    row: str = ""
    part: str = ""
    verified: bool = True

    @property
    def may_decline(self) -> bool:
        """Whether it is certain that the undertaking may decline by reason of the cap."""
        return self.protects is True and self.inside is False


# ── readiness ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class RowStatus:
    """A row of the cap: whether it is inside for this size, what became of it, and the labels of what is missing."""

    row: str
    disclosure: str
    paragraph: str
    wording: str
    inside: bool | None
    state: State
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedItem:
    """Something a customer asks for: a concept or derived figure, how much it weighs, and what became of it."""

    name: str
    label: str
    weight: int
    state: State
    reason: str
    inside: bool | None
    verified: bool = True

    @property
    def ready(self) -> bool:
        """Whether it can be given."""
        return self.state in (State.REPORTED, State.UNCHANGED)


@dataclass(frozen=True, slots=True)
class ProfileStatus:
    """How ready an undertaking is for a kind of customer. What is not applicable to it counts neither way."""

    id: str
    name: str
    summary: str
    purpose: Purpose
    items: tuple[AskedItem, ...]

    @property
    def applicable(self) -> tuple[AskedItem, ...]:
        """What is asked for and applies."""
        return tuple(item for item in self.items if item.state is not State.NOT_APPLICABLE)

    @property
    def ready(self) -> int:
        """How much of that can be given."""
        return sum(item.ready for item in self.applicable)

    @property
    def share(self) -> Decimal | None:
        """How much of that can be given, by weight, as a fraction; None where nothing is asked that applies."""
        whole = sum(item.weight for item in self.applicable)
        return Decimal(sum(item.weight for item in self.applicable if item.ready)) / whole if whole else None


@dataclass(frozen=True, slots=True)
class Gap:
    """A datapoint that is missing: where it counts, who asks for it, and what it takes to get it."""

    concept: str
    label: str
    disclosure: str
    paragraph: str
    verified: bool
    inside: bool | None
    asked_by: tuple[str, ...]
    effort: str
    effort_reason: str
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """A datapoint that is reported though it is beyond the cap."""

    concept: str
    label: str
    disclosure: str
    need: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence on the law, with the grade of certainty it has and what the grade means."""

    text: str
    paragraph: str = ""
    verified: bool = True
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready an undertaking is: for the standard, inside the cap, for kinds of customers, and what to do first.

    `asked` are the circumstances the cap was looked at for; `why` says why the edition of `disclosures` was taken.
    """

    entity: str
    period_end: date
    language: str
    edition: str
    why: str
    asked: CapQuestion
    band: str
    rows: tuple[RowStatus, ...]
    ready: int
    missing: int
    held: tuple[Held, ...]
    disclosures: tuple[DisclosureStatus, ...]
    profiles: tuple[ProfileStatus, ...]
    gaps: tuple[Gap, ...]
    conditions: tuple[Remark, ...]
    caveats: tuple[Remark, ...]
    protects: bool | None = None
    """Whether the cap protects in these circumstances; None is "cannot tell"; `protection` says it in words."""
    protection: str = ""


# ── what an audience is told ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Kept:
    """Figures of one concept that an audience is not shown, or sees rounded: how many, and why."""

    concept: str
    label: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """What an audience is told: the filing without the rest; what was withheld and what rounded, in the law's order."""

    filing: Filing
    withheld: tuple[Kept, ...] = ()
    rounded: tuple[Kept, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it is all there is."""
        return not self.withheld and not self.rounded

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why a concept is not shown, by its name."""
        return {each.concept: each.reason for each in self.withheld}
