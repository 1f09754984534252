"""Answers to surveys as pools: which count, what each is coded as, and what may never be put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.definitions import Definitions
from esgreport.definitions.cx_metric import Weight
from esgreport.definitions.cx_surveys import Answers, Coding
from esgreport.measure.customers.customers import Customers, members_of
from esgreport.measure.customers.direction import Rated, Reversal, reversal
from esgreport.measure.customers.figures import Reason, because
from esgreport.measure.customers.intervals import Scale
from esgreport.measure.customers.pools import Pool, Refused
from esgreport.measure.customers.questions import Question, fault_of, questions_of, text_of
from esgreport.measure.customers.sampling import Floats, Ints
from esgreport.model import Finding, Period

NOT_FROM_CUSTOMERS = ("test", "preview", "spam")
"""States of responses that no customer gave: they count nowhere, not even as a sign of life."""
NOT_ASKED_OF_CUSTOMERS = ("dismissed", *NOT_FROM_CUSTOMERS)
"""States of responses whose answers count in no score."""
NOT_DECLARED = "not_declared"
_NATURES: dict[Coding, Scale] = {
    "promoters_less_detractors": Scale("trinomial", 100.0, -100.0, 100.0),
    "top_less_bottom": Scale("trinomial", 100.0, -100.0, 100.0),
    "promoters": Scale("binary", 1.0, 0.0, 1.0),
    "passives": Scale("binary", 1.0, 0.0, 1.0),
    "detractors": Scale("binary", 1.0, 0.0, 1.0),
    "top": Scale("binary", 1.0, 0.0, 1.0),
    "index": Scale("number", 1.0, 0.0, 100.0),
    "raw": Scale("number"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """The usable answers to the questions of one metric: row, account, value, which question, which stratum."""

    rows: Ints
    accounts: Ints
    values: Floats
    question: Ints
    """Place in `questions`."""
    before: npt.NDArray[np.bool_]
    strata: Ints
    members: tuple[tuple[tuple[str, str], ...], ...]
    questions: tuple[Question, ...]
    period: Period | None
    reasons: tuple[Reason, ...]


def answers_to(customers: Customers, asked: str) -> Given | Refused:
    """The answers that count for a metric, or why none can. Made once for each metric asked about."""
    key = ("answers", asked)
    if key not in customers.kept:
        customers.kept[key] = _answers_to(customers, asked)
    return cast(Given | Refused, customers.kept[key])


def _answers_to(customers: Customers, asked: str) -> Given | Refused:
    questions = questions_of(customers, asked)
    if not questions:
        return Refused(because("no_question"))
    faults = [fault_of(question) for question in questions]
    found = _given(customers, questions, faults)
    if asked != "ces" or isinstance(found, Refused):
        return found
    wrong = {found.questions[at].code for at in reversed_questions(customers, found)}
    if not wrong:
        return found
    faults = [
        "direction_reversed" if each.code in wrong else fault for each, fault in zip(questions, faults, strict=True)
    ]
    return _given(customers, questions, faults)


def reversed_questions(customers: Customers, given: Given) -> Mapping[int, Reversal]:
    """The effort questions whose ease falls as satisfaction or willingness to recommend rises, by place in `given`."""
    key = ("reversed", *(question.code for question in given.questions))
    if key not in customers.kept:
        customers.kept[key] = _reversed(customers, given)
    return cast(Mapping[int, Reversal], customers.kept[key])


def _reversed(customers: Customers, given: Given) -> Mapping[int, Reversal]:
    found: dict[int, Reversal] = {}
    for asked in ("csat", "nps"):
        liking = answers_to(customers, asked)
        if isinstance(liking, Refused):
            continue
        liked = Rated(_responses(customers, liking.rows), _rising(liking))
        for at in range(len(given.questions)):
            of_question = given.question == at
            ease = Rated(_responses(customers, given.rows[of_question]), _rising(given)[of_question])
            if at not in found and (wrong := reversal(ease, liked)):
                found[at] = wrong
    return found


def _responses(customers: Customers, rows: Ints) -> pd.Series:
    return customers.tables["responses"]["response_id"].iloc[rows]


def _given(customers: Customers, questions: tuple[Question, ...], faults: Sequence[str]) -> Given | Refused:
    """The answers to the questions that have no fault."""
    sound = tuple(question for question, fault in zip(questions, faults, strict=True) if not fault)
    if not sound:
        return Refused(because(next(filter(None, faults), "no_question")))
    frame = customers.tables["responses"]
    places = np.full(len(frame["question_id"].cat.categories) + 1, -1)
    for at, question in enumerate(sound):
        places[question.number] = at
    place = places[frame["question_id"].cat.codes.to_numpy()]
    chosen = (place >= 0) & frame["value_number"].notna().to_numpy() & answered(frame)
    chosen, before, period = _dated(customers, frame["collected_at"], chosen)
    rows = np.flatnonzero(chosen)
    if not len(rows):
        return Refused(because("no_answers"))
    strata, members = _strata(customers, rows, place[rows], sound)
    return Given(
        rows=rows,
        accounts=customers.accounts_of("responses")[rows],
        values=frame["value_number"].to_numpy()[rows],
        question=place[rows],
        before=before[rows],
        strata=strata,
        members=members,
        questions=sound,
        period=period,
        reasons=tuple(because(fault) for fault in sorted(set(faults) - {""})),
    )


def findings_of_questions(customers: Customers, definitions: Definitions, language: str) -> Iterator[Finding]:
    """What is wrong with how questions are declared: no scale, no direction, or one that runs the wrong way."""
    table = customers.tables.tables["questions"]
    for asked in ("nps", "csat", "ces"):
        for question in questions_of(customers, asked):
            if code := _FINDINGS.get(fault_of(question)):
                column = "direction" if question.scaled else "scale_min"
                yield definitions.finding(code, table.place(question.row, column), language, question=question.code)
    questions = questions_of(customers, "ces")
    declared = _given(customers, questions, [fault_of(question) for question in questions])
    if isinstance(declared, Refused):
        return
    for at, wrong in reversed_questions(customers, declared).items():
        question = declared.questions[at]
        values = {"question": question.code, "n": wrong.n, "correlation": f"{wrong.correlation:.2f}"}
        yield definitions.finding("CX-54", table.place(question.row, "direction"), language, **values)


_FINDINGS = {"no_scale": "CX-51", "nps_scale": "CX-52", "no_direction": "CX-53"}


def answered(frame: pd.DataFrame, left_out: Sequence[str] = NOT_ASKED_OF_CUSTOMERS) -> npt.NDArray[np.bool_]:
    """Which rows of the responses are what a customer said: those in no state that is left out."""
    out = frame["status"].cat.categories.isin(left_out)
    return np.append(~out, True)[frame["status"].cat.codes.to_numpy()].astype(bool)


def _dated(
    customers: Customers, times: pd.Series, chosen: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], Period | None]:
    """Those of the period and of the one before; without a period all there are, from the first day to the last."""
    if customers.period is None or customers.prior is None:
        days = times[chosen].dropna()
        span = Period(days.max().date(), days.min().date()) if len(days) else None
        return chosen, np.zeros(len(chosen), dtype=bool), span
    before = customers.within(times, customers.prior)
    return chosen & (before | customers.within(times, customers.period)), before, customers.period


def _strata(
    customers: Customers, rows: Ints, question: Ints, questions: tuple[Question, ...]
) -> tuple[Ints, tuple[tuple[tuple[str, str], ...], ...]]:
    """What is never put together: kinds of survey, aspects, scales that differ, questions that say nothing of it."""
    kinds = _survey_types(customers, rows, question, questions)
    names = sorted(set(kinds.tolist()))
    strata, found = np.zeros(len(rows), dtype=np.int64), dict[tuple[tuple[str, str], ...], int]()
    scales = {(*each.scale.items(), each.best) for each in questions}
    for at, each in enumerate(questions):
        for name in names:
            chosen = (question == at) & (kinds == name)
            if not chosen.any():
                continue
            what = {"survey_type": _KINDS[name]}
            what |= {"aspect": each.aspect} if each.aspect else {}
            what |= each.scale if len(scales) > 1 else {}
            what |= {"question": str(at + 1)} if _KINDS[name] == NOT_DECLARED and len(questions) > 1 else {}
            strata[chosen] = found.setdefault(members_of(what), len(found))
    return strata, tuple(found)


_KINDS = (NOT_DECLARED, "relational", "transactional")


def _survey_types(
    customers: Customers, rows: Ints, question: Ints, questions: tuple[Question, ...]
) -> npt.NDArray[np.int8]:
    """The kind of survey each answer came from: as its question says, else its survey, else its wave."""
    of_question = np.array([_kind(each.survey_type) for each in questions], dtype=np.int8)
    kinds = of_question[question]
    for column, table, key in (("survey_id", "surveys", "survey_id"), ("wave", "waves", "wave")):
        if kinds.all():
            break
        named = customers.tables["responses"][column]
        types = customers.tables[table].set_index(key)["survey_type"].to_dict()
        of_name = np.array([_kind(text_of(types.get(each))) for each in named.cat.categories] + [0], dtype=np.int8)
        kinds = np.where(kinds == 0, of_name[named.cat.codes.to_numpy()[rows]], kinds)
    return kinds


def _kind(name: str) -> int:
    return _KINDS.index(name) if name in _KINDS else 0


def pool_of_answers(metric: Answers, customers: Customers) -> Pool | Refused:
    """The pool of a metric of answers, or why there is none."""
    given = answers_to(customers, metric.asked)
    if isinstance(given, Refused):
        return given
    weights = _weights(metric.weight, customers, given.rows)
    if isinstance(weights, Refused):
        return weights
    values = _coded(given, metric.coding)
    if isinstance(values, Refused):
        return values
    return Pool(
        key=("responses", metric.asked),
        table="responses",
        rows=given.rows,
        accounts=given.accounts,
        values=values,
        before=given.before,
        strata=given.strata,
        members=given.members,
        scale=_NATURES[metric.coding],
        weight=metric.weight,
        weights=weights,
        period=given.period,
        methods=(f"weight_{metric.weight}",),
        reasons=(*given.reasons, *(_scale_of(given) if metric.coding == "raw" else ())),
        targets=tuple(_targets(given, metric)),
    )


def _scale_of(given: Given) -> tuple[Reason, ...]:
    """The scale of answers shown as they were given, where all have the same; else each part names its own."""
    if len({(*each.scale.items(), each.best) for each in given.questions}) > 1:
        return ()
    first = given.questions[0]
    ends = because("on_scale", low=first.low, high=first.high)
    return (ends, because("high_is_effort" if first.falling else "high_is_easy")) if first.metric == "ces" else (ends,)


def _coded(given: Given, coding: Coding) -> Floats | Refused:
    """What each answer counts as."""
    values = given.values
    match coding:
        case "promoters_less_detractors":
            return (values >= 9).astype(np.float64) - (values <= 6)
        case "promoters":
            return (values >= 9).astype(np.float64)
        case "detractors":
            return (values <= 6).astype(np.float64)
        case "passives":
            return ((values > 6) & (values < 9)).astype(np.float64)
        case "raw":
            return values
        case _:
            return _placed(given, coding)


def _placed(given: Given, coding: Coding) -> Floats | Refused:
    """What an answer counts as by its place on its scale, the best place highest."""
    low, high, _ = (np.array(each)[given.question] for each in _scales(given.questions))
    rising = _rising(given)
    if coding == "index":
        return np.asarray(100 * (rising - low) / (high - low), dtype=np.float64)
    best = [question.best for question in given.questions]
    if None in best:
        return Refused(because("no_top_box"))
    boxes = np.array(best, dtype=np.float64)[given.question]
    top = (rising > high - boxes).astype(np.float64)
    return top if coding == "top" else top - (rising < low + boxes)


def _rising(given: Given) -> Floats:
    """The answers turned so that the best is the highest."""
    low, high, falling = (np.array(each)[given.question] for each in _scales(given.questions))
    return np.where(falling, high + low - given.values, given.values)


def _scales(questions: tuple[Question, ...]) -> tuple[list[float], list[float], list[bool]]:
    return (
        [question.low for question in questions],
        [question.high for question in questions],
        [question.falling for question in questions],
    )


def _weights(weight: Weight, customers: Customers, rows: Ints) -> Floats | Refused | None:
    """What each answer weighs within its account: its own weight where one is entered, by role where that is asked."""
    if weight == "role":
        return _role_weights(customers, rows)
    if weight == "revenue" and customers.revenue_weights is None:
        return Refused(because("no_revenue"))
    given = customers.tables["responses"]["weight"]
    if weight == "response" and customers.tables.tables["responses"].has("weight"):
        return given.fillna(1.0).to_numpy()[rows]
    return None


def _role_weights(customers: Customers, rows: Ints) -> Floats | Refused:
    weights = {role: customers.tables.number(f"weight_{role}") for role in ("decider", "influencer", "user")}
    contacts = customers.tables["contacts"].drop_duplicates("contact_id").set_index("contact_id")
    of_role = contacts["role"].astype("object").map(weights).astype("float64")
    own = contacts["influence_weight"].fillna(of_role)
    if not own.notna().any():
        return Refused(because("no_role_weights"))
    of_answer = customers.tables["responses"]["contact_id"].iloc[rows].map(own)
    return of_answer.fillna(1.0).to_numpy(dtype=np.float64)


def _targets(given: Given, metric: Answers) -> Iterator[float | None]:
    """The target of each stratum where its questions have one and the same, in the metric's unit."""
    wanted = metric.coding in ("promoters_less_detractors", "top", "index")
    unit = 0.01 if metric.coding == "top" else 1.0
    for stratum in range(len(given.members)):
        asked = np.unique(given.question[given.strata == stratum])
        targets = {given.questions[at].target for at in asked}
        target = targets.pop() if wanted and len(targets) == 1 else None
        yield None if target is None or (metric.asked == "ces" and metric.coding == "index") else target * unit
