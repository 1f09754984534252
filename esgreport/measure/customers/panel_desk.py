"""What every panel works with: the customers, the panels' words, and figures on their one way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_panels import Named
from esgreport.definitions.cx_metrics import MetricOfCustomers
from esgreport.definitions.cx_panels import PanelDefinitions
from esgreport.definitions.places import did_you_mean
from esgreport.errors import DefinitionError
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.disclosure import disclosure_control
from esgreport.measure.customers.figures import Estimate, Figure, Reason
from esgreport.measure.customers.intervals import Scale, intervals
from esgreport.measure.customers.sampling import Floats, Ints, binned, by_case
from esgreport.measure.customers.wording import Wording

SHARE = Scale("binary", 1.0, 0.0, 1.0)
INDEX = Scale("number", 1.0, 0.0, 100.0)
NUMBER = Scale("number")
NET = Scale("trinomial", 100.0, -100.0, 100.0)


@dataclass(frozen=True)
class Desk:
    """Customers, the definitions of panels, and the reader's language."""

    customers: Customers
    panels: PanelDefinitions
    language: str

    # ── words ──

    def text(self, name: str, **values: object) -> str:
        """A text of the panels. Errors: DefinitionError for one that is none, or asks for a value not given."""
        known = self.panels.texts
        if name not in known:
            raise DefinitionError(f"schemas/cx/panels/words: there is no text {name!r}.{did_you_mean(name, known)}")
        try:
            return self.said(known[name].labels).format(**{key: self.shown(value) for key, value in values.items()})
        except KeyError as missing:
            raise DefinitionError(f"schemas/cx/panels/words: {name} asks for {missing}, not given.") from None

    def said(self, text: Mapping[str, str]) -> str:
        """A text of a definition in the reader's language, in English where it is not translated."""
        return text.get(self.language) or text.get("en", "")

    def shown(self, value: object) -> str:
        """A number as the reader's language writes it; anything else as it is."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return str(value)
        from babel.numbers import format_decimal

        return str(format_decimal(value, format="#,##0.##", locale=self.language)).replace("-", "−")

    def percent(self, share: float) -> str:
        """A share as the reader's language writes it."""
        from babel.numbers import format_percent

        return str(format_percent(share, locale=self.language)).replace("-", "−")

    def word(self, name: str) -> Named:
        """A text of the panels as a named thing."""
        return Named(name, self.text(name))

    def value(self, values: str, name: object) -> Named | None:
        """A value of a list of the tables with its label; None where it is missing."""
        if not isinstance(name, str) or not name:
            return None
        known = {value.name: value for value in self.customers.customer.lists[values].values}
        return Named(name, self.said(known[name].labels) if name in known else name)

    def column(self, table: str, name: str) -> Named:
        """A column of a table with its label."""
        definitions = self.customers.customer
        return Named(name, self.said(definitions.labels_of(definitions.tables[table].by_name[name])))

    # ── figures ──

    @cached_property
    def _wording(self) -> Wording:
        every = {**self.panels.words.metrics, **self.panels.figures}
        # Wording asks a metric only for what all of them have.
        words = replace(self.panels.words, metrics=cast(Mapping[str, MetricOfCustomers], every))
        return Wording(words, self.customers.tables, self.language)

    def handed_on(self, figures: Iterable[Figure], one_of: Sequence[str] = ()) -> tuple[CustomerMetric, ...]:
        """The figures in words, small groups withheld; `one_of` are dimensions that put an account in one group."""
        shown = disclosure_control(list(figures), self.panels.figures, self.customers.thresholds, one_of)
        return tuple(self._wording.worded(figure) for figure in shown)


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases as columns: a value and an account number each (-1: not known); and the table they came from."""

    values: Floats
    accounts: Ints
    tables: tuple[str, ...]

    def of(self, chosen: npt.NDArray[np.bool_]) -> Cases:
        """Some of the cases."""
        return Cases(self.values[chosen], self.accounts[chosen], self.tables)


def cases(values: object, accounts: object, *tables: str) -> Cases:
    """Cases from columns; those without a value are left out."""
    numbers = np.asarray(values, dtype=np.float64)
    known = ~np.isnan(numbers)
    return Cases(numbers[known], np.asarray(accounts, dtype=np.int64)[known], tables)


@dataclass(frozen=True, slots=True)
class Split:
    """Groups of cases: the dimension, its members, and the member each case belongs to by number (-1: left out)."""

    dimension: str
    members: tuple[str, ...]
    codes: Ints


def split(dimension: str, members: Iterable[object]) -> Split:
    """The groups a column makes, in the order of their names; what is missing is in no group."""
    codes, found = pd.factorize(pd.Series(list(members), dtype="object"), sort=True)
    return Split(dimension, tuple(str(name) for name in found), codes.astype(np.int64))


def means(code: str, of: Cases, scale: Scale, customers: Customers, groups: Split | None = None) -> tuple[Figure, ...]:
    """The mean of all cases, or of each group, with an interval that knows cases of one account are alike."""
    codes = groups.codes if groups else np.zeros(len(of.values), dtype=np.int64)
    count = len(groups.members) if groups else 1
    inside = codes >= 0
    cells = binned(codes[inside], of.accounts[inside], count, len(customers.account_ids)).cells(of.values[inside])
    sample = by_case(cells)
    made = intervals(sample, scale, customers.confidence)
    found = []
    for at in range(count):
        if not sample.n[at] > 0:
            continue
        low, high = float(made.low[at]), float(made.high[at])
        estimate = Estimate(
            float(sample.mean[at]) * scale.factor,
            None if np.isnan(low) else (low, high),
            int(sample.n[at]),
            int(sample.accounts[at]) if sample.accounts[at] else None,
            customers.confidence,
        )
        methods = (made.method, *(("clustered_by_account",) if sample.clustered[at] else ()))
        dimensions = ((groups.dimension, groups.members[at]),) if groups else ()
        broken = groups.dimension if groups else ""
        found.append(Figure(code, estimate, dimensions, None, methods, (), of.tables, broken_down=broken))
    return tuple(found)


def mean_or_none(code: str, of: Cases, scale: Scale, customers: Customers, why: Reason) -> Figure:
    """The mean of all cases; absent with a reason where there is none."""
    return next(iter(means(code, of, scale, customers)), Figure(code, None, reasons=(why,)))


def counted(code: str, part: int, whole: int, tables: Sequence[str], *reasons: Reason) -> Figure:
    """A share of things we counted all of (touchpoints, actions): no sample, so no interval."""
    if not whole:
        return Figure(code, None, reasons=reasons, tables=tuple(tables))
    return Figure(code, Estimate(part / whole, None, whole, None), (), None, ("plain_count",), reasons, tuple(tables))


def plain(code: str, value: float, n: int, *tables: str, accounts: int | None = None) -> Figure:
    """A number that was counted or added up, not sampled."""
    return Figure(code, Estimate(value, None, n, accounts), methods=("plain_count",), tables=tables)
