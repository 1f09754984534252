"""On which channel each of the customers' goals can be reached, and whether channels serve equally well.

The figures by channel count only answers at touchpoints whose own figure may be shown: a channel less its shown
touchpoints would give away the one that is withheld.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from esgreport.customer_metrics import CustomerMetric, Named
from esgreport.customer_panels import JourneyTouchpoint
from esgreport.customer_registers import GoalReach
from esgreport.measure.customers.figures import Figure
from esgreport.measure.customers.journey_answers import answers_at_touchpoints, coded
from esgreport.measure.customers.panel_desk import Desk, means, split


def channels_of(touchpoints: Sequence[JourneyTouchpoint]) -> tuple[Named, ...]:
    """The channels of the touchpoints, each once, in the order they first come up on the journey."""
    return tuple(dict.fromkeys(each.channel for each in touchpoints if each.channel))


def goals_by_channel(desk: Desk, touchpoints: Sequence[JourneyTouchpoint]) -> tuple[GoalReach, ...]:
    """Each goal that is entered, in the order of the journey, with the touchpoints at which it can be reached."""
    preferred = _preferred(desk)
    goals = dict.fromkeys(each.goal for each in touchpoints if each.goal)
    return tuple(_reach(goal, [each for each in touchpoints if each.goal == goal], preferred) for goal in goals)


def _reach(goal: str, touchpoints: Sequence[JourneyTouchpoint], preferred: frozenset[str]) -> GoalReach:
    channels: dict[str, list[str]] = {}
    for each in touchpoints:
        if each.channel:
            channels.setdefault(each.channel.code, []).append(each.id)
    reached = [each.goal_reached for each in touchpoints if each.goal_reached is not None]
    return GoalReach(
        goal=goal,
        channels=tuple((channel, tuple(ids)) for channel, ids in channels.items()),
        preferred=bool(preferred & set(channels)) if preferred and channels else None,
        reached=sum(reached) / len(reached) if reached else None,
    )


def _preferred(desk: Desk) -> frozenset[str]:
    """The channels that enough of the contacts say they prefer; none where nobody was asked."""
    said = desk.customers.tables["contacts"]["preferred_channel"].dropna().astype("object")
    shares = said.value_counts(normalize=True)
    return frozenset(str(name) for name in shares.index[shares >= desk.panels.journey.preferred_from])


def figures_by_channel(
    desk: Desk, touchpoints: Sequence[JourneyTouchpoint], measured: Mapping[str, Sequence[CustomerMetric]]
) -> tuple[CustomerMetric, ...]:
    """The figures of touchpoints again, by the channel of the touchpoint."""
    channels = {each.id: each.channel.code for each in touchpoints if each.channel}
    figures: list[Figure] = []
    for each in desk.panels.journey.figures:
        answers = answers_at_touchpoints(desk, each.asked)
        shown = [
            name for name, of in measured.items() if any(f.metric == each.figure and f.value is not None for f in of)
        ]
        answers = answers[answers["touchpoint_id"].isin(shown)]
        of, scale = coded(answers, each.asked)
        found = means(each.figure, of, scale, desk.customers, split("channel", answers["touchpoint_id"].map(channels)))
        figures += found if len(found) > 1 else ()
    return desk.handed_on(figures)
