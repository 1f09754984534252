"""The targets beyond concepts: whole in every language, naming what exists, and refused where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from asked import FILED, answers, match, material, question

from esgreport import definitions
from esgreport.definitions.targets import Nameable, YesIfAny, concepts_of_target, load_targets
from esgreport.errors import DefinitionError
from esgreport.questionnaire import AnswerState

STANDARD = definitions.load()
LANGUAGES = {"en", "it", "de", "fr"}
NAMEABLE = Nameable(STANDARD.concepts, STANDARD.metrics, STANDARD.axes, STANDARD.cx_metrics.metrics)


def test_every_target_is_named_and_cautioned_in_every_language() -> None:
    for target in STANDARD.targets.values():
        assert set(target.labels) == LANGUAGES, target.id
        assert not target.caveat or set(target.caveat) == LANGUAGES, target.id


def test_a_number_has_a_unit_and_an_identifier_says_whose_it_is() -> None:
    for target in STANDARD.targets.values():
        assert target.id.partition(":")[0] in {"derived", "profile", "cx"}, target.id
        assert target.kind != "number" or target.unit or target.id == "profile:reporting_year", target.id


def test_every_derived_target_stands_on_concepts() -> None:
    for target in STANDARD.targets.values():
        if target.id.startswith("derived:"):
            assert concepts_of_target(target, STANDARD.metrics), target.id


def test_no_text_proves_a_no() -> None:
    proving = [each for each in STANDARD.targets.values() if isinstance(each.how, YesIfAny)]
    for target in proving:
        if isinstance(target.how, YesIfAny) and target.how.zero == "proves_no":
            assert all(STANDARD.concepts[name].numeric for name in target.how.concepts), target.id


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("{kind: fact, concept: Turnovr}", "unknown name 'Turnovr'. Did you mean 'Turnover'?"),
        ("{kind: metric, metric: WomanShare}", "Did you mean 'WomenShare'?"),
        ("{kind: customer_metric, metrics: [response_rat], gives: value}", "Did you mean 'response_rate'?"),
        ("{kind: list_of, concept: Turnover, axis: TypeOfWast}", "unknown name 'TypeOfWast'."),
    ],
)
def test_a_target_that_names_nothing_is_refused_with_the_nearest_name(tmp_path: Path, how: str, said: str) -> None:
    file = tmp_path / "targets.yaml"
    file.write_text(f"targets:\n  - {{id: 'derived:x', kind: number, labels: {{en: X}}, how: {how}}}\n")
    with pytest.raises(DefinitionError, match="derived:x") as refused:
        load_targets(file, NAMEABLE)
    assert said in refused.value.message


def test_an_identifier_given_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "targets.yaml"
    one = "  - {id: 'derived:x', kind: text, labels: {en: X}, how: {kind: fact, concept: Turnover}}\n"
    file.write_text(f"targets:\n{one}{one}")
    with pytest.raises(DefinitionError, match="derived:x is defined twice"):
        load_targets(file, NAMEABLE)


# ── what is said of the company once ─────────────────────────────────────────────────────────────────────────


def test_the_address_of_the_only_site_is_offered_and_left_to_a_person() -> None:
    (found,) = answers(
        question("Town", "text"), match("profile:city"), material(f"{FILED}\nCityOfSite = Milano @1")
    ).answers
    assert found.state is AnswerState.NEEDS_REVIEW
    assert (found.suggestions[0].shown, found.why) == (
        "Milano",
        "It is that of our only site: see whether it is the undertaking’s too.",
    )


def test_of_several_sites_none_is_offered_as_the_address() -> None:
    (found,) = answers(
        question("Town", "text"),
        match("profile:city"),
        material(f"{FILED}\nCityOfSite = Milano @1\nCityOfSite = Torino @2"),
    ).answers
    assert found.state is AnswerState.NEEDS_REVIEW
    assert found.suggestions[0].value is None


def test_without_data_on_customers_a_person_is_told_how_to_give_them() -> None:
    (found,) = answers(question("Net promoter score"), match("cx:net_promoter_score")).answers
    assert found.state is AnswerState.NEEDS_REVIEW
    assert "--from" in found.why
