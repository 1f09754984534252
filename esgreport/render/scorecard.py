"""The executive scorecard as one HTML page for screens and paper, and its PDF; it judges and computes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from esgreport.errors import RenderError
from esgreport.render.design import Design, plain_design
from esgreport.render.pages import environment, fault, policy, template_file, trusted
from esgreport.render.scorecard_marks import arrow, bullet, scale_of, scales, score_bullet, sign, sparkline, swatch
from esgreport.render.scorecard_numbers import address, numbers_csv, numbers_json
from esgreport.render.tokens import painted_with, tokens_of
from esgreport.scorecard import Scorecard, ScoreRow, SubScore
from esgreport.texts import LOCALES, Translate, day_in_words, translator

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup

_Each = TypeVar("_Each")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_DENSITIES = (6, 8, 10, 12, 14, 16, 18, 21, 24)
"""Up to how many rows the page has each of its heights of a row."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its drawings; `trend` and `arrow` are empty where none may be drawn."""

    row: ScoreRow
    anchor: str
    bullet: Markup
    trend: Markup
    sign: Markup
    arrow: Markup


@dataclass(frozen=True, slots=True)
class Block:
    """Groups beside their rows: one group with rows, or all neighbours that have none."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A sub-score with its drawings."""

    score: SubScore
    bullet: Markup
    sign: Markup


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the scorecard, the page behind: its rows and its score."""

    id: str
    title: str
    lines: tuple[Line, ...]
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class _Titled:
    title: str
    language: str


def render_scorecard(card: Scorecard, design: Design | None = None) -> str:
    """The scorecard as one self-contained HTML document, in a design (ours where none is given).

    Text is escaped wherever it lands; nothing is fetched; it is whole without its script.
    Errors: RenderError, with file and line, when a template is wrong.
    """
    design = design or plain_design()
    style = f"{design.style}\n{template_file('scorecard.css').strip()}"
    with painted_with(tokens_of(style, "templates/scorecard.css")):
        try:
            page: str = _environment().get_template("scorecard.html.j2").render(_context(card, design, style))
        except Exception as error:  # a template may fail in any way a calculation can
            raise RenderError(fault(error, "scorecard.html.j2")) from error
    return _CONTROLS.sub("", page)


def render_scorecard_pdf(html: str, card: Scorecard) -> bytes:
    """The PDF of that HTML: page one is the scorecard, A4 landscape; behind it each side and the method.

    Errors: RenderError when it cannot be made cleanly.
    """
    from esgreport.render.pdf import render_pdf

    return render_pdf(html, _Titled(card.message, card.language))


def _context(card: Scorecard, design: Design, style: str) -> Mapping[str, object]:
    say = translator(card.language)
    script = template_file("scorecard.js").strip()
    lines = _lines(card, say)
    scores = tuple(_score(each, say) for each in card.scores)
    blocks = tuple(_blocks(card, lines))
    tall = sum(max(len(block.lines), 1) for block in blocks)
    return {
        "card": card,
        "design": design,
        "_": say,
        "blocks": blocks,
        "scores": scores,
        "sides": _sides(card, lines, scores, say),
        "density": next((n for n in _DENSITIES if tall <= n), _DENSITIES[-1]),
        "key": _key(say),
        "better": {"higher": say("higher"), "lower": say("lower"), "": ""},
        "day": lambda day: day_in_words(day, card.language),
        "year": _year,
        "figure": lambda value, unit="": _figure(value, unit, card.language),
        "csv": trusted(address(numbers_csv(card), "text/csv")),
        "json": trusted(address(numbers_json(card), "application/json")),
        "style": trusted(style),
        "script": trusted(script),
        "policy": policy(style, script),
    }


# ── rows and their drawings ──────────────────────────────────────────────────────────────────────────────────


def _lines(card: Scorecard, say: Translate) -> tuple[Line, ...]:
    on = scales(card.rows)
    return tuple(
        Line(
            row,
            _anchor(row.id),
            trusted(bullet(row, on[scale_of(row)], _in_words(row, say))),
            trusted(sparkline(row.series, _series_in_words(row))),
            trusted(sign(row.light, row.light_words)),
            trusted(arrow(row, row.change)),
        )
        for row in card.rows
    )


def _anchor(identifier: str) -> str:
    """What a link to the row ends with: no space may be in it."""
    return "row-" + re.sub(r"\s+", "-", identifier.strip())


def _in_words(row: ScoreRow, say: Translate) -> str:
    """What a bullet graph shows."""
    said = (
        (say("Actual"), row.actual.shown if row.actual else ""),
        (say("Target"), row.target.shown if row.target else ""),
        (say("Last year"), row.prior.shown if row.prior else ""),
    )
    return f"{row.label}. " + "; ".join(f"{name}: {shown}" for name, shown in said if shown)


def _series_in_words(row: ScoreRow) -> str:
    return f"{row.label}: " + ", ".join(f"{_year(each.period.end)} {each.shown}" for each in row.series)


def _blocks(card: Scorecard, lines: tuple[Line, ...]) -> Iterator[Block]:
    """The groups in their order; neighbours without rows are one block, where what was not given is said."""
    of = {group: tuple(each for each in lines if each.row.group == group) for group, _ in card.groups}
    for filled, groups in groupby(card.groups, key=lambda group: bool(of[group[0]])):
        if filled:
            yield from (Block(label, of[group]) for group, label in groups)
        elif card.lacking:
            yield Block(", ".join(label for _, label in groups), ())


def _score(score: SubScore, say: Translate) -> Score:
    words = f"{score.label}: {score.words}" if score.words else score.label
    return Score(score, trusted(score_bullet(score, words)), trusted(sign(score.light, _light_in_words(score, say))))


def _light_in_words(score: SubScore, say: Translate) -> str:
    words = {"good": say("good"), "watch": say("to watch"), "bad": say("bad"), "unsure": say("uncertain")}
    return words.get(score.light.value, say("no light"))


def _sides(card: Scorecard, lines: tuple[Line, ...], scores: tuple[Score, ...], say: Translate) -> tuple[Side, Side]:
    """What stands behind the page: sustainability, then customers."""
    of_customers = [each for each in lines if each.row.group in card.customer_groups]
    ids = {each.row.id for each in of_customers}
    theirs = [each for each in scores if each.score.id == "cx" or any(part[0] in ids for part in each.score.parts)]
    return (
        Side("sustainability", say("Sustainability"), _without(lines, of_customers), _without(scores, theirs)),
        Side("customers", say("Customers"), tuple(of_customers), tuple(theirs)),
    )


def _without(all_of: Iterable[_Each], those: list[_Each]) -> tuple[_Each, ...]:
    return tuple(each for each in all_of if each not in those)


# ── words and figures ────────────────────────────────────────────────────────────────────────────────────────


def _key(say: Translate) -> tuple[tuple[Markup, str], ...]:
    """The marks and what they mean."""
    words = {
        "actual": say("Actual"),
        "forecast": say("Forecast"),
        "prior": say("Last year"),
        "target": say("Target"),
        "interval": say("Interval"),
        "band-bad": say("bad"),
        "band-watch": say("to watch"),
        "band-good": say("good"),
    }
    return tuple((trusted(swatch(kind, word)), word) for kind, word in words.items())


def _year(day: date) -> str:
    return str(day.year)


def _figure(value: float, unit: str, language: str) -> str:
    """A number as the language writes it, shares as percentages; with as many places as say something."""
    from babel.numbers import format_decimal, format_percent

    locale = LOCALES.get(language, language)
    if unit == "%":
        return format_percent(value, "#,##0.#\u00a0%" if language in ("de", "fr") else "#,##0.#%", locale)
    whole = abs(value) >= 1000
    return format_decimal(value, "#,##0" if whole else "#,##0.##", locale).replace("-", "−")


@cache
def _environment() -> SandboxedEnvironment:
    return environment()
