"""How far a filing answers what is asked, as frozen values: statuses, verdicts, readiness; no work is done here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

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
    target figures. `held` says that there are facts, also of what the edition does not ask for.
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
