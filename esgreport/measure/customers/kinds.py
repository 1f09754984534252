"""Which function measures which kind of metric; a new kind is a class among the definitions and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from esgreport.measure.customers import comparisons, surveys
from esgreport.measure.customers.figures import Figure

OF_KIND: Mapping[str, Callable[..., Iterator[Figure]]] = {
    "answers": surveys.answers,
    "dismissed": surveys.dismissed,
    "change": comparisons.change,
    "against_rest": comparisons.against_rest,
    "detectable": comparisons.detectable,
    "equal_groups": comparisons.equal_groups,
    "mix_effect": comparisons.mix_effect,
}
