"""What reading and measuring survey answers costs: 100,000 and 1,000,000 rows of 12 columns.

    python bench/customers.py [ROWS ...]

Reading is of Parquet, CSV and Excel, beside pandas reading the same file without looking at a value (for Excel: walking
through the XML of the sheet with lxml, nothing kept). Measuring is of Parquet with 5,000 customers, beside pandas
grouping the same answers once, by question and customer: all metrics; with four breakdowns; with all panels. Each is a
process of its own; CPU seconds are of the whole process, its imports included, megabytes its peak.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

OURS = """
import sys
from pathlib import Path
from esgreport import definitions, read
tables, findings = read.read_tables([(Path(sys.argv[1]), "x")], definitions.load())
assert len(tables["responses"]) == int(sys.argv[2]) and not findings, findings
"""
MEASURED = """
import sys
from pathlib import Path
from esgreport import customers, definitions
from esgreport.measure.customers import measure_customers
from esgreport.measure.customers.panels import customer_panels
found = definitions.load()
reading = customers.read_customers([*map(Path, sys.argv[2:])], found)
by = ("segment", "team", "country", "touchpoint") if sys.argv[1] == "by" else ()
metrics, findings = measure_customers(reading.tables, found, "en", by)
assert sum(metric.value is not None for metric in metrics) > 20, metrics
assert sys.argv[1] != "panels" or customer_panels(reading.tables, found, metrics).drivers[0].shares
"""
GROUPED = """
import sys, pandas
frame = pandas.read_parquet(sys.argv[1])
print(frame.groupby(["question_id", "account_id"])["value_number"].agg(["size", "mean", "var"]).shape)
"""
WAYS = {"all metrics": "all", "with four breakdowns": "by", "with all panels": "panels"}
QUESTIONS = """question_id,metric,question_text,scale_min,scale_max,direction,top_box,survey_type
q0,nps,Recommend?,0,10,good_high,,relational
q1,csat,Satisfied?,0,10,good_high,3,relational
q2,ces,Easy?,0,10,ease_high,3,relational
q3,trust,Trust us?,0,10,good_high,,relational
q4,identification,One of us?,0,10,good_high,,relational
"""
SETTINGS = """setting,value
reporting_period_start,2025-01-01
reporting_period_end,2025-12-31
currency,EUR
"""
BARE = {
    ".parquet": "import sys, pandas; pandas.read_parquet(sys.argv[1])",
    ".csv": "import sys, pandas; pandas.read_csv(sys.argv[1], dtype='str')",
    ".xlsx": """
import sys, zipfile
from lxml import etree
with zipfile.ZipFile(sys.argv[1]).open('xl/worksheets/sheet1.xml') as sheet:
    for _, row in etree.iterparse(sheet, tag='{*}row'):
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]
""",
}


def main() -> None:
    """Write the files, read each, print a line for each.

    The files are written by a process of their own: what a process holds counts as the peak of those it starts.
    """
    if sys.argv[1:2] == ["--write"]:
        write_files(Path(sys.argv[2]), int(sys.argv[3]))
        return
    sizes = [int(size) for size in sys.argv[1:]] or [100_000, 1_000_000]
    print(f"{'':32} {'CPU s':>8} {'MB':>7}   {'bare: CPU s':>12} {'MB':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            subprocess.run([sys.executable, __file__, "--write", folder, str(size)], check=True)
            for path in (Path(folder) / f"responses{suffix}" for suffix in BARE):
                ours = measure(OURS, str(path), str(size))
                bare = measure(BARE[path.suffix], str(path))
                show(f"{size:,} rows{path.suffix}", ours, bare)
            files = [str(Path(folder) / name) for name in TABLES]
            bare = measure(GROUPED, files[0])
            for name, way in WAYS.items():
                show(f"{size:,}: {name}", measure(MEASURED, way, *files), bare)


def show(name: str, ours: tuple[float, float], bare: tuple[float, float]) -> None:
    """One line: what it cost, and what the bare libraries cost."""
    print(f"{name:32} {ours[0]:8.2f} {ours[1]:7.0f}   {bare[0]:12.2f} {bare[1]:7.0f}", flush=True)


def write_files(folder: Path, size: int) -> None:
    """The same answers as Parquet, CSV and Excel."""
    import numpy as np
    import pandas as pd

    draw = np.random.default_rng(1)

    def codes(form: str, count: int) -> pd.Series:
        return pd.Series(draw.integers(0, count, size)).map(form.format)

    seconds = pd.to_timedelta(draw.integers(0, 730 * 24 * 3600, size), unit="s")
    frame = pd.DataFrame(
        {
            "response_id": pd.Series(np.arange(size) // 5).map("R{:07d}".format),
            "collected_at": pd.Timestamp("2024-01-01") + seconds,
            "account_id": codes("C{:05d}", 5_000),
            "contact_id": pd.Series(np.arange(size) // 20).map("P{:06d}".format),
            "question_id": pd.Series(np.arange(size) % 5).map("q{}".format),
            "value_number": draw.integers(0, 11, size),
            "channel": np.array(["email", "sms", "web", "phone"])[draw.integers(0, 4, size)],
            "touchpoint_id": codes("TP{:02d}", 17),
            "team": codes("Team {}", 8),
            "wave": pd.Series(np.arange(size) // 5 % 4).map("2025-H{}".format),
            "language": np.array(["it", "de", "en", "fr"])[draw.integers(0, 4, size)],
            "status": np.array(["complete", "partial"])[draw.integers(0, 2, size)],
        }
    )
    write_tables(folder)
    paths = [folder / f"responses{suffix}" for suffix in BARE]
    frame.to_parquet(paths[0], index=False)
    frame.to_csv(paths[1], index=False)
    write_workbook(paths[2], frame)


TABLES = ("responses.parquet", "questions.csv", "accounts.csv", "settings.csv")


def write_tables(folder: Path) -> None:
    """What is said of questions, customers and the period, beside the answers."""
    lines = [
        f"C{at:05},active,2020-01-01,Segment {at % 6},{('IT', 'DE', 'FR', 'ES')[at % 4]},{1000 + at * 37 % 99_000}"
        for at in range(5_000)
    ]
    heads = "account_id,status,customer_since,segment,country,annual_revenue"
    for name, text in zip(TABLES[1:], (QUESTIONS, "\n".join([heads, *lines]) + "\n", SETTINGS), strict=True):
        (folder / name).write_text(text, encoding="utf-8")


def write_workbook(path: Path, frame: object) -> None:
    """The answers as one sheet."""
    import pandas as pd
    import xlsxwriter

    assert isinstance(frame, pd.DataFrame)
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Responses")
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for column, name in enumerate(frame):
            sheet.write_string(0, column, str(name))
        for row, values in enumerate(frame.itertuples(index=False), start=1):
            for column, value in enumerate(values):
                if isinstance(value, pd.Timestamp):
                    sheet.write_datetime(row, column, value.to_pydatetime(), day)
                else:
                    sheet.write(row, column, value)


def measure(code: str, *arguments: str) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a Python process. Errors: SystemExit when it fails, with what it said."""
    command = (sys.executable, "-c", code, *arguments)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(subprocess.run(command, capture_output=True, text=True, check=False).stderr)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
