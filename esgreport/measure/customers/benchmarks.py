"""What others reach, as it was entered with its source, beside our figures; it judges none by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from esgreport.definitions.cx import folded
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.figures import Figure, because

_NEVER_BROKEN_DOWN = ("survey_type", "aspect", "scale", "direction", "question")


def with_benchmarks(figures: Sequence[Figure], customers: Customers) -> Iterator[Figure]:
    """The figures of the whole, and of the segment a benchmark names, with what others reach among their reasons."""
    entered = customers.tables["benchmarks"].to_dict("records")
    if not entered:
        yield from figures
        return
    names = {
        folded(name): code
        for code, metric in customers.metrics.metrics.items()
        for name in (code, *metric.labels.values())
    }
    known: dict[str, list[tuple[str, float, str]]] = {}
    for row in entered:
        code = names.get(folded(str(row["metric"])))
        if code:
            segment = row["segment"] if isinstance(row["segment"], str) else ""
            year = f", {row['year']}" if isinstance(row["year"], int) else ""
            known.setdefault(code, []).append((folded(segment), float(row["value"]), f"{row['source']}{year}"))
    for figure in figures:
        yield _with(figure, known.get(figure.metric, []))


def _with(figure: Figure, entered: Sequence[tuple[str, float, str]]) -> Figure:
    groups = {folded(member) for name, member in figure.dimensions if name not in _NEVER_BROKEN_DOWN}
    said = [
        because("benchmark", value=value, source=source)
        for segment, value, source in entered
        if figure.estimate is not None and ({segment} if segment else set()) == groups
    ]
    return replace(figure, reasons=(*figure.reasons, *said)) if said else figure
