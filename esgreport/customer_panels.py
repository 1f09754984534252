"""Panels about customers as they are handed on: journey, feedback, drivers, themes, tests, claims; it computes none.

All texts are in the reader's language. Every number that rests on people is a CustomerMetric, with interval, n, method
and status, and passed the one step that withholds small groups.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_metrics import Named as Named  # noqa: PLC0414 - handed on from here
from esgreport.customer_registers import GoalReach, Registers
from esgreport.model import Source

# ── the journey ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Priority:
    """Where a touchpoint stands in an order: its score, its rank from 1, and the ranks it may as well have.

    `ties` are the touchpoints whose ranks overlap with its own. `basis` says in words what the score rests on.
    """

    score: float
    rank: int
    ranks: tuple[int, int]
    ties: tuple[str, ...]
    basis: str
    band: Named | None = None


@dataclass(frozen=True, slots=True)
class JourneyTouchpoint:
    """One touchpoint: as it was entered, the figures measured at it, its place in both orders, what is missing.

    `missing` are parts every touchpoint should have. `qualities` are pairs of a quality and whether it has it; None
    where nobody said. `playbook` counts filled and all parts of what to do and say there.
    """

    id: str
    name: str
    stage: Named
    phase: Named | None
    kind: Named | None
    channel: Named | None
    sequence: int | None
    moment_of_truth: bool | None
    goal: str
    goal_reached: float | None
    presence: Named | None
    consistency: Named | None
    importance: float | None
    dissatisfaction_potential: float | None
    satisfaction: float | None
    figures: tuple[CustomerMetric, ...]
    priority: Priority | None
    opportunity: Priority | None
    playbook: tuple[int, int]
    missing: tuple[Named, ...]
    qualities: tuple[tuple[Named, bool | None], ...]
    source: Source


@dataclass(frozen=True, slots=True)
class JourneyEntry:
    """What was found for a phase from one perspective; `emotion` runs from -2 to 2, `marks` are what stands out."""

    touchpoint: str
    lines: tuple[tuple[Named, str], ...]
    emotion: int | None
    effort: int | None
    marks: tuple[Named, ...]
    evidence: Named
    source: Source


@dataclass(frozen=True, slots=True)
class JourneyCell:
    """A phase from one perspective."""

    phase: str
    perspective: str
    entries: tuple[JourneyEntry, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing or does not fit: what kind, of what, in a sentence, and where it stands."""

    kind: Named
    subject: str
    text: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """The customer's journey: phases across, perspectives down, touchpoints in their order, gaps, what to start with.

    `figures` are about the map as a whole. `start_here` are touchpoints: the worst for what matters most first.
    `description` is the map in words, for those who cannot see it. `channels` are the columns of `goals`: on which
    channel each of the customers' goals can be reached.
    """

    phases: tuple[Named, ...]
    perspectives: tuple[Named, ...]
    stages: tuple[Named, ...]
    cells: tuple[JourneyCell, ...]
    touchpoints: tuple[JourneyTouchpoint, ...]
    gaps: tuple[Gap, ...]
    figures: tuple[CustomerMetric, ...]
    start_here: tuple[str, ...]
    notes: tuple[str, ...]
    title: str = ""
    description: str = ""
    channels: tuple[Named, ...] = ()
    goals: tuple[GoalReach, ...] = ()

    def entries(self, phase: str, perspective: str) -> tuple[JourneyEntry, ...]:
        """What was found for a phase from a perspective."""
        found = (cell.entries for cell in self.cells if (cell.phase, cell.perspective) == (phase, perspective))
        return next(found, ())


# ── what is said and what is done ────────────────────────────────────────────────────────────────────────────


class Verdict(StrEnum):
    """Whether two kinds of evidence agree."""

    AGREE = "agree"
    CONTRADICT = "contradict"
    INSUFFICIENT = "insufficient"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account seen from three sides: what its people say, what they write, what it does; and whether these agree.

    `said` is withheld where too few answers stand behind it. `done` and `signals` come from contracts, orders, usage
    and tickets, not from answers.
    """

    account: str
    verdict: Verdict
    verdict_label: str
    said: Named | None
    done: Named | None
    themes: tuple[Named, ...]
    signals: tuple[Named, ...]
    answers: int
    source: Source | None


@dataclass(frozen=True, slots=True)
class Check:
    """One look for a way scores may have been made to look better: what was found, and whether it calls for a look."""

    check: Named
    speaks: bool | None
    """None where there are no data to say."""
    text: str
    figure: CustomerMetric | None = None


@dataclass(frozen=True, slots=True)
class EventMark:
    """An event to be marked on charts of trends; it may explain a change, it is no proof of one."""

    begins: date
    ends: date | None
    label: str
    scope: Named
    effect: Named | None
    source: Source


@dataclass(frozen=True, slots=True)
class SurveyUse:
    """One survey: what it is for, what it asks about, how many answers it got, what it lacks or doubles."""

    survey: str
    name: str
    purpose: str
    trigger: str
    asks: tuple[str, ...]
    answers: int
    last: date | None
    notes: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action: where it stands, and what was measured before and after it."""

    action: str
    kind: Named | None
    status: Named | None
    opened: date
    due: date | None
    late: bool
    customer_told: bool
    measured: str
    text: str
    source: Source
    description: str = ""
    """What is done, in the undertaking's own words."""


