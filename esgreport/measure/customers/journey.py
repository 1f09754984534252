"""The map of the customer's journey with metrics on it: phases, perspectives, touchpoints, gaps; it draws none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from esgreport.customer_metrics import CustomerMetric, Status
from esgreport.customer_panels import (
    Gap,
    JourneyCell,
    JourneyEntry,
    JourneyMap,
    JourneyTouchpoint,
    Named,
    Priority,
)
from esgreport.measure.customers.figures import Figure
from esgreport.measure.customers.journey_answers import answers_at_touchpoints, coded
from esgreport.measure.customers.journey_channels import channels_of, figures_by_channel, goals_by_channel
from esgreport.measure.customers.journey_gaps import gaps, map_figures, notes
from esgreport.measure.customers.journey_order import Judged, Ranked, band_of, by_opportunity, by_priority
from esgreport.measure.customers.panel_desk import Desk, means, split
from esgreport.measure.customers.panel_rows import flag_of, line_of, number_of, text_of

LINES = (
    "customer_action",
    "expectation",
    "information_needed",
    "trigger",
    "pain_point",
    "delight",
    "effect_on_emotions",
    "effect_on_behaviour",
    "effect_on_knowledge",
    "effect_on_sensations",
    "depends_on",
)
"""What of a row of the sheet Journey is shown as text."""


def journey_map(desk: Desk) -> JourneyMap:
    """The map as it was entered, with what was measured at each touchpoint, the order to look at them, and the gaps."""
    measured = _measured(desk)
    touchpoints = _touchpoints(desk, measured)
    phases = _phases(desk)
    cells = tuple(_cells(desk, phases))
    found = (*gaps(desk, phases, touchpoints, cells),)
    start = tuple(each.id for each in sorted(touchpoints, key=_worst_first)[: desk.panels.journey.start_with])
    return JourneyMap(
        phases=phases,
        perspectives=_listed(desk, "perspectives", desk.panels.journey.perspectives),
        stages=_listed(desk, "stages"),
        cells=cells,
        touchpoints=touchpoints,
        gaps=found,
        figures=(*map_figures(desk, touchpoints), *figures_by_channel(desk, touchpoints, measured)),
        start_here=start,
        notes=tuple(notes(desk, touchpoints)),
        title=desk.text("journey_title"),
        description=_described(desk, phases, touchpoints, found, start),
        channels=channels_of(touchpoints),
        goals=goals_by_channel(desk, touchpoints),
    )


def _worst_first(each: JourneyTouchpoint) -> tuple[float, float, str]:
    score = each.opportunity.score if each.opportunity else -np.inf
    return -score, each.goal_reached if each.goal_reached is not None else 1.0, each.id


def _described(
    desk: Desk,
    phases: tuple[Named, ...],
    touchpoints: tuple[JourneyTouchpoint, ...],
    found: tuple[Gap, ...],
    start: tuple[str, ...],
) -> str:
    if not touchpoints:
        return desk.text("journey_none")
    names = {each.id: each.name for each in touchpoints}
    return desk.text(
        "journey_described",
        touchpoints=len(touchpoints),
        phases=len(phases),
        truths=sum(bool(each.moment_of_truth) for each in touchpoints),
        first=", ".join(names[each] for each in start),
        gaps=len(found),
    )


def _listed(desk: Desk, values: str, names: list[str] | None = None) -> tuple[Named, ...]:
    known = [value.name for value in desk.customers.customer.lists[values].values]
    return tuple(named for name in names or known if (named := desk.value(values, name)))


def _phases(desk: Desk) -> tuple[Named, ...]:
    """The phases in the order of the sheet Phases, else that of the list; with those only touchpoints name."""
    frame = desk.customers.tables["phases"].dropna(subset=["phase"]).sort_values("sequence", kind="stable")
    names = [str(name) for name in frame["phase"]]
    if not names:
        names = [value.name for value in desk.customers.customer.lists["phases"].values]
    used = desk.customers.tables["touchpoints"]["phase"].dropna()
    names += [name for name in dict.fromkeys(str(each) for each in used) if name not in names]
    return _listed(desk, "phases", names)


# ── touchpoints ──────────────────────────────────────────────────────────────────────────────────────────────


def _touchpoints(desk: Desk, measured: Mapping[str, tuple[CustomerMetric, ...]]) -> tuple[JourneyTouchpoint, ...]:
    frame = desk.customers.tables["touchpoints"]
    judged = _judged(desk, measured)
    rules = desk.panels.journey
    priority = by_priority(judged, rules)
    opportunity = by_opportunity(judged, rules)
    answers = {each.id: len(each.measured) for each in judged}
    made = []
    for row in frame.sort_values("sequence", kind="stable").index:
        name = str(frame.at[row, "touchpoint_id"])
        figures = measured.get(name, ())
        orders = (_priority(desk, priority.get(name)), _opportunity(desk, opportunity.get(name), answers.get(name, 0)))
        made.append(_touchpoint(desk, int(row), figures, orders))
    return tuple(made)


def _touchpoint(
    desk: Desk, row: int, figures: tuple[CustomerMetric, ...], orders: tuple[Priority | None, Priority | None]
) -> JourneyTouchpoint:
    line = line_of(desk.customers.tables["touchpoints"], row)
    rules = desk.panels.journey
    sequence = number_of(line["sequence"])
    return JourneyTouchpoint(
        id=text_of(line["touchpoint_id"]),
        name=text_of(line["name"]),
        stage=desk.value("stages", line["stage"]) or Named("", ""),
        phase=desk.value("phases", line["phase"]),
        kind=desk.value("touchpoint_types", line["type"]),
        channel=desk.value("channels", line["channel"]),
        sequence=None if sequence is None else int(sequence),
        moment_of_truth=flag_of(line["moment_of_truth"]),
        goal=text_of(line["customer_goal"]),
        goal_reached=number_of(line["goal_reached"]),
        presence=desk.value("presences", line["presence"]),
        consistency=desk.value("consistencies", line["consistency"]),
        importance=number_of(line["importance"]),
        dissatisfaction_potential=number_of(line["dissatisfaction_potential"]),
        satisfaction=number_of(line["satisfaction"]),
        figures=figures,
        priority=orders[0],
        opportunity=orders[1],
        playbook=(int(line[rules.playbook].notna().sum()), len(rules.playbook)),
        missing=tuple(_missing(desk, line, figures)),
        qualities=tuple((desk.column("touchpoints", name), flag_of(line[name])) for name in rules.qualities),
        source=desk.customers.tables.tables["touchpoints"].place(row),
    )


def _missing(desk: Desk, line: pd.Series, figures: tuple[CustomerMetric, ...]) -> Iterator[Named]:
    """What a touchpoint lacks of what it must have."""
    evidence = desk.customers.tables["journey"]["touchpoint_id"]
    for name in desk.panels.journey.must_have:
        if name == "evidence":
            if not (evidence == line["touchpoint_id"]).fillna(False).any():
                yield desk.word(name)
        elif name == "metric":
            if not any(figure.status is not Status.ABSENT for figure in figures):
                yield desk.word(name)
        elif pd.isna(line[name]):
            yield desk.column("touchpoints", name)


def _measured(desk: Desk) -> Mapping[str, tuple[CustomerMetric, ...]]:
    """What was measured at each touchpoint in the period, from answers after an interaction."""
    figures: list[Figure] = []
    for each in desk.panels.journey.figures:
        answers = answers_at_touchpoints(desk, each.asked)
        of, scale = coded(answers, each.asked)
        figures += means(each.figure, of, scale, desk.customers, split("touchpoint", answers["touchpoint_id"]))
    handed = desk.handed_on(figures)
    names = dict.fromkeys(figure.member("touchpoint") or "" for figure in handed)
    return {name: tuple(figure for figure in handed if figure.member("touchpoint") == name) for name in names}


def _judged(desk: Desk, measured: Mapping[str, tuple[CustomerMetric, ...]]) -> list[Judged]:
    """The touchpoints as judged; measured only where that may be shown, or a score would give away what is withheld."""
    frame = desk.customers.tables["touchpoints"]
    answers = answers_at_touchpoints(desk, "csat")
    found = []
    for line in frame.to_dict("records"):
        here = answers[answers["touchpoint_id"] == line["touchpoint_id"]]
        figures = measured.get(str(line["touchpoint_id"]), ())
        if not any(each.metric == "journey_satisfaction" and each.value is not None for each in figures):
            here = here.head(0)
        numbers = (line[name] for name in ("importance", "dissatisfaction_potential", "satisfaction"))
        importance, potential, satisfaction = (np.nan if pd.isna(each) else float(each) for each in numbers)
        columns = (here["better"].to_numpy(dtype=np.float64), here["account"].to_numpy(dtype=np.int64))
        found.append(Judged(str(line["touchpoint_id"]), importance, potential, satisfaction, *columns))
    return found


def _priority(desk: Desk, ranked: Ranked | None) -> Priority | None:
    if ranked is None:
        return None
    basis = desk.text("basis_judged", step=desk.panels.journey.judgement_step)
    return Priority(ranked.score, ranked.rank, ranked.ranks, ranked.ties, basis)


def _opportunity(desk: Desk, ranked: Ranked | None, answers: int) -> Priority | None:
    if ranked is None:
        return None
    rules = desk.panels.journey
    basis = desk.text("basis_measured", n=answers, draws=rules.draws) if answers else desk.text("basis_entered")
    band = band_of(ranked.score, rules.bands)
    named = Named(band.name, desk.said(band.labels))
    return Priority(ranked.score, ranked.rank, ranked.ranks, ranked.ties, basis, named)


# ── what was found for each phase ────────────────────────────────────────────────────────────────────────────


def _cells(desk: Desk, phases: tuple[Named, ...]) -> Iterator[JourneyCell]:
    frame = desk.customers.tables["journey"]
    for phase in phases:
        for perspective in desk.panels.journey.perspectives:
            here = frame[((frame["phase"] == phase.code) & (frame["perspective"] == perspective)).fillna(False)]
            yield JourneyCell(phase.code, perspective, tuple(_entry(desk, int(row)) for row in here.index))


def _entry(desk: Desk, row: int) -> JourneyEntry:
    line = line_of(desk.customers.tables["journey"], row)
    emotions = [value.name for value in desk.customers.customer.lists["emotions"].values]
    effort = number_of(line["effort"])
    return JourneyEntry(
        touchpoint=text_of(line["touchpoint_id"]),
        lines=tuple((desk.column("journey", name), text_of(line[name])) for name in LINES if text_of(line[name])),
        emotion=emotions.index(emotion) - len(emotions) // 2 if (emotion := text_of(line["emotion"])) else None,
        effort=None if effort is None else int(effort),
        marks=tuple(_marks(desk, line)),
        evidence=desk.value("evidences", line["evidence"]) or Named("", ""),
        source=desk.customers.tables.tables["journey"].place(row),
    )


def _marks(desk: Desk, line: pd.Series) -> Iterator[Named]:
    for name in ("hesitation", "drop_off"):
        if flag_of(line[name]):
            yield desk.word(name)
    if text_of(line["delight"]):
        yield desk.word("delight")
    if text_of(line["friction_action"]) in ("remove", "change"):
        yield desk.word(f"friction_{line['friction_action']}")
