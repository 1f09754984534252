"""Our sums against the libraries that statisticians trust, on random data."""

from __future__ import annotations

import warnings
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esgreport.measure.customers.business_time import business_hours_between, hours_of
from esgreport.measure.customers.comparisons import corrected_chances
from esgreport.measure.customers.intervals import (
    Measured,
    Scale,
    difference,
    intervals,
    smallest_detectable,
)
from esgreport.measure.customers.lifetimes import Lifetimes, curve
from esgreport.measure.customers.renewal_model import RenewalModel, Renewals, fitted
from esgreport.measure.customers.sampling import Sample, binned, by_account, by_case, standard_error

SEEDS = range(12)
NET = Scale("trinomial", 100.0, -100.0, 100.0)


def drawn(seed: int, n: int = 300, accounts: int = 40) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    account = random.integers(0, accounts, n)
    leaning = random.normal(size=accounts)[account]
    value = np.clip(np.round(leaning + random.normal(size=n)), -1, 1)
    return pd.DataFrame({"account": account, "value": value, "weight": random.uniform(0.5, 3, n)})


def sampled(data: pd.DataFrame, weighted: bool = False) -> Sample:
    account = data["account"].to_numpy()
    binning = binned(np.zeros(len(data), dtype=int), account, 1, int(account.max()) + 1)
    return by_case(binning.cells(data["value"].to_numpy(), data["weight"].to_numpy() if weighted else None))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("weighted", [False, True])
