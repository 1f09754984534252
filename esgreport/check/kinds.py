"""Which function does which kind of check; a new kind is a shape in `definitions.rules` and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from esgreport.check import arithmetic, derived, identity, presence, rows, spans, texts, years
from esgreport.check.problems import Holds, Problem

OF_KIND: Mapping[str, Callable[..., Iterator[Problem] | Iterator[Problem | Holds]]] = {
    "required": presence.required,
    "requires": presence.requires,
    "left_empty": presence.left_empty,
    "excludes": presence.excludes,
    "remark": presence.remark,
    "paired": presence.paired,
    "omitted_is_empty": presence.omitted_is_empty,
    "goes_with": rows.goes_with,
    "complete_rows": rows.complete_rows,
    "one_of": rows.one_of,
    "unique": rows.unique,
    "says_something_else": rows.says_something_else,
    "refers_to": rows.refers_to,
    "adds_up": arithmetic.adds_up,
    "ratio_of": arithmetic.ratio_of,
    "weighted_mean": arithmetic.weighted_mean,
    "plausible": arithmetic.plausible,
    "at_most": arithmetic.at_most,
    "zero_iff": arithmetic.zero_iff,
    "quotient_of": derived.quotient_of,
    "change_between": derived.change_between,
    "distinct": derived.distinct,
    "range": spans.within,
    "whole": spans.whole,
    "within_span": spans.within_span,
    "needs_code_level": texts.needs_code_level,
    "matches": texts.matches,
    "postal_code": texts.postal_code,
    "located": texts.located,
    "no_placeholder": texts.no_placeholder,
    "stated": identity.stated,
    "identifier_form": identity.identifier_form,
    "lasts": identity.lasts,
    "dated": identity.dated,
    "change_within": years.change_within,
    "as_reported": years.as_reported,
    "same_years": years.same_years,
    "not_repeated": years.not_repeated,
}

OF_COMPLETENESS = frozenset(("required", "requires", "goes_with", "complete_rows"))
"""Kinds that miss something: silent for what is omitted, and for the comprehensive module where it is not reported."""

OF_ONE_VALUE = frozenset(
    ("range", "whole", "matches", "postal_code", "located", "no_placeholder", "dated", "lasts", "unique")
)
"""Kinds that find a value wrong by itself: it is then not compared with others as well."""

OF_FIGURES_TOGETHER = frozenset(
    (
        "adds_up",
        "ratio_of",
        "quotient_of",
        "change_between",
        "weighted_mean",
        "plausible",
        "at_most",
        "zero_iff",
        "within_span",
    )
)
"""Kinds that compare figures."""

OF_A_ROW = OF_FIGURES_TOGETHER | {"goes_with", "complete_rows", "one_of", "postal_code", "located"}
"""Kinds that hold the answers of a row against each other, or its figures against a total."""

OF_EQUALITY = frozenset(("adds_up", "ratio_of", "quotient_of"))
"""Kinds that say of figures that one follows from the others."""

OF_SIZE = frozenset(("within_span", "range"))
"""Kinds that find a figure too large or too small; that it changed since last year need then not be said as well."""
