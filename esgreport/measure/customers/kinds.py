"""Which function measures which kind of metric; a new kind is a class among the definitions and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from esgreport.measure.customers import (
    comparisons,
    costs,
    coverage,
    durations,
    lifetime_value,
    purchase_value,
    purchases,
    retention,
    rows,
    surveys,
    tenure,
)
from esgreport.measure.customers.figures import Figure

OF_KIND: Mapping[str, Callable[..., Iterator[Figure]]] = {
    "answers": surveys.answers,
    "dismissed": surveys.dismissed,
    "coverage": coverage.coverage,
    "nonresponse": coverage.nonresponse,
    "change": comparisons.change,
    "against_rest": comparisons.against_rest,
    "detectable": comparisons.detectable,
    "equal_groups": comparisons.equal_groups,
    "mix_effect": comparisons.mix_effect,
    "share": rows.mean_of_rows,
    "mean": rows.mean_of_rows,
    "split": rows.split,
    "count": rows.count,
    "ratio_of_sums": rows.ratio_of_sums,
    "account_share": rows.account_share,
    "recurring": rows.recurring,
    "duration": durations.duration,
    "within_days": durations.within_days,
    "open_at_end": durations.open_at_end,
    "per_account": durations.per_account,
    "retention": retention.retention,
    "revenue_retention": retention.revenue_retention,
    "revenue_movement": retention.revenue_movement,
    "concentration": retention.concentration,
    "expansion": retention.expansion,
    "cohorts": tenure.cohorts,
    "survival": tenure.survival,
    "survival_test": tenure.survival_test,
    "repeat_purchase": purchases.repeat_purchase,
    "purchases": purchases.purchases,
    "cost": costs.cost,
    "acquisition_cost": costs.acquisition_cost,
    "earned_growth": costs.earned_growth,
    "historic_value": lifetime_value.historic_value,
    "formula_value": lifetime_value.formula_value,
    "contract_value": lifetime_value.contract_value,
    "purchase_value": purchase_value.purchase_value,
}
