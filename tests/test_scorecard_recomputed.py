"""Every figure of the sample's page one, worked out anew from the cells of its workbooks by plain arithmetic."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from esgreport.cli import main

Row = dict[str, object]
YEARS = {"now": 2025, "before": 2024}


class Books:
    """The cells of the sample's two workbooks, and what the scorecard made of them."""

    def __init__(self, folder: Path) -> None:
        esg, customers, out = folder / "esg.xlsx", folder / "customers.xlsx", folder / "out"
        for arguments in (
            ["init", str(esg), "--sample"],
            ["init", str(customers), "--cx", "--sample"],
            ["scorecard", str(esg), str(customers), "-o", str(out), "--format", "json", "--lang", "en"],
        ):
            run = CliRunner().invoke(main, arguments)
            assert run.exit_code == 0, run.output
        self.card = json.loads((out / "scorecard.json").read_text(encoding="utf-8"))
        self.rows = {row["id"]: row for row in self.card["rows"]}
        self._esg, self._customers = (CalamineWorkbook.from_path(str(book)) for book in (esg, customers))

    def table(self, sheet: str) -> list[Row]:
        """The rows of a table, by the keys in its third row."""
        lines = self._customers.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        return [
            {str(key): value if value != "" else None for key, value in zip(lines[2], line, strict=False)}
            for line in lines[4:]
            if any(value != "" for value in line)
        ]

    def cell(self, sheet: str, label: str, column: int = 2, at: int = 0) -> float:
        """The number beside the label on a sheet; the one `at` that place where several are called so."""
        lines = self._esg.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        found = [line[column] for line in lines if len(line) > 1 and line[1] == label]
        return float(str(found[at] or 0))

    def waste(self) -> Iterator[tuple[float, float]]:
        """Recycled and disposed of, in tonnes."""
        for line in self._esg.get_sheet_by_name("B7 Resources and waste").to_python(skip_empty_area=False):
            if len(line) > 5 and line[5] in ("kg", "t") and isinstance(line[2], float) and isinstance(line[3], float):
                size = 1000 if line[5] == "kg" else 1
                yield line[2] / size, line[3] / size


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return Books(tmp_path_factory.mktemp("books"))


def day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def within(value: object, year: int) -> bool:
    found = day(value)
    return found is not None and found.year == year


def number(value: object) -> float:
    return float(cast(float, value))


# ── sustainability ───────────────────────────────────────────────────────────────────────────────────────────

CLIMATE, WORKFORCE = "B3 C3 C4 Energy and climate", "B8 B9 B10 C5 Workforce"
SCOPES = ("Gross Scope 1 GHG emissions", "Gross Scope 2 GHG emissions, location-based")


def emissions(books: Books, column: int = 2) -> float:
    return sum(books.cell(CLIMATE, scope, column) for scope in SCOPES)


def expected_of_sustainability(books: Books) -> dict[str, float]:
    sources = ("Electricity", "Self-generated electricity", "Fuels")
    renewable = sum(books.cell(CLIMATE, source) for source in sources)
    energy = renewable + sum(books.cell(CLIMATE, source, 3) for source in sources)
    recycled, disposed = (sum(column) for column in zip(*books.waste(), strict=True))
    heads = {each: books.cell(WORKFORCE, each) for each in TRAINED.values()}
    hours = sum(
        books.cell(WORKFORCE, f"Average training hours per {one}") * heads[all_] for one, all_ in TRAINED.items()
    )
    accidents, worked = (books.cell(WORKFORCE, each) for each in ACCIDENTS)
    left, first, last = (books.cell(WORKFORCE, each) for each in LEFT)
    men, women = (books.cell(WORKFORCE, f"Average gross hourly pay of {each}") for each in ("men", "women"))
    return {
        "emissions": emissions(books),
        "emissions_per_turnover": emissions(books) / (books.cell("Company", "Turnover") / 1e6),
        "renewable_energy": renewable / energy,
        "water": books.cell("B6 Water", "Total water withdrawal"),
        "waste_diverted": recycled / (recycled + disposed),
        "accidents": accidents / worked * 200_000,
        "turnover_of_staff": left / ((first + last) / 2),
        "pay_gap": (men - women) / men,
        "training": hours / sum(heads.values()),
        "convictions": books.cell("B11 C8 C9 Governance", "Convictions for corruption or bribery"),
    }


