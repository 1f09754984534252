"""Writes the customers of the fictional sample company as CSV files into schemas/samples/cx.

    python samples/customers.py [FOLDER]

Everything is drawn from one seeded source, so the files are the same each time; a test compares them. They are made to
show something: dairies are served less well, who is unhappy or silent leaves more often, some who recommend leave all
the same. Nothing in them is about anybody. What a person would write down (questions, touchpoints, journey, actions)
stands in that folder as written by hand; this script leaves it alone.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
TURNOVER, MACHINES_SHARE, MACHINES = 38_400_000, 0.71, 64
COUNTRIES = {"IT": 24, "DE": 9, "AT": 4, "CH": 3, "FR": 6, "ES": 4, "PL": 3, "NL": 2, "MX": 3, "CA": 2}
SPEAKS = {"IT": "it", "DE": "de", "AT": "de", "CH": "de", "FR": "fr"}
SEGMENTS = ("bread", "biscuits", "confectionery", "dairy")
NACE = {"bread": "C10.71", "biscuits": "C10.72", "confectionery": "C10.82", "dairy": "C10.51"}
LINES = ("Flow-wrappers", "Cartoners", "Case packers")
REASONS = (
    "Breakdown",
    "Spare part",
    "Format change",
    "Software",
    "Documentation",
    "Invoice",
    "Delivery date",
    "Training",
)
TEAMS = ("Service Carpi", "Service Augsburg", "Spare parts", "Administration")
WAVES = {
    "2024-H1": date(2024, 5, 13),
    "2024-H2": date(2024, 11, 11),
    "2025-H1": date(2025, 5, 12),
    "2025-H2": date(2025, 11, 10),
}
Row = Sequence[object]

HERE = Path(__file__).parent


def words(name: str) -> list[dict[str, str]]:
    """The rows of a file beside this one."""
    with (HERE / "customers" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NAMES = {country: [row["name"] for row in words("names.csv") if row["country"] == country] for country in COUNTRIES}
COMMENTS: dict[tuple[str, str, str], list[str]] = {}
for row in words("comments.csv"):
    COMMENTS.setdefault((row["theme"], row["tone"], row["language"]), []).append(row["text"])

_random = random.Random(20251231).random  # the one method whose numbers are promised to stay the same


def chance(probability: float) -> bool:
    """Whether something of that probability happens."""
    return _random() < probability


def pick(items: Sequence[str], weights: Sequence[float] = ()) -> str:
    """One of the items, by weight."""
    weights = weights or [1.0] * len(items)
    at = _random() * sum(weights)
    for item, weight in zip(items, weights, strict=True):
        at -= weight
        if at < 0:
            return item
    return items[-1]


def normal(mean: float = 0.0, spread: float = 1.0) -> float:
    """A normal number, by Box and Muller."""
    return mean + spread * math.sqrt(-2 * math.log(1 - _random())) * math.cos(2 * math.pi * _random())


def whole(low: int, high: int) -> int:
    """A whole number between two, both included."""
    return low + int(_random() * (high - low + 1))


def logistic(value: float) -> float:
    """From the whole line to a probability."""
    return 1 / (1 + math.exp(-value))


def on_scale(value: float, low: int, high: int) -> int:
    """The nearest place on a scale."""
    return min(high, max(low, round(value)))


@dataclass
class Account:
    """A customer as it is drawn: what others see of it, and what is behind (mood, silence, care for sustainability)."""

    id: str
    name: str
    country: str
    segment: str
    tier: str
    since: date
    mood: float
    cares: float
    silent: bool
    prospect: bool = False
    left: date | None = None
    reason: str = ""
    contacts: list[tuple[str, str]] = field(default_factory=list)
    line: str = ""
    value: int = 0

    @property
    def language(self) -> str:
        """The language its people answer in."""
        return SPEAKS.get(self.country, "en")

    @property
    def size(self) -> float:
        """How much it buys, beside a middling customer."""
        return {"A": 3.0, "B": 1.0, "C": 0.45}[self.tier]

    def there(self, day: date) -> bool:
        """Whether it is a customer on a day."""
        return not self.prospect and self.since <= day and (self.left is None or day < self.left)


def main() -> None:
    """Draw everything in order and write a file for each table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "schemas" / "samples" / "cx"
    folder.mkdir(parents=True, exist_ok=True)
    for name, (heads, rows) in tables().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(heads.split())
            writer.writerows([["" if cell is None else cell for cell in row] for row in rows])


