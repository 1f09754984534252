"""What the map of the journey lacks: gaps, how complete it is, what is usual and what is not; it orders nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_panels import Gap, JourneyCell, JourneyTouchpoint, Named
from esgreport.measure.customers.figures import because
from esgreport.measure.customers.panel_desk import Desk, counted, plain


def gaps(
    desk: Desk, phases: Sequence[Named], touchpoints: Sequence[JourneyTouchpoint], cells: Sequence[JourneyCell]
) -> Iterator[Gap]:
    """Where we are not, where we contradict ourselves, what is not described, what nobody has looked at."""
    if not touchpoints and not any(cell.entries for cell in cells):
        return
    for each in touchpoints:
        yield from _of_touchpoint(desk, each)
    for phase in phases:
        if not any(each.phase and each.phase.code == phase.code for each in touchpoints):
            yield Gap(desk.word("gap_phase_empty"), phase.code, phase.label)
        yield from _of_phase(desk, phase, [cell for cell in cells if cell.phase == phase.code])


def _of_touchpoint(desk: Desk, each: JourneyTouchpoint) -> Iterator[Gap]:
    if each.presence and each.presence.code in ("no", "partial"):
        kind = desk.word("gap_absent" if each.presence.code == "no" else "gap_partial")
        yield Gap(kind, each.id, each.name, each.source)
    if each.consistency and each.consistency.code == "inconsistent":
        yield Gap(desk.word("gap_inconsistent"), each.id, each.name, each.source)
    if each.missing:
        what = ", ".join(part.label for part in each.missing)
        text = desk.text("gap_of_touchpoint", touchpoint=each.name, what=what)
        yield Gap(desk.word("gap_missing"), each.id, text, each.source)


def _of_phase(desk: Desk, phase: Named, cells: Sequence[JourneyCell]) -> Iterator[Gap]:
    for cell in cells:
        if not cell.entries:
            perspective = desk.value("perspectives", cell.perspective) or Named("", "")
            text = desk.text("gap_of_touchpoint", touchpoint=phase.label, what=perspective.label)
            yield Gap(desk.word("gap_perspective_empty"), phase.code, text)
    desired = " ".join(_lines(cells, "back_end_desired"))
    for cell in cells:
        for entry in cell.entries if cell.perspective == "back_end_actual" else ():
            if any(mark.code.startswith("friction") for mark in entry.marks) and entry.lines:
                now = " ".join(text for _, text in entry.lines)
                text = desk.text(
                    "gap_of_touchpoint", touchpoint=phase.label, what=f"{now} → {desired}" if desired else now
                )
                yield Gap(desk.word("gap_back_end"), entry.touchpoint or phase.code, text, entry.source)


def _lines(cells: Sequence[JourneyCell], perspective: str) -> Iterator[str]:
    for cell in cells:
        for entry in cell.entries if cell.perspective == perspective else ():
            yield from (text for _, text in entry.lines)


def map_figures(desk: Desk, touchpoints: Sequence[JourneyTouchpoint]) -> tuple[CustomerMetric, ...]:
    """How complete the map is; all of it is counted, so nothing has an interval."""
    table = ("touchpoints",)
    none = because("no_touchpoints")
    presence = [each.presence.code for each in touchpoints if each.presence]
    consistency = [each.consistency.code for each in touchpoints if each.consistency]
    filled, parts = (sum(each.playbook[at] for each in touchpoints) for at in (0, 1))
    rules = desk.panels.journey
    journey = desk.customers.tables["journey"]
    heard = int(journey["evidence"].isin(rules.customer_evidence).sum())
    return desk.handed_on(
        (
            plain("journey_touchpoints", float(len(touchpoints)), len(touchpoints), *table),
            counted("journey_coverage", presence.count("yes"), len(presence), table, *(() if presence else (none,))),
            counted(
                "journey_consistency", consistency.count("ok"), len(consistency), table, *(() if presence else (none,))
            ),
            counted("journey_playbook", filled, parts, table, *(() if touchpoints else (none,))),
            counted(
                "journey_complete",
                sum(not each.missing for each in touchpoints),
                len(touchpoints),
                table,
                *(() if touchpoints else (none,)),
            ),
            counted(
                "journey_evidence",
                heard,
                len(journey),
                ("journey",),
                *(() if len(journey) else (because("no_journey"),)),
            ),
        )
    )


def notes(desk: Desk, touchpoints: Sequence[JourneyTouchpoint]) -> Iterator[str]:
    """What is unusual about the map, by the rules of thumb of the founding documents, and how to read its order."""
    rules = desk.panels.journey
    low, high = rules.usual_touchpoints
    if touchpoints and not low <= len(touchpoints) <= high:
        yield desk.text("journey_outside_heuristic", n=len(touchpoints), low=low, high=high)
    personas = len(desk.customers.tables["personas"])
    if personas and not rules.usual_personas[0] <= personas <= rules.usual_personas[1]:
        yield desk.text("journey_personas", n=personas, low=rules.usual_personas[0], high=rules.usual_personas[1])
    plan = desk.customers.tables["mapping_plan"]
    if len(plan):
        done = int((plan["status"] == "done").sum())
        yield desk.text("journey_plan", done=done, steps=len(plan), weeks=rules.usual_weeks)
    if touchpoints:
        yield desk.text("journey_ties")
