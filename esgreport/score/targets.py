"""What is aimed at, and how a figure stands against it: targets, paths, bands, lights; it reads no figure."""

from __future__ import annotations

from collections.abc import Mapping

from esgreport.definitions.scorecards import ScoreRowDefinition, TargetPlan
from esgreport.score.material import Case, Had
from esgreport.scorecard import Bands, Light, Point, Quality, Target


def target_of(row: ScoreRowDefinition, had: Had, case: Case) -> Target | None:
    """The target for the period shown: on a path, else the next that is due, else one without a day."""
    plan = row.target
    if plan is None:
        return None
    ends = _ends(plan, had)
    if ends:
        return _on_path(ends, had, case)
    if plan.values:
        end = case.period.end
        aims = sorted(plan.values, key=lambda aim: aim.due)
        aim = next((each for each in aims if each.due >= end), aims[-1])
        shown = case.say.figure(aim.value, had.measure)
        name = "target_due" if aim.due >= end else "target_was_due"
        words = case.say(name, value=case.say.with_unit(aim.value, had.measure), day=case.say.day(aim.due))
        return Target(aim.value, shown, aim.due, words)
    if plan.value is None:
        return None
    words = case.say("target_set", value=case.say.with_unit(plan.value, had.measure))
    return Target(plan.value, case.say.figure(plan.value, had.measure), None, words)


def _ends(plan: TargetPlan, had: Had) -> Mapping[int, float]:
    if plan.path:
        return had.path
    if plan.reduction is None:
        return {}
    one = plan.reduction
    return {one.base_year: one.base, one.target_year: one.target}


def _on_path(ends: Mapping[int, float], had: Had, case: Case) -> Target | None:
    """Where the straight line from base to target year is in the year shown; None before the base year."""
    (first, base), (last, goal) = sorted(ends.items())
    year = case.period.end.year
    if year <= first:
        return None
    path = tuple((each, base + (goal - base) * (each - first) / (last - first)) for each in range(first, last + 1))
    value = dict(path).get(year, goal)
    held = None
    if had.points:
        actual = had.points[-1].value
        held = actual <= value if goal <= base else actual >= value
    ends_shown = {"base": case.say.figure(base, had.measure), "goal": case.say.with_unit(goal, had.measure)}
    words = case.say("target_path", first=first, last=last, year=year, **ends_shown) + (
        "" if held is None else " " + case.say("path_held" if held else "path_not_held")
    )
    return Target(value, case.say.figure(value, had.measure), None, words, path, held)


def bands_of(row: ScoreRowDefinition, had: Had, target: Target | None, case: Case) -> Bands | None:
    """The bounds of the row: its own with their reason, else those that follow from the target."""
    if row.bands:
        sources = "; ".join(row.bands.sources)
        reason = case.say.text(row.bands.reason) + (f" ({sources})" if sources else "")
        return Bands(row.bands.watch, row.bands.good, reason)
    if target is None or not had.better:
        return None
    worst = worst_of(row, target)
    away = abs(target.value) or (abs(worst) if worst is not None else 0.0)
    step = away * case.definition.near.share * (-1 if had.better == "higher" else 1)
    return Bands(target.value + step, target.value, case.say.text(case.definition.near.reason))


def worst_of(row: ScoreRowDefinition, target: Target | None) -> float | None:
    """The value that is 0 when the row is normalised: the stated anchor, else the base of the path."""
    if row.anchors:
        return row.anchors.worst
    return target.path[0][1] if target and target.path else None


def best_of(row: ScoreRowDefinition, target: Target | None) -> float | None:
    """The value that is 100 when the row is normalised: the target, else the stated anchor."""
    if target:
        return target.value
    return row.anchors.best if row.anchors else None


def light_of(had: Had, bands: Bands | None, target: Target | None, case: Case) -> tuple[Light, str, str]:
    """How a figure stands, the word beside it and why; no light without a figure, a bound, or enough answers."""
    say = case.say
    if had.missing or not had.points:
        return Light.NONE, say("light_missing"), ""
    if bands is None or not had.better:
        return Light.NONE, say("light_no_target"), ""
    if had.no_light:
        few = had.quality is not Quality.EXTRAPOLATED
        return Light.NONE, say("light_few" if few else "light_extrapolated"), had.no_light
    now = had.points[-1]
    found = judged(now, bands, had.better)
    open_until = target.due if target and target.due and target.due > case.period.end else None
    if open_until and found is not Light.GOOD:
        return Light.NONE, say("light_not_due", year=open_until.year), say("light_not_due_why", day=say.day(open_until))
    if found is Light.UNSURE:
        missed = is_met(now, bands.good, had.better) is False
        return (
            found,
            say("light_missed" if missed else "light_unsure"),
            say(f"light_{'missed' if missed else 'unsure'}_why"),
        )
    return found, say(f"light_{found.value}"), ""


def judged(point: Point, bands: Bands, better: str) -> Light:
    """The light of the figure, where both ends of its interval agree."""
    lights = {grade(value, bands, better) for value in (point.value, *(point.interval or ()))}
    return lights.pop() if len(lights) == 1 else Light.UNSURE


def grade(value: float, bands: Bands, better: str) -> Light:
    """The light of a value: on the good side of a bound counts as within it."""
    sign = 1 if better == "higher" else -1
    if sign * value >= sign * bands.good:
        return Light.GOOD
    return Light.WATCH if sign * value >= sign * bands.watch else Light.BAD


def is_met(point: Point, value: float, better: str) -> bool | None:
    """Whether a value is reached; None where the interval leaves it open or no direction is good."""
    if not better:
        return None
    sign = 1 if better == "higher" else -1
    met = {sign * each >= sign * value for each in (point.value, *(point.interval or ()))}
    return met.pop() if len(met) == 1 else None
