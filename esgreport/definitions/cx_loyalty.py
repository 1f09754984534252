"""Kinds of metric that follow customers, contracts, revenue and purchases through time; it computes nothing."""

# ruff: noqa: RUF012 - the models are pydantic's, which copies defaults; ruff does not see that through Closed

from __future__ import annotations

from typing import Literal

from esgreport.definitions.cx_metric import CustomerMetricBase


class Retention(CustomerMetricBase):
    """The share of the customers there were before the period that are still there at its end, or that left."""

    kind: Literal["retention"]
    counted: Literal["kept", "left"]


class RevenueRetention(CustomerMetricBase):
    """What became of the recurring revenue there was before the period, as a share of it."""

    kind: Literal["revenue_retention"]
    flow: Literal["gross", "net", "lost", "churned", "contracted", "expanded"]


class RevenueMovement(CustomerMetricBase):
    """The revenue won and lost in the period, by movement; derived from the accounts' revenue, never typed."""

    kind: Literal["revenue_movement"]


class Concentration(CustomerMetricBase):
    """The share of opening recurring revenue that the largest `top` accounts make."""

    kind: Literal["concentration"]
    top: int = 5


class Cohorts(CustomerMetricBase):
    """Of those who became customers in one horizon of the settings, the share still there after so many months."""

    kind: Literal["cohorts"]
    months: list[int]
    pooled: bool = False


class Survival(CustomerMetricBase):
    """How long customers stay, those still there censored: the share after so many months, or the median."""

    kind: Literal["survival"]
    months: int | None = None


class SurvivalTest(CustomerMetricBase):
    """Whether groups of customers stay equally long: the chance of such differences if they did (log-rank)."""

    kind: Literal["survival_test"]


class RepeatPurchase(CustomerMetricBase):
    """The share of buyers that bought again: in the same period, or within some days of their first purchase."""

    kind: Literal["repeat_purchase"]
    within_days: int | None = None


class Purchases(CustomerMetricBase):
    """How often, how much and at what distance customers buy."""

    kind: Literal["purchases"]
    what: Literal["frequency", "amount", "interval", "repeat_spend_ratio"]


class Expansion(CustomerMetricBase):
    """Accounts that buy more of the same, or something new."""

    kind: Literal["expansion"]
    what: Literal["upsell", "cross_sell"]


class Cost(CustomerMetricBase):
    """Cost of some kinds in the period, by customer kept, by customer, by new customer, or by revenue kept."""

    kind: Literal["cost"]
    kinds: list[str]
    per: Literal["kept_account", "account", "new_account", "kept_revenue"]


class AcquisitionCost(CustomerMetricBase):
    """What winning a new customer cost, from the accounts' own figures, by how it was won."""

    kind: Literal["acquisition_cost"]
    channels: Literal["all", "referral", "other"] = "all"


class EarnedGrowth(CustomerMetricBase):
    """Growth from customers who stay and those they bring (Reichheld)."""

    kind: Literal["earned_growth"]
    what: Literal["rate", "share_of_growth", "earned_new"]


class HistoricValue(CustomerMetricBase):
    """What customers brought to date: margin of all purchases less the cost of winning them."""

    kind: Literal["historic_value"]


class FormulaValue(CustomerMetricBase):
    """Lifetime value by the formula m·r/(1+i-r), and what it is at other rates."""

    kind: Literal["formula_value"]
    retention_steps: list[float] = []
    discount_steps: list[float] = []


class ContractValue(CustomerMetricBase):
    """Lifetime under contract by the shifted beta-geometric model (Fader & Hardie 2007)."""

    kind: Literal["contract_value"]
    what: Literal["next_renewal", "residual_terms", "value"]


class PurchaseValue(CustomerMetricBase):
    """Value of customers without contracts by BG/NBD and Gamma-Gamma; needs the extra `clv`."""

    kind: Literal["purchase_value"]
    what: Literal["purchases", "alive", "value"]
    days: int = 365
