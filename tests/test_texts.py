"""Days in words, which every room writes the same way."""

from __future__ import annotations

from datetime import date

import pytest

from esgreport.texts import day_in_words


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", "1 January 2025", "31 December 2025"),
        ("de", "1. Januar 2025", "31. Dezember 2025"),
        ("fr", "1er janvier 2025", "31 décembre 2025"),
        ("it", "1º gennaio 2025", "31 dicembre 2025"),
    ],
)
def test_a_day_is_written_as_the_language_does_also_the_first_of_a_month(language: str, first: str, last: str) -> None:
    assert [day_in_words(date(2025, 1, 1), language), day_in_words(date(2025, 12, 31), language)] == [first, last]
