"""What people said of our sustainability or their satisfaction, and what they had said by a day; it judges none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from esgreport.measure.customers.panel_desk import Desk
from esgreport.measure.customers.sampling import Ints
from esgreport.measure.customers.stated import stated

GROUPS = ("low", "middle", "high")


def answers_on(desk: Desk, asked: str) -> pd.DataFrame:
    """One row a response: `account`, `day` and `better`, the mean of its answers to what was asked, from 0 to 1."""
    answers = stated(desk.customers, (asked,))
    grouped = answers.groupby("response_id").agg(
        account=("account", "first"), day=("collected_at", "first"), better=("better", "mean")
    )
    return grouped.reset_index()


def group_of(desk: Desk, better: pd.Series) -> Ints:
    """The place in GROUPS of a mean answer; -1 where nothing was said."""
    rules = desk.panels.values
    made = np.where(better >= rules.high_from, 2, np.where(better < rules.low_below, 0, 1))
    groups: Ints = np.where(better.isna(), -1, made).astype(np.int64)
    return groups


def said_before(desk: Desk, asked: str, accounts: Ints, days: pd.Series) -> pd.Series:
    """The mean of what an account's people had said by a day; missing where they had said nothing."""
    answers = answers_on(desk, asked)
    pairs = pd.DataFrame({"case": np.arange(len(accounts)), "account": accounts, "until": days.to_numpy()})
    pairs = pairs[pairs["account"] >= 0].merge(answers, on="account")
    before = pairs[pairs["day"] < pairs["until"]]
    return before.groupby("case")["better"].mean().reindex(np.arange(len(accounts)))
