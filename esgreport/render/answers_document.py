"""Answers to a questionnaire as a structure for JSON; it decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from esgreport.assessment import CapVerdict
from esgreport.model import Area, Period, Source, cell_reference
from esgreport.questionnaire import Answer, Answers, AnswerValue, Covered, Outlook, Place, ReportPages, Suggestion
from esgreport.render.plain import findings_document


def answers_document(
    found: Answers, parts_changed: Sequence[str], look: Outlook, covered: Sequence[Covered], report: ReportPages | None
) -> dict[str, object]:
    """The answers, where our report gives them, what is odd about the questionnaire, the parts that were changed."""
    where = {question: _covered(each) for each in covered for question in each.questions}
    return {
        "questionnaire": {"file": found.questionnaire.file, "sha256": found.questionnaire.digest},
        "customer": found.customer,
        "purpose": found.purpose,
        "summary": _summary(look),
        "questions": [{**_question(answer), "report": where.get(answer.question.id)} for answer in found.answers],
        "report": {
            "file": report.file if report else None,
            "answers": len(where),
            "of": len(found.answers),
            "parts": [{**_covered(each), "questions": list(each.questions)} for each in covered],
        },
        "lint": findings_document(found.findings, ())["findings"],
        "parts_changed": list(parts_changed),
    }


def _question(answer: Answer) -> dict[str, object]:
    question = answer.question
    return {
        "id": question.id,
        "sheet": question.source.sheet,
        "cell": question.source.cell,
        "text": question.text,
        "section": question.section,
        "language": question.language,
        "answer_cell": _cell(question.answer),
        "kind": question.kind,
        "target": answer.target,
        "concepts": list(answer.concepts),
        "state": str(answer.state),
        "answer": _value(answer.value),
        "shown": answer.shown,
        "cells": [{"cell": _reference(each.area), "value": _value(each.value)} for each in answer.cells],
        "unit": answer.unit or None,
        "period": _period(answer.period),
        "remark": answer.remark,
        "confidence": None if answer.confidence is None else float(answer.confidence),
        "why": answer.why,
        "evidence": [_source(source) for source in answer.evidence],
        "suggestions": [_suggestion(each) for each in answer.suggestions],
        "cap": _cap(answer.cap),
        "decided": answer.decided,
        "written": answer.written,
    }


def _summary(look: Outlook) -> dict[str, object]:
    """Counts by state and by where questions stand to the cap, the share inside it, and what is still to be done."""
    share = None if look.share is None else f"{look.share:.4f}"
    places: dict[str, object] = {str(place): count for place, count in look.places.items()}
    return {
        "states": {str(state): count for state, count in look.states.items()},
        "cap": {**places, "allowed": look.within, "share_allowed": share},
        "effort": {"minutes_to_decide": look.minutes, **look.efforts},
    }


def _covered(part: Covered) -> dict[str, object]:
    """Where our report answers a question; `pages` are the printed numbers of the first and the last page."""
    return {
        "disclosure": part.code or None,
        "title": part.title,
        "paragraph": part.paragraph or None,
        "pages": list(part.pages),
    }


def _reference(area: Area) -> str:
    return cell_reference(area.top, area.left)


def _cell(place: Place | None) -> str | None:
    return cell_reference(place.row, place.column) if place else None


def _value(value: AnswerValue) -> object:
    """A number as decimal string at full precision, as facts are written; chosen options as a list."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return list(value) if isinstance(value, tuple) else value


def _period(period: Period | None) -> dict[str, str] | None:
    if period is None:
        return None
    if period.start is None:
        return {"instant": period.end.isoformat()}
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _source(source: Source) -> dict[str, str]:
    return {"file": source.file, "sheet": source.sheet, "cell": source.cell}


def _suggestion(found: Suggestion) -> dict[str, object]:
    return {
        "target": found.target,
        "label": found.label,
        "probability": float(found.probability),
        "answer": _value(found.value),
        "shown": found.shown,
        "unit": found.unit or None,
        "evidence": [_source(source) for source in found.evidence],
        "doubt": found.doubt,
    }


def _cap(verdict: CapVerdict | None) -> dict[str, object] | None:
    if verdict is None:
        return None
    return {
        "inside": verdict.inside,
        "protects": verdict.protects,
        "may_decline": verdict.may_decline,
        "class": verdict.need or None,
        "band": verdict.band or None,
        "paragraph": verdict.paragraph or None,
        "advice": verdict.advice,
        "verified": verdict.verified,
    }
