"""What panels have besides figures: journey, touchpoints, gaps, actions, tests; never an account or its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from esgreport.compose.customers.desk import CustomerDesk, has_value
from esgreport.customer_panels import ActionView, CriterionResult, JourneyMap, JourneyTouchpoint, Priority
from esgreport.definitions.cx_report import NotesBlock, PanelBlock
from esgreport.document import Block, Column, Figure, JourneyPicture, Note, Row, Table

_DASH = Figure("–")


def panel(desk: CustomerDesk, layout: PanelBlock) -> Block | None:
    """The part of a panel that a block shows; None where there is nothing of it."""
    return _SHOWN[layout.show](desk, layout)


def notes(desk: CustomerDesk, layout: NotesBlock) -> Iterator[Note]:
    """The remarks a panel makes on itself."""
    panels = desk.found.panels
    told: Mapping[str, tuple[str, ...]] = {
        "journey": panels.journey.notes,
        "feedback": panels.feedback.notes,
        "drivers": tuple(dict.fromkeys(note for each in panels.drivers for note in (*each.notes, each.reason) if note)),
        "prediction": (panels.prediction.verdict, *panels.prediction.research),
        "themes": panels.themes.notes,
        "predictive": (panels.predictive.verdict, *panels.predictive.notes),
        "values": panels.values.notes,
        "registers": panels.registers.notes,
    }
    yield from (Note(text) for text in told[layout.of] if text)


def _table(desk: CustomerDesk, layout: PanelBlock, heads: list[str], rows: list[list[Figure]]) -> Table | None:
    """A table of texts; heads that begin with `#` are numeric."""
    columns = tuple(Column(head.removeprefix("#"), numeric=head.startswith("#")) for head in heads)
    most = None if desk.audience == "full" else layout.most
    made = tuple(Row(tuple(cells)) for cells in rows[:most])
    more = len(rows) - len(made)
    note = desk.writer.say("%(count)s more is not listed.", "%(count)s more are not listed.", more) if more else ""
    return Table(layout.id, desk.writer.text(layout.caption), columns, made, note) if made else None


# ── the journey ──


def _journey(desk: CustomerDesk, layout: PanelBlock) -> Block | None:
    """The map with the perspectives its readers are to see; without inner ones also without what is wrong inside."""
    journey = desk.found.panels.journey
    if not journey.phases or not journey.touchpoints:
        return None
    return JourneyPicture(layout.id, desk.writer.text(layout.caption), _seen(desk, journey, layout.only))


def _seen(desk: CustomerDesk, journey: JourneyMap, only: list[str]) -> JourneyMap:
    seen = [each.code for each in journey.perspectives if not only or each.code in only]
    return replace(
        journey,
        perspectives=tuple(each for each in journey.perspectives if each.code in seen),
        cells=tuple(each for each in journey.cells if each.perspective in seen),
        description=_in_words(desk, journey),
    )


def _in_words(desk: CustomerDesk, journey: JourneyMap) -> str:
    """The map in words, without what this edition does not list."""
    say, names = desk.writer.say, {each.id: each.name for each in journey.touchpoints}
    moments = sum(bool(each.moment_of_truth) for each in journey.touchpoints)
    first = ", ".join(names[one] for one in journey.start_here if one in names)
    count = len(journey.touchpoints)
    said = (
        say("%(count)s touchpoint, ordered by phase.", "%(count)s touchpoints, ordered by phase.", count),
        say("%(count)s of them is a moment of truth (●).", "%(count)s of them are moments of truth (●).", moments)
        if moments
        else "",
        say("To start with: %(names)s.", names=first) if first else "",
    )
    return " ".join(filter(None, said))


def _touchpoints(desk: CustomerDesk, layout: PanelBlock) -> Block | None:
    """Touchpoints by opportunity: where importance is high and satisfaction low comes first; ranks that overlap tie."""
    say = desk.writer.say
    ranked = [each for each in desk.found.panels.journey.touchpoints if each.opportunity or each.priority]
    ranked.sort(key=lambda each: (each.opportunity or each.priority or _LAST).rank)
    heads = [
        say("Touchpoint"),
        say("Moment of truth"),
        "#" + say("Importance"),
        "#" + say("Satisfaction"),
        "#" + say("Possible ranks"),
        say("Judgement"),
    ]
    return _table(desk, layout, heads, [_touchpoint(desk, each) for each in ranked])


_LAST = Priority(0.0, 0, (0, 0), (), "")


def _touchpoint(desk: CustomerDesk, each: JourneyTouchpoint) -> list[Figure]:
    order = each.opportunity or each.priority or _LAST
    low, high = order.ranks
    measured = " · ".join(
        desk.writer.say(
            "%(name)s: %(value)s", name=figure.label, value=f"{desk.with_unit(figure)} ({desk.interval(figure)})"
        )
        for figure in each.figures
        if has_value(figure) and figure.interval
    )
    moment = desk.writer.say("Yes") if each.moment_of_truth else ""
    return [
        Figure(each.name, remark=measured),
        Figure(moment),
        _judged(desk, each.importance),
        _judged(desk, each.satisfaction),
        Figure(str(low) if low == high else f"{low}–{high}"),
        Figure(order.band.label if order.band else ""),
    ]


def _judged(desk: CustomerDesk, value: float | None) -> Figure:
    return _DASH if value is None else Figure(desk.writer.numbers.number(Decimal(repr(float(value))), 1))


def _gaps(desk: CustomerDesk, layout: PanelBlock) -> Block | None:
    found = [gap for gap in desk.found.panels.journey.gaps if not layout.only or gap.kind.code in layout.only]
    heads = [desk.writer.say("Where"), desk.writer.say("What is missing or does not fit")]
    return _table(desk, layout, heads, [[Figure(gap.text), Figure(gap.kind.label)] for gap in found])


# ── acting ──


def _actions(desk: CustomerDesk, layout: PanelBlock) -> Block | None:
    """Actions of the kinds named, newest first: what, since when, where it stands, and what was measured of it."""
    say = desk.writer.say
    wanted = [each for each in desk.found.panels.feedback.actions if _is_wanted(each, layout.only)]
    wanted.sort(key=lambda each: each.opened, reverse=True)
    heads = [say("Action"), say("Begun"), say("Due"), say("State"), say("Before and after")]
    return _table(desk, layout, heads, [_action(desk, each) for each in wanted])


def _is_wanted(action: ActionView, only: list[str]) -> bool:
    return not only or (action.kind is not None and action.kind.code in only)


def _action(desk: CustomerDesk, each: ActionView) -> list[Figure]:
    numbers, say = desk.writer.numbers, desk.writer.say
    late = say("past its date") if each.late else ""
    return [
        Figure(each.description or each.action),
        Figure(numbers.day(each.opened)),
        Figure(numbers.day(each.due)) if each.due else _DASH,
        Figure(each.status.label if each.status else "–", remark=late),
        Figure(each.text),
    ]


# ── for the undertaking itself ──


def _criteria(desk: CustomerDesk, layout: PanelBlock) -> Block | None:
    say = desk.writer.say
    heads = [say("Criterion"), say("Tested"), "#" + say("Observed"), say("Met")]
    return _table(desk, layout, heads, [_criterion(desk, each) for each in desk.found.panels.predictive.criteria])


def _criterion(desk: CustomerDesk, each: CriterionResult) -> list[Figure]:
    observed = each.observed
    value = desk.figure(observed, desk.interval(observed)) if observed else _DASH
    return [Figure(each.criterion.label, remark=each.note), Figure(each.inequality), value, Figure(each.met_label)]


def _checks(desk: CustomerDesk, layout: PanelBlock) -> Block | None:
    say = desk.writer.say
    rows = [
        [Figure(each.check.label), Figure(each.text), Figure(say("Wants a look") if each.speaks else "")]
        for each in desk.found.panels.feedback.checks
    ]
    return _table(desk, layout, [say("Check"), say("What was found"), say("Result")], rows)


def _surveys(desk: CustomerDesk, layout: PanelBlock) -> Block | None:
    say, numbers = desk.writer.say, desk.writer.numbers
    heads = [say("Survey"), say("When"), say("Asks about"), "#" + say("Answers"), say("Last answer")]
    rows = [
        [
            Figure(each.name, remark=" ".join((each.purpose, *each.notes)).strip()),
            Figure(each.trigger),
            Figure(", ".join(each.asks)),
            Figure(str(each.answers)),
            Figure(numbers.day(each.last)) if each.last else _DASH,
        ]
        for each in desk.found.panels.feedback.surveys
    ]
    return _table(desk, layout, heads, rows)


def _events(desk: CustomerDesk, layout: PanelBlock) -> Block | None:
    say, numbers = desk.writer.say, desk.writer.numbers
    rows = [
        [
            Figure(each.label),
            Figure(numbers.day(each.begins)),
            Figure(numbers.day(each.ends)) if each.ends else _DASH,
            Figure(each.effect.label if each.effect else ""),
        ]
        for each in desk.found.panels.feedback.events
    ]
    return _table(desk, layout, [say("Event"), say("Begins"), say("Ends"), say("Expected effect")], rows)


_SHOWN: Mapping[str, Callable[[CustomerDesk, PanelBlock], Block | None]] = {
    "journey": _journey,
    "touchpoints": _touchpoints,
    "gaps": _gaps,
    "actions": _actions,
    "criteria": _criteria,
    "checks": _checks,
    "surveys": _surveys,
    "events": _events,
}
