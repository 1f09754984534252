"""What there is to say about a disclosure, a metric, the value chain cap, and what can be explained at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from esgreport.definitions import Disclosure
from esgreport.definitions.cap import CapRow
from esgreport.definitions.editions import Statement
from esgreport.definitions.metrics import Metric, inputs_of
from esgreport.definitions.sources import Graded
from esgreport.explain.model import Entry, Explanation
from esgreport.explain.paragraphs import references_in_words
from esgreport.explain.words import Words

_CURRENCIES = "EUR, CHF …"
"""What stands for the currency of the report where there is no report."""


def explain_disclosure(disclosure: Disclosure, words: Words) -> Explanation:
    """A disclosure: what it tells, its module and paragraphs, its concepts, rules and metrics."""
    say = words.say
    module = say("Basic module") if disclosure.module == "basic" else say("Comprehensive module")
    rules = (rule for code, rule in words.definitions.rules if code == disclosure.code)
    metrics = (each for each in words.definitions.metrics.values() if each.disclosure == disclosure.code)
    entries = (
        Entry("module", say("Module"), (module,)),
        Entry("paragraphs", say("Where the law says it"), tuple(references_in_words(disclosure.editions, words))),
        Entry(
            "concepts",
            say("Concepts"),
            tuple(f"{each.name} – {words.text(each.labels)}" for each in disclosure.concepts),
        ),
        Entry("rules", say("Rules"), tuple(f"{rule.code} – {words.text(rule.title)}" for rule in rules)),
        Entry(
            "metrics", say("Computed figures"), tuple(f"{each.code} – {words.text(each.labels)}" for each in metrics)
        ),
    )
    filled = tuple(entry for entry in entries if entry.lines)
    text = words.text(disclosure.summary)
    return Explanation(disclosure.code, "disclosure", words.text(disclosure.title), text, filled)


def explain_metric(metric: Metric, words: Words) -> Explanation:
    """A computed figure: its formula, unit, what it is computed from, its paragraphs."""
    say = words.say
    better = {"higher": say("higher is better"), "lower": say("lower is better")}.get(metric.better, "")
    unit = words.text(metric.unit_labels).replace("{currency}", _CURRENCIES) or words.unit(metric.unit)
    unit = say("a percentage") if metric.shown == "percent" else unit.removeprefix("xbrli:")
    inputs = dict.fromkeys(item.concept for item in inputs_of(metric))
    entries = (
        Entry("formula", say("How it is computed"), (words.text(metric.formula),)),
        Entry("unit", say("Unit"), (unit,)),
        Entry("better", say("Direction"), (better,)),
        Entry("paragraphs", say("Where the law says it"), tuple(references_in_words(metric.editions, words))),
        Entry("concepts", say("Computed from"), tuple(f"{name} – {_label(name, words)}" for name in inputs)),
    )
    filled = tuple(entry for entry in entries if any(entry.lines))
    return Explanation(metric.code, "metric", words.text(metric.labels), entries=filled)


def explain_cap(words: Words) -> Explanation:
    """The value chain cap: for what, from when, for whom, its rows with the sizes they hold for, what is unsettled."""
    say, cap = words.say, words.definitions.law.cap
    conditions = (cap.purpose, cap.applies_from, cap.protected, cap.lower_band)
    entries = (
        Entry(
            "conditions",
            say("When it holds"),
            tuple(_stated(each.text, each.paragraph, each, words) for each in conditions),
        ),
        Entry("statements", say("What it means"), tuple(_statements(cap.statements, words))),
        Entry("exceptions", say("Exceptions"), tuple(_statements(cap.exceptions, words))),
        Entry("caveats", say("What is not settled"), tuple(_statements(cap.caveats, words))),
        Entry("rows", say("What may be asked for at most"), tuple(_row(row, words) for row in cap.rows)),
    )
    filled = tuple(entry for entry in entries if entry.lines)
    return Explanation("cap", "cap", say("Value chain cap"), words.edition(cap.edition), filled)


def explain_topics(words: Words) -> Explanation:
    """What can be explained: disclosures, rules, findings, computed figures, the cap."""
    say, known = words.say, words.definitions
    disclosures = tuple(f"{each.code} – {words.text(each.title)}" for each in known.disclosures)
    rules = tuple(f"{rule.code} – {words.text(rule.title)}" for _, rule in known.rules)
    findings = tuple(f"{each.code} – {words.text(each.title)}" for each in known.finding_texts.values())
    metrics = tuple(f"{each.code} – {words.text(each.labels)}" for each in known.metrics.values())
    entries = (
        Entry("disclosures", say("Disclosures; each lists its concepts"), disclosures),
        Entry("rules", say("Rules"), rules),
        Entry("findings", say("Findings while a workbook is read"), findings),
        Entry("metrics", say("Computed figures"), metrics),
        Entry("law", say("The law"), (f"cap – {say('Value chain cap')}",)),
    )
    return Explanation("", "topics", say("What can be explained: esgreport explain WORD"), entries=entries)


def _label(name: str, words: Words) -> str:
    concept = words.definitions.concepts.get(name)
    return words.text(concept.labels) if concept else name


def _statements(statements: Iterable[Statement], words: Words) -> Iterator[str]:
    for statement in statements:
        yield _stated(statement.text, statement.paragraph, statement, words)


def _stated(text: dict[str, str], paragraph: str, graded: Graded, words: Words) -> str:
    """A statement with its paragraph, and how certain it is where that is not the text of the law itself."""
    grade = "" if graded.grade == "P" else words.text(words.definitions.law.grades.get(graded.grade, {}))
    remark = "; ".join(filter(None, (words.cited(paragraph), grade)))
    return f"{words.text(text)}{f' [{remark}]' if remark else ''}"


def _row(row: CapRow, words: Words) -> str:
    say = words.say
    sizes = {
        (True, True): say("every size"),
        (True, False): say("more than 10 employees"),
        (False, True): say("up to 10 employees"),
    }.get((row.over_10, row.up_to_10), say("no size"))
    doubt = "" if row.verified else f" · {say('not verified')}"
    return f"{row.disclosure} {words.cited(row.paragraph)}: {words.text(row.wording)} · {sizes}{doubt}"
