"""Whether contracts are renewed more where we were seen as responsible, alone and with controls; refused where unsure.

A case is a contract that fell due and was decided; what counts is what its people had said before. Few renewals or few
losses make a model of chance: it is refused, as it is where the decisions are told apart without error (separation),
for then no estimate is finite.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.measure.customers.figures import Estimate, Figure, Reason, because
from esgreport.measure.customers.panel_desk import Desk
from esgreport.measure.customers.perception import said_before
from esgreport.measure.customers.sampling import Floats, Ints

_TABLES = ("contracts", "responses", "accounts")
_YEAR = np.timedelta64(365, "D")


@dataclass(frozen=True, slots=True)
class Decisions:
    """Contracts decided: 1 for renewed, a column a term of which the first is perception, whose they were."""

    renewed: Floats
    terms: Floats
    accounts: Ints

    @property
    def rarer(self) -> int:
        """How many there are of the decision that is rarer."""
        return int(min(self.renewed.sum(), len(self.renewed) - self.renewed.sum()))


def renewal_by_perception(desk: Desk) -> Iterator[Figure]:
    """The change in the chance of renewal from the lowest to the highest perception, alone and with controls."""
    rules = desk.panels.values
    table = _decided(desk)
    for code, names in (("perception_renewal", rules.terms[:1]), ("perception_renewal_controlled", rules.terms)):
        known = table.dropna(subset=list(names))
        columns = known[list(names)].to_numpy(dtype=np.float64)
        varied = columns.std(axis=0) > 0 if len(columns) else np.ones(len(names), dtype=bool)
        made = Decisions(known["renewed"].to_numpy(np.float64), columns[:, varied], known["account"].to_numpy(np.int64))
        figure = Figure(code, None, tables=_TABLES)
        refused = because("one_group") if not varied[0] else _refused(desk, made)
        yield replace(figure, reasons=(refused,)) if refused else _effect(desk, figure, made, held=len(names) > 1)


def _decided(desk: Desk) -> pd.DataFrame:
    """A row a decided contract: renewed or not, perception and satisfaction before, years as customer, its size."""
    customers, rules = desk.customers, desk.panels.values
    contracts = customers.tables["contracts"]
    chosen = contracts["renewed"].isin(("yes", "no")) & contracts["due_for_renewal"].notna()
    rows = contracts[chosen]
    accounts = customers.accounts_of("contracts")[chosen.to_numpy(dtype=bool)]
    due = rows["renewed_on"].fillna(rows["due_for_renewal"])
    since = customers.account_column("customer_since").to_numpy(dtype="datetime64[D]")
    begun = np.append(since, np.datetime64("NaT", "D"))[accounts]
    made = pd.DataFrame(
        {
            "renewed": (rows["renewed"] == "yes").to_numpy(dtype=np.float64),
            "account": accounts,
            "perception": said_before(desk, rules.asked, accounts, due).to_numpy(),
            "satisfaction": said_before(desk, rules.halo, accounts, due).to_numpy(),
            "tenure": (due.to_numpy(dtype="datetime64[D]") - begun) / _YEAR,
            "size": np.log1p(rows["annual_value"].to_numpy(dtype=np.float64, na_value=np.nan)),
        }
    )
    return made[made["account"] >= 0]


def _refused(desk: Desk, made: Decisions) -> Reason | None:
    rules, terms = desk.panels.values, made.terms.shape[1]
    needed, accounts = rules.events_per_term * terms, len(np.unique(made.accounts))
    if made.rarer < needed or accounts < rules.accounts_from:
        lost = int(len(made.renewed) - made.renewed.sum())
        values = {"lost": lost, "n": len(made.renewed), "accounts": accounts, "terms": terms, "needed": needed}
        return because("too_few_decisions", **values, accounts_from=rules.accounts_from)
    return because("separated") if separated(made.renewed > 0, made.terms) else None


def separated(outcome: npt.NDArray[np.bool_], terms: Floats) -> bool:
    """Whether some weighing of the terms tells the outcomes apart without error, wholly or but for ties (Konis 2007).

    A linear programme: is there a direction in which no case is on the wrong side, and some case is on its own?
    """
    from scipy.optimize import linprog

    spread = terms.std(axis=0)
    scaled = (terms - terms.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    signed = np.column_stack([np.ones(len(scaled)), scaled]) * np.where(outcome, 1.0, -1.0)[:, None]
    found = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(signed)), bounds=(-1, 1), method="highs")
    return bool(found.fun is not None and -found.fun > 1e-7 * len(signed))


def _effect(desk: Desk, figure: Figure, made: Decisions, *, held: bool) -> Figure:
    """The average marginal effect of the first term of a logistic regression, errors clustered by customer."""
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.tools import add_constant

    design = add_constant(made.terms, has_constant="add")
    cluster = {"groups": made.accounts}
    fitted = Logit(made.renewed, design).fit(disp=0, maxiter=200, cov_type="cluster", cov_kwds=cluster)
    if not fitted.mle_retvals["converged"]:
        return replace(figure, reasons=(because("separated"),))
    effects = fitted.get_margeff(at="overall")
    low, high = effects.conf_int(1 - desk.customers.confidence)[0]
    accounts = len(np.unique(made.accounts))
    estimate = Estimate(
        float(effects.margeff[0]), (float(low), float(high)), len(made.renewed), accounts, desk.customers.confidence
    )
    methods = ("logit_effect", *(("controls_held",) if held else ()))
    return replace(figure, estimate=estimate, methods=methods, reasons=(because("not_cause"), because("halo")))
