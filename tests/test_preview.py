"""The preview: the report as it is at each save, for this computer alone, under a policy that lets in one question."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from render_document import sample_document

from esgreport.errors import WorkbookError
from esgreport.preview import LOOPBACK, Shelf, keep_building, server_of, state_of
from esgreport.render.html import render_html
from esgreport.render.pages import fingerprint
from esgreport.render.reload import page_of_error, with_reload

PAGE = render_html(sample_document())


@pytest.fixture
def served() -> Iterator[tuple[Shelf, str]]:
    shelf = Shelf()
    server = server_of(shelf)
    worker = threading.Thread(target=server.serve_forever)
    worker.start()
    yield shelf, f"http://{LOOPBACK}:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    worker.join()


def got(address: str, **headers: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, "", ""


def test_the_page_asks_for_newer_ones_and_its_policy_lets_in_just_that() -> None:
    page = with_reload(PAGE, 7)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 2 and '"7"' in scripts[1]
    assert all(fingerprint(script) in policy[1] for script in scripts)
    assert "connect-src" in policy[1] and "default-src" in policy[1]
    assert "connect-src" not in PAGE


def test_what_keeps_a_report_from_being_built_is_shown_and_not_run() -> None:
    page = with_reload(page_of_error("book.xlsx <script>alert(1)</script>"), 2)
    assert "book.xlsx &lt;script&gt;" in page
    assert page.count("<script>") == 1


def test_the_page_and_its_version_are_served_and_nothing_else(served: tuple[Shelf, str], tmp_path: Path) -> None:
    shelf, address = served
    shelf.lay("<html><body>one</body></html>")
    status, kind, page = got(f"{address}/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert "one" in page
    assert got(f"{address}/version") == (200, "text/plain; charset=utf-8", "1")
    for path in ("/..", "/report.html", "/etc/passwd", "/?x", f"/{tmp_path}"):
        assert got(f"{address}{path}")[0] == 404


def test_it_does_not_answer_to_another_name(served: tuple[Shelf, str]) -> None:
    shelf, address = served
    shelf.lay("<html><body>secret</body></html>")
    assert got(f"{address}/", Host="evil.example")[0] == 404
    port = address.rpartition(":")[2]
    assert got(f"{address}/", Host=f"localhost:{port}")[0] == 200


def test_a_save_makes_a_new_version_and_an_error_is_shown_until_the_next(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"one")
    shelf, told = Shelf(), list[str]()

    def build() -> str:
        text = book.read_text(encoding="utf-8")
        if text == "spoilt":
            raise WorkbookError("book.xlsx: it is spoilt.")
        return f"<html><body>{text}</body></html>"

    rounds = keep_building(shelf, build, [book], told.append)
    assert [next(rounds), next(rounds)] == [1, 1]
    book.write_bytes(b"spoilt")
    assert next(rounds) == 2
    assert b"it is spoilt." in shelf.page and told[-1] == "book.xlsx: it is spoilt."
    book.write_bytes(b"three")
    assert next(rounds) == 3
    assert b"three" in shelf.page


def test_files_in_folders_are_watched_also_new_ones_and_gone_ones(tmp_path: Path) -> None:
    before = state_of([tmp_path])
    (tmp_path / "style.css").write_text("p{}", encoding="utf-8")
    after = state_of([tmp_path])
    assert before != after
    (tmp_path / "style.css").unlink()
    assert len(state_of([tmp_path, tmp_path / "gone"])) == 1


def test_the_command_says_where_it_serves_and_ends_cleanly(tmp_path: Path) -> None:
    book = str(tmp_path / "book.xlsx")
    esgreport = [sys.executable, "-m", "esgreport"]
    subprocess.run([*esgreport, "init", book, "--sample"], check=True, capture_output=True)
    run = subprocess.Popen([*esgreport, "preview", book, "--theme", "editorial"], stderr=subprocess.PIPE, text=True)
    assert run.stderr is not None
    try:
        address = next(found[1] for line in run.stderr if (found := re.search(r"(http://127\.0\.0\.1:\d+/) ", line)))
        assert 'id="at-a-glance"' in got(address)[2]
        run.send_signal(signal.SIGINT)
        assert run.wait(30) == 0
        assert "Traceback" not in run.stderr.read()
    finally:
        run.kill()
        run.stderr.close()
        run.wait()