def tables() -> dict[str, tuple[str, list[Row]]]:
    """Every table by name: its columns and rows."""
    accounts = draw_accounts()
    contracts = draw_contracts(accounts)
    orders = draw_orders(accounts, contracts)
    tickets, after_tickets = draw_tickets(accounts)
    invitations, answers = draw_waves(accounts)
    requests, after_requests = draw_requests(accounts)
    deliveries = draw_delivery_answers(accounts, orders)
    onboarding, after_onboarding = draw_onboarding(accounts)
    return {
        "accounts": (
            "account_id account_name country industry segment tier customer_since status churned_on churn_reason "
            "acquisition_channel acquisition_reason acquisition_cost annual_revenue gross_margin decision_makers owner "
            "billing_contact_id in_loyalty_programme benefits_earned benefits_redeemed esg_requires_data "
            "esg_exclusion_criterion",
            [account_row(account, contracts, orders) for account in accounts],
        ),
        "contacts": (
            "contact_id account_id role org_level persona_id influence_weight language preferred_channel consent",
            [row for account in accounts for row in contact_rows(account)],
        ),
        "contracts": (
            "contract_id account_id start end term_months auto_renew due_for_renewal renewed renewed_on product "
            "annual_value price_change",
            contracts,
        ),
        "orders": ("order_id account_id ordered_at amount margin product", orders),
        "revenue": (
            "account_id period recurring_revenue other_revenue",
            revenue_rows(accounts, contracts, orders),
        ),
        "tickets": (
            "ticket_id account_id contact_id opened_at first_reply_at first_solved_at closed_at status channel reason "
            "is_complaint priority team touchpoint_id replies customer_messages reopens transfers had_to_repeat "
            "solved_first_contact level1_solvable self_service automated unplanned cost sla_met",
            tickets,
        ),
        "responses": (
            "response_id collected_at account_id contact_id status channel touchpoint_id ticket_id team agent wave "
            "language " + " ".join(ASKED),
            numbered([*answers, *after_tickets, *deliveries, *after_onboarding, *after_requests]),
        ),
        "invitations": ("wave account_id contact_id sent_at delivered reminders", invitations),
        "esg_requests": (
            "request_id account_id received topic questionnaire due answered outcome revenue_at_stake",
            requests,
        ),
        "onboarding": ("account_id product started completed first_value_on milestone", onboarding),
        "usage": ("account_id period event count", usage_rows(accounts)),
        "interactions": (
            "interaction_id account_id contact_id happened_at kind channel direction product team outcome",
            interaction_rows(accounts, tickets),
        ),
        "referrals": (
            "referral_id referrer_account_id date new_account_id outcome value",
            referral_rows(accounts),
        ),
        "costs": ("period kind amount", cost_rows()),
    }


# ── accounts and the people in them ──


def draw_accounts() -> list[Account]:
    """The sixty accounts: 57 customers, three prospects."""
    countries = [country for country, count in COUNTRIES.items() for _ in range(count)]
    names = {country: iter(NAMES[country]) for country in COUNTRIES}
    found = []
    for number, country in enumerate(shuffled(countries), start=1):
        segment = pick(SEGMENTS, (27, 27, 23, 23))
        tier = pick("ABC", (17, 37, 46))
        mood = normal() - (1.1 if segment == "dairy" else 0) + (0.3 if tier == "A" else 0)
        account = Account(
            f"C{number:03}", next(names[country]), country, segment, tier, date(2009, 1, 1), mood, normal(), chance(0.2)
        )
        account.line = pick(LINES, (5, 3, 2))
        age = min(9.0, -math.log(1 - _random()) * 6.5)
        account.since = FIRST - timedelta(days=200 + int(age * 365))
        account.value = int(round(38_000 * account.size * (0.7 + 0.6 * _random()), -2))
        found.append(account)
    for account in found[48:57]:  # new in the two years
        account.since = FIRST + timedelta(days=whole(20, 640))
    for account in found[57:]:
        account.prospect = True
    for account in found:
        roles = [
            "decider",
            "user",
            *(("influencer", "economic_buyer", "user")[: {"A": 3, "B": 1, "C": 0}[account.tier]]),
        ]
        account.contacts = [(f"{account.id}-{at}", role) for at, role in enumerate(roles, start=1)]
    return found


def shuffled(items: Sequence[str]) -> list[str]:
    """The items in another order."""
    return [item for _, item in sorted((_random(), item) for item in items)]


