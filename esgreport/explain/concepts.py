"""What there is to say about a concept: what is asked, where, how far, where its cell is, what looks at it."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.definitions import Concept
from esgreport.definitions.explaining import TemplateCell, load_template_cells
from esgreport.definitions.metrics import inputs_of
from esgreport.definitions.workbook import (
    LinesBlock,
    MatrixBlock,
    SheetLayout,
    TableBlock,
    load_layout,
)
from esgreport.explain.model import Entry, Explanation
from esgreport.explain.paragraphs import references_in_words
from esgreport.explain.rules import looks_at
from esgreport.explain.words import Words

_SHOWN = 12
"""Members of a code list that are named; of a longer list the first of them."""


def explain_concept(concept: Concept, words: Words) -> Explanation:
    """A concept: its kind of answer, unit, table, paragraphs, cells in the workbooks, rules and metrics."""
    say = words.say
    home = words.definitions.disclosure_of(concept.name)
    entries = (
        Entry("disclosure", say("Disclosure"), (f"{home.code} {words.text(home.title)}",) if home else ()),
        Entry("answer", say("Answer"), tuple(_answer(concept, words))),
        Entry("table", say("Table"), tuple(_table(concept, words))),
        Entry("choices", say("Choices"), tuple(_choices(concept.members, words))),
        Entry("paragraphs", say("Where the law says it"), tuple(references_in_words(concept.editions, words))),
        Entry("cap", say("Value chain cap"), tuple(_cap(concept, words))),
        Entry("template", say("In the official template"), tuple(_template(concept, words))),
        Entry("workbook", say("In the workbook of esgreport init"), tuple(_workbook(concept, words))),
        Entry(
            "formerly", say("Earlier names"), tuple(f"{version}: {name}" for version, name in concept.formerly.items())
        ),
        Entry("rules", say("Rules that look at it"), tuple(_rules(concept, words))),
        Entry("metrics", say("Figures computed with it"), tuple(_metrics(concept, words))),
    )
    filled = tuple(entry for entry in entries if entry.lines)
    return Explanation(concept.name, "concept", words.text(concept.labels), words.text(concept.help), filled)


def _answer(concept: Concept, words: Words) -> Iterator[str]:
    say = words.say
    span = say("over the reporting period") if concept.period == "duration" else say("on the last day of the period")
    yield f"{words.text(words.wordings.types[concept.type])}, {span}"
    if concept.type in ("monetary", "ghg_emissions_per_monetary"):
        yield say("in the currency of the report")
    unit = concept.unit or words.definitions.default_units.get(concept.type, "")
    if unit and concept.numeric and unit != "xbrli:pure" and concept.type != "monetary":
        yield f"{words.unit(unit)} ({unit})"


def _table(concept: Concept, words: Words) -> Iterator[str]:
    table = words.definitions.tables.get(concept.table)
    if table:
        yield f"{words.text(table.labels)} ({table.name})"
    for name in table.axes if table else ():
        axis = words.definitions.axes[name]
        members = words.listed(_choices(axis.members, words))
        yield f"{words.text(axis.labels)} ({name}){f': {members}' if members else ''}"


def _choices(code_list: str, words: Words) -> Iterator[str]:
    if not code_list:
        return
    codes = words.definitions.code_list(code_list)
    labels = [codes.label(code.member, words.language) for code in codes.domain]
    yield words.listed([*labels[:_SHOWN], *(["…"] if len(labels) > _SHOWN else [])])
    if len(labels) > _SHOWN:
        yield words.say("%(number)s in all: schemas/codes/%(name)s.csv", number=len(labels), name=code_list)


def _cap(concept: Concept, words: Words) -> Iterator[str]:
    found = words.definitions.law.cap.row_of(concept.name)
    say = words.say
    if found is None:
        yield say("outside: a customer may not insist on it")
        return
    row, coverage = found
    sizes = {
        (True, True): say("inside, for every size"),
        (True, False): say("inside, for more than 10 employees"),
        (False, True): say("inside, for up to 10 employees"),
    }.get((row.over_10, row.up_to_10), say("outside: a customer may not insist on it"))
    part = f" ({words.text(coverage.part)})" if coverage.part else ""
    doubt = f" · {say('not verified')}" if not (coverage.certain and row.verified) else ""
    yield f"{sizes}: {words.text(row.wording)}{part}{doubt}"


def _template(concept: Concept, words: Words) -> Iterator[str]:
    places: dict[tuple[str, str, str], list[str]] = {}
    cells: tuple[TemplateCell, ...] = load_template_cells(words.definitions.folder).get(concept.name, ())
    for cell in cells:
        places.setdefault((cell.member, cell.sheet, cell.cell), []).append(cell.version)
    for (member, sheet, reference), versions in places.items():
        shown = f" ({words.member(member)})" if member else ""
        yield f"{', '.join(versions)}: '{sheet}'!{reference}{shown}"
    if not cells:
        yield words.say("not asked there")


def _workbook(concept: Concept, words: Words) -> Iterator[str]:
    for sheet in load_layout(words.definitions.folder).sheets:
        if concept.name in set(_asked_on(sheet)):
            name = words.quoted(words.text(sheet.name))
            yield words.say("sheet %(sheet)s, range %(name)s", sheet=name, name=concept.name)


def _asked_on(sheet: SheetLayout) -> Iterator[str]:
    """The concepts a sheet of our workbook has a cell for."""
    for block in sheet.blocks:
        match block:
            case LinesBlock():
                yield from (line.concept for line in block.lines)
            case MatrixBlock():
                yield from (row.concept for row in block.rows)
                yield from (column.year for column in block.columns)
            case TableBlock():
                yield from (name for column in block.columns for name in column.concepts)


def _rules(concept: Concept, words: Words) -> Iterator[str]:
    for _, rule in words.definitions.rules:
        if looks_at(rule, concept.name, words):
            yield f"{rule.code} – {words.text(rule.title)}"


def _metrics(concept: Concept, words: Words) -> Iterator[str]:
    for metric in words.definitions.metrics.values():
        if any(item.concept == concept.name for item in inputs_of(metric)):
            yield f"{metric.code} – {words.text(metric.labels)}"
