"""Charts: lengths from zero and in proportion, text that neither overlaps nor leaves the sheet, readable colours."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import get_args

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from esgreport import resources
from esgreport.document import Chart, Section, Series
from esgreport.render.charts import NARROW, WIDE, draw
from esgreport.render.lettering import width, wrap
from esgreport.render.pen import PARTS, Pen
from esgreport.render.tokens import CONTRAST_OF_SHAPES, CONTRAST_OF_TEXT, contrast, readable_on, tokens

SVG = "{http://www.w3.org/2000/svg}"
THEMES = ("general", "environment", "social", "governance", "customers", "frame")
ROLES = ("prior", "actual", "target")


def chart(kind: str, categories: tuple[str, ...], *series: Series) -> Chart:
    return Chart("c", kind, "What it says", "What is shown", categories, series, "MWh", "The numbers in words.")  # type: ignore[arg-type]


def series(label: str, *values: int | None, role: str = "actual") -> Series:
    shown = tuple("–" if value is None else f"{value:,}".replace("-", "−") for value in values)
    return Series(label, tuple(None if value is None else Decimal(value) for value in values), shown, role)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Drawing:
    """A chart as drawn: rectangles by class as (x, y, width, height), texts as (x0, y0, x1, y1, text, class)."""

    width: float
    height: float
    title: str
    rects: list[tuple[str, float, float, float, float]]
    texts: list[tuple[float, float, float, float, str, str]]

    def bars(self, name: str) -> list[tuple[float, float]]:
        """Left edge and length of the bars of a class, in order; the square of the key has a class of its own size."""
        return [(x, wide) for kind, x, _, wide, high in self.rects if kind == name and high != 10]


FONTS = {
    weight: TTFont(resources.folder("templates") / "fonts" / f"Inter-{name}.woff2")
    for weight, name in ((400, "Regular"), (600, "SemiBold"))
}


def true_width(text: str, size: float, weight: int = 400) -> float:
    font = FONTS[weight]
    names, widths = font.getBestCmap(), font["hmtx"]
    return sum(widths[names[ord(character)]][0] for character in text) / font["head"].unitsPerEm * size


def drawn(item: Chart, sheet: float = WIDE, theme: str = "environment") -> Drawing:
    root = etree.fromstring(draw(item, theme, sheet))
    _, _, wide, high = (float(part) for part in root.get("viewBox", "").split())
    size = float(root.get("font-size", "0"))
    rects = [
        (rect.get("class", ""), *(float(rect.get(name, "")) for name in ("x", "y", "width", "height")))
        for rect in root.iter(f"{SVG}rect")
    ]
    texts = []
    for node in root.iter(f"{SVG}text"):
        x, y, text = float(node.get("x", "")), float(node.get("y", "")), node.text or ""
        long = true_width(text, size, int(node.get("font-weight", "400")))
        left = x - {"start": 0.0, "middle": long / 2, "end": long}[node.get("text-anchor", "start")]
        texts.append((left, y - size * 0.73, left + long, y + size * 0.2, text, node.get("class", "")))
    return Drawing(wide, high, root.findtext(f"{SVG}title") or "", rects, texts)  # type: ignore[arg-type]


# ── lengths ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_bar_is_as_long_as_its_value() -> None:
    bars = drawn(chart("bars", ("A", "B", "C"), series("now", 100, 50, 1))).bars("c-actual")
    assert [length / bars[0][1] for _, length in bars] == pytest.approx([1, 0.5, 0.01], abs=0.001)
    assert len({left for left, _ in bars}) == 1


def test_bars_of_all_series_start_at_the_same_nought_and_share_one_scale() -> None:
    drawing = drawn(chart("bars", ("A", "B"), series("then", 80, 40, role="prior"), series("now", 40, 20)))
    prior, actual = drawing.bars("c-prior"), drawing.bars("c-actual")
    assert {left for left, _ in prior} == {left for left, _ in actual}
    assert prior[1][1] == pytest.approx(actual[0][1], abs=0.02)


def test_a_negative_value_lies_on_the_other_side_of_nought() -> None:
    (left, long), (zero, short) = drawn(chart("bars", ("A", "B"), series("now", -10, 5))).bars("c-actual")
    assert left + long == pytest.approx(zero, abs=0.02)
    assert long == pytest.approx(2 * short, abs=0.02)


def test_what_was_not_reported_has_a_dash_and_no_bar() -> None:
    drawing = drawn(chart("bars", ("A", "B"), series("now", 10, None)))
    assert len(drawing.bars("c-actual")) == 1
    assert "–" in [text for *_, text, _ in drawing.texts]


def test_a_nought_is_written_and_has_no_bar() -> None:
    drawing = drawn(chart("bars", ("A", "B"), series("now", 10, 0)))
    assert len(drawing.bars("c-actual")) == 1
    assert "0" in [text for *_, text, _ in drawing.texts]


def test_columns_stand_on_one_floor_and_are_as_high_as_their_value() -> None:
    drawing = drawn(chart("columns", ("2023", "2024", "2025"), series("t", 100, 50, 25)))
    tops = [(y, high) for _, _, y, _, high in drawing.rects]
    assert len({round(y + high, 2) for y, high in tops}) == 1
    assert [high / tops[0][1] for _, high in tops] == pytest.approx([1, 0.5, 0.25], abs=0.001)


def test_columns_without_room_for_their_names_are_drawn_as_bars() -> None:
    names = tuple(f"Straßenbeleuchtungsanlagen {n}" for n in range(9))
    drawing = drawn(chart("columns", names, series("t", *range(1, 10))))
    lengths = [length for _, length in drawing.bars("c-actual")]
    assert lengths == sorted(lengths) and lengths[-1] > 5 * lengths[0]


def test_the_parts_of_a_share_fill_the_sheet_in_proportion() -> None:
    drawing = drawn(chart("share", ("",), series("women", 30, role="part"), series("men", 60, role="part")))
    (_, women), (left, men) = drawing.bars("c-1")[0], drawing.bars("c-2")[0]
    assert men / women == pytest.approx(2, rel=0.02)
    assert left + men == pytest.approx(drawing.width, abs=2)


def test_stacks_share_one_scale() -> None:
    drawing = drawn(chart("stack", ("A", "B"), series("x", 30, 10, role="part"), series("y", 30, 20, role="part")))
    (_, first), (_, second) = drawing.bars("c-1")
    assert first / second == pytest.approx(3, rel=0.03)


def test_a_target_is_an_outline() -> None:
    root = etree.fromstring(draw(chart("bars", ("A",), series("then", 5, role="target")), "social"))
    (bar,) = root.iter(f"{SVG}rect")
    assert bar.get("fill") == "none"
    assert bar.get("stroke") == tokens().light["social"]


def test_the_description_is_the_title_of_the_drawing() -> None:
    assert drawn(chart("bars", ("A",), series("now", 1))).title == "The numbers in words."
    bare = replace(chart("bars", ("A",), series("now", 1)), description="")
    assert drawn(bare).title == "What it says. What is shown"


def test_an_empty_chart_is_drawn_without_a_bar() -> None:
    for kind in ("bars", "columns", "stack", "share"):
        drawing = drawn(chart(kind, ("A",), series("now", None)))
        assert drawing.rects == [] or all(high == 10 for *_, high in drawing.rects)
        assert drawing.height > 0


# ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────

WORDS = (
    st.text(st.sampled_from("abcdefgimwABCMW –-/.,0123456789éßčł"), min_size=1, max_size=40).map(str.strip).filter(bool)
)


@st.composite
def charts(draw_one: st.DrawFn) -> Chart:
    kind = draw_one(st.sampled_from(("bars", "columns", "stack", "share")))
    count = draw_one(st.integers(1, 3 if kind in ("bars", "columns") else PARTS))
    categories = tuple(draw_one(st.lists(WORDS, min_size=1, max_size=6)))
    low = -(10**6) if kind in ("bars", "columns") else 0
    value = st.one_of(st.none(), st.integers(low, 10**7))
    rows = [
        series(draw_one(WORDS), *(draw_one(value) for _ in categories), role=ROLES[n] if low else "part")
        for n in range(count)
    ]
    return chart(kind, categories, *rows)


@settings(max_examples=100, deadline=None)
@given(charts(), st.sampled_from((WIDE, NARROW)))
def test_no_text_leaves_the_sheet_or_covers_another(item: Chart, sheet: float) -> None:
    drawing = drawn(item, sheet)
    for left, top, right, bottom, text, _ in drawing.texts:
        assert left >= -0.5 and right <= drawing.width + 0.5, text
        assert top >= -0.5 and bottom <= drawing.height + 0.5, text
    for one, other in itertools.combinations(drawing.texts, 2):
        apart = (
            one[2] <= other[0] + 0.3 or other[2] <= one[0] + 0.3 or one[3] <= other[1] + 0.3 or other[3] <= one[1] + 0.3
        )
        assert apart, (one[4], other[4])


@settings(max_examples=100, deadline=None)
@given(charts(), st.sampled_from((WIDE, NARROW)))
def test_no_shape_leaves_the_sheet(item: Chart, sheet: float) -> None:
    drawing = drawn(item, sheet)
    for _, left, top, wide, high in drawing.rects:
        assert left >= 0 and top >= 0 and wide >= 0 and high >= 0
        assert left + wide <= drawing.width + 0.05 and top + high <= drawing.height + 0.05


@pytest.mark.parametrize("weight", [400, 600])
def test_text_is_never_wider_than_it_was_taken_for(weight: int) -> None:
    for code in FONTS[weight].getBestCmap():
        text = chr(code) * 3
        assert width(text, 100, weight) >= true_width(text, 100, weight) - 2.5, text
    sentence = "Electricity generated by ourselves, 1,204.5 MWh"
    assert width(sentence, 10, weight) <= true_width(sentence, 10, weight) * 1.12


def test_text_breaks_at_spaces_and_inside_a_word_only_where_it_must() -> None:
    assert wrap("Purchased electricity", 60, 11) == ("Purchased", "electricity")
    assert wrap("Electro-mechanical", 80, 11) == ("Electro-", "mechanical")
    assert all(width(line, 11) <= 60 for line in wrap("Donaudampfschifffahrtsgesellschaft", 60, 11))


# ── colours ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_theme_of_a_section_has_its_colours() -> None:
    themes = get_args(Section.__annotations__["theme"]) or THEMES
    for theme in themes if isinstance(themes, tuple) else THEMES:
        assert {theme, f"{theme}-mid", f"{theme}-soft"} <= tokens().light.keys()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_shapes_stand_out_from_the_page(theme: str, mode: str) -> None:
    colours = getattr(tokens(), mode)
    names = [theme, f"{theme}-mid", *(f"part-{n}" for n in range(3, PARTS + 1))]
    weak = {name: round(contrast(colours[name], colours["paper"]), 2) for name in names}
    assert min(weak.values()) >= CONTRAST_OF_SHAPES, weak


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_in_the_colour_of_a_theme_can_be_read(theme: str, mode: str) -> None:
    colours = getattr(tokens(), mode)
    assert contrast(colours[theme], colours["paper"]) >= CONTRAST_OF_TEXT
    assert contrast(colours["ink"], colours[f"{theme}-soft"]) >= CONTRAST_OF_TEXT
    for name in ("ink", "ink-2", "error", "warning"):
        assert contrast(colours[name], colours["paper"]) >= CONTRAST_OF_TEXT
        assert contrast(colours[name], colours["panel"]) >= CONTRAST_OF_TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_values_inside_a_part_can_be_read(theme: str, mode: str) -> None:
    colours = getattr(tokens(), mode)
    pen = Pen(theme, WIDE, 11)
    for n in range(PARTS):
        fill = {0: theme, 1: f"{theme}-mid"}.get(n, f"part-{n + 1}")
        assert contrast(colours[f"on-{n + 1}"], colours[fill]) >= CONTRAST_OF_TEXT, (fill, mode)
        if mode == "light":
            on_paper = readable_on(pen.part(n).colour, colours["ink"], colours["paper"])
            assert contrast(on_paper, pen.part(n).colour) >= CONTRAST_OF_TEXT, fill


def test_the_cover_can_be_read() -> None:
    light, dark = tokens().light, tokens().dark
    for name in ("cover-ink", "cover-ink-2"):
        assert contrast(light[name], light["cover"]) >= CONTRAST_OF_TEXT
    for theme in THEMES:
        assert contrast(dark[theme], light["cover"]) >= CONTRAST_OF_TEXT