def account_row(account: Account, contracts: list[Row], orders: list[Row]) -> Row:
    """One line of the accounts."""
    new = account.since >= FIRST
    referred = new and NEW_BY_REFERRAL.get(account.id) is not None
    channel = "referral" if referred else pick(("sales", "marketing", "tender", "partner", "referral"), (5, 3, 2, 2, 2))
    revenue = sum(int(str(row[3])) for row in orders if row[1] == account.id and str(row[2]) >= "2025")
    revenue += sum(contract_share(row, 2025, month) for row in contracts if row[1] == account.id for month in MONTHS)
    member = chance(0.45 + 0.1 * account.mood)
    earned = int(revenue * 0.004) if member else None
    status = "prospect" if account.prospect else "churned" if account.left else "active"
    return (
        account.id, account.name, account.country, NACE[account.segment], account.segment, account.tier,
        None if account.prospect else account.since, status, account.left, account.reason or None,
        channel, "earned" if channel == "referral" or chance(0.15) else "bought",
        int(round(9_000 * account.size * (0.6 + 0.8 * _random()), -2)) if new else None,
        None if account.prospect else revenue, None if account.prospect else round(0.24 + 0.12 * _random(), 3),
        on_scale(normal(6.3 if account.tier == "A" else 5.6 if account.tier == "B" else 4.2, 1.3), 2, 12),
        pick(("GB", "MF", "KW", "SL")), account.contacts[-1][0], "yes" if member else "no", earned,
        int(earned * _random()) if earned else None,
        "yes" if account.tier == "A" or account.cares > 0.7 else "no", "yes" if account.cares > 1.1 else "no",
    )  # fmt: skip


def contact_rows(account: Account) -> Iterable[Row]:
    """The people of an account, under a code."""
    language = account.language
    for at, (contact, role) in enumerate(account.contacts):
        level = {"decider": 1, "economic_buyer": 2, "influencer": 3, "user": 4}[role]
        weight = {"decider": 3, "economic_buyer": 2, "influencer": 2, "user": 1}[role]
        persona = {"decider": "P1", "economic_buyer": "P1", "influencer": "P2", "user": "P3"}[role]
        channel = pick(("email", "phone", "portal", "in_person"), (5, 4, 2, 1) if at else (4, 3, 0, 3))
        yield contact, account.id, role, level, persona, weight, language, channel, "yes" if chance(0.95) else "no"


# ── contracts, orders, revenue ──

MONTHS = range(1, 13)


def draw_contracts(accounts: list[Account]) -> list[Row]:
    """Maintenance contracts term by term; who leaves is decided when a term ends in the two years."""
    rows: list[Row] = []
    for number, account in enumerate(account for account in accounts if not account.prospect):
        years = pick(("1", "2", "3"), (6, 2, 2)) if account.tier == "A" else pick(("1", "2"), (8, 2))
        start, term, value = account.since.replace(day=1), int(years), account.value
        for turn in range(1, 20):
            end = month_later(start, 12 * term) - timedelta(days=1)
            head = (f"K{number + 1:03}-{turn}", account.id, start, end, 12 * term, "yes" if chance(0.6) else "no", end)
            if end > LAST:
                rows.append((*head, "pending", None, "Maintenance", value, None))
                break
            change = round(0.02 + 0.04 * _random(), 3)
            if end >= FIRST and chance(leaving(account, change)):
                rows.append((*head, "no", end - timedelta(days=whole(20, 80)), "Maintenance", value, None))
                account.left, account.reason = end + timedelta(days=1), why(account, change)
                break
            rows.append((*head, "yes", end - timedelta(days=whole(5, 60)), "Maintenance", value, change))
            start, value = end + timedelta(days=1), round(value * (1 + change))
        if account.mood > 0.2 and account.left is None and chance(0.4):
            begin = date(whole(2024, 2025), whole(1, 12), 1)
            end = month_later(begin, 36) - timedelta(days=1)
            worth = int(round(account.value * 0.25, -2))
            row = (f"R{number + 1:03}-1", account.id, begin, end, 36, "yes", end, "pending", None)
            rows.append((*row, "Remote monitoring", worth, None))
    return rows


def leaving(account: Account, change: float) -> float:
    """The probability that a contract is not renewed."""
    return logistic(-2.35 - 1.05 * account.mood + 0.9 * account.silent - 0.35 * account.cares + 14 * (change - 0.04))


def why(account: Account, change: float) -> str:
    """The reason that is put down for a loss."""
    if account.silent:
        return "silent_unspoken"
    if change > 0.056:
        return "price"
    return pick(("service", "competitor", "esg", "need_ended"), (6, 2, 1 if account.cares > 0 else 0, 1))


