"""What every definition of a customer metric has, and the words they share; the kinds of metric build on it."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from typing import Literal

from esgreport.definitions.closed import Closed
from esgreport.definitions.models import Text

Weight = Literal["response", "account", "revenue", "role"]
"""What counts once: each response, each account, each unit of revenue, each person by role."""


class Cited(Closed):
    """Where a definition or a method comes from."""

    name: str
    url: str = ""


class CustomerMetricBase(Closed):
    """What every customer metric has.

    `unit` is a name in `words.yaml`; `counts` names there what its n counts. `by` are the dimensions it may be broken
    down by. `show_from`, `full_from` and `accounts_from` stand in for the settings of the workbook: fewest cases to
    show anything, fewest to show it in full, fewest accounts behind it (0: it says nothing about accounts).
    """

    code: str
    group: str
    labels: Text
    definition: Text
    formula: Text
    unit: str
    counts: str
    decimals: int = 1
    better: Literal["higher", "lower", "none"] = "none"
    by: list[str] = []
    show_from: int | None = None
    full_from: int | None = None
    accounts_from: int | None = None
    reference: list[Cited]


class Condition(Closed):
    """What a row must have: a column that is given or not, one of some values, yes or no, or at least a number."""

    column: str
    given: bool | None = None
    one_of: list[str] = []
    holds: bool | None = None
    at_least: float | None = None
    at_most: float | None = None


class Dimension(Closed):
    """What figures are broken down by: a column of the rows counted, or of the accounts they belong to.

    `option` is what the command calls it. `warning` names the reason that is said with figures broken down by it.
    `others` takes in columns of the accounts that no definition knows, each a dimension of its own.
    """

    name: str
    option: str = ""
    column: str = ""
    of: Literal["rows", "accounts"] = "rows"
    labels: Text
    warning: str = ""
    others: bool = False


class Word(Closed):
    """A name and the text for it, with the source where it is a method."""

    name: str
    labels: Text
    reference: list[Cited] = []


class UnitOfMetrics(Closed):
    """A unit figures about customers come in, and how it is shown; `one` is its singular, where it is another word."""

    name: str
    labels: Text
    one: Text = {}
    shown: Literal["number", "percent", "money"] = "number"


class Words(Closed):
    """The words figures are told with: headings, units, what n counts, methods, reasons, dimensions, states."""

    groups: list[Word]
    units: list[UnitOfMetrics]
    counts: list[Word]
    methods: list[Word]
    reasons: list[Word]
    statuses: list[Word]
    columns: list[Word]
    dimensions: list[Dimension]