ACCIDENTS = ("Recordable work-related accidents", "Hours worked by all employees")
LEFT = (
    "Employees who left in the period",
    "Employees at the beginning of the period",
    "Employees at the end of the period",
)
TRAINED = {
    "male employee": "Male employees",
    "female employee": "Female employees",
    "employee whose gender is not reported": "Employees whose gender is not reported",
}


def test_the_figures_on_sustainability_follow_from_their_cells(books: Books) -> None:
    for name, value in expected_of_sustainability(books).items():
        assert books.rows[name]["actual"]["value"] == pytest.approx(value, rel=1e-9), name


def test_the_target_of_emissions_lies_on_the_line_between_base_and_target_year(books: Books) -> None:
    first, last = books.cell(CLIMATE, "Year", 3), books.cell(CLIMATE, "Year", 4)
    base, goal = emissions(books, 3), emissions(books, 4)
    aim = base + (goal - base) * (2025 - first) / (last - first)
    row = books.rows["emissions"]
    assert row["target"]["value"] == pytest.approx(aim)
    assert row["target"]["held"] is (row["actual"]["value"] <= aim)
    assert row["variance"] == "−53.3 tCO₂e (−7.9%)"
    assert [label for label, _, _ in row["segments"]] == list(SCOPES)
    assert [part["value"] for _, part, _ in row["segments"]] == [books.cell(CLIMATE, scope) for scope in SCOPES]


# ── customers ────────────────────────────────────────────────────────────────────────────────────────────────


def expected_of_customers(books: Books, year: int) -> dict[str, tuple[float, int]]:
    """Each figure with the cases it rests on."""
    answers = {name: scores(books, name, year) for name in ("nps", "csat_all", "ces_sup")}
    nps, satisfied, easy = answers["nps"], answers["csat_all"], answers["ces_sup"]
    before, after = in_force(books, date(year - 1, 12, 31)), in_force(books, date(year, 12, 31))
    due = [each for each in books.table("Contracts") if within(each["due_for_renewal"], year) and each["renewed"]]
    opened = [each for each in books.table("Tickets") if within(each["opened_at"], year)]
    promoters = sum(value >= 9 for value in nps) - sum(value <= 6 for value in nps)
    return {
        "promoters": (100 * promoters / len(nps), len(nps)),
        "satisfied": (sum(value >= 4 for value in satisfied) / len(satisfied), len(satisfied)),
        "easy": (sum(value >= 5 for value in easy) / len(easy), len(easy)),
        "kept": (len(before & after) / len(before), len(before)),
        "renewed": (sum(each["renewed"] == "Yes" for each in due) / len(due), len(due)),
        "solved": (sum(each["closed_at"] is not None for each in opened) / len(opened), len(opened)),
        "solved_in": (half_solved(opened), len(opened)),
    }


def scores(books: Books, question: str, year: int) -> list[float]:
    return [
        number(each["value_number"])
        for each in books.table("Responses")
        if each["question_id"] == question and within(each["collected_at"], year) and each["value_number"] is not None
        if each["status"] != "Test"
    ]


def in_force(books: Books, at: date) -> set[object]:
    """The customers with a contract in force on a day."""
    found = set()
    for each in books.table("Contracts"):
        start, end = day(each["start"]), day(each["end"])
        if start and start <= at and (end is None or end >= at):
            found.add(each["account_id"])
    return found


def half_solved(tickets: list[Row]) -> float:
    """The hours by which half are solved, those still open counted as waiting to the end of 2025 (Kaplan and Meier)."""
    waits: list[tuple[float, bool]] = []
    for each in tickets:
        opened, closed = cast(datetime, each["opened_at"]), each["closed_at"]
        until = closed if isinstance(closed, datetime) else datetime(2025, 12, 31, 23, 59)
        waits.append(((until - opened).total_seconds() / 3600, isinstance(closed, datetime)))
    waits.sort()
    left = 1.0
    for at, (hours, solved) in enumerate(waits):
        left *= 1 - solved / (len(waits) - at)
        if left <= 0.5 + 1e-12:
            return hours
    raise AssertionError("fewer than half are solved")


