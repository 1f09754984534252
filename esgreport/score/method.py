"""How a scorecard is made, in words for its method page: what its lights, scores and actions rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from esgreport.score.actions import rule_of
from esgreport.score.material import Case
from esgreport.score.rows import Made
from esgreport.score.targets import best_of, worst_of


def method_of(rows: Sequence[Made], case: Case) -> tuple[tuple[str, str], ...]:
    """Pairs of heading and paragraph."""
    say, definition = case.say, case.definition
    numbers = {
        "allowed": say.share(definition.missing_weight_allowed),
        "draws": say.number(definition.draws, 0),
        "seed": definition.seed,
        "concentration": say.number(definition.concentration, 0),
    }
    scores = say("method_scores_text", **numbers) + " " + say.text(definition.score_bands.reason)
    return (
        (say("method_lights"), say("method_lights_text")),
        (say("method_bands"), say.text(definition.near.reason)),
        (say("method_changes"), say("method_changes_text")),
        (say("method_scores"), scores),
        (say("method_anchors"), "; ".join(_anchors(rows, case)) + "."),
        (say("method_join"), say("method_join_text")),
        (say("method_actions"), rule_of(case)),
    )


def _anchors(rows: Sequence[Made], case: Case) -> Iterator[str]:
    """Weight and anchors of each row that counts in a score that there is."""
    absent = (case.say("no_sustainability"), case.say("no_customers"))
    for each in rows:
        if not each.plan.weight or each.row.missing in absent:
            continue
        ends = worst_of(each.plan, each.row.target), best_of(each.plan, each.row.target)
        worst, best = ("–" if end is None else case.say.with_unit(end, each.had.measure) for end in ends)
        weight = case.say.number(each.plan.weight, 0 if each.plan.weight == int(each.plan.weight) else 2)
        yield case.say("method_anchors_row", label=each.row.label, weight=weight, worst=worst, best=best)
