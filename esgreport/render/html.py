"""A Document as one HTML file for screens and for paper: nothing it shows is fetched, nothing it was given is run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport.document import Block, Chart, Document, Estimates, HeatMap, JourneyPicture, Provenance, SiteMap, Table
from esgreport.errors import RenderError
from esgreport.render.bands import bands, is_brief
from esgreport.render.charts import NARROW, WIDE, draw
from esgreport.render.charts_estimates import draw_estimates
from esgreport.render.charts_heat import draw_heat
from esgreport.render.design import Design, plain_design
from esgreport.render.journey import draw_journey
from esgreport.render.lettering import lettered_in
from esgreport.render.pages import environment, fault, policy, template_file, trusted
from esgreport.render.portrait import draw_portrait
from esgreport.render.prose import breakable, linked, passages
from esgreport.render.site_map import draw_sites
from esgreport.render.tokens import painted_with
from esgreport.texts import translator

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that stand for nothing a reader sees, and that HTML forbids."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The facts that come from one sheet of one file, or those computed from others, in the order of the report."""

    file: str
    sheet: str
    computed: bool
    facts: tuple[Provenance, ...]

    @property
    def title(self) -> str:
        """What to call it: the sheet, or the file where facts came without sheets; empty for computed facts."""
        return self.sheet or self.file


def render_html(document: Document, design: Design | None = None) -> str:
    """The report as one self-contained HTML document, in a design (ours where none is given).

    Text of the document is escaped wherever it lands; scripts and styles run only with the hash the page names.
    Errors: RenderError, with file and line, when a template is wrong or asks for what the document does not have.
    """
    design = design or plain_design()
    with painted_with(design.tokens), lettered_in(design.lettering):
        try:
            template = _environment(design.templates).get_template("report.html.j2")
            page: str = template.render(context(document, design))
        except Exception as error:  # a user's template may fail in any way a calculation can
            raise RenderError(fault(error, "report.html.j2", design.templates)) from error
    return _CONTROLS.sub("", page)


NAMES = {
    "document": "the `Document`: all that is said, complete and in one language",
    "design": "the `Design`: what a brand adds to the page",
    "_": "`_(text, **values)`: the text in the report's language; English is the key, values go in as `%(name)s`",
    "chart": "`chart(block, theme)`: the chart as SVG, `.wide` for paper and desktop, `.narrow` for phones",
    "portrait": "`portrait(document, title)`: the cover's picture, a column for each disclosure",
    "sheets": "the facts by sheet, for the table of sources: a list of `Sheet`",
    "homes": "`homes[id]`: the `Section` of an identifier",
    "usual_period": "the period most facts have",
    "facts": "`facts[anchor]`: the `Provenance` of an anchor",
    "style": "the style sheet, with its typefaces",
    "script": "the script",
    "policy": "the content security policy, with the hashes of both",
}
"""What templates can name, for their guide."""
GLOBALS = {
    "several_paragraphs": "`several_paragraphs(reference)`: whether a reference to the standard names more than one"
}
"""What they can name beside that."""


def context(document: Document, design: Design) -> Mapping[str, object]:
    """All that a template can name; `templates/README.md` says what each is."""
    script = template_file("report.js").strip()
    return {
        "document": document,
        "design": design,
        "_": translator(document.language),
        "chart": partial(_chart, language=document.language),
        "portrait": _portrait,
        "sheets": sheets(document),
        "homes": {section.id: section for part in document.parts for section in part.sections},
        "usual_period": usual_period(document),
        "facts": {fact.anchor: fact for fact in document.provenance},
        "style": trusted(design.style),
        "script": trusted(script),
        "policy": policy(design.style, script),
    }


def sheets(document: Document) -> tuple[Sheet, ...]:
    """The document's facts by the sheet they come from, in order of first use, then those computed from others."""
    found: dict[tuple[bool, str, str], list[Provenance]] = {}
    for fact in document.provenance:
        computed = bool(fact.computed_from or fact.formula)
        found.setdefault((computed, fact.source.file, fact.source.sheet), []).append(fact)
    ordered = sorted(found.items(), key=lambda group: group[0][0])
    return tuple(Sheet(file, sheet, computed, tuple(facts)) for (computed, file, sheet), facts in ordered)


def usual_period(document: Document) -> str:
    """The period most facts have, which the table of sources need not repeat; empty when there are no facts."""
    return max(Counter(fact.period for fact in document.provenance).items(), key=lambda one: one[1], default=("", 0))[0]


def kind(block: Block) -> str:
    """The name of a block's kind, which is the name of the template macro that shows it."""
    return type(block).__name__.lower()


def mixed_units(table: Table) -> frozenset[int]:
    """The places of the numeric columns whose cells have units of their own."""
    return frozenset(
        n
        for n, column in enumerate(table.columns)
        if column.numeric and any(row.cells[n].unit not in ("", column.unit) for row in table.rows)
    )


Drawn = Chart | Estimates | HeatMap | JourneyPicture | SiteMap


def _chart(chart: Drawn, theme: str, language: str) -> Mapping[str, Markup]:
    """A chart for paper and desktop screens, and for phones."""
    return {
        name: trusted(_drawn(chart, theme, sheet, language)) for name, sheet in (("wide", WIDE), ("narrow", NARROW))
    }


def _drawn(chart: Drawn, theme: str, sheet: float, language: str) -> str:
    match chart:
        case Chart():
            return draw(chart, theme, sheet)
        case Estimates():
            return draw_estimates(chart, theme, sheet)
        case HeatMap():
            return draw_heat(chart, theme, sheet)
        case SiteMap():
            return draw_sites(chart, theme, sheet)
        case JourneyPicture():
            return draw_journey(chart.journey, theme, sheet if sheet < WIDE else 2 * WIDE, language)


def _portrait(document: Document, title: str) -> Markup:
    return trusted(draw_portrait(document, title))


FILTERS = {
    "kind": kind,
    "bands": bands,
    "is_brief": is_brief,
    "passages": passages,
    "linked": linked,
    "mixed_units": mixed_units,
    "breakable": breakable,
}
"""What templates can put a value through, beside what Jinja has."""


@cache
def _environment(templates: Path | None) -> SandboxedEnvironment:
    made = environment(templates)
    made.filters.update(FILTERS)
    return made
