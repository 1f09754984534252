"""Charts on customers: points and tiles where they belong, words on their sheet, readable colours, a page and a PDF."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from lxml import etree
from render_document import sample_document
from test_render_charts import SVG, true_width

from esgreport.customer_panels import JourneyCell, JourneyEntry, JourneyMap, Named
from esgreport.document import (
    Column,
    Document,
    Estimate,
    Estimates,
    Figure,
    HeatCell,
    HeatMap,
    HeatRow,
    JourneyPicture,
    Note,
    Part,
    Row,
    Section,
    Table,
)
from esgreport.model import Source
from esgreport.render.charts import NARROW, WIDE
from esgreport.render.charts_estimates import draw_estimates
from esgreport.render.charts_heat import depth_of, draw_heat
from esgreport.render.html import render_html
from esgreport.render.pdf import render_pdf
from esgreport.render.pen import DEPTHS
from esgreport.render.tokens import CONTRAST_OF_TEXT, contrast, mixed, tokens

HOSTILE = "<script>alert(1)</script> & “quotes” " + "x" * 90


def row(label: str, value: float, low: float, high: float, *, faint: bool = False) -> Estimate:
    return Estimate(label, value, (low, high), f"{value:.1f}", (f"{low:.1f}", f"{high:.1f}"), faint)


CHART = Estimates(
    id="chart-e",
    title="Recommendation",
    subtitle="with interval",
    rows=(
        row("All answers, each once, with a label too long for its column", 13.1, -7, 31.7),
        row("Few", 40, -60, 95, faint=True),
    ),
    scale=(-100.0, 100.0),
    ticks=((-100.0, "−100"), (0.0, "0"), (100.0, "100")),
    faintly="A hollow point is indicative.",
    description="Recommendation. All 13.1; few 40.0.",
)
HEAT = HeatMap(
    id="chart-h",
    title="Who stayed",
    subtitle="share",
    columns=("3 months", "12 months"),
    rows=(
        HeatRow("2024", (HeatCell(1.0, "100%"), HeatCell(0.42, "42%"))),
        HeatRow("2025", (HeatCell(0.0, "0%"), HeatCell(None, "withheld"))),
    ),
    description="Who stayed. 2024: 100%, 42%.",
)
PICTURE = JourneyPicture(
    id="journey",
    title="As customers live it",
    journey=JourneyMap(
        phases=(Named("a", "Before"), Named("b", HOSTILE)),
        perspectives=(Named("front_end", "In front"),),
        stages=(),
        cells=(
            JourneyCell(
                "a",
                "front_end",
                (JourneyEntry("T", ((Named("x", "X"), HOSTILE),), 1, 2, (), Named("d", "Data"), Source("f")),),
            ),
        ),
        touchpoints=(),
        gaps=(),
        figures=(),
        start_here=(),
        notes=(),
        title="Journey",
        description="Two phases.",
    ),
)


def texts(svg: str) -> list[tuple[float, float, float, float, str]]:
    """Left, top, right, bottom and words of every text."""
    root = etree.fromstring(svg)
    size = float(root.get("font-size", "0"))
    found = []
    for node in root.iter(f"{SVG}text"):
        x, y, words = float(node.get("x", "")), float(node.get("y", "")), node.text or ""
        long = true_width(words, size, int(node.get("font-weight", "400")))
        left = x - {"start": 0.0, "middle": long / 2, "end": long}[node.get("text-anchor", "start")]
        found.append((left, y - size * 0.73, left + long, y + size * 0.2, words))
    return found


@pytest.mark.parametrize("sheet", [WIDE, NARROW])
@pytest.mark.parametrize("svg", ["estimates", "heat"])
def test_words_stay_on_the_sheet_and_off_each_other(svg: str, sheet: float) -> None:
    drawing = draw_estimates(CHART, "customers", sheet) if svg == "estimates" else draw_heat(HEAT, "customers", sheet)
    high = float(etree.fromstring(drawing).get("height", "0"))
    found = texts(drawing)
    assert all(left >= -0.5 and right <= sheet + 0.5 and bottom <= high for left, _, right, bottom, _ in found)
    for one, other in itertools.combinations(found, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one[4], other[4])


def test_points_and_intervals_lie_where_the_scale_has_them() -> None:
    root = etree.fromstring(draw_estimates(CHART, "customers"))
    points = [(float(dot.get("cx", "")), str(dot.get("class"))) for dot in root.iter(f"{SVG}circle")]
    zero = next(float(line.get("x1", "")) for line in root.iter(f"{SVG}line") if line.get("class") == "c-axis")
    assert [name for _, name in points] == ["c-actual", "c-target"]
    assert (points[1][0] - zero) / (points[0][0] - zero) == pytest.approx(40 / 13.1, abs=0.01)
    spans = [
        (float(line.get("x1", "")), float(line.get("x2", "")))
        for line in root.iter(f"{SVG}line")
        if line.get("class") == "c-span"
    ]
    unit = (points[0][0] - zero) / 13.1
    assert spans[0][0] == pytest.approx(zero - 7 * unit, abs=0.1)
    assert max(end for _, end in spans) == pytest.approx(zero + 95 * unit, abs=0.1)
    assert not any(start < points[1][0] < end for start, end in spans[2:])


def test_a_drawing_tells_in_its_title_what_it_shows() -> None:
    for drawing, item in ((draw_estimates(CHART, "customers"), CHART), (draw_heat(HEAT, "customers"), HEAT)):
        assert etree.fromstring(drawing).findtext(f"{SVG}title") == item.description


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_share_can_be_read_on_every_tile(mode: str) -> None:
    colours = getattr(tokens(), mode)
    for depth, share in enumerate(DEPTHS[1:], start=1):
        tile = mixed(colours["customers"], colours["paper"], share)
        words = colours["ink"] if depth <= 3 else colours["paper"]
        assert contrast(words, tile) >= CONTRAST_OF_TEXT, (mode, depth)


def test_the_larger_a_share_the_darker_its_tile() -> None:
    depths = [depth_of(value) for value in (None, 0.0, 0.19, 0.2, 0.5, 0.99, 1.0)]
    assert depths == [0, 1, 1, 2, 3, 5, 5]


def test_the_style_sheet_mixes_as_much_colour_as_the_print() -> None:
    from esgreport.render.pages import template_file

    style = template_file("customers.css")
    shares = {
        int(depth): int(share)
        for depth, share in re.findall(r"\.heat-(\d)\{fill:color-mix\(in srgb,var\(--theme\) (\d+)%", style)
    }
    assert shares == {depth: round(share * 100) for depth, share in enumerate(DEPTHS) if 0 < share < 1}


def document_with_customers() -> Document:
    table = Table(
        id="t",
        caption="Scores",
        columns=(Column("Figure"), Column("Value", numeric=True)),
        rows=(Row((Figure("NPS", remark="That the target is reached is not shown."), Figure("–", remark="withheld"))),),
    )
    hostile = replace(CHART, id="chart-x", title=HOSTILE, rows=(row(HOSTILE, 1, 0, 2),), description=HOSTILE)
    section = Section(
        id="customers-scores",
        title="What customers say",
        theme="customers",
        blocks=(Note("A sentence.", "method"), CHART, hostile, HEAT, PICTURE, table),
    )
    appendix = Section(
        id="methods-customers", title="Methods: customers", theme="customers", blocks=(Note("Formula."),)
    )
    document = sample_document()
    part = Part("part-customers", "Customers and loyalty", "customers", (section,))
    return replace(document, parts=(*document.parts, part), appendices=(appendix,))


def test_the_page_has_each_chart_twice_its_numbers_as_a_table_and_nothing_hostile() -> None:
    page = render_html(document_with_customers())
    for name in ("chart-e", "chart-h"):
        figure = page[page.index(f'id="{name}"') :].partition("</figure>")[0]
        assert figure.count("<svg") == 2
        assert figure.count("<title>") == 2
        assert "<details" in figure and "<table>" in figure
    assert "<script>alert(1)" not in page
    assert '<small class="remark-of">That the target is reached is not shown.</small>' in page
    assert 'href="#methods-customers"' in page and 'id="methods-customers"' in page


def test_the_pdf_of_it_is_made_without_complaint() -> None:
    document = document_with_customers()
    pdf = render_pdf(render_html(document), document)
    assert pdf.startswith(b"%PDF-")