def month_later(day: date, months: int) -> date:
    """The first of the month so many months later."""
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def contract_share(row: Row, year: int, month: int) -> int:
    """What a contract brings in a month."""
    first = date(year, month, 1)
    start, end, value = row[2], row[3], row[10]
    assert isinstance(start, date) and isinstance(end, date) and isinstance(value, int)
    return round(value / 12) if start <= first <= end else 0


def draw_orders(accounts: list[Account], contracts: list[Row]) -> list[Row]:
    """Machines and service orders; those of 2025 make the company's turnover together with the contracts."""
    rows: list[list[object]] = []
    for year, machines in ((2024, 58), (2025, MACHINES)):
        recurring = sum(contract_share(row, year, month) for row in contracts for month in MONTHS)
        turnover = TURNOVER if year == 2025 else 35_900_000
        drawn = [[*order_at(accounts, year), "", product(accounts)] for _ in range(machines)]
        weights = [0.5 + _random() for _ in drawn]
        shared_out(drawn, weights, round(turnover * MACHINES_SHARE))
        kinds = ("Spare parts", "Conversion", "Training", "Overhaul")
        service = [[*order_at(accounts, year), "", pick(kinds, (14, 3, 2, 1))]
                   for _ in range(175)]  # fmt: skip
        size = {"Spare parts": 1.0, "Conversion": 4.0, "Training": 0.5, "Overhaul": 9.0}
        weights = [size[str(row[3])] * (0.4 + 1.2 * _random()) for row in service]
        shared_out(service, weights, turnover - round(turnover * MACHINES_SHARE) - recurring)
        rows += [*drawn, *service]
    rows.sort(key=lambda row: (str(row[1]), str(row[0])))
    return [
        (f"O{number:04}", row[0], row[1], row[2], round(int(str(row[2])) * (0.2 + 0.2 * _random())), row[3])
        for number, row in enumerate(rows, start=1)
    ]


def order_at(accounts: list[Account], year: int) -> tuple[str, date]:
    """Who orders and when: large and happy customers more, those about to leave hardly."""
    while True:
        day = date(year, 1, 1) + timedelta(days=whole(0, 364))
        customers = [account for account in accounts if account.there(day)]
        weights = [account.size * math.exp(0.25 * account.mood) * fading(account, day) for account in customers]
        return pick([account.id for account in customers], weights), day


def fading(account: Account, day: date) -> float:
    """How much of its usual buying is left in the year before it leaves."""
    return min(1.0, max(0.1, (account.left - day).days / 365)) if account.left else 1.0


def product(accounts: list[Account]) -> str:
    """A line of machines."""
    return pick(LINES, (5, 3, 2))


def shared_out(rows: list[list[object]], weights: Sequence[float], total: int) -> None:
    """Give every row its part of a total, to the euro."""
    amounts = [int(total * weight / sum(weights)) for weight in weights]
    amounts[0] += total - sum(amounts)
    for row, amount in zip(rows, amounts, strict=True):
        row[2] = amount


def revenue_rows(accounts: list[Account], contracts: list[Row], orders: list[Row]) -> list[Row]:
    """Revenue by account and month: contracts, and orders."""
    rows: list[Row] = []
    for account in accounts:
        for year in (2024, 2025):
            for month in MONTHS:
                recurring = sum(contract_share(row, year, month) for row in contracts if row[1] == account.id)
                month_of = f"{year}-{month:02}"
                other = sum(int(str(row[3])) for row in orders if row[1] == account.id and str(row[2])[:7] == month_of)
                if recurring or other:
                    rows.append((account.id, month_of, recurring, other))
    return rows


# ── tickets and what is asked after them ──


def moment(day: date, hour: float) -> str:
    """A point of time as it is written."""
    return (datetime(day.year, day.month, day.day) + timedelta(minutes=round(hour * 60))).isoformat(timespec="minutes")


def draw_tickets(accounts: list[Account]) -> tuple[list[Row], list[Row]]:
    """Tickets in order of time, and the answers to the survey after them."""
    drawn = []
    for account in accounts:
        rate = {"A": 13.0, "B": 7.0, "C": 4.2}[account.tier] * (1.5 if account.segment == "dairy" else 1)
        day = FIRST
        while True:
            day += timedelta(days=max(1, round(-math.log(1 - _random()) * 730 / rate)))
            if day > LAST:
                break
            if account.there(day) and day.weekday() < 6:
                drawn.append((day, account))
    rows, answers = [], []
    for number, (day, account) in enumerate(sorted(drawn, key=lambda item: (item[0], item[1].id)), start=1):
        row, easy = ticket_row(f"T{number:04}", day, account)
        rows.append(row)
        answers += ticket_answers(row, account, easy)
    return rows, answers


