"""Which function does which kind of check; a new kind is a model in `definitions.rules` and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from esgreport.check import arithmetic, forms, presence, years
from esgreport.check.problems import Problem

OF_KIND: Mapping[str, Callable[..., Iterator[Problem]]] = {
    "required": presence.required,
    "requires": presence.requires,
    "left_empty": presence.left_empty,
    "adds_up": arithmetic.adds_up,
    "ratio_of": arithmetic.ratio_of,
    "plausible": arithmetic.plausible,
    "range": arithmetic.within,
    "at_most": arithmetic.at_most,
    "one_of": forms.one_of,
    "zero_iff": arithmetic.zero_iff,
    "paired": presence.paired,
    "unique": forms.unique,
    "complete_rows": presence.complete_rows,
    "refers_to": forms.refers_to,
    "needs_code_level": forms.needs_code_level,
    "matches": forms.matches,
    "stated": presence.stated,
    "identifier_form": forms.identifier_form,
    "lasts": forms.lasts,
    "omitted_is_empty": presence.omitted_is_empty,
    "change_within": years.change_within,
    "as_reported": years.as_reported,
    "same_years": years.same_years,
    "not_repeated": years.not_repeated,
}

OF_COMPLETENESS = frozenset(("required", "requires", "complete_rows"))
"""Kinds that miss something: silent for what is omitted, and for the comprehensive module where it is not reported."""
