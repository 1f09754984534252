"""Listening and acting: which surveys there are, how fresh answers are, what came of actions, what happened around."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from esgreport.customer_panels import ActionView, EventMark, Named, SurveyUse
from esgreport.measure.customers.answers import answered
from esgreport.measure.customers.figures import Figure, because
from esgreport.measure.customers.intervals import Measured, difference, intervals
from esgreport.measure.customers.panel_desk import NUMBER, Desk, counted, plain
from esgreport.measure.customers.panel_rows import day_of, line_of, number_of, text_of
from esgreport.measure.customers.sampling import binned, by_case
from esgreport.measure.customers.stated import stated

OPEN = ("new", "in_progress")


# ── surveys ──────────────────────────────────────────────────────────────────────────────────────────────────


def surveys(desk: Desk) -> tuple[SurveyUse, ...]:
    """What each survey is for, and whether it lacks a purpose, doubles another, or goes unanswered."""
    frame = desk.customers.tables["surveys"]
    asked = desk.customers.tables["questions"].groupby("survey_id", observed=True)["metric"].unique()
    places = {str(name): text_of(place) for name, place in zip(frame["survey_id"], frame["touchpoint_id"], strict=True)}
    asks = {name: tuple(str(each) for each in asked.get(name, ())) for name in places}
    return tuple(_survey(desk, int(row), asks, places) for row in frame.index)


def _survey(desk: Desk, row: int, asks: dict[str, tuple[str, ...]], places: dict[str, str]) -> SurveyUse:
    tables = desk.customers.tables
    line = line_of(tables["surveys"], row)
    name = text_of(line["survey_id"])
    questions = tables["questions"]
    mine = questions.loc[(questions["survey_id"] == name).fillna(False), "question_id"]
    responses = tables["responses"]
    answers = responses[responses["question_id"].isin(mine) & answered(responses)]
    if desk.customers.period:
        answers = answers[desk.customers.within(answers["collected_at"], desk.customers.period)]
    doubles = [
        other
        for other, place in places.items()
        if other != name and place and place == places[name] and set(asks[other]) & set(asks[name]) - {"text"}
    ]
    notes = [desk.text("survey_doubles", other=other) for other in doubles]
    if not text_of(line["purpose"]):
        notes.append(desk.text("survey_no_purpose"))
    if not len(answers):
        notes.append(desk.text("survey_no_answers"))
    trigger = desk.value("triggers", line["trigger"])
    labels = [desk.value("metrics", metric) for metric in asks[name]]
    return SurveyUse(
        survey=name,
        name=text_of(line["name"]),
        purpose=text_of(line["purpose"]),
        trigger=trigger.label if trigger else "",
        asks=tuple(label.label for label in labels if label),
        answers=int(answers["response_id"].nunique()),
        last=day_of(answers["collected_at"].max()) if len(answers) else None,
        notes=tuple(notes),
        source=tables.tables["surveys"].place(row),
    )


def moments_without_survey(desk: Desk) -> str:
    """The key moments after which no survey asks; empty where there are none or no survey is entered."""
    used = set(desk.customers.tables["surveys"]["trigger"].dropna())
    moments = [value for value in desk.customers.customer.lists["triggers"].values if value.name != "regular"]
    missing = [desk.said(value.labels) for value in moments if value.name not in used]
    return desk.text("moments_without_survey", moments=", ".join(missing)) if used and missing else ""


def freshness(desk: Desk) -> Iterator[Figure]:
    """How old the newest answer is, and in how many weeks any came."""
    customers = desk.customers
    period = customers.period
    answers = stated(customers)
    if period is None or period.start is None or not len(answers):
        why = (because("no_period" if period is None else "no_answers"),)
        yield from (Figure(code, None, reasons=why) for code in ("survey_freshness", "survey_continuity"))
        return
    inside = answers.loc[customers.within(answers["collected_at"], period), "collected_at"]
    past = answers.loc[answers["collected_at"] < pd.Timestamp(period.end) + pd.Timedelta(days=1), "collected_at"]
    if len(past):
        yield plain("survey_freshness", float((pd.Timestamp(period.end) - past.max().normalize()).days), len(past))
    else:
        yield Figure("survey_freshness", None, reasons=(because("no_answers"),))
    weeks = ((inside - pd.Timestamp(period.start)).dt.days // 7).nunique()
    all_weeks = (period.end - period.start).days // 7 + 1
    yield counted("survey_continuity", int(weeks), all_weeks, ("responses",))


# ── events ───────────────────────────────────────────────────────────────────────────────────────────────────


def events(desk: Desk) -> tuple[EventMark, ...]:
    """Events in the order of their days."""
    frame = desk.customers.tables["events"].dropna(subset=["date"]).sort_values("date", kind="stable")
    return tuple(_event(desk, int(row)) for row in frame.index)


def _event(desk: Desk, row: int) -> EventMark:
    line = line_of(desk.customers.tables["events"], row)
    return EventMark(
        begins=pd.Timestamp(line["date"]).date(),
        ends=day_of(line["until"]),
        label=text_of(line["label"]),
        scope=desk.value("event_scopes", line["scope"]) or Named("", ""),
        effect=desk.value("effects", line["expected_effect"]),
        source=desk.customers.tables.tables["events"].place(row),
    )


def explained_by_events(desk: Desk, marks: tuple[EventMark, ...]) -> str:
    """The events of the period and of the one before that may have moved scores; empty where there are none."""
    if desk.customers.period is None or desk.customers.prior is None or desk.customers.prior.start is None:
        return ""
    start, end = desk.customers.prior.start, desk.customers.period.end
    labels = [mark.label for mark in marks if mark.begins <= end and (mark.ends or mark.begins) >= start]
    return desk.text("events_explain", events="; ".join(labels)) if labels else ""


# ── actions ──────────────────────────────────────────────────────────────────────────────────────────────────


def loop(desk: Desk) -> Iterator[Figure]:
    """How many actions are done, told to the customer, measured, late; and what came of comments."""
    frame = desk.customers.tables["actions"]
    why = because("no_actions")
    alive = frame[frame["status"] != "dropped"]
    done = alive[(alive["status"] == "done").fillna(False)]
    open_ones = alive[alive["status"].isin(OPEN)]
    end = desk.customers.period.end if desk.customers.period else None
    late = int((open_ones["due"] <= pd.Timestamp(end)).sum()) if end else 0
    measured = int((done["before"].notna() & done["after"].notna()).sum())
    told = int(done["customer_told_on"].notna().sum())
    table = ("actions",)
    yield counted("loop_done", len(done), len(alive), table, *(() if len(alive) else (why,)))
    yield counted("loop_told", told, len(done), table, *(() if len(done) else (why,)))
    yield counted("loop_measured", measured, len(done), table, *(() if len(done) else (why,)))
    yield counted("loop_late", late, len(open_ones), table, *(() if len(open_ones) else (why,)))
    comments = desk.customers.tables["comments"]
    acted = int(comments["action_id"].notna().sum())
    reasons = () if len(comments) else (because("no_comments"),)
    yield counted("comments_acted_on", acted, len(comments), ("comments",), *reasons)


def actions(desk: Desk) -> tuple[ActionView, ...]:
    """Every action, with what was measured before and after it where the answers for that are there."""
    return tuple(_action(desk, int(row)) for row in desk.customers.tables["actions"].index)


def _action(desk: Desk, row: int) -> ActionView:
    line = line_of(desk.customers.tables["actions"], row)
    due, status = day_of(line["due"]), text_of(line["status"])
    end = desk.customers.period.end if desk.customers.period else None
    return ActionView(
        action=text_of(line["action_id"]),
        kind=desk.value("action_types", line["type"]),
        status=desk.value("action_status", line["status"]),
        opened=pd.Timestamp(line["opened"]).date(),
        due=due,
        late=bool(status in OPEN and due and end and due <= end),
        customer_told=not pd.isna(line["customer_told_on"]),
        measured=text_of(line["metric"]),
        text=_effect(desk, line),
        source=desk.customers.tables.tables["actions"].place(row),
        description=text_of(line["description"]),
    )


def _effect(desk: Desk, line: pd.Series) -> str:
    """Answers to the question named as the measure, before and after it was done; else what was entered."""
    days = desk.panels.feedback.before_after_days
    done = line["done_on"]
    answers = stated(desk.customers)
    answers = answers[(answers["question_id"] == text_of(line["metric"])).fillna(False)]
    if not pd.isna(done) and len(answers):
        apart = (answers["collected_at"] - done) / pd.Timedelta(days=1)
        sides = [answers[(apart >= -days) & (apart < 0)], answers[(apart >= 0) & (apart < days)]]
        enough = desk.customers.thresholds.enough
        if all(enough(len(side), side["account"].nunique()) for side in sides):
            before, after = (_mean(desk, side) for side in sides)
            change = difference(after, before)
            return desk.text(
                "action_measured",
                before=before.value,
                after=after.value,
                low=change.low,
                high=change.high,
                n_before=len(sides[0]),
                n_after=len(sides[1]),
                days=days,
            )
    before_entered, after_entered = number_of(line["before"]), number_of(line["after"])
    if before_entered is None or after_entered is None:
        return desk.text("action_unmeasured")
    return desk.text("action_entered", before=before_entered, after=after_entered)


def _mean(desk: Desk, answers: pd.DataFrame) -> Measured:
    accounts = answers["account"].to_numpy(dtype=np.int64)
    made = binned(np.zeros(len(accounts), dtype=np.int64), accounts, 1, len(desk.customers.account_ids))
    sample = by_case(made.cells(answers["value_number"].to_numpy(dtype=np.float64)))
    found = intervals(sample, NUMBER, desk.customers.confidence)
    value = float(sample.mean[0])
    low, high = (value if np.isnan(end[0]) else float(end[0]) for end in (found.low, found.high))
    return Measured(value, low, high, float(np.nan_to_num(found.error[0])))