def test_the_error_of_accounts_is_that_of_a_clustered_regression(seed: int, weighted: bool) -> None:
    import statsmodels.formula.api as smf

    data = drawn(seed)
    model = smf.wls("value ~ 1", data, weights=data["weight"] if weighted else 1.0)
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": data["account"]})
    ours = sampled(data, weighted)
    assert ours.mean[0] == pytest.approx(fit.params["Intercept"], rel=1e-9)
    assert standard_error(ours)[0] == pytest.approx(fit.bse["Intercept"], rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_mean_of_accounts_is_that_of_their_means(seed: int) -> None:
    data = drawn(seed)
    account = data["account"].to_numpy()
    cells = binned(np.zeros(len(data), dtype=int), account, 1, 40).cells(data["value"].to_numpy())
    means = data.groupby("account")["value"].mean()
    assert by_account(cells).mean[0] == pytest.approx(means.mean())
    assert standard_error(by_account(cells))[0] == pytest.approx(means.std(ddof=1) / np.sqrt(len(means)))


@pytest.mark.parametrize("seed", SEEDS)
def test_scores_of_the_same_weight_have_the_same_interval_whatever_the_weight(seed: int) -> None:
    data = drawn(seed)
    doubled = data.assign(weight=data["weight"] * 17.5)
    first, second = (intervals(sampled(each, weighted=True), NET, 0.95) for each in (data, doubled))
    assert (first.low[0], first.high[0]) == pytest.approx((second.low[0], second.high[0]))


@pytest.mark.parametrize("seed", SEEDS)
def test_cells_are_the_same_however_sparse_the_accounts(seed: int) -> None:
    """Beyond some millions of possible cells they are found by sorting: the sums are the same."""
    data = drawn(seed)
    random = np.random.default_rng(seed)
    group = random.integers(0, 3, len(data))
    account = data["account"].to_numpy()
    few = binned(group, account, 3, 40).cells(data["value"].to_numpy())
    many = binned(group, account * 1_000_003, 3, 40 * 1_000_003).cells(data["value"].to_numpy())
    for part in ("cases", "total", "squares"):
        assert getattr(few, part).tolist() == getattr(many, part).tolist()


@settings(deadline=None)
@given(st.integers(0, 200), st.integers(1, 200))
def test_shares_have_the_interval_of_statsmodels(count: int, more: int) -> None:
    from statsmodels.stats.proportion import proportion_confint

    values = np.repeat([1.0, 0.0], [count, more])
    alone = np.arange(len(values))
    sample = by_case(binned(np.zeros(len(values), dtype=int), alone, 1, len(values)).cells(values))
    made = intervals(sample, Scale("binary"), 0.95)
    assert (made.low[0], made.high[0]) == pytest.approx(
        proportion_confint(count, len(values), method="wilson"), abs=1e-12
    )


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_differences_of_shares_have_the_interval_of_statsmodels(a: int, b: int, c: int, d: int) -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    sides = []
    for count, total in ((a, a + b), (c, c + d)):
        low, high = proportion_confint(count, total, method="wilson")
        sides.append(Measured(count / total, float(low), float(high), 0.1))
    found = difference(*sides)
    assert (found.low, found.high) == pytest.approx(
        confint_proportions_2indep(a, a + b, c, c + d, method="newcomb", compare="diff"), abs=1e-9
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_change_of_score_is_as_likely_by_chance_as_the_test_of_statsmodels_says(seed: int) -> None:
    from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

    random = np.random.default_rng(seed)
    counts = [random.multinomial(int(random.integers(100, 500)), [0.2, 0.3, 0.5]) for _ in range(2)]
    sides, theirs = [], []
    for detractors, passives, promoters in counts:
        values = np.repeat([-1.0, 0.0, 1.0], [detractors, passives, promoters])
        sample = by_case(binned(np.zeros(len(values), dtype=int), np.arange(len(values)), 1, len(values)).cells(values))
        made = intervals(sample, NET, 0.95)
        ends = float(made.low[0]), float(made.high[0])
        sides.append(Measured(float(sample.mean[0]) * 100, *ends, float(made.error[0]), float(made.centre[0])))
        theirs.append(DescrStatsW([1, 0, -1], weights=[promoters + 0.75, passives + 1.5, detractors + 0.75]))
    assert difference(*sides).p == pytest.approx(CompareMeans(*theirs).ztest_ind(usevar="unequal")[1], abs=0.002)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("adjust", ["holm", "fdr_bh"])
def test_many_chances_are_corrected_as_statsmodels_does(seed: int, adjust: str) -> None:
    from statsmodels.stats.multitest import multipletests

    chances = np.random.default_rng(seed).random(1 + seed) ** 3
    theirs = multipletests(chances, method=adjust)[1].tolist()
    assert corrected_chances(chances.tolist(), adjust) == pytest.approx(theirs)


@pytest.mark.parametrize("points", [5, 10, 25, 60])
def test_the_smallest_change_is_what_the_power_of_statsmodels_asks_for(points: float) -> None:
    from statsmodels.stats.power import NormalIndPower

    n = NormalIndPower().solve_power(effect_size=points / 100 / np.sqrt(0.7), alpha=0.05, power=0.8)
    assert smallest_detectable(0.7, n, 0.95, 0.8) * 100 == pytest.approx(points, rel=1e-3)


@pytest.mark.parametrize(("accounts", "each", "likeness"), [(10, 1, 0.0), (12, 3, 0.5), (60, 3, 0.5), (60, 4, 0.9)])
def test_intervals_hold_what_they_promise(accounts: int, each: int, likeness: float) -> None:
    """Of 2,000 samples, 95 % should hold the truth; customers' people agree more or less."""
    from scipy.special import ndtri

    random = np.random.default_rng(accounts * each)
    samples, shares = 2000, np.array([0.2, 0.3, 0.5])
    shape = (samples, accounts, each)
    common = np.sqrt(likeness) * random.normal(size=shape[:2])[..., None]
    latent = common + np.sqrt(1 - likeness) * random.normal(size=shape)
    values = np.searchsorted(ndtri(np.cumsum(shares)[:2]), latent).astype(float).ravel() - 1
    group = np.repeat(np.arange(samples), accounts * each)
    account = np.tile(np.repeat(np.arange(accounts), each), samples)
    cells = binned(group, account, samples, accounts).cells(values)
    truth = 100 * float(shares @ [-1, 0, 1])
    for sample in (by_case(cells), by_account(cells)):
        made = intervals(sample, NET, 0.95)
        assert 0.93 <= np.mean((made.low <= truth) & (truth <= made.high)) <= 0.995


# ── durations ────────────────────────────────────────────────────────────────────────────────────────────────────


def lives(seed: int, n: int = 120) -> Lifetimes:
    random = np.random.default_rng(seed)
    time = np.round(random.exponential(10, n), 1) + 0.1
    entry = np.maximum(np.round(time - random.exponential(8, n), 1), 0) * (random.random(n) < 0.4)
    return Lifetimes(time, random.random(n) < 0.6, np.arange(n), np.minimum(entry, time - 0.05))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_curve_is_that_of_statsmodels_with_late_entry_too(seed: int) -> None:
    from statsmodels.duration.survfunc import SurvfuncRight

    ours = lives(seed)
    assert ours.entry is not None
    theirs = SurvfuncRight(ours.time, ours.ended.astype(float), entry=ours.entry)
    at = np.searchsorted(curve(ours).times, theirs.surv_times)
    assert curve(ours).share[0][at] == pytest.approx(theirs.surv_prob, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_quantiles_are_those_of_statsmodels(seed: int, share: float) -> None:
    from statsmodels.duration.survfunc import SurvfuncRight

    ours = Lifetimes(lives(seed).time, lives(seed).ended, lives(seed).accounts)
    theirs = SurvfuncRight(ours.time, ours.ended.astype(float)).quantile(share)
    found = float(curve(ours).quantile(share)[0])
    assert found == theirs or (np.isinf(found) and np.isnan(theirs))


@pytest.mark.parametrize("seed", SEEDS)
def test_cases_drawn_several_times_count_several_times(seed: int) -> None:
    ours = lives(seed)
    times = np.random.default_rng(seed).integers(0, 4, len(ours.time))
    assert ours.entry is not None
    repeated = Lifetimes(*(np.repeat(each, times) for each in (ours.time, ours.ended, ours.accounts, ours.entry)))
    weighted, plain = curve(ours, times[None, :].astype(float)), curve(repeated)
    for at in (2.0, 7.5, 20.0):
        assert weighted.after(at)[0] == pytest.approx(plain.after(at)[0], nan_ok=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_curve_is_that_of_lifelines(seed: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lifelines = pytest.importorskip(
            "lifelines", reason="lifelines asks for an older pandas; it is an oracle at most"
        )
        ours = lives(seed)
        theirs = lifelines.KaplanMeierFitter().fit(ours.time, ours.ended, entry=ours.entry)
    for at in (3.0, 9.0, 18.0):
        assert curve(ours).after(at)[0] == pytest.approx(theirs.predict(at), abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2025, 2, 28)),
    st.integers(0, 20_000),
    st.sampled_from(
        ["Mon-Fri 08:00-17:00", "lun-ven 8:30-12:30, lun-ven 14:00-18:00", "Mo bis Do 7.00-16.00; Fr 7.00-13.00"]
    ),
)
def test_service_time_is_what_counting_minutes_gives(begin: datetime, minutes: int, text: str) -> None:
    begin = begin.replace(second=0, microsecond=0)
    service = hours_of(text, "2025-01-06; 2025-02-17")
    assert service is not None
    days_off = {datetime(2025, 1, 6).date(), datetime(2025, 2, 17).date()}
    counted = 0
    for minute in range(minutes):
        now = begin + timedelta(minutes=minute)
        of_day = now.hour * 60 + now.minute
        counted += now.date() not in days_off and any(
            shift.days[now.weekday()] and shift.opens <= of_day < shift.closes for shift in service.shifts
        )
    times = [np.array([each], dtype="datetime64[us]") for each in (begin, begin + timedelta(minutes=minutes))]
    assert business_hours_between(*times, service)[0] * 60 == pytest.approx(counted)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("Mon-Fri 08:00-17:00", 45), ("samedi 9h-12h", 3), ("So 10:00 bis 12:00", 2), ("Sat-Mon 9:00-10:00", 3)],
)
def test_service_hours_are_read_in_every_language(text: str, hours: float) -> None:
    service = hours_of(text, "")
    assert service is not None
    week = [np.array([day], dtype="datetime64[us]") for day in ("2025-03-03", "2025-03-10")]
    assert business_hours_between(*week, service)[0] == hours


@pytest.mark.parametrize(
    "text", ["", "always", "Mon-Fri", "Mon-Fri 17:00-08:00", "Mon-Fri 8-17 except lunch", "Xyz 8:00-9:00"]
)
def test_service_hours_that_cannot_be_read_in_full_are_none(text: str) -> None:
    assert hours_of(text, "") is None


# ── renewals ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_renewal_model_finds_the_parameters_data_were_drawn_with() -> None:
    random = np.random.default_rng(7)
    chance = random.beta(1.5, 6.0, 200_000)
    leaving = random.geometric(chance) - 1
    watched = 8
    lost = np.bincount(leaving[leaving < watched], minlength=watched).astype(float)
    seen = np.zeros(watched + 1)
    seen[watched] = (leaving >= watched).sum()
    model = fitted(Renewals(lost, seen, np.zeros(1)))
    assert model is not None
    assert (model.alpha, model.beta) == pytest.approx((1.5, 6.0), rel=0.05)


def test_customers_first_watched_late_do_not_make_the_model_rosier() -> None:
    """Of the same customers, those who left in the first two renewals are never seen: told so, the fit is the same."""
    random = np.random.default_rng(8)
    leaving = random.geometric(random.beta(1.5, 6.0, 400_000)) - 1
    leaving = leaving[leaving >= 2]
    lost = np.bincount(leaving[leaving < 10], minlength=10).astype(float)
    seen, before = np.zeros(11), np.zeros(3)
    seen[10], before[2] = (leaving >= 10).sum(), len(leaving)
    model = fitted(Renewals(lost, seen, before))
    naive = fitted(Renewals(lost, seen, np.zeros(1)))
    assert model is not None and naive is not None
    assert (model.alpha, model.beta) == pytest.approx((1.5, 6.0), rel=0.15)
    assert naive.retention(0) > model.retention(0) + 0.05


@settings(deadline=None)
@given(st.floats(0.2, 8), st.floats(0.2, 30), st.integers(0, 12), st.floats(0.02, 0.4))
def test_further_terms_are_the_sum_over_all_of_them(alpha: float, beta: float, renewals: int, discount: float) -> None:
    model = RenewalModel(alpha, beta)
    ahead = np.arange(renewals, renewals + 4000)
    survival = model.survival(ahead + 1.0) / model.survival(np.array([float(renewals)]))[0]
    summed = (survival * (1 / (1 + discount)) ** np.arange(4000)).sum()
    assert model.residual_terms(renewals, discount) == pytest.approx(summed, rel=2e-3)
