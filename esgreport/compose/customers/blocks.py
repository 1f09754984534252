"""The blocks of the chapter on customers, one function a kind; what the layout does not name is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from esgreport.compose.customers.charts import cohorts, estimates
from esgreport.compose.customers.desk import CustomerDesk, has_value
from esgreport.compose.customers.panels import notes, panel
from esgreport.compose.customers.tables import figures_table, matrix_table, not_shown
from esgreport.customer_metrics import CustomerMetric, Evidence
from esgreport.definitions.cx_report import (
    AnyBlock,
    CohortsBlock,
    EstimatesBlock,
    FiguresBlock,
    MatrixBlock,
    NotesBlock,
    PanelBlock,
    RemarkBlock,
    SaidBlock,
    Sentence,
)
from esgreport.definitions.models import Text
from esgreport.document import Block, Note

_PLACE = re.compile(r"\{(value|size|low|high|confidence|n|accounts|named)\}")


def blocks_of(desk: CustomerDesk, layout: AnyBlock) -> Iterator[Block]:
    """What a block of the layout becomes; nothing where there is nothing to show."""
    match layout:
        case SaidBlock():
            text = " ".join(filter(None, (sentence(desk, one) for one in layout.sentences)))
            made: list[Block | None] = [Note(text, "method") if text else None]
        case RemarkBlock():
            made = [Note(desk.writer.text(layout.text))]
        case EstimatesBlock():
            made = [estimates(desk, layout)]
        case FiguresBlock():
            made = [figures_table(desk, layout), not_shown(desk, layout)]
        case MatrixBlock():
            made = [matrix_table(desk, layout)]
        case CohortsBlock():
            made = [cohorts(desk, layout)]
        case PanelBlock():
            made = [panel(desk, layout)]
        case NotesBlock():
            made = [*notes(desk, layout)]
    yield from (block for block in made if block is not None)


# ── sentences ──


def sentence(desk: CustomerDesk, layout: Sentence) -> str:
    """A sentence with its places filled; empty where a value it asks for is missing."""
    figure = next((each for each in desk.wanted(layout) if has_value(each)), None)
    if figure is None:
        return ""
    text = desk.writer.text(_chosen(layout, figure))
    values = _values(desk, figure, layout)
    if any(not values[name] for name in _PLACE.findall(text)):
        return ""
    return _PLACE.sub(lambda place: values[place.group(1)], text)


def _chosen(layout: Sentence, figure: CustomerMetric) -> Text:
    """The sentence for what a comparison shows, else the one text."""
    by_evidence = {
        Evidence.RISE: layout.rise,
        Evidence.FALL: layout.fall,
        Evidence.TOO_SMALL: layout.too_small,
        Evidence.NONE: layout.none,
    }
    return by_evidence.get(figure.evidence) or layout.text


def _values(desk: CustomerDesk, figure: CustomerMetric, layout: Sentence) -> dict[str, str]:
    low, high = figure.interval or (None, None)
    sized = desk.with_unit(figure).lstrip("+−")
    return {
        "value": desk.with_unit(figure),
        "size": sized,
        "low": desk.number(figure, low) if low is not None else "",
        "high": desk.number(figure, high) if high is not None else "",
        "confidence": desk.confidence if figure.confidence else "",
        "n": desk.count(figure.n) if figure.n else "",
        "accounts": desk.count(figure.accounts) if figure.accounts else "",
        "named": desk.named(figure, layout),
    }
