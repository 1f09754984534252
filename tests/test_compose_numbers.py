"""Numbers as they are shown: the places of their cells, no noise, no nought that is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from filings import DEFINITIONS, filing
from hypothesis import given
from hypothesis import strategies as some

from esgreport.compose import ReportOptions, compose_report
from esgreport.compose.numbers import Numbers, places_shown, plain
from esgreport.compose.writer import Writer
from esgreport.document import Table
from esgreport.model import Decimals, Period

ENGLISH = Numbers("en")


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        ("151", 2, "151"),
        ("235000", 2, "235,000"),
        ("10.03334136", 2, "10.03"),
        ("0.5", 2, "0.5"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "−3"),
        ("0.004", 2, "0.004"),
        ("0.00021402794900000002", 2, "0.00021"),
        ("-0.004", 2, "−0.004"),
        ("0", 2, "0"),
        ("99.999", 2, "100"),
        ("28.409000000000002", "INF", "28.409"),
        ("0.0014893617021276596", "INF", "0.001489"),
        ("0.0014893617021276596", 7, "0.0014894"),
        ("1234567", "INF", "1,234,567"),
        ("1e26", 2, "1E26"),
        ("1e308", "INF", "1E308"),
        ("-1e-300", 2, "−1E−300"),
    ],
)
def test_numbers_keep_the_places_of_their_cell_without_noise(value: str, decimals: Decimals, shown: str) -> None:
    number = Decimal(value)
    assert ENGLISH.number(number, places_shown(number, decimals)) == shown


@given(some.decimals(allow_nan=False, allow_infinity=False, places=12), some.sampled_from([0, 1, 2, 7, "INF"]))
def test_only_nought_is_shown_as_nought(value: Decimal, decimals: Decimals) -> None:
    shown = ENGLISH.number(value, places_shown(value, decimals))
    assert (set(shown) <= set("0.,−")) == (value == 0)


@pytest.mark.parametrize(
    ("language", "number", "percent", "day"),
    [
        ("en", "1,234.5", "28.41%", "1 March 2025"),
        ("it", "1.234,5", "28,41%", "1º marzo 2025"),
        ("de", "1.234,5", "28,41\xa0%", "1. März 2025"),
        ("fr", "1\u202f234,5", "28,41\xa0%", "1er mars 2025"),
    ],
)
def test_numbers_and_days_follow_the_language(language: str, number: str, percent: str, day: str) -> None:
    numbers = Numbers(language)
    assert numbers.number(Decimal("1234.5"), 1) == number
    assert numbers.percent(Decimal("0.28409"), 2).replace("\u202f", "\xa0") == percent
    assert numbers.day(date(2025, 3, 1)) == day


@pytest.mark.parametrize(
    ("value", "shown"), [("-0.333", "−33.3%"), ("0.1", "+10.0%"), ("0", "0.0%"), ("-0.00001", "0.0%")]
)
def test_a_change_shows_its_sign_unless_it_is_none(value: str, shown: str) -> None:
    assert ENGLISH.signed_percent(Decimal(value), 1) == shown


def test_exact_values_are_written_out() -> None:
    assert [plain(Decimal(text)) for text in ("1E+3", "2.500", "0", "0.00001", "1E+300")] == [
        "1000",
        "2.5",
        "0",
        "0.00001",
        "1E+300",
    ]


def test_a_period_is_named_by_its_days_or_its_year() -> None:
    year, across = Period(date(2025, 12, 31), date(2025, 1, 1)), Period(date(2026, 6, 30), date(2025, 7, 1))
    assert [ENGLISH.year(period) for period in (year, across, Period(date(2025, 12, 31)))] == [
        "2025",
        "2025/26",
        "2025",
    ]
    assert ENGLISH.period(across) == "1 July 2025 – 30 June 2026"
    assert ENGLISH.period(Period(date(2025, 12, 31))) == "31 December 2025"


def test_a_large_number_can_have_the_many_places_of_a_small_one_beside_it() -> None:
    assert ENGLISH.number(Decimal("999999999999999"), 20) == f"999,999,999,999,999.{'0' * 20}"


def test_a_ratio_that_would_be_a_row_of_noughts_is_shown_times_a_million_and_says_so() -> None:
    name = "Scope1AndScope2GreenhouseGasEmissionsIntensityValueLocationBased"
    filed = filing(f"{name} = 0.0000160911458333333 utr:tCO2e/iso4217:EUR")
    (fact,) = filed.facts
    shown = {code: Writer(filed, (), DEFINITIONS, code).with_unit(fact) for code in DEFINITIONS.languages}
    assert shown["en"] == "16.09 tCO₂e per million EUR"
    assert shown["it"] == "16,09 tCO₂e per milione di EUR"
    assert (fact.value, fact.unit) == (Decimal("0.0000160911458333333"), "utr:tCO2e/iso4217:EUR")
    document = compose_report(filed, (), (), DEFINITIONS, ReportOptions("en"))
    assert [entry.exact for entry in document.provenance] == ["0.0000160911458333333 utr:tCO2e/iso4217:EUR"]


def test_counts_stand_whole_beside_a_rate() -> None:
    table = "NumberOfRecordableWorkRelatedAccidentsInTheReportingPeriod = 3"
    rate = "RateOfRecordableWorkRelatedAccidentsInTheReportingPeriod = 1.98412"
    filed = filing(f"{table}\n{rate}")
    filed = replace(filed, facts=(replace(filed.facts[0], decimals="INF"), filed.facts[1]))
    document = compose_report(filed, (), (), DEFINITIONS, ReportOptions("en"))
    blocks = [block for part in document.parts for section in part.sections for block in section.blocks]
    (found,) = [block for block in blocks if isinstance(block, Table)]
    assert [row.cells[1].text for row in found.rows] == ["3", "1.98"]
