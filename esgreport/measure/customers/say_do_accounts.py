"""Each account from three sides: what its people say, what they tell, what it does; and what went wrong in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from esgreport.customer_panels import AccountView, Named, Verdict
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.panel_desk import Desk
from esgreport.measure.customers.sampling import Floats, Ints
from esgreport.measure.customers.stated import stated

SAID = ("said_good", "said_bad", "said_mixed")
_MONTHS = {"Q1": "01", "Q2": "04", "Q3": "07", "Q4": "10"}


def account_views(desk: Desk) -> tuple[AccountView, ...]:
    """The accounts that were customers in the period, those first where evidence contradicts itself.

    What people said is shown only from as many answers as any group needs, of as many people as the rules ask for.
    """
    customers = desk.customers
    if customers.period is None:
        return ()
    said, done = _said(desk), _done(desk)
    signals, themes = _signals(desk), _themes(desk)
    places = _places(customers)
    views = [
        _view(desk, int(number), (said, done, signals, themes), places)
        for number in np.flatnonzero(customers.were_customers(customers.period))
    ]
    order = list(Verdict)
    first = {Verdict.CONTRADICT: -1}
    return tuple(sorted(views, key=lambda view: (first.get(view.verdict, order.index(view.verdict)), view.account)))


Said = Mapping[int, tuple[Named | None, int]]
Deeds = Mapping[int, Named]
Many = Mapping[int, tuple[Named, ...]]


def _view(desk: Desk, number: int, sides: tuple[Said, Deeds, Many, Many], places: Mapping[int, int]) -> AccountView:
    said, done, signals, themes = sides
    opinion, answers = said.get(number, (None, 0))
    deed = done.get(number)
    verdict = _verdict(opinion, deed, answers)
    row = places.get(number)
    return AccountView(
        account=str(desk.customers.account_ids[number]),
        verdict=verdict,
        verdict_label=desk.text(verdict.value),
        said=opinion,
        done=deed,
        themes=themes.get(number, ()),
        signals=signals.get(number, ()),
        answers=answers if opinion else 0,
        source=None if row is None else desk.customers.tables.tables["accounts"].place(row),
    )


def _verdict(said: Named | None, done: Named | None, answers: int) -> Verdict:
    if said is None:
        return Verdict.WITHHELD if answers else Verdict.INSUFFICIENT
    if done is None or said.code == "said_mixed":
        return Verdict.INSUFFICIENT
    good = said.code == "said_good"
    well = done.code in ("done_stable", "done_grew")
    return Verdict.AGREE if good == well else Verdict.CONTRADICT


def _places(customers: Customers) -> Mapping[int, int]:
    return {int(number): row for row, number in enumerate(customers.accounts_of("accounts"))}


# ── what is said ─────────────────────────────────────────────────────────────────────────────────────────────


def _said(desk: Desk) -> Said:
    customers, rules = desk.customers, desk.panels.feedback
    assert customers.period is not None
    answers = stated(customers, ("nps", "csat", "ces", "intention"))
    answers = answers[customers.within(answers["collected_at"], customers.period) & (answers["account"] >= 0)]
    heard = answers.groupby("account")["better"].agg(["mean"])
    for name, column in (("responses", "response_id"), ("people", "contact_id")):
        each = answers[["account", column]].drop_duplicates().dropna()
        heard[name] = each["account"].value_counts().reindex(heard.index, fill_value=0)
    shown = (heard["responses"] >= customers.thresholds.show) & (heard["people"] >= rules.people_from)
    names = np.select([heard["mean"] >= rules.good_from, heard["mean"] < rules.bad_below], SAID[:2], SAID[2])
    words = {name: desk.word(name) for name in SAID}
    columns = (heard.index, names, shown, heard["responses"])
    return {
        int(number): (words[str(name)] if show else None, int(responses))
        for number, name, show, responses in zip(*columns, strict=True)
    }


def _themes(desk: Desk) -> Many:
    """Themes of talks with the account, as whoever wrote them down has sorted them."""
    comments = desk.customers.tables["comments"]
    names = desk.customers.tables["themes"].drop_duplicates("theme_id").set_index("theme_id")["name"]
    found: dict[int, dict[str, Named]] = {}
    for number, theme in zip(desk.customers.accounts_of("comments"), comments["theme_id"], strict=True):
        if number >= 0 and isinstance(theme, str):
            found.setdefault(int(number), {})[theme] = Named(theme, str(names.get(theme, theme)))
    return {number: tuple(themes.values()) for number, themes in found.items()}


# ── what is done ─────────────────────────────────────────────────────────────────────────────────────────────


def _done(desk: Desk) -> Deeds:
    """Left in the period; else business and use against the period before, the larger move of those on record."""
    customers, fall = desk.customers, desk.panels.feedback.fall_share
    assert customers.period is not None
    left = customers.account_column("churned_on")
    gone = customers.within(left, customers.period)
    moves = business_moves(customers)
    found: dict[int, Named] = {}
    for number in range(len(customers.account_ids)):
        ratios = [move[number] for move in moves if not np.isnan(move[number])]
        if gone[number]:
            found[number] = desk.word("done_left")
        elif ratios:
            worst, best = min(ratios), max(ratios)
            fell, grew = worst <= 1 - fall, best >= 1 + fall
            found[number] = desk.word("done_fell" if fell else "done_grew" if grew else "done_stable")
    return found


def business_moves(customers: Customers) -> tuple[Floats, ...]:
    """By account number, recurring revenue and use in the period over those of the one before; NaN without a before."""
    if customers.period is None or customers.prior is None:
        return ()
    moves = []
    for table, column in (("revenue", "recurring_revenue"), ("usage", "count")):
        frame = customers.tables[table]
        starts = period_starts(frame["period"])
        number = customers.accounts_of(table)
        now, before = (
            _sums(customers, number, frame[column], customers.within(starts, each))
            for each in (customers.period, customers.prior)
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            moves.append(np.where(before > 0, now / before, np.nan))
    return tuple(moves)


def _sums(customers: Customers, number: Ints, values: pd.Series, chosen: object) -> Floats:
    weights = np.nan_to_num(values.to_numpy(dtype=np.float64, na_value=np.nan))
    inside = np.asarray(chosen, dtype=bool) & (number >= 0)
    return np.bincount(number[inside], weights=weights[inside], minlength=len(customers.account_ids)).astype(np.float64)


def period_starts(periods: pd.Series) -> pd.Series:
    """The first day of `2025`, `2025-Q2` and `2025-03`."""
    names = {}
    for name in periods.cat.categories:
        year, _, part = str(name).partition("-")
        names[name] = pd.Timestamp(f"{year}-{_MONTHS.get(part, part or '01')}-01")
    return pd.to_datetime(periods.astype("object").map(names))


# ── what went wrong ──────────────────────────────────────────────────────────────────────────────────────────


def _signals(desk: Desk) -> Many:
    found: dict[int, list[Named]] = {}
    for number, name in (*_bad_experiences(desk), *_erosion(desk), *_misalignments(desk)):
        named = desk.word(name)
        if named not in found.setdefault(number, []):
            found[number].append(named)
    return {number: tuple(names) for number, names in found.items()}


def _tickets(desk: Desk) -> pd.DataFrame:
    customers = desk.customers
    assert customers.period is not None
    frame = customers.tables["tickets"].assign(number=customers.accounts_of("tickets"))
    return frame[customers.within(frame["opened_at"], customers.period) & (frame["number"] >= 0)]


def _bad_experiences(desk: Desk) -> Iterator[tuple[int, str]]:
    """Tickets that are complaints, were reopened, or made somebody say it all again."""
    tickets, rules = _tickets(desk), desk.panels.feedback
    bad = tickets["is_complaint"].fillna(False) | tickets["had_to_repeat"].fillna(False)
    bad |= tickets["reopens"].fillna(0) > 0
    for number, count in tickets.loc[bad.astype(bool), "number"].value_counts().items():
        if count >= rules.bad_experience_critical:
            yield int(str(number)), "bad_experience_critical"
        elif count >= rules.bad_experience_warning:
            yield int(str(number)), "bad_experience_warning"


def _erosion(desk: Desk) -> Iterator[tuple[int, str]]:
    """Business or use has fallen, and there is no complaint: nobody said a word."""
    tickets, fall = _tickets(desk), desk.panels.feedback.fall_share
    complained = set(tickets.loc[tickets["is_complaint"].fillna(False).astype(bool), "number"])
    moves = business_moves(desk.customers)
    fell = np.any([move <= 1 - fall for move in moves], axis=0) if moves else np.zeros(0, dtype=bool)
    for number in np.flatnonzero(fell):
        if number not in complained:
            yield int(number), "silent_erosion"


def _misalignments(desk: Desk) -> Iterator[tuple[int, str]]:
    """Offers in the middle of a complaint or of what is owned; reminders to somebody who does not pay the bills."""
    customers = desk.customers
    assert customers.period is not None
    frame = customers.tables["interactions"].assign(number=customers.accounts_of("interactions"))
    frame = frame[customers.within(frame["happened_at"], customers.period) & (frame["number"] >= 0)]
    offers = frame[frame["kind"].isin(("upsell", "offer", "campaign"))]
    yield from ((number, "upsell_on_complaint") for number in _during_complaints(customers, offers))
    owned = customers.tables["contracts"][["product", "start", "end"]].astype({"product": "object"})
    owned = owned.assign(number=customers.accounts_of("contracts"))
    both = offers.astype({"product": "object"}).dropna(subset=["product"]).merge(owned, on=["number", "product"])
    has = (both["start"] <= both["happened_at"]) & ~(both["end"] < both["happened_at"])
    yield from ((int(number), "offer_owned") for number in dict.fromkeys(both.loc[has, "number"]))
    payer = customers.account_column("billing_contact_id").astype("object")
    for number, contact in frame.loc[frame["kind"].isin(("reminder", "invoice")), ["number", "contact_id"]].to_numpy():
        if isinstance(contact, str) and isinstance(payer[number], str) and contact != payer[number]:
            yield int(number), "wrong_contact"


def _during_complaints(customers: Customers, offers: pd.DataFrame) -> Iterator[int]:
    tickets = customers.tables["tickets"].assign(number=customers.accounts_of("tickets"))
    complaints = tickets.loc[tickets["is_complaint"].fillna(False).astype(bool), ["number", "opened_at", "closed_at"]]
    pairs = offers[["number", "happened_at"]].merge(complaints, on="number")
    open_then = (pairs["opened_at"] <= pairs["happened_at"]) & ~(pairs["closed_at"] < pairs["happened_at"])
    yield from (int(number) for number in dict.fromkeys(pairs.loc[open_then, "number"]))
