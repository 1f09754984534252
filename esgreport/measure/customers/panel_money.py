"""Costs and revenue of a period, from the tables as they were entered."""

from __future__ import annotations

from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.say_do_accounts import period_starts
from esgreport.model import Period


def costs_in(customers: Customers, period: Period, kind: str) -> float | None:
    """The costs of a kind in a period; None where none is entered."""
    frame = customers.tables["costs"]
    chosen = customers.within(period_starts(frame["period"]), period) & (frame["kind"] == kind).fillna(False).to_numpy()
    amounts = frame.loc[chosen, "amount"].dropna()
    return float(amounts.sum()) if len(amounts) else None


def revenue_in(customers: Customers, period: Period) -> float | None:
    """Recurring and other revenue of a period; without any entered, the annual revenue of customers of the period."""
    frame = customers.tables["revenue"]
    chosen = customers.within(period_starts(frame["period"]), period)
    if chosen.any():
        return float(frame.loc[chosen, ["recurring_revenue", "other_revenue"]].sum().sum())
    weights = customers.revenue_weights
    if weights is None:
        return None
    return float(weights[customers.were_customers(period)[: len(weights)]].sum())
