"""What customers ask on sustainability, from their requests and the ledger, with what they are worth; it ranks none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from esgreport.model import Source
from esgreport.questionnaire import AnswerState
from esgreport.score.material import Case
from esgreport.tables import CustomerTable

if TYPE_CHECKING:
    import pandas as pd

_LEFT = "churned"
"""The status of an account that is no customer any more."""


@dataclass(frozen=True, slots=True)
class Account:
    """A customer: its name, what it is worth in a year (None where nobody says), when its contract is up next."""

    id: str
    name: str
    revenue: float | None
    renewal: date | None


@dataclass(frozen=True, slots=True)
class Request:
    """A request: of whom, on which topic, whether it waits or is past its day, what became of it, where it stands."""

    account: str
    topic: str
    received: date
    due: date | None
    waits: bool
    late: bool
    outcome: str
    source: Source


@dataclass(frozen=True)
class Requests:
    """All that customers ask, as of the end of the period shown."""

    case: Case

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """The customers there are, by identifier; those that left are none."""
        table = self._table("accounts")
        if table is None:
            return {}
        renewals = dict(self._renewals())
        columns = ("account_id", "account_name", "annual_revenue", "status")
        return {
            str(key): Account(str(key), _text(name) or str(key), _number(revenue), renewals.get(str(key)))
            for key, name, revenue, status in zip(*(table.frame[each] for each in columns), strict=True)
            if status != _LEFT
        }

    @cached_property
    def all(self) -> tuple[Request, ...]:
        """The requests up to the end of the period, of those that are customers still."""
        return tuple(each for each in self._read() if each.account in self.accounts)

    @cached_property
    def told(self) -> dict[str, frozenset[str]]:
        """The accounts that were told something of a datapoint, or asked for it, from the ledger; by datapoint.

        A customer of the ledger is an account where its name or identifier is the same; others are left out here.
        """
        return _by_datapoint(self._last)

    @cached_property
    def declined(self) -> dict[str, frozenset[str]]:
        """The accounts that asked for a datapoint and were last told that it is withheld, by datapoint."""
        return _by_datapoint({asked: state for asked, state in self._last.items() if state == AnswerState.WITHHELD})

    @cached_property
    def _last(self) -> dict[tuple[str, str], str]:
        """What became of the last answer in the ledger, by datapoint and account."""
        known = {name.casefold(): each.id for each in self.accounts.values() for name in (each.id, each.name)}
        told = self.case.sustainability.told if self.case.sustainability else ()
        found = ((given, known.get(given.customer.casefold())) for given in sorted(told, key=lambda each: each.day))
        return {(given.datapoint, account): given.state for given, account in found if account}

    @cached_property
    def revenue(self) -> float:
        """The revenue of all customers in a year, of those that state it."""
        return sum(each.revenue or 0 for each in self.accounts.values())

    def worth(self, ids: Sequence[str]) -> tuple[float | None, float | None]:
        """What some customers are worth in a year, and their share of all; None where none states it."""
        stated = [self.accounts[each].revenue for each in dict.fromkeys(ids)]
        known = [each for each in stated if each is not None]
        whole = sum(known) if known else None
        return whole, whole / self.revenue if whole is not None and self.revenue else None

    def renewal(self, ids: Sequence[str]) -> date | None:
        """The next day one of the contracts is up."""
        return min((day for each in ids if (day := self.accounts[each].renewal)), default=None)

    def _table(self, name: str) -> CustomerTable | None:
        given = self.case.customers
        return given.tables.tables[name] if given and given.tables.tables[name].given else None

    def _renewals(self) -> Iterator[tuple[str, date]]:
        """The next day after the period on which each account's contract is up."""
        table = self._table("contracts")
        if table is None:
            return
        end = self.end
        found: dict[str, date] = {}
        days = table.frame["due_for_renewal"].fillna(table.frame["end"])
        for account, day in zip(table.frame["account_id"], days, strict=True):
            up = _day(day)
            if up and up > end and (str(account) not in found or up < found[str(account)]):
                found[str(account)] = up
        yield from found.items()

    @property
    def end(self) -> date:
        """The last day of the customers' period, else of the period shown."""
        given = self.case.customers
        return given.periods[0][0].end if given and given.periods else self.case.period.end

    def _read(self) -> Iterator[Request]:
        table = self._table("esg_requests")
        if table is None:
            return
        rules, end = self.case.definition.join, self.end
        columns = ("account_id", "topic", "received", "due", "answered", "outcome")
        for place, row in enumerate(zip(*(table.frame[each] for each in columns), strict=True)):
            account, topic, outcome = _text(row[0]), _text(row[1]), _text(row[5])
            received, due, answered = (_day(day) for day in row[2:5])
            if not account or received is None or received > end:
                continue
            waits = (answered is None or answered > end) and outcome in ("", *rules.open_outcomes)
            late = waits and due is not None and due < end
            yield Request(account, topic, received, due, waits, late, outcome, table.place(place))


def _by_datapoint(asked: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for datapoint, account in asked:
        found[datapoint] = found.get(datapoint, frozenset()) | {account}
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and value == value else None  # noqa: PLR0124 - NaN


def _day(value: pd.Timestamp | object) -> date | None:
    """A day of a table; None where there is none, which pandas writes as a date that is not itself."""
    return value.date() if hasattr(value, "date") and value == value else None  # noqa: PLR0124 - NaT
