"""Themes of comments: how many touch each, with which score, for how much revenue, more or less than before; topics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.customer_metrics import CustomerMetric, Evidence
from esgreport.customer_panels import Named, Theme, ThemePanel, Topic
from esgreport.measure.customers.comments import comments_of, touches
from esgreport.measure.customers.disclosure import Thresholds
from esgreport.measure.customers.figures import Estimate, Figure, because
from esgreport.measure.customers.intervals import Difference, Measured, Scale, difference, intervals
from esgreport.measure.customers.panel_desk import NUMBER, SHARE, Desk, cases, means, plain
from esgreport.measure.customers.sampling import Floats, Ints, binned, by_case
from esgreport.measure.customers.topics import topics_of

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Heard:
    """The comments of the period and of the one before, and which touch a theme."""

    comments: pd.DataFrame
    now: Flags
    before: Flags
    limits: Thresholds

    @property
    def accounts(self) -> Ints:
        return self.comments["account"].to_numpy(dtype=np.int64)

    def enough(self, touching: Flags) -> bool:
        """Whether those that touch a theme may be told apart from the others."""
        accounts = self.accounts[touching]
        return self.limits.enough(int(touching.sum()), len(np.unique(accounts[accounts >= 0])))


def theme_panel(desk: Desk) -> ThemePanel:
    """The themes of the codebook, those with the most revenue behind them first, and the topics of each language."""
    heard = _heard(desk)
    book = desk.customers.tables["themes"]
    touching = touches(heard.comments, book)
    topics, told = _topics(desk, heard)
    notes = [desk.text("themes_overlap"), *told] if len(book) else [desk.text("no_codebook"), *told]
    return ThemePanel(tuple(_themes(desk, heard, touching)), topics, _rest(desk, heard, touching), tuple(notes))


def _heard(desk: Desk) -> _Heard:
    customers = desk.customers
    comments = comments_of(customers)
    if customers.period is None or customers.prior is None:
        now, before = np.ones(len(comments), dtype=bool), np.zeros(len(comments), dtype=bool)
    else:
        now, before = (customers.within(comments["day"], each) for each in (customers.period, customers.prior))
    of_comments = customers.tables.number("min_n_comments")
    limits = customers.thresholds
    return _Heard(comments, now, before, Thresholds(int(of_comments or limits.show), limits.full, limits.accounts))


def _rest(desk: Desk, heard: _Heard, touching: Mapping[str, Flags]) -> tuple[CustomerMetric, ...]:
    code = "comments_without_theme"
    if not heard.now.any():
        return desk.handed_on([Figure(code, None, reasons=(because("no_texts"),), tables=_TABLES)])
    none = ~np.logical_or.reduce([*touching.values(), np.zeros(len(heard.now), dtype=bool)])
    of = cases(none[heard.now], heard.accounts[heard.now], *_TABLES)
    return desk.handed_on(means(code, of, SHARE, desk.customers))


_TABLES = ("responses", "comments")


# ── themes of the codebook ───────────────────────────────────────────────────────────────────────────────────


def _themes(desk: Desk, heard: _Heard, touching: Mapping[str, Flags]) -> Iterator[Theme]:
    """By revenue behind them, those without a figure last."""
    book = desk.customers.tables["themes"].drop_duplicates("theme_id").set_index("theme_id")
    changes = _changes(desk, heard, touching)
    made = []
    for name, hit in touching.items():
        figures = (_share(desk, heard, name, hit), _score(desk, heard, name, hit), _revenue(desk, heard, name, hit))
        told = desk.handed_on([*figures, changes[name]])
        quotes = _quotes(desk, name) if heard.enough(hit & heard.now) else ()
        label, owner = (str(book.at[name, column]) for column in ("name", "owner"))
        made.append(Theme(Named(name, label), "" if owner == "nan" else owner, told, quotes))
    yield from sorted(made, key=lambda theme: -(theme.figures[2].value or 0))


def _share(desk: Desk, heard: _Heard, name: str, hit: Flags) -> Figure:
    found = means("theme_share", cases(hit[heard.now], heard.accounts[heard.now], *_TABLES), SHARE, desk.customers)
    if not found:
        return _absent("theme_share", name, "no_texts")
    named = replace(found[0], dimensions=(("theme", name),), methods=("codebook", *found[0].methods))
    hidden = int((hit & heard.now).sum()) > 0 and not heard.enough(hit & heard.now)
    return _hidden(named, heard) if hidden else named


def _absent(code: str, name: str, why: str) -> Figure:
    return Figure(code, None, (("theme", name),), reasons=(because(why),), tables=_TABLES)


def _hidden(figure: Figure, heard: _Heard) -> Figure:
    """A figure whose mentions are too few: it says so and nothing else."""
    why = because("few_mentions", show=heard.limits.show, accounts=heard.limits.accounts)
    return replace(figure, estimate=None, withheld=True, reasons=(why,))


def _score(desk: Desk, heard: _Heard, name: str, hit: Flags) -> Figure:
    scores = heard.comments["score"].to_numpy(dtype=np.float64)
    known = heard.now & ~np.isnan(scores)
    sides = (known & hit, known & ~hit)
    empty = Figure("theme_score", None, (("theme", name),), tables=("responses",))
    if not all(heard.enough(side) for side in sides):
        return replace(empty, reasons=(because("no_scores"),))
    with_it, without = (_measured(desk, 100 * scores[side], heard.accounts[side], NUMBER) for side in sides)
    return _compared(desk, empty, difference(with_it, without), int(known.sum()), heard.accounts[known])


def _compared(desk: Desk, empty: Figure, found: Difference, n: int, accounts: Ints) -> Figure:
    known = len(np.unique(accounts[accounts >= 0]))
    estimate = Estimate(found.value, (found.low, found.high), n, known, desk.customers.confidence)
    return replace(empty, estimate=estimate, methods=("clustered_by_account",))


def _measured(desk: Desk, values: Floats, accounts: Ints, scale: Scale) -> Measured:
    made = binned(np.zeros(len(values), dtype=np.int64), accounts, 1, len(desk.customers.account_ids))
    sample = by_case(made.cells(np.asarray(values, dtype=np.float64)))
    found = intervals(sample, scale, desk.customers.confidence)
    value = float(sample.mean[0]) * scale.factor
    low, high = (value if np.isnan(end[0]) else float(end[0]) for end in (found.low, found.high))
    return Measured(value, low, high, float(np.nan_to_num(found.error[0])))


def _revenue(desk: Desk, heard: _Heard, name: str, hit: Flags) -> Figure:
    weights = desk.customers.revenue_weights
    everyone = np.unique(heard.accounts[heard.now & (heard.accounts >= 0)])
    if weights is None or not np.nansum(weights[everyone]) > 0:
        return _absent("theme_revenue", name, "no_revenue")
    these = np.unique(heard.accounts[heard.now & hit & (heard.accounts >= 0)])
    share = float(np.nansum(weights[these]) / np.nansum(weights[everyone]))
    figure = plain("theme_revenue", share, len(these), "responses", "accounts", accounts=len(these))
    figure = replace(figure, dimensions=(("theme", name),))
    return figure if heard.enough(heard.now & hit) else _hidden(figure, heard)


def _changes(desk: Desk, heard: _Heard, touching: Mapping[str, Flags]) -> Mapping[str, Figure]:
    """Now less before for every theme; the chances are corrected together."""
    if not heard.enough(heard.now) or not heard.enough(heard.before):
        return {name: _absent("theme_change", name, "no_texts_before") for name in touching}
    from statsmodels.stats.multitest import multipletests

    found = {}
    for name, hit in touching.items():
        sides = (heard.now, heard.before)
        now, before = (_measured(desk, hit[side].astype(np.float64), heard.accounts[side], SHARE) for side in sides)
        found[name] = difference(now, before)
    chances = [each.p for each in found.values()]
    adjusted = multipletests(chances, method=desk.panels.themes.adjust)[1] if chances else []
    return {
        name: _change(desk, heard, name, (touching[name], each, float(p)))
        for (name, each), p in zip(found.items(), adjusted, strict=True)
    }


def _change(desk: Desk, heard: _Heard, name: str, found: tuple[Flags, Difference, float]) -> Figure:
    hit, change, p = found
    empty = Figure("theme_change", None, (("theme", name),), tables=_TABLES)
    touched = [int((hit & side).sum()) for side in (heard.now, heard.before)]
    if any(0 < count < heard.limits.show for count in touched):
        return _hidden(empty, heard)
    figure = _compared(desk, empty, change, int(heard.now.sum()), heard.accounts[heard.now])
    significant = change.clear and p < 1 - desk.customers.confidence
    practical = desk.customers.tables.number("practical_change_share") or 0
    if not significant:
        evidence, why = Evidence.NONE, "theme_none"
    elif abs(change.value) < practical:
        evidence, why = Evidence.TOO_SMALL, "theme_small"
    else:
        evidence, why = (Evidence.RISE, "theme_rise") if change.value > 0 else (Evidence.FALL, "theme_fall")
    methods = (*figure.methods, "compared_with_prior", f"adjusted_{desk.panels.themes.adjust}")
    return replace(figure, evidence=evidence, reasons=(because(why),), methods=methods)


def _quotes(desk: Desk, name: str) -> tuple[str, ...]:
    """Words from talks with customers who allowed it; never those of an anonymous answer."""
    talks = desk.customers.tables["comments"]
    allowed = (talks["theme_id"] == name).fillna(False) & talks["quotable"].fillna(False).astype(bool)
    if desk.customers.period:
        allowed &= desk.customers.within(talks["date"], desk.customers.period)
    return tuple(talks.loc[allowed, "quote"].dropna().head(desk.panels.themes.quotes))


# ── topics ───────────────────────────────────────────────────────────────────────────────────────────────────


def _topics(desk: Desk, heard: _Heard) -> tuple[tuple[Topic, ...], list[str]]:
    """Topics of each language with enough comments of both periods; else how many there are and what that means."""
    rules = desk.panels.themes
    said = heard.comments[(heard.now | heard.before) & heard.comments["language"].notna().to_numpy()]
    counts = said["language"].value_counts().sort_index()
    found: list[Topic] = []
    for language in counts.index:
        here = said[said["language"] == language]
        accounts = here["account"].to_numpy(dtype=np.int64)
        made = topics_of(list(here["text"]), accounts, str(language), rules, heard.limits)
        if made is None:
            continue
        of = cases(np.ones(len(here)), accounts, "responses")
        shares = {
            at: means("topic_share", replace(of, values=(made.nearest == at).astype(float)), SHARE, desk.customers)[0]
            for at in range(len(made.words))
            if heard.limits.enough(int((made.nearest == at).sum()), len(np.unique(accounts[made.nearest == at])))
        }
        told = desk.handed_on([replace(each, dimensions=(("language", str(language)),)) for each in shares.values()])
        found += [Topic(str(language), made.words[at], figure) for at, figure in zip(shares, told, strict=True)]
    if found:
        return tuple(found), []
    listed = ", ".join(f"{language} {count}" for language, count in counts.items()) or "0"
    return (), [desk.text("topics_too_few", above=rules.topics_above, counts=listed)]
