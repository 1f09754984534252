"""How blocks share the width of a page: in their order, none lost, none that needs the width beside another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from esgreport.document import (
    Answer,
    Answers,
    Block,
    Chart,
    Column,
    Figure,
    Narrative,
    Note,
    Prose,
    Row,
    Series,
    Table,
)
from esgreport.render.bands import Band, bands, is_brief

PROSE = Prose("p", ("In 2025 the company used ", Figure("3,099 MWh", facts=("f-1",)), " of energy. " * 3))
ANSWERS = Answers("a", (Answer("Code of conduct for the own workforce", (Figure("Yes"),)),))
TEXT = Narrative("n", "Products and services", "We develop and build packaging machines for food. " * 12)
SHARE = Chart("c", "share", "T", "S", ("2025",), (Series("A", (None,), ("",), "part"),))


def table(rows: int = 4, columns: int = 2, text: str = "1,240") -> Table:
    heads = (Column("What"), *(Column("2025", numeric=True) for _ in range(columns - 1)))
    cells = (Figure("Water withdrawn"), *(Figure(text) for _ in range(columns - 1)))
    return Table("t", "Water", heads, tuple(Row(cells) for _ in range(rows)))


def flat(made: tuple[Band, ...]) -> tuple[Block, ...]:
    return tuple(block for band in made for block in (*band.left, *band.right))


def test_a_paragraph_stands_beside_the_small_table_it_speaks_of() -> None:
    assert bands((PROSE, table())) == (Band((PROSE,), (table(),)),)


def test_two_small_charts_stand_beside_a_table_as_high_as_both() -> None:
    made = bands((SHARE, replace(SHARE, id="d"), table(8)))
    assert [(len(band.left), len(band.right)) for band in made] == [(2, 1)]


@pytest.mark.parametrize(
    "wide", [table(rows=20), table(columns=6), table(text="1,240,000.00 EUR per million" * 2), Note("Omitted: B4.")]
)
def test_what_needs_the_width_of_the_page_has_it(wide: Block) -> None:
    assert bands((PROSE, wide, ANSWERS)) == (Band((PROSE,)), Band((wide,)), Band((ANSWERS,)))


def test_a_long_text_has_the_page_and_two_short_ones_share_it() -> None:
    long = replace(TEXT, text=TEXT.text * 5)
    assert bands((TEXT, long)) == (Band((TEXT,)), Band((long,)))
    assert [len(band.right) for band in bands((TEXT, replace(TEXT, id="m")))] == [1]


def test_a_paragraph_does_not_stand_behind_what_it_does_not_speak_of() -> None:
    made = bands((table(), PROSE, table(20)))
    assert made == (Band((table(),)), Band((PROSE,)), Band((table(20),)))


def test_only_texts_may_break_across_pages_beside_each_other() -> None:
    texts = tuple(replace(TEXT, id=f"n{number}", text=TEXT.text[:400] * 2) for number in range(2))
    assert [band.tall for band in bands(texts)] == [True]
    assert [band.tall for band in bands((PROSE, table()))] == [False]


def test_answers_of_a_word_are_brief() -> None:
    assert is_brief(ANSWERS)
    assert not is_brief(Answers("a", (Answer("Topics", (Figure("Accident prevention"),)),)))


@given(
    some.lists(
        some.sampled_from([PROSE, ANSWERS, TEXT, SHARE, table(), table(9, 3), table(30, 7), Note("x")]), max_size=14
    )
)
def test_blocks_keep_their_order_and_none_is_lost(blocks: list[Block]) -> None:
    made = bands(blocks)
    assert flat(made) == tuple(blocks)
    assert all(band.left for band in made)
