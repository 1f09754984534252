"""What stands before the disclosures: words for the cover, and the message."""

from __future__ import annotations

from esgreport.compose.writer import Writer
from esgreport.document import Narrative, Section
from esgreport.model import Filing


def title(writer: Writer) -> str:
    """The title from the workbook, or a plain one with the year."""
    year = writer.numbers.year(writer.filing.period)
    return writer.filing.title.strip() or writer.text(writer.definitions.layout.title, year=year)


def standard(writer: Writer) -> str:
    """The edition and the module that was chosen, in words."""
    edition = writer.definitions.layout.editions.get(writer.filing.edition)
    module = writer.single("BasisForPreparation")
    names = [writer.text(edition.name) if edition else writer.filing.edition, writer.shown(module) if module else ""]
    return " · ".join(filter(None, names))


def facts_line(writer: Writer, customers: str = "") -> str:
    """What the report stands on: how many facts, which files, the start of their digests; files on customers too."""
    count, files = len(writer.filing.facts), _files(writer.filing)
    line = writer.say("%(count)s fact from %(files)s", "%(count)s facts from %(files)s", count, files=files)
    if writer.earlier:
        earlier = ", ".join(_files(year) for year in writer.filing.prior)
        line = writer.say("%(line)s; earlier years from %(files)s", line=line, files=earlier)
    return writer.say("%(line)s; customers from %(files)s", line=line, files=customers) if customers else line


def _files(filing: Filing) -> str:
    digests = dict(filing.digests)
    return ", ".join(
        f"{file} (SHA-256 {digests[file][:12]}…)" if digests.get(file) else file for file in filing.workbooks
    )


def message(writer: Writer, text: str) -> Section | None:
    """What the undertaking says before the figures, in its own words; None where it says nothing."""
    if not text.strip():
        return None
    return Section(id="message", title=writer.say("Message"), blocks=(Narrative("message-text", "", text.strip()),))
