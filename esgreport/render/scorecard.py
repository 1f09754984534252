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
from esgreport.render.scorecard_fit import SECTIONS, Fit, first_fit, fitted
from esgreport.render.scorecard_marks import arrow, bullet, scale_of, scales, score_bullet, sign, sparkline, swatch
from esgreport.render.scorecard_numbers import address, numbers_csv, numbers_json
from esgreport.render.scorecard_places import places
from esgreport.render.tokens import painted_with, tokens_of
from esgreport.scorecard import Scorecard, ScoreRow, SubScore
from esgreport.texts import LOCALES, Translate, day_in_words, translator

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup

_Each = TypeVar("_Each")
_SPARE = 3
"""Rows for which there is to be room besides where a browser prints the page, since it sets it a little wider."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


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
class Has:
    """Which columns have anything to show; one without is left away."""

    trend: bool
    prior: bool
    interval: bool
    owner: bool
    action: bool


@dataclass(frozen=True, slots=True)
class _Titled:
    title: str
    language: str


def render_scorecard(card: Scorecard, design: Design | None = None) -> str:
    """The scorecard as one self-contained HTML document, in a design (ours where none is given).

    Text is escaped wherever it lands; nothing is fetched; it is whole without its script.
    Errors: RenderError, with file and line, when a template is wrong.
    """
    return _drawn(card, design or plain_design(), first_fit(_tall(card) + _SPARE), paper=False)


def paper_scorecard(card: Scorecard, design: Design | None = None) -> str:
    """The scorecard as HTML for paper: landscape pages, each as dense as it takes to be one.

    They are the card, one for each side that was given (that one was not is said on the first), actions and method.

    Errors: as of `render_scorecard`.
    """
    design = design or plain_design()

    def draw(fit: Fit) -> str:
        return _drawn(card, design, fit, paper=True)

    customers = sum(row.group in card.customer_groups for row in card.rows)
    sides = (len(card.rows) - customers, customers)
    return draw(fitted(draw, first_fit(_tall(card), sides, _sections(card))))


def _sections(card: Scorecard) -> tuple[str, ...]:
    """The pages on paper: one side alone leaves out the other's, which would be blank."""
    told = {
        "customers" if row.group in card.customer_groups else "sustainability"
        for row in card.rows
        if row.missing not in card.lacking
    }
    more = {"customers"} if card.demands or card.accounts or card.linked else set()
    left_out = {"sustainability", "customers"} - told - more if told else set()
    return tuple(name for name in SECTIONS if name not in left_out)


def render_scorecard_pdf(card: Scorecard, design: Design | None = None) -> bytes:
    """The PDF: page one is the scorecard, behind it a page for each side and one for actions and method.

    Errors: RenderError when it cannot be made cleanly.
    """
    from esgreport.render.pdf import render_pdf

    return render_pdf(paper_scorecard(card, design), _Titled(card.message, card.language))


def _drawn(card: Scorecard, design: Design, fit: Fit, *, paper: bool) -> str:
    sheets = [
        template_file("scorecard.css"),
        *([template_file("scorecard_letter.css")] if design.page == "letter" else []),
    ]
    style = "\n".join((design.style, *(sheet.strip() for sheet in sheets)))
    with painted_with(tokens_of(style, "templates/scorecard.css")):
        given = {**_context(card, design, fit), **_surroundings(card, style), "paper": paper}
        try:
            page: str = _environment().get_template("scorecard.html.j2").render(given)
        except Exception as error:  # a template may fail in any way a calculation can
            raise RenderError(fault(error, "scorecard.html.j2")) from error
    return _CONTROLS.sub("", page)


def _tall(card: Scorecard) -> int:
    """How many rows page one has, a side that lacks its figures among them."""
    shown = [row for row in card.rows if row.missing not in card.lacking]
    filled = {row.group for row in shown}
    gaps = sum(not there for there, _ in groupby(card.groups, key=lambda group: group[0] in filled))
    return len(shown) + (gaps if card.lacking else 0)


