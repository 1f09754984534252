"""Of figures that do not fit, the one is named that a slip of the hand explains; where none does, the total."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rule_cases import filing, place

from esgreport.check import check
from esgreport.check.problems import Remedy
from esgreport.check.slips import Slip, slip
from esgreport.definitions import load
from esgreport.model import Fact, Period

DEFINITIONS = load()
PARTS = {"Male": ("B!D18", "137"), "Female": ("B!D19", "42"), "OtherGender": ("B!D20", "1")}


def gender(**typed: str) -> list[str]:
    """Where the breakdown by gender is found wrong, when some of its figures are typed otherwise."""
    lines = [f"NumberOfEmployees = {typed.pop('Total', '180')} @ A!E282"]
    lines += [f"NumberOf{name}Employees = {typed.get(name, usual)} @ {cell}" for name, (cell, usual) in PARTS.items()]
    found = check(filing(DEFINITIONS, lines), DEFINITIONS)
    return [place(each.source) for each in found if each.code == "VSME-B8-02"]


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ({"Male": "173"}, "B!D18"),  # two digits swapped
        ({"Female": "24"}, "B!D19"),
        ({"Female": "420"}, "B!D19"),  # a nought too many
        ({"Total": "1800"}, "A!E282"),
        ({"Male": "637"}, "B!D18"),  # one digit, and no other figure is one digit off
        ({"Male": "138"}, "B!D18"),  # any of three may be one off: the first of them
        ({"Female": "90"}, "B!D18"),  # no slip leads from any of them to what would fit
    ],
)
def test_the_figure_that_a_slip_explains_is_the_one_named(typed: dict[str, str], cell: str) -> None:
    assert gender(**typed) == [cell]


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        ("137", "137", "137", Slip.NONE),
        ("173", "137", "137", Slip.PLAIN),
        ("1.37", "137", "137", Slip.PLAIN),
        ("137000", "136.9", "137.1", Slip.PLAIN),
        ("-137", "137", "137", Slip.PLAIN),
        ("187", "137", "137", Slip.DIGIT),
        ("0.187", "0.137", "0.137", Slip.DIGIT),
        ("280", "137", "137", Slip.NONE),
        ("0", "5", "5", Slip.NONE),
    ],
)
def test_a_slip_is_a_shift_a_sign_two_digits_swapped_or_one_other_digit(
    value: str, low: str, high: str, expected: Slip
) -> None:
    fact = Fact("NumberOfMaleEmployees", Decimal(value), Period(filing(DEFINITIONS, []).period.end))
    assert slip([Remedy(fact, Decimal(low), Decimal(high))]) is expected


def test_what_is_open_to_one_side_is_no_sign_of_a_slip() -> None:
    fact = Fact("NumberOfMaleEmployees", Decimal(173), Period(filing(DEFINITIONS, []).period.end))
    assert slip([Remedy(fact, None, Decimal(137))]) is Slip.NONE
