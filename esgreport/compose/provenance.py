"""Where each figure comes from: one entry a fact, with its cell, or with what it was computed from."""

from __future__ import annotations

import textwrap
from datetime import date
from decimal import Decimal

from esgreport.compose.numbers import plain
from esgreport.compose.writer import Writer
from esgreport.document import Provenance
from esgreport.model import Fact

_LISTED = 160
"""Characters of a text that are listed, at most."""


def provenance(writer: Writer, shown: frozenset[str]) -> tuple[Provenance, ...]:
    """An entry for every fact, filed and measured, in the order of their anchors; then for those of earlier years.

    Of an earlier year only the facts that are `shown` (by anchor) have one, and those they were computed from.
    """
    entries = [_entry(writer, fact) for fact in writer.facts]
    for year in writer.earlier:
        facts = [fact for fact in year.facts if year.anchors[fact] in shown]
        wanted = {*facts, *(one for fact in facts for one in fact.inputs)}
        entries += [_entry(year, fact) for fact in year.facts if fact in wanted]
    return tuple(entries)


def _entry(writer: Writer, fact: Fact) -> Provenance:
    metric = writer.metric(fact)
    return Provenance(
        anchor=writer.anchors[fact],
        label=writer.label(fact.concept),
        value=_beginning(writer.with_unit(fact)),
        exact=_exact(fact),
        unit=fact.unit or "",
        period=writer.numbers.period(fact.period),
        dimensions=", ".join(writer.member(axis, member) for axis, member in fact.dimensions),
        source=fact.source,
        concept=fact.concept,
        paragraph=writer.paragraph([fact.concept]),
        computed_from=tuple(writer.anchors[one] for one in fact.inputs if one in writer.anchors),
        formula=writer.text(metric.formula) if metric else "",
    )


def _exact(fact: Fact) -> str:
    """The value at full precision, as it stands in the facts, with the unit as filed."""
    value = fact.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{plain(value)} {fact.unit or ''}".rstrip()
    if isinstance(value, tuple):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else _beginning(value)


def _beginning(text: str) -> str:
    """A text as it is listed: a long one by its first words, since all of it stands in the report."""
    return textwrap.shorten(text, _LISTED, placeholder=" …") if len(text) > _LISTED else text
