"""Proposed mappings, as YAML to be kept and as a table to be read; it proposes nothing itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from esgreport.definitions import Definitions, in_language
from esgreport.definitions.cx import MappingTexts
from esgreport.definitions.loading import load_file
from esgreport.mapping import Proposal, ProposedAnswer, ProposedColumn

_WIDEST = 44
_VALUES_SHOWN = 6
Say = Callable[..., str]


def mapping_yaml(proposals: Sequence[Proposal], definitions: Definitions, language: str) -> str:
    """The mapping files of proposals, one YAML document each, with what a person must look at as comments.

    Those of exports that need no mapping are left out; empty when all do.
    """
    say = _words(definitions, language)
    documents = ["\n".join(_document(each, definitions, language, say)) for each in proposals if not each.known]
    return "\n---\n".join(documents) + "\n" if documents else ""


def mapping_table(file: str, proposals: Sequence[Proposal], definitions: Definitions, language: str) -> str:
    """The proposals to be read in a terminal: each column of the file, what it is read as, how sure that is."""
    say = _words(definitions, language)
    if not proposals:
        return say("nothing", place=file) + "\n"
    blocks = ["\n".join(_block(each, definitions, language, say)) for each in proposals]
    return "\n\n".join(blocks) + "\n"


def _words(definitions: Definitions, language: str) -> Say:
    texts = load_file(definitions.folder / "cx" / "mapping.yaml", MappingTexts).texts

    def say(key: str, **values: object) -> str:
        return in_language(texts[key], language).format(**values)

    return say


def _place(proposal: Proposal) -> str:
    return f"{proposal.file} {proposal.sheet}".rstrip()


def _doubts(proposal: ProposedColumn | ProposedAnswer, say: Say) -> str:
    """What must be looked at, in a line."""
    if isinstance(proposal, ProposedAnswer):
        if proposal.in_words:
            return say("words")
        return say("scale", lowest=f"{proposal.lowest:g}", highest=f"{proposal.highest:g}")
    values = ", ".join(f"“{theirs}”" for theirs, _ in proposal.values[:_VALUES_SHOWN])
    return "; ".join(say(doubt, values=values) for doubt in proposal.doubts)


# ── YAML ──


def _document(proposal: Proposal, definitions: Definitions, language: str, say: Say) -> Iterator[str]:
    table = definitions.cx.tables[proposal.table]
    yield f"# {say('proposal', place=_place(proposal), table=in_language(table.labels, language))}"
    yield f"# {say('next')}"
    if proposal.missing:
        yield f"# {say('missing', columns=', '.join(proposal.missing))}"
    yield f"name: {proposal.table}"
    yield f"tool: {_quoted(Path(proposal.file).name)}"
    yield f"table: {proposal.table}"
    sure = sorted(proposal.columns, key=lambda column: -column.confidence)[:4]
    yield f"recognised: [{', '.join(_quoted(column.head) for column in sure)}]"
    yield "columns:"
    for column in proposal.columns:
        yield from _column_lines(column, say)
    if proposal.answers:
        yield "answers:"
        yield "  named:"
        for answer in proposal.answers:
            yield f"    {_quoted(answer.head)}: {answer.code}  # {_doubts(answer, say)}"
        words = [answer.head for answer in proposal.answers if answer.in_words]
        if words:
            yield f"  texts: [{', '.join(map(_quoted, words))}]"
    if proposal.left_out:
        yield f"left_out: [{', '.join(map(_quoted, proposal.left_out))}]"


def _column_lines(column: ProposedColumn, say: Say) -> Iterator[str]:
    doubts = _doubts(column, say)
    comment = f"  # {column.confidence:.0%}{f': {doubts}' if doubts else ''}"
    if not column.values:
        yield f"  {column.column}: {_quoted(column.head)}{comment}"
        return
    yield f"  {column.column}:{comment}"
    yield f"    heads: [{_quoted(column.head)}]"
    yield "    values:"
    for theirs, ours in column.values:
        yield f"      {_quoted(theirs)}: {_quoted(ours)}"


def _quoted(text: str) -> str:
    """A text as YAML takes it whatever it holds: JSON's form, which is YAML's too."""
    return json.dumps(text, ensure_ascii=False)


# ── a table ──


@dataclass(frozen=True, slots=True)
class _Line:
    theirs: str
    ours: str
    sure: str
    look: str


def _block(proposal: Proposal, definitions: Definitions, language: str, say: Say) -> Iterator[str]:
    table = definitions.cx.tables[proposal.table]
    if proposal.known:
        yield say("known", place=_place(proposal), tool=proposal.known)
        return
    yield say("proposal", place=_place(proposal), table=in_language(table.labels, language))
    lines = [_Line(say("theirs"), say("ours"), say("sure"), say("look"))]
    for column in proposal.columns:
        label = in_language(definitions.cx.labels_of(table.by_name[column.column]), language)
        ours = f"{column.column} ({label})"
        lines.append(_Line(column.head, ours, f"{column.confidence:.0%}", _doubts(column, say)))
    for answer in proposal.answers:
        lines.append(_Line(answer.head, say("answer", code=answer.code), "", _doubts(answer, say)))
    widths = [
        min(_WIDEST, max(len(_one_line(part)) for part in parts))
        for parts in zip(*((line.theirs, line.ours, line.sure) for line in lines), strict=True)
    ]
    for line in lines:
        parts = (line.theirs, line.ours, line.sure)
        cells = (_one_line(part).ljust(width) for part, width in zip(parts, widths, strict=True))
        yield f"  {'  '.join(cells)}  {line.look}".rstrip()
    if proposal.left_out:
        yield "  " + say("left_out", heads=", ".join(map(_one_line, proposal.left_out)))
    if proposal.missing:
        yield "  " + say("missing", columns=", ".join(proposal.missing))


def _one_line(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _WIDEST else f"{plain[: _WIDEST - 1]}…"