def ticket_row(number: str, day: date, account: Account) -> tuple[Row, float]:
    """One ticket, and how easy it was for the customer."""
    dairy = account.segment == "dairy"
    reason = pick(REASONS, (26, 22, 12, 12, 8, 8, 7, 5) if not dairy else (22, 32, 8, 10, 7, 9, 9, 3))
    german = account.country in ("DE", "AT", "CH")
    team = {"Spare part": TEAMS[2], "Delivery date": TEAMS[2], "Invoice": TEAMS[3]}.get(
        reason, TEAMS[1 if german else 0]
    )
    hour = 7.5 + 9.5 * _random()
    wait = math.exp(normal(1.1 + (0.5 if team == TEAMS[2] else 0) - 0.15 * account.mood, 0.8))
    days = math.exp(normal(0.8 + (0.6 if reason in ("Spare part", "Breakdown") else 0), 0.9))
    solved_day = day + timedelta(days=int(days))
    still_open = solved_day > LAST or (day > date(2025, 11, 15) and chance(0.25))
    repeat = chance(0.12 + (0.16 if team == TEAMS[2] else 0))
    transfers = sum(chance(0.22) for _ in range(3))
    reopened = 0 if still_open else int(chance(0.09 - 0.02 * account.mood))
    replies = max(1, round(1 + _random() * 2.2 + transfers + 2 * repeat))
    first = not still_open and replies == 1 and transfers == 0
    closed_day = solved_day + timedelta(days=whole(2, 9)) if reopened else solved_day
    closed_day = min(closed_day, LAST)
    complaint = reason in ("Breakdown", "Delivery date", "Invoice") and chance(0.35 - 0.05 * account.mood)
    unplanned = reason == "Breakdown" and chance(0.6)
    agent = f"{team.split()[-1][:2].upper()}{whole(1, 4)}"
    easy = 5.3 + 0.55 * account.mood - 1.5 * repeat - 0.5 * transfers - 0.25 * (days > 5) - 0.3 * (wait > 8)
    answered = not still_open or wait < 48
    end = moment(closed_day, max(hour + wait + 0.5, 9 + 8 * _random())) if not still_open else None
    first_end = moment(solved_day, max(hour + wait + 0.5, 9)) if not still_open else None
    if not still_open and not reopened:
        first_end = end
    touchpoint = {"Invoice": "TP13", "Delivery date": "TP09", "Training": "TP11"}.get(reason, "TP12")
    touchpoint = "TP14" if reason == "Spare part" else touchpoint
    row = (
        number, account.id, pick([contact for contact, _ in account.contacts]), moment(day, hour),
        moment(day, hour + wait) if answered else None, first_end, end,
        pick(("open", "pending"), (3, 1)) if still_open else pick(("solved", "closed")),
        pick(("phone", "email", "portal", "chat"), (45, 35, 15, 5)), reason, yes(complaint),
        pick(("low", "normal", "high", "urgent"), (1, 6, 3, 2) if reason == "Breakdown" else (3, 6, 1, 0)),
        team, touchpoint, replies, max(0, replies - 1 + repeat), reopened, transfers, yes(repeat), yes(first),
        yes(reason not in ("Breakdown", "Spare part") or first), yes(reason == "Documentation" and chance(0.4)),
        yes(chance(0.1)), yes(unplanned), int(round(120 + 900 * _random() + 2400 * unplanned * _random(), -1)),
        None if still_open else yes(days < 4),
    )  # fmt: skip
    AGENTS[number] = agent
    return row, easy


AGENTS: dict[str, str] = {}


def yes(holds: object) -> str:
    """Yes or no in a word."""
    return "yes" if holds else "no"


def ticket_answers(row: Row, account: Account, easy: float) -> list[Row]:
    """What comes back of the survey after a ticket: satisfaction, ease, sometimes words."""
    if row[6] is None or account.silent or not chance(0.36 + 0.05 * account.mood):
        return []
    closed = datetime.fromisoformat(str(row[6])).replace(hour=whole(8, 17)) + timedelta(days=whole(1, 3))
    if closed.date() > LAST:
        return []
    tail = (
        "complete",
        "email",
        "S-SUP",
        row[13],
        row[0],
        row[12],
        AGENTS[str(row[0])],
        None,
        account.language,
    )
    head = (None, closed.isoformat(timespec="minutes"), account.id, row[2])
    ease = on_scale(normal(easy, 0.9), 1, 7)
    satisfied = on_scale(normal(1.0 + 0.56 * easy + 0.2 * account.mood, 0.7), 1, 5)
    answers: list[Row] = [(*head, "csat_sup", satisfied, None, *tail), (*head, "ces_sup", ease, None, *tail)]
    if chance(0.3):
        theme = {"Spare part": "spare_parts", "Invoice": "invoice", "Documentation": "training", "Training": "training"}
        words = comment(theme.get(str(row[9]), "service"), "good" if ease >= 5 else "bad", account)
        answers.append((*head, "txt_sup", None, words, *tail))
    return answers


