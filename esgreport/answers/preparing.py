"""What one candidate would answer to a question: value, words, unit, options, remark, or why a person must look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from esgreport.answers import remarks, saying, units
from esgreport.answers.asking import Asking
from esgreport.answers.having import Held, held
from esgreport.answers.options import option_for_number, option_for_word, options_for_members
from esgreport.answers.units import Measure, converted, measure_of
from esgreport.definitions import in_language
from esgreport.definitions.answering import holds_words
from esgreport.definitions.targets import Target, concepts_of_target
from esgreport.questionnaire import AnswerValue, Option

_SECTORS = ("NaceSectorClassificationCodes", "profile:nace")
_NAMED = re.compile(r"\b(?:[A-Z]{3,}[A-Z0-9]*|\d{4,6})\b")
"""What a question names by letters or number: EMAS, SA8000, 14001."""
_DIGITS_TYPED = 10
"""A figure of more digits was not typed, a formula made it."""
_WORDS_OF_A_NAME = 3
"""A text of no more words may be a name, which is the same in every language."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a target would answer; `doubt` is a code of `wording`, `holding` what it stands on (None: we have none)."""

    target: Target
    label: str
    concepts: tuple[str, ...]
    holding: Held | None
    value: AnswerValue = None
    shown: str = ""
    unit: str = ""
    picked: tuple[Option, ...] = ()
    remark: str = ""
    doubt: str = ""


def prepared(target: Target, asking: Asking) -> Prepared:
    """What the target answers; the year asked for is looked for in earlier years, and what does not fit is a doubt."""
    material = asking.material
    label = in_language(target.labels, asking.language)
    blank = Prepared(target, label, concepts_of_target(target, material.definitions.metrics), None)
    holding, doubt = _of_the_year(target, asking)
    if holding is None and target.id in material.said:
        holding = Held(material.said[target.id])
    if holding is None:
        return blank
    answer = _answered(replace(blank, holding=holding), holding, asking)
    asked = (
        asking.boundary_doubt(),
        asking.wording_doubt(),
        _caution(target, holding, asking),
        _of_target(target, asking),
    )
    doubts = (answer.doubt, doubt, holding.doubt, *asked)
    return replace(
        answer, doubt=next(filter(None, doubts), ""), remark=remarks.remark(target, holding, asking, answer.unit)
    )


def _caution(target: Target, holding: Held, asking: Asking) -> str:
    """Words that ask for something else than a target is; none where it is named by them."""
    figure = isinstance(holding.value, Decimal)
    for caution in asking.answering.cautions.values():
        applies = caution.about(target.id) and (figure or caution.only == "any")
        applies = applies and not target.id.startswith("profile:")
        if applies and holds_words(asking.question.text, caution.words, asking.question.language):
            return caution.code
    return ""


def _of_target(target: Target, asking: Asking) -> str:
    """Why this target is for a person whatever was asked."""
    if target.review or target.id in asking.answering.settings.always_reviewed:
        return "reviewed"
    national = target.id in _SECTORS and holds_words(asking.question.text, asking.answering.words.like_nace)
    return "like_nace" if national else ""


def _of_the_year(target: Target, asking: Asking) -> tuple[Held | None, str]:
    """What is held for the year asked for; where that is not held, what is held now, with the doubt."""
    material = asking.material
    for filing in asking.filings():
        found = held(target, material.figures(filing), material.customers if filing is material.filing else ())
        if found:
            return found, ""
    if not asking.year:
        return None, ""
    earlier = asking.earlier(target)
    if earlier:
        return earlier, ""
    now = held(target, material.figures(), material.customers)
    return now, "other_year" if now else ""


def _answered(blank: Prepared, holding: Held, asking: Asking) -> Prepared:
    question = asking.question
    if question.options:
        return _picked(blank, holding, asking)
    value = holding.value
    if isinstance(value, bool):
        return _yes_or_no(blank, value, asking)
    if isinstance(value, Decimal):
        return _number(blank, holding, value, asking)
    if isinstance(value, date):
        return _day(blank, value, asking)
    return _words(blank, holding, asking)


