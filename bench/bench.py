"""CPU time of the commands beside that of the bare libraries doing the least that could do, whole processes.

    python bench/bench.py [WORKBOOK]

Without a workbook it takes the filled official template in ../shared, where there is one, else our own sample. Each
group is run in turns, so that a busy machine is busy for all; a figure is the median, children included.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

CHECKOUT = Path(__file__).resolve().parent.parent
OFFICIAL = CHECKOUT.parent / "shared" / "data" / "vsme" / "VSME-Digital-Template-Sample-1.2.0.xlsx"

PYTHON = (sys.executable, "-c")
OURS = (sys.executable, "-m", "esgreport")
OPENPYXL = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1], data_only=True)"
LXML = """
import sys, zipfile
from lxml import etree
book = zipfile.ZipFile(sys.argv[1])
for part in sys.argv[2:]:
    etree.fromstring(book.read(part))
"""
WEASYPRINT = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Candidate:
    """One line of a table: what it is called and what is run."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Cost:
    """What one run took: processor seconds, user and system, and the most memory held, in MB."""

    seconds: float
    megabytes: float


def main() -> None:
    """Run the three groups and print a table for each."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        workbook = chosen_workbook(scratch)
        print(f"Workbook: {workbook} ({workbook.stat().st_size / 1000:.0f} kB), Python {sys.version.split()[0]}\n")
        reading = (
            Candidate("esgreport facts", (*OURS, "facts", str(workbook), "--format", "json")),
            Candidate("openpyxl, loading it", (*PYTHON, OPENPYXL, str(workbook))),
            Candidate("lxml, parsing the needed parts", (*PYTHON, LXML, str(workbook), *needed_parts(workbook))),
        )
        compare("Workbook to facts; wanted: a tenth of openpyxl or less", reading, 7)
        report = scratch / "report"
        build = (*OURS, "build", str(workbook), "-o", str(report), "--formats", "html,pdf", "--draft")
        run(build)
        bare = (*PYTHON, WEASYPRINT, str(report / "report.html"), str(scratch / "bare.pdf"))
        building = (Candidate("esgreport build, HTML and PDF", build), Candidate("WeasyPrint, the same HTML", bare))
        compare("Workbook to report; wanted: less than twice WeasyPrint", building, 5)
        starting = (Candidate("esgreport --help", (*OURS, "--help")), Candidate("python, nothing", (*PYTHON, "pass")))
        compare("Starting; wanted: less than 0.25 s", starting, 11)


def chosen_workbook(scratch: Path) -> Path:
    """The workbook of the command line, the official one, or our sample written into `scratch`."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    if OFFICIAL.exists():
        return OFFICIAL
    sample = scratch / "sample.xlsx"
    run((*OURS, "init", str(sample), "--sample"))
    return sample


def needed_parts(workbook: Path) -> list[str]:
    """The parts of the package that hold answers, as `esgreport facts` found them, and what is needed to read them."""
    facts = json.loads(run((*OURS, "facts", str(workbook), "--format", "json")))
    sheets = {item["source"]["sheet"] for item in [*facts["facts"], *facts["dropped"]]}
    with ZipFile(workbook) as package:
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        present = set(package.namelist())
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    needed = [targets[sheet.get(RELATION)] for sheet in book.iter(f"{MAIN}sheet") if sheet.get("name") in sheets]
    parts = [
        f"xl/{target.removeprefix('/xl/')}" for target in ("workbook.xml", "styles.xml", "sharedStrings.xml", *needed)
    ]
    return [part for part in parts if part in present]


def compare(title: str, candidates: tuple[Candidate, ...], rounds: int) -> None:
    """Run all of them in turns and print the medians, each beside the first one's."""
    costs: dict[str, list[Cost]] = {candidate.name: [] for candidate in candidates}
    for _ in range(rounds):
        for candidate in candidates:
            costs[candidate.name].append(measure(candidate.command))
    ours = statistics.median(cost.seconds for cost in costs[candidates[0].name])
    print(f"{title} (median of {rounds})")
    print(f"  {'':32} {'CPU s':>8} {'MB':>6}   esgreport takes")
    for candidate in candidates:
        seconds = statistics.median(cost.seconds for cost in costs[candidate.name])
        megabytes = statistics.median(cost.megabytes for cost in costs[candidate.name])
        ratio = "" if candidate is candidates[0] else f"{ours / seconds:.2f} of it"
        print(f"  {candidate.name:32} {seconds:8.3f} {megabytes:6.0f}   {ratio}".rstrip())
    print()


def measure(command: tuple[str, ...]) -> Cost:
    """What a process and its children cost. Errors: SystemExit when it fails, with what it said."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        run(command)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def run(command: tuple[str, ...]) -> str:
    """Standard output of a command. Errors: SystemExit when it fails, with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