def comment(theme: str, tone: str, account: Account) -> str:
    """A sentence in the customer's language."""
    return pick(COMMENTS[theme, tone, account.language])


# ── the relationship survey ──


def draw_waves(accounts: list[Account]) -> tuple[list[Row], list[Row]]:
    """Who was asked in each wave, and what came back."""
    invitations: list[Row] = []
    answers: list[Row] = []
    for wave, start in WAVES.items():
        drift = {"2024-H1": 0.0, "2024-H2": -0.25, "2025-H1": 0.1, "2025-H2": 0.3}[wave]
        for account in accounts:
            if not account.there(start):
                continue
            for contact, role in account.contacts:
                if role == "user" and chance(0.35):
                    continue
                delivered = chance(0.96)
                invitations.append((wave, account.id, contact, start, yes(delivered), whole(0, 2)))
                if delivered and not account.silent and chance(logistic(0.1 + 0.45 * account.mood)):
                    day = start + timedelta(days=int(-math.log(1 - _random()) * 6))
                    answers += wave_answers(wave, day, account, (contact, role), drift)
    return invitations, answers


def wave_answers(wave: str, day: date, account: Account, who: tuple[str, str], drift: float) -> list[Row]:
    """One person's answers to the relationship survey."""
    polite = 1.1 if account.country in ("IT", "MX", "CA") else 0.0  # who says more than it does
    mood = account.mood + drift + normal(0, 0.45) - (0.35 if who[1] == "user" else 0)
    status = "partial" if chance(0.06) else "complete"
    head = (None, day, account.id, who[0])
    tail = (status, "email", "S-REL", None, None, None, None, wave, account.language)
    score = on_scale(7.35 + 1.25 * mood + 0.5 * polite + normal(0, 0.9), 0, 10)
    values: list[tuple[str, int]] = [("nps", score), ("csat_all", on_scale(3.75 + 0.55 * mood, 1, 5))]
    if status == "complete":
        esg = 3.4 + 0.35 * mood + 0.55 * account.cares
        values += [
            ("esg_practice", on_scale(normal(esg, 0.5), 1, 5)),
            ("esg_society", on_scale(normal(3.2 + 0.4 * account.cares, 0.7), 1, 5)),
            ("trust", on_scale(normal(3.6 + 0.4 * mood + 0.25 * account.cares, 0.5), 1, 5)),
            ("renew", on_scale(normal(3.9 + 0.5 * mood + 0.2 * polite, 0.6), 1, 5)),
        ]
    answers: list[Row] = [(*head, question, value, None, *tail) for question, value in values]
    if chance(0.42):
        themes = ("reliability", "service", "spare_parts", "sustainability", "price", "training")
        weights = (5, 5, 2, 3 if account.cares > 0 else 1, 1, 1) if score >= 8 else (1, 4, 6, 1, 3, 2)
        answers.append(
            (*head, "txt_rel", None, comment(pick(themes, weights), "good" if score >= 8 else "bad", account), *tail)
        )
    return answers


def draw_delivery_answers(accounts: list[Account], orders: list[Row]) -> list[Row]:
    """What customers say of a machine's delivery: recommendation at this moment, kept apart from the relationship."""
    by_id = {account.id: account for account in accounts}
    rows: list[Row] = []
    for order in orders:
        account = by_id[str(order[1])]
        day = date.fromisoformat(str(order[2])) + timedelta(days=whole(90, 170))
        if order[5] not in LINES or day > LAST or account.silent or not account.there(day) or not chance(0.55):
            continue
        head = (None, moment(day, 8 + 9 * _random()), account.id, account.contacts[0][0])
        tail = ("complete", "web", "S-DEL", "TP09", None, "Assembly", None, None, account.language)
        rows.append((*head, "nps_del", on_scale(normal(7.9 + 0.8 * account.mood, 1.3), 0, 10), None, *tail))
        rows.append((*head, "csat_del", on_scale(normal(3.9 + 0.35 * account.mood, 0.7), 1, 5), None, *tail))
    return rows


