"""Scorecards made by hand: 16 and 24 rows, one row, no data, one side alone, long words, four languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from esgreport.model import Period, Source
from esgreport.scorecard import (
    AccountAtRisk,
    Bands,
    Demand,
    Light,
    Link,
    NextAction,
    PastAction,
    Point,
    Quality,
    Scorecard,
    ScoreRow,
    SubScore,
    Target,
)

YEAR = Period(date(2025, 12, 31), date(2025, 1, 1))
_Better = Literal["higher", "lower", ""]

GROUPS = {
    "en": ("Environment", "Social", "Governance", "Customers", "Loyalty", "Service"),
    "de": ("Umwelt", "Soziales", "Unternehmensführung", "Kunden", "Kundenbindung", "Service"),
    "fr": ("Environnement", "Social", "Gouvernance", "Clients", "Fidélité", "Service"),
    "it": ("Ambiente", "Persone", "Governance", "Clienti", "Fedeltà", "Assistenza"),
}
_IDS = ("environment", "social", "governance", "customers", "loyalty", "service")


def year(last: int, end: int = 2025) -> Period:
    """The calendar year `last` years before `end`."""
    return Period(date(end - last, 12, 31), date(end - last, 1, 1))


def points(values: tuple[float, ...], shown: str, *, forecast: bool = False) -> tuple[Point, ...]:
    """Figures of consecutive years up to 2025, and of 2026 where the last is a forecast."""
    end = 2026 if forecast else 2025
    last = len(values) - 1
    return tuple(
        Point(year(last - n, end), value, shown.format(value), forecast=forecast and n == last)
        for n, value in enumerate(values)
    )


def row(
    name: str, group: str, label: str, values: tuple[float, ...], more: tuple[float, Light, str, _Better, str]
) -> ScoreRow:
    """A row with a target and bands made from it."""
    aim, light, shown, better, unit = more
    series = points(values, shown)
    now = series[-1] if series else None
    away = now.value - aim if now else 0.0
    good = None if not now else (away <= 0 if better == "lower" else away >= 0)
    return ScoreRow(
        id=name,
        group=group,
        label=label,
        unit=unit,
        better=better,
        actual=now,
        prior=series[-2] if len(series) > 1 else None,
        series=series,
        target=Target(aim, shown.format(aim), date(2025, 12, 31), "set by the board in 2023"),
        bands=Bands(
            aim * (1.1 if better == "lower" else 0.9), aim, "Good: the target is met; to watch: missed by 10 %."
        ),
        light=light,
        light_words={"good": "on target", "watch": "to watch", "bad": "off target"}.get(light.value, "no light"),
        quality=Quality.MEASURED,
        quality_words="measured",
        variance=("+" if away > 0 else "") + shown.format(away).replace("-", "−"),
        variance_good=good,
        change="fell against 2024",
        change_good=None if len(series) < 2 else (series[-1].value < series[-2].value) == (better == "lower"),
        owner="Operations",
        action="Second heat pump at Valdarno",
        scale=unit if unit != "%" else "percent",
        definition="What is emitted by what we own and by the energy we buy.",
        formula="scope 1 + scope 2 (location-based)",
        reference="Standard, paragraph 30",
        inputs=(("Scope 1", "312 t CO₂e", Source("book.xlsx", "Environment", "D12")),),
        source=(Source("book.xlsx", "Environment", "D14"),),
        segments=(),
        comment="The new press raised consumption in spring.",
    )


def survey(name: str, group: str, label: str, value: float, span: tuple[float, float]) -> ScoreRow:
    """A row that is a sample of what customers said."""
    made = row(name, group, label, (value - 4, value), (value + 4, Light.UNSURE, "{:.0f}", "higher", ""))
    now = Point(YEAR, value, f"{value:.0f}", span, 184)
    return replace(
        made,
        actual=now,
        series=(*made.series[:-1], now),
        light_words=f"uncertain: the interval {span[0]:.0f} to {span[1]:.0f} crosses a bound",
        quality=Quality.SURVEYED,
        quality_words=f"n = 184 answers; 95% interval {span[0]:.0f} to {span[1]:.0f}",
        change="No change is told: the difference is within the intervals.",
        change_good=None,
        segments=(("Key accounts", now, ""), ("Others", None, "withheld: fewer than 5 answered")),
        scale=f"of {name}",
    )


def gap(name: str, group: str, label: str) -> ScoreRow:
    """A row without a figure."""
    made = row(name, group, label, (), (0.5, Light.NONE, "{:.0%}", "higher", "%"))
    return replace(
        made,
        missing="Not reported for this period.",
        light_words="no data",
        quality=Quality.UNKNOWN,
        quality_words="",
        target=None,
        bands=None,
        variance="",
        change="",
        inputs=(),
        source=(),
    )


def rows(count: int) -> tuple[ScoreRow, ...]:
    """As many rows as asked for, in the order of their groups."""
    percent: tuple[Light, str, _Better, str] = (Light.WATCH, "{:.1%}", "higher", "%")
    kinds = (
        row(
            "emissions",
            "environment",
            "Emissions of scope 1 and 2",
            (620, 588, 561, 540),
            (500, Light.WATCH, "{:.0f}", "lower", "t CO₂e"),
        ),
        row("renewable", "environment", "Renewable energy", (0.31, 0.38, 0.47), (0.5, *percent)),
        row("waste", "environment", "Waste recycled or reused", (0.71, 0.74), (0.8, *percent)),
        row(
            "accidents",
            "social",
            "Accident rate",
            (4.1, 3.2, 5.3),
            (2.0, Light.BAD, "{:.1f}", "lower", "per million hours"),
        ),
        row("turnover", "social", "Employee turnover", (0.12, 0.09), (0.1, Light.GOOD, "{:.1%}", "lower", "%")),
        gap("pay_gap", "social", "Gender pay gap"),
        row(
            "convictions", "governance", "Convictions for corruption", (0, 0, 0), (0, Light.GOOD, "{:.0f}", "lower", "")
        ),
        survey("promoters", "customers", "Net promoter score", 31, (22, 40)),
        row("satisfied", "customers", "Satisfied customers", (0.78, 0.81), (0.85, *percent)),
        row("kept", "loyalty", "Customers kept", (0.94, 0.93, 0.92), (0.95, *percent)),
        row("revenue_kept", "loyalty", "Recurring revenue kept, net", (1.02, 0.98), (1.0, *percent)),
        row("solved", "service", "Tickets solved", (0.88, 0.95), (0.9, Light.GOOD, "{:.1%}", "higher", "%")),
    )
    made = [replace(kinds[n % 12], id=f"{kinds[n % 12].id}{n // 12 or ''}") for n in range(count)]
    return tuple(sorted(made, key=lambda each: _IDS.index(each.group)))


SCORES = (
    SubScore(
        "esg",
        "Sustainability score",
        63.0,
        58.2,
        (55.0, 70.0),
        Light.WATCH,
        0.86,
        10_000,
        (("emissions", "Emissions of scope 1 and 2", 2.0, 67.0), ("pay_gap", "Gender pay gap", 1.0, None)),
        0.14,
        "63 of 100 (55–70); the light stays the same in 86% of 10,000 draws.",
        Bands(60, 80, "our own bounds"),
    ),
    SubScore(
        "cx",
        "Customer score",
        None,
        None,
        None,
        Light.NONE,
        None,
        0,
        (("promoters", "Net promoter score", 1.0, None),),
        0.52,
        "No score: 52% of the weight has no data that can be scored; at most 40% may be missing.",
    ),
)


def link(words: str, *, told: bool = True) -> Link:
    """An association in words."""
    return Link("perception", words, 31.0 if told else None, "31", (14.0, 48.0) if told else None, 184, words, told)


def card(count: int = 16, language: str = "en") -> Scorecard:
    """A scorecard with everything in it."""
    evidence = (Source("customers.xlsx", "ESG_requests", "C7"),)
    return Scorecard(
        entity="Officine Valdarno S.p.A.",
        period=YEAR,
        language=language,
        message="Accident rate is off target by +3.3; 3 of 9 targets are met",
        subtitle="Officine Valdarno S.p.A. · Customers and sustainability · 2025 · actual, target and the year before",
        groups=tuple(zip(_IDS, GROUPS[language], strict=True)),
        rows=rows(count),
        scores=SCORES,
        demands=tuple(
            Demand(
                f"Concept{n}",
                f"Emissions of scope {n}",
                7 - n,
                2.4e6 / n,
                0.31 / n,
                date(2026, 3, n),
                "missing",
                "medium",
                0.3 / n,
                f"{7 - n} customers with 31% of revenue ask for it; next renewal in March 2026",
            )
            for n in range(1, 5)
        ),
        accounts=(
            AccountAtRisk(
                "A-17", "Meccanica Rossi", "revenue fell by 22%", "2 answers open", 410_000, date(2026, 4, 1)
            ),
            AccountAtRisk("A-23", "<b>Hostile & Sons</b>", "gave a 3 of 10", "request late by 41 days", None, None),
        ),
        linked=(
            link("Recommendation, best less worst view of our sustainability: +31 of 100 (n = 184; 14 to 48)."),
            link("Whether late answers cost renewals cannot be told: 6 customers are too few.", told=False),
        ),
        cautions=("Association, not cause.",),
        at_risk="Customers at risk on both sides: 2 of 7 whose requests on sustainability wait or went wrong.",
        currency="EUR",
        actions=tuple(
            NextAction(
                f"Report emissions of scope {n}",
                f"{7 - n} customers with 31% of revenue wait for it.",
                "gap × value × feasibility",
                0.186 / n,
                "Head of quality",
                ("emissions",),
                evidence,
            )
            for n in range(1, 4)
        ),
        past_actions=(
            PastAction(
                "Answer requests within 20 days",
                "61%",
                "83%",
                "more than chance: +22 points (n = 46)",
                "Requests answered in time",
                evidence,
            ),
        ),
        lacking=(),
        method=(("Bands", "Good: the target is met. To watch: missed by up to 10%."), ("Scores", "Weighted means.")),
        files=(("book.xlsx", "9f" * 32), ("customers.xlsx", "a1" * 32)),
    )


LONG = {
    "en": "Total gross location-based greenhouse gas emissions of scope 1 and scope 2 per million of turnover",
    "de": "Geschlechtsspezifisches Verdienstgefälle zwischen weiblichen und männlichen Arbeitnehmerinnen",
    "fr": "Taux d’accidents du travail comptabilisables au cours de la période de publication d’informations",
    "it": "Percentuale del divario retributivo tra lavoratrici e lavoratori dipendenti nel periodo di rendicontazione",
}


def long_card(count: int, language: str) -> Scorecard:
    """A scorecard in which every text is long."""
    words = LONG[language]
    made = card(count, language)
    return replace(
        made,
        message=f"{words}: {words}",
        subtitle=f"{made.subtitle} · {words}",
        rows=tuple(
            replace(
                each,
                label=words,
                unit="t CO₂e / Mio. EUR",
                variance="+1.234,5 t CO₂e (+12,3 %)",
                owner=words,
                action=f"{words}. {words}",
                quality_words=f"{words}; {words}",
                quality_short="n = 12.345 Antworten; -12,3 % à 101,4 %",
                light_words="verfehlt, Ausmaß unsicher",
            )
            for each in made.rows
        ),
        linked=tuple(link(f"{words}: {words}") for _ in range(7)),
        actions=tuple(
            replace(each, title=words, reason=f"{words}; {words}; {words}", owner=words) for each in made.actions
        ),
    )


def empty_card(language: str = "en") -> Scorecard:
    """A scorecard for which nothing was given."""
    made = card(0, language)
    return replace(
        made,
        message="There are no data for this scorecard",
        scores=(),
        demands=(),
        accounts=(),
        linked=(),
        actions=(),
        past_actions=(),
        files=(),
        lacking=("No figures on sustainability were given.", "No customers’ data were given."),
    )


def one_side(side: str) -> Scorecard:
    """A scorecard with sustainability alone (`esg`) or customers alone (`cx`)."""
    made = card(12)
    ours = [each for each in made.rows if (each.group in made.customer_groups) == (side == "cx")]
    lacking = "No customers’ data were given." if side == "esg" else "No figures on sustainability were given."
    return replace(
        made,
        rows=tuple(ours),
        scores=tuple(each for each in SCORES if each.id == side),
        linked=(),
        demands=(),
        accounts=(),
        lacking=(lacking,),
    )
