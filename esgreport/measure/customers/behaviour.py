"""What customers did after a day: stayed, left, renewed, recommended; only what lies after it counts."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.measure.customers.answers import answered
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.sampling import Floats, Ints

Days = npt.NDArray[np.datetime64]


def observed_until(customers: Customers) -> np.datetime64:
    """The last day of which we know what happened: the end of the period, else the last answer."""
    if customers.period:
        return np.datetime64(customers.period.end + timedelta(days=1), "D")
    responses = customers.tables["responses"]
    days = responses.loc[answered(responses), "collected_at"].dropna().to_numpy(dtype="datetime64[D]")
    return days.max() if len(days) else np.datetime64("NaT", "D")


def left_after(customers: Customers, accounts: Ints, days: Days, follow: int) -> Floats:
    """1 where the account left within `follow` days of the day, 0 where it stayed, NaN where that is not known.

    Not known: no account, one that had already left, one that left nobody knows when, or a day that is too recent; also
    for those that have left since, or only leavers would count among the recent.
    """
    days = days.astype("datetime64[D]")
    churned = _by_number(customers, "churned_on")[accounts]
    gone = _status(customers)[accounts] == "churned"
    until = days + np.timedelta64(follow, "D")
    known = (accounts >= 0) & (until <= observed_until(customers)) & ~(np.isnat(churned) & gone) & ~np.isnat(days)
    known &= np.isnat(churned) | (churned > days)
    left = ~np.isnat(churned) & (churned <= until)
    return np.where(known, left.astype(np.float64), np.nan)


def renewed_after(customers: Customers, accounts: Ints, days: Days, follow: int) -> Floats:
    """1 where the first contract due within `follow` days after the day was renewed, 0 where not, NaN without one.

    A contract renewed before the day tells nothing of what followed.
    """
    contracts = customers.tables["contracts"]
    decided = contracts["renewed"].isin(("yes", "no")) & contracts["due_for_renewal"].notna()
    due = contracts.loc[decided].assign(number=customers.accounts_of("contracts")[decided.to_numpy()])
    cases = pd.DataFrame({"number": accounts, "day": days.astype("datetime64[us]"), "case": np.arange(len(accounts))})
    pairs = cases.merge(due[["number", "due_for_renewal", "renewed", "renewed_on"]], on="number")
    after = (pairs["due_for_renewal"] > pairs["day"]) & ~(pairs["renewed_on"] <= pairs["day"])
    soon = pairs["due_for_renewal"] <= pairs["day"] + pd.Timedelta(days=follow)
    first = pairs[after & soon & (pairs["number"] >= 0)].sort_values("due_for_renewal", kind="stable")
    first = first.drop_duplicates("case")
    found = np.full(len(accounts), np.nan)
    found[first["case"].to_numpy()] = (first["renewed"] == "yes").to_numpy(dtype=np.float64)
    return found


def recommended_after(customers: Customers, accounts: Ints, days: Days, follow: int) -> Floats:
    """1 where the account recommended us within `follow` days of the day, 0 where not, NaN where it is too recent."""
    days = days.astype("datetime64[D]")
    until = days + np.timedelta64(follow, "D")
    known = (accounts >= 0) & (until <= observed_until(customers)) & ~np.isnat(days)
    referrals = customers.tables["referrals"]
    number = customers.accounts_of("referrals", "referrer_account_id")
    made = referrals["date"].to_numpy(dtype="datetime64[D]")
    hit = np.zeros(len(accounts), dtype=bool)
    for at, day in zip(number, made, strict=True):
        hit |= (accounts == at) & (day > days) & (day <= until)
    return np.where(known, hit.astype(np.float64), np.nan)


def customers_on(customers: Customers, day: np.datetime64) -> npt.NDArray[np.bool_]:
    """Which accounts were customers on a day, by account number."""
    since, left = _by_number(customers, "customer_since"), _by_number(customers, "churned_on")
    status = _status(customers)
    gone = (status == "churned") & np.isnat(left)
    inside = (np.isnat(since) | (since <= day)) & (np.isnat(left) | (left > day))
    return np.asarray(inside & ~gone & (status != "prospect") & (status != ""), dtype=bool)


def _by_number(customers: Customers, column: str) -> Days:
    """Days by account number, with a missing one at the end for accounts that are not known."""
    days = customers.account_column(column).to_numpy(dtype="datetime64[D]")
    return (
        np.append(days, np.datetime64("NaT", "D"))[: len(days) + 1] if len(days) else np.array(["NaT"], "datetime64[D]")
    )


def _status(customers: Customers) -> npt.NDArray[np.str_]:
    found = customers.account_column("status").astype("object").fillna("").to_numpy(dtype=str)
    return np.append(found, "")
