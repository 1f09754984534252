"""How each role of a cell looks, in the colours of the report's tokens; what the cells hold is not its business."""

from __future__ import annotations

from collections.abc import Mapping

from esgreport.render.tokens import tokens
from esgreport.render.workbook_shapes import Role, Style

FONT = "Calibri"
INPUT = "#FFF9E0"
"""The fill of cells to fill in: yellow by the custom of spreadsheets, which the report has no use for."""

Properties = dict[str, object]

_BASE: Properties = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True}
UNLOCKED: frozenset[Role] = frozenset(("answer", "text_answer", "block_answer", "unit_answer"))


def properties(style: Style) -> Properties:
    """The cell format of a style, in XlsxWriter's words."""
    colours = tokens().light
    look = {**_BASE, "font_color": colours["ink"], "num_format": style.number_format, **_look(style, colours)}
    if style.role in UNLOCKED:
        look |= {"locked": False, "bg_color": INPUT, "border": 1, "border_color": colours["rule-2"]}
    return look


def _look(style: Style, colours: Mapping[str, str]) -> Properties:
    theme, soft = colours[style.theme], colours[f"{style.theme}-soft"]
    quiet, line = colours["ink-2"], {"bottom": 1, "bottom_color": colours["rule"]}
    looks: dict[Role, Properties] = {
        "title": {"font_size": 18, "font_color": theme, "text_wrap": False, "indent": 0},
        "subtitle": {"font_color": quiet, "text_wrap": False},
        "column": {"font_size": 9, "bold": True, "font_color": quiet, "bottom": 1, "bottom_color": colours["ink"]},
        "band": {"font_size": 12, "bold": True, "font_color": colours["paper"], "bg_color": theme, "text_wrap": False},
        "heading": {"font_size": 11, "bold": True, "font_color": theme, "text_wrap": False, "valign": "bottom"},
        "prose": {"font_color": quiet, "valign": "top"},
        "reference": {"font_size": 8, "font_color": quiet, "align": "left", **line},
        "label": {**line},
        "help": {"font_size": 9, "font_color": quiet, **line, "indent": 1},
        "answer": {"align": "right"},
        "text_answer": {"align": "left"},
        "block_answer": {"align": "left", "valign": "top"},
        "unit_answer": {"align": "left"},
        "fixed": {"font_color": quiet, "align": "left", **line},
        "computed": {"align": "right", "bg_color": colours["panel"], "border": 1, "border_color": colours["rule"]},
        "status": {"font_size": 9, "align": "left", "indent": 1, **line},
        "link": {"font_color": theme, "underline": 1, **line},
        "count": {"align": "center", "font_color": quiet, **line},
        "share": {"align": "center", **line},
    }
    del soft
    return looks[style.role]


def status_looks() -> Mapping[str, Properties]:
    """The colours of statuses, by the key of their text; each also differs in its word."""
    colours = tokens().light
    return {
        "filled": {"font_color": colours["environment"], "bg_color": colours["environment-soft"]},
        "missing": {"font_color": colours["error"], "bg_color": "#FBEAE8", "bold": True},
        "incomplete": {"font_color": colours["error"], "bg_color": "#FBEAE8", "bold": True},
        "optional": {"font_color": colours["ink-2"]},
        "not_applicable": {"font_color": colours["rule-2"]},
        "omitted": {"font_color": colours["warning"]},
        "computed": {"font_color": colours["ink-2"], "italic": True},
    }
