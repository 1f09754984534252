"""Questions and what they ask for, made by hand in a few words, for tests of answers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from filings import DEFINITIONS, filing

from esgreport.answers import AnswerOptions, Material, answer
from esgreport.measure import measure
from esgreport.model import Filing, Source
from esgreport.questionnaire import (
    Answer,
    Answers,
    Candidate,
    Decision,
    Match,
    Option,
    Place,
    Question,
    Questionnaire,
    SheetLayout,
)
from esgreport.readiness import applicability

FILED = """
NumberOfEmployees = 151
TypeOfNumberOfEmployees = HeadcountMember
EmployeeCountingMethodology = AtTheEndOfTheReportingPeriodMember
BasisForReporting = IndividualMember
UndertakingsLegalForm = PrivateLimitedLiabilityUndertakingMember
Turnover = 235000 iso4217:EUR
NumberOfFemaleEmployees = 79
NumberOfMaleEmployees = 72
NumberOfPermanentContractEmployees = 140
NumberOfTemporaryContractEmployees = 11
TotalEnergyConsumption = 2412.5 utr:MWh
EnergyConsumptionFromElectricity = 600 utr:MWh @RenewableEnergyMember
EnergyConsumptionFromElectricity = 400 utr:MWh @NonRenewableEnergyMember
EnergyConsumptionFromFuels = 1412.5 utr:MWh @NonRenewableEnergyMember
GrossScope1GreenhouseGasEmissions = 100 utr:tCO2e
GrossLocationBasedScope2GreenhouseGasEmissions = 50 utr:tCO2e
GrossMarketBasedScope2GreenhouseGasEmissions = 20 utr:tCO2e
TotalGrossLocationBasedScope1AndScope2GHGEmissions = 150 utr:tCO2e
GrossScope1GreenhouseGasEmissions = 130 utr:tCO2e @BaselineYearMember
TotalWasteGeneratedMass = 12.5 utr:t
NumberOfFatalitiesAsAResultOfWorkRelatedInjuriesAndWorkRelatedIllHealth = 0
UndertakingHasACodeOfConductOrHumanRightsPolicyForItsOwnWorkforce = yes
UndertakingAppliesCircularEconomyPrinciples = no
DescriptionOfHowCircularEconomyPrinciplesAreApplied = Returned pallets are repaired and used again.
TypeOfContentCoveredByTheCodeOfConductOrHumanRightsPolicyForItsOwnWorkforce = ChildLabourMember ForcedLabourMember
GenderDiversityRatioInGovernanceBody = 0.25
PercentageOfEmployeesCoveredByCollectiveBargainingAgreements = 0.875
AddressOfSite = Via Roma 1 @1
"""


def question(text: str, kind: str = "number", language: str = "en", **more: object) -> Question:
    """A question with an empty answer cell C1, or one as said."""
    found: dict[str, object] = {"answer": Place("Q", 1, 3), **more}
    name = str(found.pop("id", "1"))
    return Question(name, Source("form.xlsx", "Q", "B1"), text, language, kind, **found)  # type: ignore[arg-type]


def options(*texts: str) -> tuple[Option, ...]:
    """Options that are written into the answer cell."""
    return tuple(Option(text) for text in texts)


def match(target: str, probability: str = "0.97", name: str = "1", *gates: str) -> Match:
    """A question that asks for a target with that probability."""
    return Match(name, (Candidate(target, Decimal(probability)),), Decimal("0.01"), gates)


def material(table: str = FILED, prior: str = "", **more: object) -> Material:
    """What we have: a filing from a table with its measured figures and statuses."""
    filed = filing(table)
    if prior:
        from dataclasses import replace
        from datetime import date

        from esgreport.model import Period

        earlier = filing(prior, period=Period(date(2024, 12, 31), date(2024, 1, 1)), file="book-2024.xlsx")
        filed = replace(filed, prior=(earlier,))
    return material_of(filed, **more)


def material_of(filed: Filing, **more: object) -> Material:
    """What we have from a filing."""
    measured = measure(filed, DEFINITIONS)
    statuses = {
        each.concept: each
        for disclosure in applicability(filed, DEFINITIONS, "vsme-2025", measured)
        for each in disclosure.datapoints
    }
    return Material(filed, DEFINITIONS, measured, statuses={"en": statuses}, **more)  # type: ignore[arg-type]


def questionnaire(*questions: Question) -> Questionnaire:
    """A questionnaire of some questions."""
    return Questionnaire("form.xlsx", "ab" * 32, (SheetLayout("Q", "table", "en"),), questions)


def answers(
    asked: Question, found: Match, held: Material | None = None, decisions: Mapping[str, Decision] | None = None
) -> Answers:
    """The answers to one question."""
    opts = AnswerOptions("en", decisions=decisions or {})
    return answer(questionnaire(asked), [found], held or material(), opts)


def answered(asked: Question, target: str, held: Material | None = None) -> Answer:
    """The answer to a question that surely asks for a target."""
    return answers(asked, match(target), held).answers[0]
