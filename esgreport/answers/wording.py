"""Why an answer is as it is, in the language of the person who reviews; the sentences of doubts by their codes."""

from __future__ import annotations

from collections.abc import Mapping

from esgreport.answers.asking import Asking
from esgreport.definitions import in_language
from esgreport.texts import Translate, translator


def doubt_text(code: str, asking: Asking) -> str:
    """A doubt in words; one of the matching's gates says its own reason."""
    gate = asking.material.gates.get(code)
    if gate:
        return in_language(gate, asking.language)
    caution = asking.answering.cautions.get(code)
    if caution:
        return in_language(caution.reason, asking.language)
    return _doubts(translator(asking.language), asking).get(code, code)


def _doubts(say: Translate, asking: Asking) -> Mapping[str, str]:
    filing = asking.material.filing
    return {
        "unsure": say("It is not certain enough what is asked."),
        "reviewed": say("What is asked can be understood in several ways: a person decides."),
        "several_possible": say("Several of our figures may be meant, and they differ."),
        "only_site": say("It is that of our only site: see whether it is the undertaking’s too."),
        "several_rows": say("We have several rows for this."),
        "few_cases": say("The figure rests on few cases."),
        "kind": say("The form wants another kind of answer than we have."),
        "only_described": say("There is only a description, which may say that there is none."),
        "unit_unknown": say("The unit the form asks for is not known: %(unit)s.", unit=asking.question.unit),
        "unit_other": say("The unit the form asks for measures something else than our figure."),
        "currency": say("The form asks for another currency; figures are not converted at a rate."),
        "no_option": say("None of the options offered is certainly our answer."),
        "other_year": say(
            "Asked for %(asked)s; the figure is of the year ending %(held)s.",
            asked=asking.year,
            held=filing.period.end.isoformat(),
        ),
        "one_site": say("One site is asked about; our figures are of the whole undertaking."),
        "whole_group": say("The group is asked about; our figures are of one undertaking."),
        "foreign": say("Our text is in another language than the form."),
        "unchanged": say("It is unchanged since the previous report, which was not handed in."),
        "two_things": say("Two things are asked for, and there is one cell: a person answers both."),
        "unfit": say("What we report does not give the answer by itself."),
        "demand": say("It demands instead of asking: what stands there is a promise."),
        "year_before": say("The year before is mentioned: its figure, or the change, may be meant."),
        "like_nace": say("A national classification is asked for; ours is NACE."),
        "unnamed": say("The question names something that our text does not."),
        "number_in_text": say("A figure would stand in a cell for text: see whether it says enough."),
        "same_answer": say("A question beside it would get the same answer: one of them asks for something else."),
        "list_columns": say("The list has columns we have nothing for: a person completes it."),
        "list_short": say("We have more rows than the list has lines."),
        "list_gaps": say("Some cells of the list would stay empty, or do not offer what we would enter."),
        "follow_up": say("The question it hangs on is not answered yet."),
    }


def gate_or_doubt(gates: tuple[str, ...], asking: Asking) -> str:
    """The reasons of the matching in one text; empty where there are none."""
    return " ".join(doubt_text(gate, asking) for gate in gates)