def _context(card: Scorecard, design: Design, fit: Fit) -> Mapping[str, object]:
    say = translator(card.language)
    lines = _lines(card, say)
    scores, has = tuple(_score(each, say) for each in card.scores), _has(card, lines, fit)
    return {
        "card": card,
        "design": design,
        "fit": fit,
        "_": say,
        "has": has,
        "columns": 9 + sum((has.trend, has.prior, has.owner, has.action)),
        "blocks": tuple(_blocks(card, lines)),
        "scores": scores,
        "sides": _sides(card, lines, scores, say),
        "weights": {part[0]: part[2:] for each in card.scores for part in each.parts},
        "told": tuple(each for each in card.linked if each.told),
        "key": tuple(_key(card, say)),
        "better": {"higher": say("higher"), "lower": say("lower"), "": ""},
        "states": {"missing": say("not reported"), "late": say("answer open"), "withheld": say("withheld")},
        "efforts": {"low": say("little"), "medium": say("some"), "high": say("much")},
        "day": lambda day: day_in_words(day, card.language),
        "year": _year,
        "figure": lambda value, unit="": _figure(value, unit, card.language),
        "places": places,
    }


def _surroundings(card: Scorecard, style: str) -> Mapping[str, object]:
    """What a page has around its content: its style and script, and its numbers to save."""
    script = template_file("scorecard.js").strip()
    return {
        "csv": trusted(address(numbers_csv(card), "text/csv")),
        "json": trusted(address(numbers_json(card), "application/json")),
        "style": trusted(style),
        "script": trusted(script),
        "policy": policy(style, script),
    }


# ── rows and their drawings ──────────────────────────────────────────────────────────────────────────────────


def _lines(card: Scorecard, say: Translate) -> tuple[Line, ...]:
    """The rows of the sides that were given: that one was not is said once, not in each of its rows."""
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
        if row.missing not in card.lacking
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
    """The groups in their order; neighbours without figures are one block, where what was not given is said."""
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


def _has(card: Scorecard, lines: tuple[Line, ...], fit: Fit) -> Has:
    return Has(
        trend=any(line.trend for line in lines),
        prior=any(line.row.prior for line in lines),
        interval=any(line.row.actual and line.row.actual.interval for line in lines),
        owner=not fit.lean and any(line.row.owner for line in lines),
        action=not fit.lean and any(line.row.action for line in lines),
    )


def _key(card: Scorecard, say: Translate) -> Iterator[tuple[Markup, str]]:
    """The marks that are on the page and what they mean."""
    had = [row for row in card.rows if row.actual]
    bands = any(row.bands and row.better for row in had) or any(score.bands for score in card.scores)
    used = (
        ("actual", say("Actual"), bool(had)),
        ("forecast", say("Forecast"), any(point.forecast for row in had for point in row.series)),
        ("prior", say("Last year"), any(row.prior for row in had)),
        ("target", say("Target"), any(row.target for row in had)),
        ("interval", say("95% interval"), any(row.actual and row.actual.interval for row in had)),
        ("band-bad", say("bad"), bands),
        ("band-watch", say("to watch"), bands),
        ("band-good", say("good"), bands),
    )
    return ((trusted(swatch(kind, word)), word) for kind, word, shown in used if shown)


def _year(day: date) -> str:
    return str(day.year)


def _figure(value: float, unit: str, language: str) -> str:
    """A number as the language writes it, shares as percentages; with as many places as say something."""
    from babel.numbers import format_decimal, format_percent

    locale = LOCALES.get(language, language)
    if unit == "%":
        return format_percent(value, "#,##0.#\u00a0%" if language in ("de", "fr") else "#,##0.#%", locale)
    pattern = "#,##0" if abs(value) >= 1000 else "#,##0.#" if abs(value) >= 100 else "#,##0.##"
    return format_decimal(value, pattern, locale).replace("-", "−")


@cache
def _environment() -> SandboxedEnvironment:
    return environment()
