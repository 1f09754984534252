"""How each role of a cell looks, in the colours of the report's tokens; what the cells hold is not its business."""

from __future__ import annotations

from collections.abc import Mapping

from esgreport.render.tokens import tokens
from esgreport.render.workbook_shapes import Role, Style

FONT = "Calibri"
INPUT = "#FFF9E0"
"""The fill of cells to fill in: yellow by the custom of spreadsheets, which the report has no use for."""
ERROR_SOFT = "#FBEAE8"
"""The fill behind what is missing: the report's colour of errors, thinned as its themes are."""

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
    theme, quiet = colours[style.theme], colours["ink-2"]
    line: Properties = {"bottom": 1, "bottom_color": colours["rule"]}
    head = {"font_size": 9, "bold": True, "font_color": quiet, "valign": "bottom", "bottom": 1}
    head["bottom_color"] = colours["ink"]
    box: Properties = {"bg_color": colours["panel"], "border": 1, "border_color": colours["rule"], "indent": 1}
    looks: dict[Role, Properties] = {
        "title": {"font_size": 18, "font_color": theme, "text_wrap": False},
        "subtitle": {"font_color": quiet, "text_wrap": False},
        "column": head,
        "column_answer": {**head, "indent": 1},
        "column_number": {**head, "align": "right", "indent": 1},
        "column_count": {**head, "align": "center"},
        "band": {"font_size": 12, "bold": True, "font_color": colours["paper"], "bg_color": theme, "indent": 1},
        "heading": {"font_size": 11, "bold": True, "font_color": theme, "text_wrap": False, "valign": "bottom"},
        "prose": {"font_color": quiet},
        "step": {"font_color": theme, "bold": True, "align": "center"},
        "reference": {"font_size": 8, "font_color": quiet, "align": "left", **line},
        "label": line,
        "help": {"font_size": 9, "font_color": quiet, "indent": 1, **line},
        "answer": {"align": "right", "indent": 1, "text_wrap": False},
        "text_answer": {"align": "left", "indent": 1},
        "block_answer": {"align": "left", "valign": "top", "indent": 1},
        "unit_answer": {"align": "left", "indent": 1},
        "fixed": {"font_color": quiet, "align": "left", "indent": 1, **line},
        "stated": {"align": "left", **box},
        "computed": {"align": "right", "text_wrap": False, **box},
        "status": {"font_size": 9, "align": "left", "indent": 1, **line},
        "link": {"font_color": theme, "underline": 1, **line},
        "count": {"align": "center", "font_color": quiet, **line},
        "share": {"align": "center", **line},
    }
    return looks[style.role]


def status_looks() -> Mapping[str, Properties]:
    """The colours of statuses, by the key of their text; each also differs in its word."""
    colours = tokens().light
    return {
        "filled": {"font_color": colours["environment"], "bg_color": colours["environment-soft"]},
        "missing": {"font_color": colours["error"], "bg_color": ERROR_SOFT, "bold": True},
        "incomplete": {"font_color": colours["error"], "bg_color": ERROR_SOFT, "bold": True},
        "optional": {"font_color": colours["ink-2"]},
        "not_applicable": {"font_color": colours["ink-2"], "italic": True},
        "omitted": {"font_color": colours["warning"]},
        "computed": {"font_color": colours["ink-2"]},
    }