def _yes_or_no(blank: Prepared, value: bool, asking: Asking) -> Prepared:  # noqa: FBT001
    word = asking.answering.word("yes" if value else "no", asking.form_language)
    kind = asking.question.kind
    described = kind == "text" and holds_words(asking.question.text, asking.answering.words.describing)
    fits = kind in ("boolean", "choice", "text") and not described
    return replace(blank, value=value, shown=word, doubt="" if fits else "kind")


def _day(blank: Prepared, value: date, asking: Asking) -> Prepared:
    doubt = "" if asking.question.kind in ("date", "text") else "kind"
    return replace(blank, value=value.isoformat(), shown=saying.day_text(value, asking.form_language), doubt=doubt)


def _words(blank: Prepared, holding: Held, asking: Asking) -> Prepared:
    """A text as it was written, or labels of members in the form's language."""
    value = holding.value
    kind = asking.question.kind
    if isinstance(value, tuple):
        labels = saying.member_labels(value, holding.members, asking.material.definitions, asking.form_language)
        text = _period(value, asking) if blank.target.id == "profile:reporting_period" else "; ".join(labels)
        fits = kind in ("text", "choice") and len(labels) > 0
        return replace(blank, value=text, shown=text, doubt="" if fits else "kind")
    text = str(value)
    if kind == "boolean":
        return _proven(blank, text, asking)
    foreign = asking.foreign and len(text.split()) > _WORDS_OF_A_NAME
    doubt = "kind" if kind not in ("text", "choice") else "foreign" if foreign else _unnamed(text, asking)
    return replace(blank, value=text, shown=text, doubt=doubt)


def _unnamed(text: str, asking: Asking) -> str:
    """Whether the question names something, a standard or a scheme, that our text does not."""
    if len(text.split()) <= _WORDS_OF_A_NAME or asking.question.text.isupper():
        return ""
    named = [name for name in _NAMED.findall(asking.question.text) if name != str(asking.year)]
    return "unnamed" if any(name not in text for name in named) else ""


def _period(value: tuple[str, ...], asking: Asking) -> str:
    first, last = (saying.day_text(date.fromisoformat(day), asking.form_language) for day in value)
    return f"{first} – {last}"


def _proven(blank: Prepared, text: str, asking: Asking) -> Prepared:
    """A yes that a description proves by being there, unless it may say that there is none."""
    words = asking.answering.words
    sure = blank.target.id in words.proving and not holds_words(text, words.none_of_it)
    yes = asking.answering.word("yes", asking.form_language)
    return replace(blank, value=True, shown=yes, doubt="" if sure else "only_described")


# ── numbers ──


def _number(blank: Prepared, holding: Held, value: Decimal, asking: Asking) -> Prepared:
    if asking.question.kind in ("boolean", "date"):
        yes = asking.answering.word("yes" if value else "no", asking.form_language)
        return replace(blank, value=bool(value), shown=yes, doubt="kind")
    if holding.name:
        return replace(blank, value=value, shown=str(units.plain(value)))
    have = _own_measure(blank.target, holding, asking)
    loose = "number_in_text" if asking.question.kind == "text" and not _counts(asking) else ""
    want, doubt = _wanted(blank.target, have, holding, asking)
    figure = _rounded(value, holding, asking)
    if have and want:
        changed = converted(figure, have, want, asking.answering.settings.digits)
        doubt = doubt or ("" if changed is not None else _unlike(have, want))
        figure = figure if changed is None else changed
        unit = want.symbol if changed is not None else have.symbol
    else:
        unit = have.symbol if have else ""
    if want and want.percent and not doubt:
        figure = figure / 100
    percent = holding.percent or bool(want and want.percent and not doubt)
    shown = saying.quantity_text(figure, "" if percent else unit, asking.form_language, percent=percent)
    return replace(blank, value=figure, shown=shown, unit="%" if percent else unit, doubt=doubt or loose)


