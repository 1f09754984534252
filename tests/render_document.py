"""A report written by hand, with every kind of block and the shapes that break layouts; the room's tests draw it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from esgreport.document import (
    Answer,
    Answers,
    Chart,
    Column,
    Document,
    Figure,
    IndexRow,
    KeyFigure,
    KeyFigures,
    Narrative,
    Note,
    Part,
    Provenance,
    Row,
    Section,
    Series,
    Table,
)
from esgreport.model import Entity, Finding, Severity, Source

FILE = "Officine-Valdarno-VSME-2025.xlsx"
GENERAL, ENVIRONMENT, SOCIAL, GOVERNANCE = (
    "General Information",
    "Environmental Disclosures",
    "Social Disclosures",
    "Governance Disclosures",
)
TEXT = (
    "Our works in Arezzo and Brno run on an energy management system certified to ISO 50001. In 2025 we replaced the "
    "two oldest furnaces, insulated the paint shop and put 640 kWp of photovoltaic panels on the roof of hall 3.\n"
    "The figures are metered; where a sub-meter was missing we used the invoices of the supplier.\n\n"
    "What comes next: heat recovery from the compressors (2026), a new contract for renewable electricity in Czechia "
    "(2027), and the end of natural gas in the drying ovens (2029). More at https://www.officine-valdarno.example/energy."
)
LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzkonformitätserklärungsverfahren"


class _Filing:
    """Hands out figures and keeps the provenance of each."""

    def __init__(self) -> None:
        self.facts: list[Provenance] = []
        self._row: dict[str, int] = {}

    def fact(self, label: str, shown: str, unit: str = "", place: tuple[str, str] = (GENERAL, ""), **more: str) -> str:
        sheet, paragraph = place
        self._row[sheet] = row = self._row.get(sheet, 4) + 1
        anchor = f"f-{len(self.facts) + 1}"
        name = "".join(word.capitalize() for word in label.split()) or "Value"
        self.facts.append(
            Provenance(
                anchor=anchor,
                label=label,
                value=f"{shown} {unit}".strip(),
                exact=more.get("exact", f"{shown.replace(',', '')} {unit}".strip()),
                unit=unit,
                period=more.get("period", "2025-01-01 – 2025-12-31"),
                dimensions=more.get("dimensions", ""),
                source=Source(FILE, sheet, f"D{row}", name),
                concept=name,
                paragraph=paragraph,
            )
        )
        return anchor

    def figure(
        self, label: str, shown: str, unit: str = "", place: tuple[str, str] = (GENERAL, ""), **more: str
    ) -> Figure:
        return Figure(shown, unit, (self.fact(label, shown, unit, place, **more),))


ABSENT = Figure("–", absent=True)


def sample_document() -> Document:
    """A complete report in English, without findings."""
    filing = _Filing()
    parts = (_general(filing), _environment(filing), _social(filing), _governance(filing))
    return Document(
        language="en",
        title="Sustainability report 2025",
        subtitle="What we make, what it takes, and who makes it",
        entity=Entity("Officine Valdarno S.p.A.", "8156005A7C1F2E3D4B59", "http://standards.iso.org/iso/17442"),
        period="1 January – 31 December 2025",
        standard="VSME, Recommendation (EU) 2025/1710: Basic and Comprehensive Module",
        facts_line=f"{FILE}, {len(filing.facts)} facts, SHA-256 9f2c…41ab",
        key_figures=_key_figures(filing),
        about=_about(),
        parts=parts,
        index=_index(parts),
        footnotes=(
            "Location-based; emission factors of ISPRA (Italy) and the Ministry of Industry (Czechia) for 2025.",
            "Without the 14 people who joined on 31 December 2025. See https://www.officine-valdarno.example/people.",
        ),
        provenance=tuple(filing.facts),
        methods=Section(
            "methods",
            "Methods and limits",
            theme="frame",
            blocks=(
                Narrative(
                    "methods-text", "How figures are rounded", "Figures are shown with the decimals of their cells."
                ),
                Note("Sums are not corrected: where parts and total differ, both are shown as reported.", "method"),
            ),
        ),
    )


def draft_document() -> Document:
    """The same report as a draft, with findings of each severity."""
    place = Source(FILE, ENVIRONMENT, "D9", "TotalEnergyConsumption")
    findings = (
        Finding(
            "VSME-B3-01",
            Severity.ERROR,
            "Energy parts do not add up to the total",
            "2 parts make 5,210 MWh, the total is 5,312 MWh.",
            "Correct the total, or the part that is wrong.",
            place,
            "TotalEnergyConsumption",
            "B3",
            "29",
        ),
        Finding(
            "VSME-B8-04", Severity.WARNING, "Turnover rate is unusually high", "The rate is 62 %.", "Check it.", place
        ),
        Finding(
            "FACT-01", Severity.INFO, "A cell was left out", "The unit of the cell is not known.", "", Source(FILE)
        ),
    )
    return replace(sample_document(), draft=True, findings=findings)


def _key_figures(filing: _Filing) -> KeyFigures:
    by_label = {fact.label: fact for fact in filing.facts}

    def key(label: str, what: str, context: str, section: str) -> KeyFigure:
        fact = by_label[label]
        shown = fact.value.removesuffix(fact.unit).strip()
        return KeyFigure(what, Figure(shown, fact.unit, (fact.anchor,)), context, section)

    return KeyFigures(
        (
            key("Turnover", "Turnover", "Individual basis", "b1"),
            key("Number of employees", "Employees", "Headcount on 31 December", "b8"),
            key("Total energy consumption", "Energy consumed", "38.4 % renewable", "b3"),
            key("Scope 1 2025", "Scope 1 emissions", "Base year 2020: 1,204 tCO₂e", "b3"),
            key(
                "Scope 2, location-based 2025", "Scope 2 emissions, location-based", "Base year 2020: 1,377 tCO₂e", "b3"
            ),
            key("Water withdrawal", "Water withdrawn", "of which 0 m³ in areas of high water stress", "b6"),
            key("Waste Paint sludge", "Hazardous waste: sludge from paint and varnish", "", "b7"),
            key("Accident rate", "Recordable accidents", "per 200,000 hours worked", "b9"),
            key("Pay gap", "Pay gap between women and men", "", "b10"),
        )
    )


def _about() -> Section:
    return Section(
        "about",
        "About this report",
        theme="frame",
        blocks=(
            Narrative(
                "about-text",
                "Basis",
                "This report follows the voluntary sustainability reporting standard for non-listed SMEs (VSME), "
                "Basic Module and Comprehensive Module. It covers Officine Valdarno S.p.A. alone.",
            ),
            Note("Two disclosures were left out because they are classified or sensitive information.", "omitted"),
            Note("Figures of the previous year are not part of the workbook.", "absent"),
            Note("Every figure is a link to the cell it was read from.", "info"),
        ),
    )


def _general(filing: _Filing) -> Part:
    place = (GENERAL, "24")
    sites = tuple(
        Row(
            (
                Figure(str(n)),
                filing.figure("Address of site", f"Via dell'Industria {n * 7}, capannone {n}", "", place),
                filing.figure("Postal code", f"521{n:02}", "", place),
                filing.figure("City", ("Arezzo", "Brno-Líšeň", "Łódź", "Győr")[n % 4], "", place),
                filing.figure("Country", ("Italy", "Czechia", "Poland", "Hungary")[n % 4], "", place),
                filing.figure("Coordinates", f"43.46{n:02}, 11.88{n:02}", "", place),
            )
        )
        for n in range(1, 31)
    )
    b1 = Section(
        "b1",
        "Basis for preparation and general information",
        "B1",
        "24",
        "general",
        (
            Answers(
                "b1-answers",
                (
                    Answer(
                        "Basis for preparation", (filing.figure("Basis", "Basic and Comprehensive Module", "", place),)
                    ),
                    Answer(
                        "Legal form", (filing.figure("Legal form", "Private limited liability undertaking", "", place),)
                    ),
                    Answer("Turnover", (filing.figure("Turnover", "41,870,000", "EUR", place),)),
                    Answer("Size of balance sheet", (filing.figure("Assets", "38,215,400", "EUR", place),)),
                    Answer("Website", (filing.figure("Website", "https://www.officine-valdarno.example", "", place),)),
                    Answer(
                        "NACE sector classification codes",
                        (
                            filing.figure("NACE", "C28.41 Manufacture of metal forming machinery", "", place),
                            filing.figure("NACE", "C33.12 Repair and maintenance of machinery", "", place),
                        ),
                    ),
                    Answer("Conformity declaration", (filing.figure("Declaration", LONG_WORD, "", place),)),
                    Answer("Subsidiaries", (ABSENT,)),
                ),
            ),
            Table(
                "b1-sites",
                "List of sites",
                (
                    Column("No.", numeric=True),
                    Column("Address"),
                    Column("Postal code"),
                    Column("City"),
                    Column("Country"),
                    Column("Geolocation"),
                ),
                sites,
                paragraph="24(e)",
            ),
        ),
    )
    practices = ("Climate change", "Pollution", "Water and marine resources", "Biodiversity and ecosystems")
    b2 = Section(
        "b2",
        "Practices, policies and future initiatives for transitioning towards a more sustainable economy",
        "B2",
        "26–28",
        "general",
        (
            Table(
                "b2-table",
                "Practices, policies, initiatives and targets by issue",
                (
                    Column("Issue"),
                    Column("Practices"),
                    Column("Policies"),
                    Column("Public"),
                    Column("Initiatives"),
                    Column("Targets"),
                ),
                tuple(
                    Row(
                        (
                            Figure(name),
                            *(
                                filing.figure(f"{name} {n}", "Yes" if n % 3 else "No", "", (GENERAL, "26"))
                                for n in range(4)
                            ),
                            ABSENT,
                        )
                    )
                    for name in practices
                ),
                note="“Public” says whether the policy can be read by anyone.",
            ),
        ),
    )
    c1 = Section(
        "c1",
        "Strategy: business model and sustainability-related initiatives",
        "C1",
        "47",
        "general",
        (
            Narrative(
                "c1-model",
                "Products and services",
                TEXT,
                (filing.fact("Business model", TEXT[:60], "", (GENERAL, "47")),),
                (2,),
                "47(a)",
            ),
            Note("Main markets: omitted as classified or sensitive information.", "omitted"),
        ),
    )
    return Part("general", "General information", "general", (b1, b2, c1))


def _environment(filing: _Filing) -> Part:
    place = (ENVIRONMENT, "29")
    energy = (
        ("Electricity bought", ("1,204.5", "1,906.25")),
        ("Electricity generated by ourselves", ("688", "–")),
        ("Fuels", ("147.2", "1,366.05")),
    )
    emissions = (
        ("Scope 1", ("1,204", "931.5", "600")),
        ("Scope 2, location-based", ("1,377", "1,102.75", "700")),
        ("Scope 2, market-based", ("1,377", "842", "0")),
        ("Scope 3", ("–", "18,450", "–")),
    )

    def row(label: str, shown: tuple[str, ...], unit: str, names: tuple[str, ...]) -> Row:
        cells = tuple(
            ABSENT if text == "–" else filing.figure(f"{label} {name}", text, unit, place, dimensions=name)
            for text, name in zip(shown, names, strict=True)
        )
        return Row((Figure(label), *cells))

    emission_rows = [row(label, shown, "tCO₂e", ("2020", "2025", "2030")) for label, shown in emissions]
    located = emission_rows[1].cells
    emission_rows[1] = Row((*located[:2], replace(located[2], notes=(1,)), located[3]))
    b3 = Section(
        "b3",
        "Energy and greenhouse gas emissions",
        "B3",
        "29–31",
        "environment",
        (
            Table(
                "b3-energy",
                "Energy consumption",
                (
                    Column("Source"),
                    Column("Renewable", "MWh", numeric=True),
                    Column("Not renewable", "MWh", numeric=True),
                ),
                (
                    *(row(label, shown, "MWh", ("renewable", "not renewable")) for label, shown in energy),
                    Row(
                        (Figure("Total"), ABSENT, filing.figure("Total energy consumption", "5,312", "MWh", place)),
                        total=True,
                    ),
                ),
                paragraph="29",
            ),
            Chart(
                "b3-energy-chart",
                "stack",
                "Two fifths of our energy is renewable",
                "Energy consumption by source, MWh, 2025",
                ("Electricity bought", "Electricity generated by ourselves", "Fuels"),
                (
                    Series(
                        "Renewable",
                        (Decimal("1204.5"), Decimal(688), Decimal("147.2")),
                        ("1,204.5", "688", "147.2"),
                        "part",
                    ),
                    Series(
                        "Not renewable",
                        (Decimal("1906.25"), None, Decimal("1366.05")),
                        ("1,906.25", "–", "1,366.05"),
                        "part",
                    ),
                ),
                "MWh",
                "Renewable 1,204.5 MWh of bought electricity, 688 MWh generated, 147.2 MWh of fuels; not the rest.",
            ),
            Table(
                "b3-emissions",
                "Greenhouse gas emissions",
                (
                    Column("Scope"),
                    Column("Base year 2020", "tCO₂e", numeric=True),
                    Column("2025", "tCO₂e", numeric=True),
                    Column("Target 2030", "tCO₂e", numeric=True),
                ),
                tuple(emission_rows),
                paragraph="30",
            ),
            Chart(
                "b3-emissions-chart",
                "bars",
                "Scope 1 emissions fell by 23 % since 2020",
                "Gross greenhouse gas emissions, tCO₂e",
                ("Scope 1", "Scope 2, location-based", "Scope 2, market-based"),
                (
                    Series(
                        "Base year 2020",
                        (Decimal(1204), Decimal(1377), Decimal(1377)),
                        ("1,204", "1,377", "1,377"),
                        "prior",
                    ),
                    Series(
                        "2025",
                        (Decimal("931.5"), Decimal("1102.75"), Decimal(842)),
                        ("931.5", "1,102.75", "842"),
                        "actual",
                    ),
                    Series("Target 2030", (Decimal(600), Decimal(700), Decimal(0)), ("600", "700", "0"), "target"),
                ),
                "tCO₂e",
                "Scope 1: 1,204 tCO₂e in 2020, 931.5 in 2025, 600 aimed at for 2030.",
            ),
            Answers(
                "b3-intensity",
                (Answer("Intensity by turnover", (filing.figure("Intensity", "0.0000486", "tCO₂e/EUR", place),)),),
            ),
        ),
    )
    pollutants = (
        "Nitrogen oxides (NOx/NO₂)",
        "Sulphur oxides (SOx/SO₂)",
        "1,1,2,2-Tetrachloroethane",
        "Particulate matter (PM₁₀)",
    )
    b4 = Section(
        "b4",
        "Pollution of air, water and soil",
        "B4",
        "32",
        "environment",
        (
            Table(
                "b4-pollutants",
                "Emissions by pollutant",
                (
                    Column("Pollutant"),
                    Column("To air", numeric=True),
                    Column("To water", numeric=True),
                    Column("To soil", numeric=True),
                ),
                tuple(
                    Row(
                        (
                            Figure(name),
                            filing.figure(
                                "Emission to air", f"{n * 13.5:.1f}", ("kg", "t")[n % 2], (ENVIRONMENT, "32")
                            ),
                            ABSENT,
                            filing.figure("Emission to soil", f"{n}", "g", (ENVIRONMENT, "32")),
                        )
                    )
                    for n, name in enumerate(pollutants, 1)
                ),
            ),
        ),
    )
    b5 = Section(
        "b5",
        "Biodiversity",
        "B5",
        "33–34",
        "environment",
        (
            Note("No site lies in or near a biodiversity-sensitive area.", "info"),
            Note("Land use was not reported.", "absent"),
        ),
    )
    b6 = Section(
        "b6",
        "Water",
        "B6",
        "35–36",
        "environment",
        (
            KeyFigures(
                (
                    KeyFigure(
                        "Water withdrawal",
                        filing.figure("Water withdrawal", "12,480", "m³", (ENVIRONMENT, "35")),
                        "all sites",
                    ),
                    KeyFigure("Water consumption", ABSENT),
                )
            ),
        ),
    )
    return Part("environment", "Environment", "environment", (b3, b4, b5, b6, _waste(filing)))


def _waste(filing: _Filing) -> Section:
    kinds = (
        "Paint sludge",
        "Waste plastic shavings and turnings",
        "Ferrous metal filings and turnings",
        "Machining emulsions and solutions free of halogens",
        "Packaging containing residues of or contaminated by dangerous substances",
    )
    columns = ("Generated", "Recycled", "Reused", "Disposed of", "Incinerated", "Landfilled", "Stored")
    return Section(
        "b7",
        "Resource use, circular economy and waste management",
        "B7",
        "37–38",
        "environment",
        (
            Narrative(
                "b7-text",
                "How we apply circular economy principles",
                TEXT + "\n\n" + TEXT,
                (filing.fact("Circular economy", TEXT[:60], "", (ENVIRONMENT, "37")),),
                (),
                "37",
            ),
            Table(
                "b7-waste",
                "Waste by type",
                (Column("Type of waste"), *(Column(name, "t", numeric=True) for name in columns)),
                tuple(
                    Row(
                        (
                            Figure(kind),
                            *(
                                filing.figure(f"Waste {kind}", f"{(n + 1) * 12.375 + m:,.2f}", "t", (ENVIRONMENT, "38"))
                                for m, _ in enumerate(columns)
                            ),
                        )
                    )
                    for n, kind in enumerate(kinds * 4)
                ),
                note="Codes of the European List of Waste.",
            ),
            Table(
                "b7-materials",
                "Annual mass flow of relevant materials used",
                (Column("Material"), *(Column(f"Site {n} Arezzo", "t", numeric=True) for n in range(1, 12))),
                tuple(
                    Row(
                        (
                            Figure(name),
                            *(
                                filing.figure(f"Material {name}", f"{n * 1200.5:,.1f}", "t", (ENVIRONMENT, "38"))
                                for n in range(1, 12)
                            ),
                        )
                    )
                    for name in ("Steel", "Aluminium", "Plastics and composites")
                ),
            ),
        ),
    )


def _social(filing: _Filing) -> Part:
    place = (SOCIAL, "39")
    b8 = Section(
        "b8",
        "Workforce – general characteristics",
        "B8",
        "39–40",
        "social",
        (
            Table(
                "b8-table",
                "Employees",
                (Column("Characteristic"), Column("Number", "people", numeric=True)),
                (
                    Row((Figure("Women"), filing.figure("Women", "61", "people", place))),
                    Row((Figure("Men"), filing.figure("Men", "117", "people", place))),
                    Row((Figure("Other"), filing.figure("Other", "2", "people", place))),
                    Row((Figure("All"), filing.figure("Number of employees", "180", "people", place)), total=True),
                ),
            ),
            Chart(
                "b8-gender",
                "share",
                "A third of us are women",
                "Employees by gender, 31 December 2025",
                ("",),
                (
                    Series("Women", (Decimal(61),), ("61",), "part"),
                    Series("Men", (Decimal(117),), ("117",), "part"),
                    Series("Other", (Decimal(2),), ("2",), "part"),
                    Series("Not reported", (Decimal(0),), ("0",), "part"),
                ),
                "people",
                "61 women, 117 men, 2 of other gender.",
            ),
            Chart(
                "b8-countries",
                "columns",
                "Most of us work in Italy",
                "Employees by country, 31 December 2025",
                ("Italy", "Czechia", "Poland", "Bosnia and Herzegovina"),
                (Series("Employees", (Decimal(104), Decimal(51), Decimal(19), Decimal(6)), ("104", "51", "19", "6")),),
                "people",
            ),
            Chart(
                "b8-turnover",
                "bars",
                "The workforce shrank in Łódź only",
                "Change of headcount by site, people",
                ("Arezzo, headquarters and works with the foundry", "Brno", "Łódź", "Győr"),
                (Series("Change", (Decimal(12), Decimal(3), Decimal(-4), None), ("+12", "+3", "−4", "–")),),
                "people",
            ),
        ),
    )
    b9 = Section(
        "b9",
        "Workforce – health and safety",
        "B9",
        "41",
        "social",
        (
            Answers(
                "b9-answers",
                (
                    Answer("Recordable work-related accidents", (filing.figure("Accidents", "5", "", place),)),
                    Answer(
                        "Rate of recordable work-related accidents",
                        (filing.figure("Accident rate", "3.21", "", place),),
                    ),
                    Answer(
                        "Fatalities as a result of work-related injuries and ill health",
                        (filing.figure("Fatalities", "0", "", place),),
                    ),
                ),
            ),
        ),
    )
    b10 = Section(
        "b10",
        "Workforce – remuneration, collective bargaining and training",
        "B10",
        "42",
        "social",
        (
            Answers(
                "b10-answers",
                (Answer("Pay gap between women and men", (filing.figure("Pay gap", "4.7", "%", place),)),),
            ),
        ),
    )
    return Part("social", "Social", "social", (b8, b9, b10))


def _governance(filing: _Filing) -> Part:
    place = (GOVERNANCE, "43")
    b11 = Section(
        "b11",
        "Convictions and fines for corruption and bribery",
        "B11",
        "43",
        "governance",
        (
            Answers(
                "b11-answers",
                (
                    Answer("Convictions", (filing.figure("Convictions", "0", "", place),)),
                    Answer("Fines", (filing.figure("Fines", "0", "EUR", place),)),
                ),
            ),
        ),
    )
    c9 = Section(
        "c9",
        "Gender diversity ratio in the governance body",
        "C9",
        "65",
        "governance",
        (Note("Not reported.", "absent"),),
    )
    return Part("governance", "Governance", "governance", (b11, c9))


def _index(parts: tuple[Part, ...]) -> tuple[IndexRow, ...]:
    shown = tuple(
        IndexRow(section.number, section.title, section.paragraph, f"{section.paragraph} (a)", "reported", section.id)
        for part in parts
        for section in part.sections
    )
    omitted = IndexRow(
        "C2",
        "Description of practices, policies and future initiatives",
        "48–49",
        "51",
        "omitted",
        "",
        "Classified or sensitive information, paragraph 19.",
    )
    return (*shown, omitted)


# ── a report whose texts attack ──────────────────────────────────────────────────────────────────────────────

ATTACKS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7*7 }} {% set x = 1 %}",
    "javascript:alert(1)",
    "]]> --> <!--",
    "'); } body { display: none; /*",
    "https://example.org/?q=<script>alert(1)</script>",
    'http://user@example.org/"onmouseover="alert(1)',
    "data:text/html,<script>alert(1)</script>",
)


def hostile_document() -> Document:
    """Attacks wherever a document takes text of others."""
    text = " ".join(ATTACKS)
    fact = Provenance("f-1", text, text, text, text, text, text, Source(text, text, text, text), text, text)
    figure = Figure(text, text, ("f-1",))
    numbers = Series(text, (Decimal(1),), (text,))
    blocks = (
        Table("t", text, (Column(text, text), Column(text, text, numeric=True)), (Row((figure, figure)),), text, text),
        Answers("a", (Answer(text, (figure, Figure(text), Figure(text[:40], text, ("f-1",)))),)),
        Narrative("n", text, text, ("f-1",), (1,), text),
        *(
            Chart(f"c-{kind}", kind, text, text, (text,), (numbers,), text, text)
            for kind in ("bars", "columns", "share")
        ),
        Note(text),
        KeyFigures((KeyFigure(text, figure, text, "s"),)),
    )
    section = Section("s", text, text, text, "social", blocks)
    document = sample_document()
    return replace(
        document,
        title=text,
        subtitle=text,
        entity=Entity(text, text, text),
        period=text,
        standard=text,
        facts_line=text,
        key_figures=KeyFigures((KeyFigure(text, figure, text, "s"),)),
        about=Section("about", text, theme="frame", blocks=(Note(text),)),
        parts=(replace(document.parts[0], title=text, sections=(section,)),),
        index=(replace(document.index[0], title=text, section="s", reason=text, status=text),),
        footnotes=(text,),
        provenance=(fact,),
        findings=(Finding(text, Severity.ERROR, text, text, text, Source(text, text, text)),),
        draft=True,
        methods=None,
    )