def test_the_figures_on_customers_follow_from_their_rows(books: Books) -> None:
    for name, (value, cases) in expected_of_customers(books, 2025).items():
        found = books.rows[name]["actual"]
        assert (found["value"], found["n"]) == (pytest.approx(value, rel=1e-6), cases), name
    for name, (value, cases) in expected_of_customers(books, 2024).items():
        found = books.rows[name]["prior"]
        assert (found["value"], found["n"]) == (pytest.approx(value, rel=1e-6), cases), name


def test_the_revenue_kept_is_that_of_the_customers_of_a_year_ago_and_has_no_year_before_of_other_tables(
    books: Books,
) -> None:
    months: dict[str, Counter[object]] = {"2024-12": Counter(), "2025-12": Counter()}
    for each in books.table("Revenue"):
        if each["period"] in months:
            months[str(each["period"])][each["account_id"]] += number(each["recurring_revenue"] or 0)
    opening, closing = months["2024-12"], months["2025-12"]
    row = books.rows["revenue_kept"]
    assert row["actual"]["value"] == pytest.approx(sum(closing[each] for each in opening) / sum(opening.values()))
    assert row["prior"] is None
    assert row["change"] == "the year before was measured from other tables, so it is not shown beside"


def test_no_year_is_shown_from_before_the_first_customer_is_recorded_as_lost(books: Books) -> None:
    lost = [day(each["churned_on"]) for each in books.table("Accounts") if each["churned_on"]]
    assert min(each.year for each in lost if each) == 2024
    years = {point["period"]["end"][:4] for row in books.card["rows"] for point in row["series"]}
    assert years == {"2024", "2025"}


# ── what is said of them ─────────────────────────────────────────────────────────────────────────────────────


def test_the_title_counts_the_targets_met_missed_and_open(books: Books) -> None:
    met = missed = unsure = 0
    for row in books.card["rows"]:
        aim, higher = row["target"]["value"], row["better"] == "higher"
        ends = row["actual"]["interval"] or [row["actual"]["value"]] * 2
        reached = {end >= aim if higher else end <= aim for end in (*ends, row["actual"]["value"])}
        met, missed, unsure = met + (reached == {True}), missed + (reached == {False}), unsure + (len(reached) > 1)
    waiting, worth = open_requests(books)
    assert (met, missed, unsure) == (4, 7, 7)
    assert books.card["message"] == (
        f"Accident rate: {round((3 / 302_400 * 200_000 / 1.5 - 1) * 100)}% above target; "
        f"{met} of 18 targets met, {missed} missed, {unsure} uncertain; "
        f"{len(waiting)} customers worth {worth / 1e6:.1f} million EUR a year wait for answers on sustainability"
    )


def open_requests(books: Books) -> tuple[set[object], float]:
    """The customers of today whose requests wait at the end of 2025, and their revenue in a year."""
    accounts = {each["account_id"]: each for each in books.table("Accounts") if each["status"] != "Left"}
    waiting = {
        each["account_id"]
        for each in books.table("ESG requests")
        if each["answered"] is None and each["outcome"] == "Open" and each["account_id"] in accounts
    }
    return waiting, sum(number(accounts[each]["annual_revenue"]) for each in waiting)


def test_each_demand_is_worth_the_revenue_of_the_customers_that_wait_and_ranks_by_it(books: Books) -> None:
    accounts = {each["account_id"]: each for each in books.table("Accounts") if each["status"] != "Left"}
    whole = sum(number(each["annual_revenue"] or 0) for each in accounts.values())
    waits = {
        str(each["topic"]): number(accounts[each["account_id"]]["annual_revenue"])
        for each in books.table("ESG requests")
        if each["outcome"] == "Open" and each["account_id"] in accounts
    }
    found = [(each["label"], each["revenue"], each["revenue_share"], each["score"]) for each in books.card["demands"]]
    expected = [(topic, worth, worth / whole, worth / whole * 0.5) for topic, worth in waits.items()]
    expected.sort(key=lambda each: -each[1])
    assert [each[0] for each in found] == [each[0] for each in expected]
    for mine, theirs in zip(expected, found, strict=True):
        assert theirs[1:] == pytest.approx(mine[1:])
    assert books.card["customer_groups"] == ["customers", "loyalty", "service"] and books.card["currency"] == "EUR"