def _counts(asking: Asking) -> bool:
    """Whether the words of a question want a figure, and no description."""
    words, text = asking.answering.words, asking.question.text
    return holds_words(text, words.counting) and not holds_words(text, words.describing)


def _rounded(value: Decimal, holding: Held, asking: Asking) -> Decimal:
    """As filed; the result of a division, ours or of the workbook's formula, to a few significant digits."""
    divided = holding.quotient or units.significant(value) > _DIGITS_TYPED
    return units.rounded(value, asking.answering.settings.digits) if divided else value


def _own_measure(target: Target, holding: Held, asking: Asking) -> Measure | None:
    if target.id in asking.answering.settings.hours:
        return Measure("time", Fraction(1), "h")
    return measure_of(holding.unit, asking.answering)


def _wanted(target: Target, have: Measure | None, holding: Held, asking: Asking) -> tuple[Measure | None, str]:
    """The measure a question wants, with the doubt where nobody understands its unit; none where it names none."""
    asked = asking.unit
    if asked is None:
        return (_among(have, asking), "") if asking.question.units and have else (None, "")
    if asked.measure is None:
        return None, "unit_unknown"
    want = asked.measure
    if want.of == "number" and want.percent is not holding.percent:
        return None, "unit_other"
    if have and want.of in (f"{have.of} per number", "full_time_equivalents"):
        return _per_person(target, have, want, asking)
    return want, ""


def _among(have: Measure, asking: Asking) -> Measure | None:
    """The unit to be chosen beside the answer: our own where it is offered, else the first ours can be stated in."""
    offered = [(text, measure_of(text, asking.answering)) for text in asking.question.units]
    alike = [replace(measure, symbol=text) for text, measure in offered if measure and measure.of == have.of]
    return next((each for each in alike if each.size == have.size), alike[0] if alike else None)


def _per_person(target: Target, have: Measure, want: Measure, asking: Asking) -> tuple[Measure | None, str]:
    """Hours per employee of an average are hours; people where full-time equivalents are asked for are not."""
    if have.of == "time" and target.id.endswith(("avg", "Employee")):
        return replace(want, of="time"), ""
    return want, "" if asking.counts_full_time_equivalents() and have.of == "number" else "unit_other"


def _unlike(have: Measure, want: Measure) -> str:
    money = have.of.startswith("money") and want.of.startswith("money")
    return "currency" if money else "unit_other"


# ── options ──


def _picked(blank: Prepared, holding: Held, asking: Asking) -> Prepared:
    """The option, or options, that are our answer; where none or several fit, the answer in words and a doubt."""
    options = tuple(_chosen(holding, asking))
    words = _in_words(blank, holding, asking)
    if not options or (len(options) > 1 and not asking.question.several):
        return replace(words, doubt="no_option", picked=())
    texts = tuple(option.text for option in options)
    doubt = words.doubt if words.doubt not in ("kind", "no_option", "foreign", "number_in_text") else ""
    value = words.value if isinstance(words.value, bool) else texts
    return replace(words, value=value, shown="; ".join(texts), picked=options, doubt=doubt)


def _in_words(blank: Prepared, holding: Held, asking: Asking) -> Prepared:
    open_question = replace(asking.question, options=(), kind="text")
    return _answered(blank, holding, replace(asking, question=open_question))


def _chosen(holding: Held, asking: Asking) -> Iterator[Option]:
    options, value, answering = asking.question.options, holding.value, asking.answering
    found: Option | None = None
    if isinstance(value, bool):
        found = option_for_word(options, "yes" if value else "no", answering)
    elif isinstance(value, Decimal):
        found = option_for_number(options, value, percent=holding.percent)
    else:
        members = value if isinstance(value, tuple) else (str(value),)
        codes = asking.material.definitions.code_list(holding.members) if holding.members else None
        yield from options_for_members(options, members, codes) or ()
    if found:
        yield found
