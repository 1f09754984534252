"""The drawn journey: well-formed, within its sheet, told in words too, with the figures on it."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from cx_panels import desk_for, sample_desk, tables_from

from esgreport.measure.customers.journey import journey_map
from esgreport.render.charts import NARROW, WIDE
from esgreport.render.journey import draw_journey
from esgreport.render.lettering import width

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("sheet", [2 * WIDE, NARROW])
def test_every_word_of_the_map_lies_on_its_sheet_and_none_in_the_next_column(sheet: float) -> None:
    journey = journey_map(sample_desk())
    root = ElementTree.fromstring(draw_journey(journey, sheet=sheet))
    heads = [(float(str(head.get("x"))), float(str(head.get("width")))) for head in root.iter(f"{SVG}rect")]
    assert sum(wide for _, wide in heads) + 8 * 4 == pytest.approx(sheet, abs=0.1) or sheet == NARROW
    for text in root.iter(f"{SVG}text"):
        weight = 600 if "c-value" in str(text.get("class")) else 400
        wide = width(text.text or "", 10.0, weight)
        left = float(str(text.get("x")))
        assert any(start <= left and wide <= room for start, room in heads if start <= left < start + room)
        assert float(str(text.get("y"))) <= float(str(root.get("height")))


def test_the_map_says_in_words_what_it_shows() -> None:
    journey = journey_map(sample_desk())
    title = ElementTree.fromstring(draw_journey(journey)).find(f"{SVG}title")
    assert title is not None
    assert title.text == f"{journey.title}. {journey.description}"


def test_touchpoints_moments_of_truth_and_figures_are_on_it() -> None:
    journey = journey_map(sample_desk("it"))
    told = " ".join(unescape(text) for text in re.findall(r">([^<]+)</text>", draw_journey(journey, language="it")))
    assert all(each.name.split()[0] in told for each in journey.touchpoints)
    assert told.count("●") == sum(bool(each.moment_of_truth) for each in journey.touchpoints)
    assert "n = 35" in told


def test_a_withheld_figure_is_not_drawn(tmp_path) -> None:  # type: ignore[no-untyped-def]
    tables = tables_from(
        tmp_path,
        touchpoints="touchpoint_id,name,stage,phase\nT1,<Call> & ask,pre,awareness",
        questions="question_id,metric,question_text,scale_min,scale_max,direction,survey_type\nc,csat,Well?,1,5,good_high,transactional",
        responses="response_id,collected_at,question_id,value_number,touchpoint_id\n1,2025-01-01,c,5,T1",
    )
    drawn = draw_journey(journey_map(desk_for(tables)))
    assert "&lt;Call&gt; &amp; ask" in drawn
    assert "n =" not in drawn
    ElementTree.fromstring(drawn)


def test_the_same_map_is_the_same_drawing() -> None:
    assert draw_journey(journey_map(sample_desk())) == draw_journey(journey_map(sample_desk()))