@dataclass(frozen=True, slots=True)
class FeedbackPanel:
    """The feedback trap: ledger of said and done, accounts, checks, events, surveys, loop."""

    ledger: tuple[CustomerMetric, ...]
    accounts: tuple[AccountView, ...]
    checks: tuple[Check, ...]
    events: tuple[EventMark, ...]
    surveys: tuple[SurveyUse, ...]
    loop: tuple[CustomerMetric, ...]
    actions: tuple[ActionView, ...]
    notes: tuple[str, ...]


# ── drivers and themes ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class DriverAnalysis:
    """What goes with an outcome: the share of each driver in what is explained, and how much is explained at all.

    `shares` add up to `explained`, and so do `weights`, another way to share it out, in the same order. Without enough
    cases both are empty and `reason` says the rule.
    """

    outcome: Named
    explained: CustomerMetric
    shares: tuple[CustomerMetric, ...]
    reason: str
    notes: tuple[str, ...]
    weights: tuple[CustomerMetric, ...] = ()


@dataclass(frozen=True, slots=True)
class Prediction:
    """Which score tells better who renews, on our own data."""

    figures: tuple[CustomerMetric, ...]
    verdict: str
    research: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the codebook, with what is known of the comments that touch it."""

    theme: Named
    owner: str
    figures: tuple[CustomerMetric, ...]
    quotes: tuple[str, ...]
    """Only those that may be quoted and whose group is large enough."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic found by itself in the comments of one language: its words, and the share of comments nearest to it."""

    language: str
    words: tuple[str, ...]
    share: CustomerMetric


@dataclass(frozen=True, slots=True)
class ThemePanel:
    """Themes by the revenue behind them, and topics nobody put in the codebook."""

    themes: tuple[Theme, ...]
    topics: tuple[Topic, ...]
    figures: tuple[CustomerMetric, ...]
    notes: tuple[str, ...]


# ── predictive service, values, claims ───────────────────────────────────────────────────────────────────────


class Met(StrEnum):
    """Whether a criterion is met; `uncertain` where the limit lies within the interval."""

    YES = "yes"
    NO = "no"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion: the inequality as it was tested, what was observed, whether it is met."""

    criterion: Named
    inequality: str
    met: Met
    met_label: str
    observed: CustomerMetric | None
    note: str


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Loss that prevention would avoid in a year against what it costs; money is in the currency of the settings."""

    loss_avoided: float
    low: float
    high: float
    investment: float
    share_needed: float | None
    """The share of the loss from leaving customers and unplanned service that must be avoided to pay for it."""
    text: str


@dataclass(frozen=True, slots=True)
class PredictivePanel:
    """The test for predictive service: `met` of the criteria hold, `uncertain` may; it is never a decision."""

    criteria: tuple[CriterionResult, ...]
    met: int
    uncertain: int
    many: int
    verdict: str
    break_even: BreakEven | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim of a founding document, as a claim, and what our own data have on it where that can be tested."""

    id: str
    seed: str
    text: str
    own: tuple[CustomerMetric, ...]
    own_text: str


@dataclass(frozen=True, slots=True)
class ValuesPanel:
    """Loyalty by perceived sustainability: groups, differences, models that take satisfaction and more out, requests.

    `reliability` says whether questions that are put together measure one thing.
    """

    figures: tuple[CustomerMetric, ...]
    controlled: tuple[CustomerMetric, ...]
    requests: tuple[CustomerMetric, ...]
    claims: tuple[ClaimView, ...]
    notes: tuple[str, ...]
    reliability: tuple[CustomerMetric, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerPanels:
    """All panels about customers."""

    journey: JourneyMap
    feedback: FeedbackPanel
    drivers: tuple[DriverAnalysis, ...]
    prediction: Prediction
    themes: ThemePanel
    predictive: PredictivePanel
    values: ValuesPanel
    registers: Registers = field(default_factory=Registers)


# ── what a report is made from ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class CustomerFigures:
    """All that was measured about customers, as a report takes it: metrics, panels, and the files they come from.

    `digests` are pairs of file and SHA-256.
    """

    metrics: tuple[CustomerMetric, ...]
    panels: CustomerPanels
    digests: tuple[tuple[str, str], ...]