def test_the_scores_are_the_weighted_means_of_their_parts(books: Books) -> None:
    rows = books.rows
    for score in books.card["scores"]:
        parts = score["parts"]
        weight = sum(part[2] for part in parts)
        assert score["value"] == pytest.approx(sum(part[2] * part[3] for part in parts) / weight)
        assert (score["bands"]["watch"], score["bands"]["good"]) == (60, 80)
        for name, _, _, value in parts:
            worst = WORST[name] if name in WORST else rows[name]["target"]["path"][0][1]
            share = (rows[name]["actual"]["value"] - worst) / (rows[name]["target"]["value"] - worst)
            assert value == pytest.approx(min(max(share, 0), 1) * 100), name
    assert [score["light"] for score in books.card["scores"]] == ["watch", "unsure"]


WORST = {
    "renewable_energy": 0,
    "waste_diverted": 0,
    "accidents": 5,
    "turnover_of_staff": 0.3,
    "pay_gap": 0.3,
    "convictions": 1,
    "promoters": 0,
    "satisfied": 0.5,
    "easy": 0.5,
    "kept": 0.5,
    "renewed": 0.5,
    "revenue_kept": 0.5,
    "solved": 0.5,
}
"""The declared worst values; that of emissions is the base of its path."""


def test_the_three_actions_are_those_of_largest_gap_value_and_feasibility(books: Books) -> None:
    demands = [(f"Answer the open requests on: {each['label']}", each["score"]) for each in books.card["demands"]]
    weights = {part[0]: part[2] for score in books.card["scores"] for part in score["parts"]}
    accidents = books.rows["accidents"]
    gap = accidents["actual"]["value"] / accidents["target"]["value"] - 1
    asking = {
        each["account_id"]
        for each in books.table("ESG requests")
        if each["topic"] == "Sustainability report"
        and each["account_id"] in {a["account_id"] for a in customers(books)}
    }
    worth = {each["account_id"]: number(each["annual_revenue"] or 0) for each in customers(books)}
    stake = max(weights["accidents"] / sum(weights.values()), sum(worth[each] for each in asking) / sum(worth.values()))
    ranked = sorted([*demands, (accidents["action"], gap * stake * 0.6)], key=lambda each: -each[1])
    found = [(each["title"], each["score"]) for each in books.card["actions"]]
    assert [each[0] for each in found] == [each[0] for each in ranked[:3]]
    assert [each[1] for each in found] == pytest.approx([each[1] for each in ranked[:3]])


def customers(books: Books) -> list[Row]:
    return [each for each in books.table("Accounts") if each["status"] != "Left"]


def test_the_actions_of_last_time_have_the_figures_entered_and_measured(books: Books) -> None:
    done = {each["description"]: each for each in books.table("Actions") if each["status"] == "Done"}
    entered = measured = 0
    for past in books.card["past_actions"]:
        row = done[past["title"]]
        assert past["measured"] and past["source"][0]["sheet"] == "Actions"
        around = [means_around(books, str(row["metric"]), cast(date, day(row["done_on"])), side) for side in (-1, 1)]
        if all(around):
            measured += 1
            assert [float(past["before"]), float(past["after"])] == pytest.approx([round(each, 2) for each in around])
        else:
            entered += 1
            assert (past["before"], past["after"]) == (f"{row['before']:g}", f"{row['after']:g}")
    assert (entered, measured) == (2, 1)


def means_around(books: Books, question: str, at: date, side: int) -> float:
    """The mean answer in the 180 days before or after a day; nought where there are too few to say."""
    answers = [
        number(each["value_number"])
        for each in books.table("Responses")
        if each["question_id"] == question and each["value_number"] is not None
        if 0 < ((day(each["collected_at"]) or at) - at).days * side <= 180
    ]
    return sum(answers) / len(answers) if len(answers) >= 10 else 0.0


def test_who_is_at_risk_on_both_sides_is_said_also_where_it_is_nobody(books: Books) -> None:
    assert books.card["accounts"] == []
    assert books.card["at_risk"].startswith("Customers at risk on both sides: none of ")
    assert any("touchpoint" in each["words"] for each in books.card["linked"])
    told = {each["metric"]: each for each in books.card["linked"] if each["told"]}
    requests = [
        each for each in books.table("ESG requests") if within(each["received"], 2025) or within(each["due"], 2025)
    ]
    assert told["esg_requests_on_time"]["n"] <= len(requests)