def draw_onboarding(accounts: list[Account]) -> tuple[list[Row], list[Row]]:
    """How new customers got started, and how much effort it was: here a high value means effort."""
    rows: list[Row] = []
    answers: list[Row] = []
    for account in accounts:
        if account.prospect or account.since < FIRST:
            continue
        done = account.since + timedelta(days=round(45 - 8 * account.mood + 20 * _random()))
        first = account.since + timedelta(days=round(30 - 6 * account.mood + 25 * _random()))
        completed = done if done <= LAST and chance(0.85) else None
        milestone = "First shift with planned output"
        rows.append((account.id, account.line, account.since, completed, first if first <= LAST else None, milestone))
        for contact, _ in account.contacts:
            if completed and not account.silent and chance(0.6):
                head = (None, moment(completed + timedelta(days=whole(1, 9)), 10), account.id, contact)
                tail = (
                    "complete",
                    "web",
                    "S-ONB",
                    "TP11",
                    None,
                    "Training",
                    None,
                    None,
                    account.language,
                )
                effort = on_scale(normal(2.5 - 0.5 * account.mood, 0.7), 1, 5)
                answers.append((*head, "ces_onb", effort, None, *tail))
    return rows, [row for row in answers if str(row[1])[:10] <= LAST.isoformat()]


def draw_requests(accounts: list[Account]) -> tuple[list[Row], list[Row]]:
    """What customers ask on sustainability, what became of it, and how easy it was to get an answer."""
    rows: list[Row] = []
    answers: list[Row] = []
    for account in accounts:
        for _ in range(sum(chance(0.18 + 0.22 * (account.tier == "A") + 0.1 * account.cares) for _ in range(4))):
            received = FIRST + timedelta(days=whole(0, 700))
            if not account.prospect and not account.there(received):
                continue
            days = round(math.exp(normal(2.8, 0.6)))
            answered = received + timedelta(days=days)
            outcome = (
                pick(("satisfied", "won", "open"), (7, 2, 1))
                if days < 25
                else pick(("satisfied", "lost_deal", "open"), (4, 1, 2))
            )
            outcome = "excluded" if account.prospect and account.cares > 0.3 else outcome
            ready = answered if answered <= LAST and outcome != "open" else None
            stake = int(round(account.value * (2 + 8 * _random()), -3))
            topic = pick(
                ("carbon", "report", "rating", "supply_chain", "code_of_conduct", "materials"), (6, 4, 4, 3, 2, 3)
            )
            form = pick(("own", "ecovadis", "saq", "cdp"), (6, 3, 2, 1))
            rows.append([None, account.id, received, topic, form, received + timedelta(days=21), ready, outcome, stake])
            if ready and not account.silent and not account.prospect and chance(0.6):
                head = (None, moment(ready + timedelta(days=2), 11), account.id, account.contacts[0][0])
                tail = ("complete", "email", "S-ESG", "TP17", None, None, None, None, account.language)
                ease = on_scale(normal(6.1 - days / 15, 0.9), 1, 7)
                answers.append((*head, "ces_esg", ease, None, *tail))
    rows.sort(key=lambda row: (str(row[2]), str(row[1])))
    rows = [(f"E{number:03}", *row[1:]) for number, row in enumerate(rows, start=1)]
    return rows, [row for row in answers if str(row[1])[:10] <= LAST.isoformat()]


def numbered(answers: list[Row]) -> list[Row]:
    """A row for each response, in order of time, with a column for each question. One is a test."""
    forms: dict[tuple[object, ...], dict[str, object]] = {}
    for row in answers:
        form = forms.setdefault((str(row[1]), row[3], row[9], *row[1:4], *row[7:9], *row[10:15]), {})
        form[str(row[4])] = row[6] if row[5] is None else row[5]
        form["language"] = row[15] if row[6] else form.get("language")
    rows: list[Row] = []
    for number, (key, form) in enumerate(sorted(forms.items(), key=lambda item: item[0][:3]), start=1):
        status = None if key[6] == "complete" else key[6]  # what most are goes without saying
        head = (f"R{number:04}", *key[3:6], status, *key[7:], form.get("language"))
        rows.append((*head, *(form.get(question) for question in ASKED)))
    test = ("R9001", "2024-05-08", "C001", "C001-1", "test", "email", *[None] * 4, "2024-H1", None, 10)
    return [*rows, (*test, *[None] * (len(ASKED) - 1))]


ASKED = (
    "nps", "csat_all", "esg_practice", "esg_society", "trust", "renew", "txt_rel", "csat_sup", "ces_sup", "txt_sup",
    "nps_del", "csat_del", "ces_onb", "ces_esg",
)  # fmt: skip


