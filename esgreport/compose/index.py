"""The content index: each disclosure of the standard, where it is in the report, and why not where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from esgreport.assessment import DisclosureStatus, State, Told
from esgreport.compose.disclosures import facts_of, omitted_members, paragraph_of, unchanged_members
from esgreport.compose.edition import home, left_out
from esgreport.compose.withheld import not_shown
from esgreport.compose.writer import Writer
from esgreport.definitions import Disclosure
from esgreport.document import IndexRow

_BASIC_ONLY = "OptionABasicModuleOnlyMember"


def content_index(
    writer: Writer,
    sections: frozenset[str],
    statuses: Sequence[DisclosureStatus] = (),
    told: Told | None = None,
) -> tuple[IndexRow, ...]:
    """A line for each numbered disclosure, in the standard's order; `sections` are those the report has.

    `statuses` add what is missing, and why a disclosure does not apply; `told` what its readers are not shown.
    """
    numbered = [one for one in writer.definitions.disclosures if one.code[0] in "BC"]
    known = {status.code: status for status in statuses}
    rows = (_row(writer, disclosure, sections, known.get(disclosure.code)) for disclosure in numbered)
    if told is None:
        return tuple(rows)
    return tuple(_kept_back(writer, disclosure, row, told) for disclosure, row in zip(numbered, rows, strict=True))


def _kept_back(writer: Writer, disclosure: Disclosure, row: IndexRow, told: Told) -> IndexRow:
    """The line with what is kept from the readers, where something is."""
    said = not_shown(writer, told, disclosure)
    if not said:
        return row
    if not facts_of(writer, disclosure):
        return replace(row, status=writer.say("Not shown"), reason=said)
    return replace(row, status=writer.say("Reported in part"), reason=" ".join(filter(None, (row.reason, said))))


def _row(writer: Writer, disclosure: Disclosure, sections: frozenset[str], known: DisclosureStatus | None) -> IndexRow:
    status, reason = _assessed(writer, disclosure, known) or _status(writer, disclosure)
    section = disclosure.code.lower()
    return IndexRow(
        number=disclosure.code,
        title=writer.text(disclosure.title),
        paragraph=_paragraph(writer, disclosure, "vsme-2025"),
        paragraph_2026=_paragraph(writer, disclosure, "vs-2026"),
        status=status,
        section=section if section in sections else "",
        reason=reason,
    )


def _paragraph(writer: Writer, disclosure: Disclosure, edition: str) -> str:
    """Where an edition has a disclosure; said to be not verified where it is not."""
    reference = disclosure.editions.get(edition)
    if reference and not reference.paragraph and "paragraph" in reference.unverified:
        return writer.text(writer.definitions.law.grades["U"])
    return paragraph_of(writer, disclosure, edition)


def _assessed(writer: Writer, disclosure: Disclosure, known: DisclosureStatus | None) -> tuple[str, str] | None:
    """What an assessment adds to the facts alone: what is missing, or that none applies; None where it adds nothing."""
    if known is None:
        return None
    if known.state is State.NOT_APPLICABLE:
        return writer.say("Not applicable"), known.reason
    missing = [each.label for each in known.datapoints if each.state is State.MISSING]
    reported, omitted = facts_of(writer, disclosure), omitted_members(writer, disclosure.code)
    if not missing or not (reported or omitted):
        return None
    status = writer.say("Reported in part") if reported else writer.say("Not reported")
    listed = writer.say("Missing: %(listed)s.", listed="; ".join(missing))
    return status, " ".join(filter(None, (_omitted(writer, disclosure), listed)))


def _omitted(writer: Writer, disclosure: Disclosure) -> str:
    """What was omitted of a disclosure as classified or sensitive; empty where nothing was."""
    omitted = [label for _, label in omitted_members(writer, disclosure.code)]
    if not omitted:
        return ""
    return writer.say("Omitted as classified or sensitive information: %(listed)s.", listed="; ".join(omitted))


def _status(writer: Writer, disclosure: Disclosure) -> tuple[str, str]:
    """Whether a disclosure was reported, and why not, or why only in part."""
    omitted = _omitted(writer, disclosure)
    unchanged = [label for _, label in unchanged_members(writer, disclosure.code)]
    if facts_of(writer, disclosure):
        return (writer.say("Reported in part"), omitted) if omitted else (writer.say("Reported"), "")
    if omitted:
        return writer.say("Omitted"), writer.say("Classified or sensitive information.")
    if unchanged:
        return writer.say("Unchanged"), writer.say("Unchanged since the previous report, which has it.")
    module = writer.single("BasisForPreparation")
    if disclosure.module == "comprehensive" and module and module.value == _BASIC_ONLY:
        return writer.say("Not reported"), writer.say("The comprehensive module was not chosen.")
    gone = left_out(writer, (fact for fact in writer.deleted if home(writer, fact.concept) == disclosure.code))
    return writer.say("Not reported"), gone or _nothing(writer, disclosure)


def _nothing(writer: Writer, disclosure: Disclosure) -> str:
    """That nothing was entered, and the last year in which there was something."""
    nothing = writer.say("Nothing was entered for this disclosure.")
    last = next((year for year in writer.earlier if facts_of(year, disclosure)), None)
    if last is None:
        return nothing
    year = last.numbers.year(last.filing.period)
    return f"{nothing} {writer.say('It was last reported for %(year)s.', year=year)}"