# ── the rest ──


def usage_rows(accounts: list[Account]) -> list[Row]:
    """Use of the customer portal and of machines that report, by quarter; it falls before somebody leaves."""
    rows: list[Row] = []
    for account in accounts:
        for year in (2024, 2025):
            for quarter in range(1, 5):
                day = date(year, 3 * quarter - 1, 15)
                if not account.there(day):
                    continue
                keen = fading(account, day) * math.exp(0.2 * account.mood)
                logins = round(14 * account.size * keen * (0.6 + 0.8 * _random()))
                if logins:
                    rows.append((account.id, f"{year}-Q{quarter}", "login", logins))
                if account.tier == "A" or account.mood > 0.8:
                    rows.append(
                        (account.id, f"{year}-Q{quarter}", "product_use", round(60 * keen * (0.8 + 0.4 * _random())))
                    )
                if chance(0.08):
                    rows.append((account.id, f"{year}-Q{quarter}", "event_attended", whole(1, 3)))
    return rows


def interaction_rows(accounts: list[Account], tickets: list[Row]) -> list[Row]:
    """Visits, offers, campaigns, reminders; now and then an offer in the middle of a complaint."""
    drawn: list[list[object]] = []
    kinds = ("visit", "call", "offer", "upsell", "campaign", "review", "reminder", "training")
    for account in accounts:
        for _ in range(round(2.0 * account.size + 1.5)):
            day = FIRST + timedelta(days=whole(0, 729))
            if not account.prospect and not account.there(day):
                continue
            kind = pick(kinds, (4, 4, 4, 2, 3, 2, 1, 1))
            drawn.append(interaction(account, day, kind))
    by_id = {account.id: account for account in accounts}
    for ticket in tickets:
        if ticket[10] == "yes" and ticket[6] is not None and str(ticket[6])[:10] > str(ticket[3])[:10] and chance(0.2):
            day = date.fromisoformat(str(ticket[3])[:10]) + timedelta(days=1)
            drawn.append(interaction(by_id[str(ticket[1])], day, "upsell"))
    drawn.sort(key=lambda row: (str(row[2]), str(row[0])))
    return [(f"I{number:04}", *row) for number, row in enumerate(drawn, start=1)]


def interaction(account: Account, day: date, kind: str) -> list[object]:
    """One contact of ours with a customer."""
    offered = kind in ("offer", "upsell")
    what = pick((*LINES, "Remote monitoring", "Conversion")) if offered else None
    channel = {"visit": "in_person", "call": "phone", "campaign": "email", "reminder": "email"}.get(kind, "email")
    outcome = pick(("won", "lost", "open"), (2 + max(0, account.mood), 3, 1)) if offered else "done"
    contact = account.contacts[-1][0] if kind == "reminder" and chance(0.7) else account.contacts[0][0]
    return [account.id, contact, day, kind, channel, "outbound" if chance(0.8) else "inbound", what, "Sales", outcome]


NEW_BY_REFERRAL = {"C049": "C007", "C052": "C021", "C055": "C013", "C057": "C030"}


def referral_rows(accounts: list[Account]) -> list[Row]:
    """Recommendations that happened: four brought a customer."""
    by_id = {account.id: account for account in accounts}
    rows: list[Row] = []
    for new, referrer in NEW_BY_REFERRAL.items():
        day = by_id[new].since - timedelta(days=whole(60, 200))
        rows.append((referrer, max(day, FIRST), new, "won", by_id[new].value))
    for account in accounts:
        if not account.prospect and account.mood > 0.6 and account.left is None and chance(0.3):
            rows.append((account.id, FIRST + timedelta(days=whole(10, 700)), None, pick(("open", "lost")), None))
    rows.sort(key=lambda row: (str(row[1]), str(row[0])))
    return [(f"F{number:02}", *row) for number, row in enumerate(rows, start=1)]


def cost_rows() -> list[Row]:
    """What keeping and winning customers cost, by quarter."""
    yearly = {"retention_programme": 68_000, "service": 1_240_000, "engagement": 165_000, "acquisition": 620_000,
              "unplanned_service": 1_310_000}  # fmt: skip
    rows: list[Row] = []
    for year in (2024, 2025):
        for quarter in range(1, 5):
            for kind, amount in yearly.items():
                rows.append((f"{year}-Q{quarter}", kind, int(round(amount / 4 * (0.9 + 0.2 * _random()), -2))))
    return rows


if __name__ == "__main__":
    main()
