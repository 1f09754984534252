"""A report shown while it is worked on: built anew at each save, served to this computer alone; it knows no report."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from esgreport.errors import EsgreportError
from esgreport.model import Progress
from esgreport.render.reload import page_of_error, with_reload

LOOPBACK = "127.0.0.1"
_PAUSE = 0.3
"""Seconds between two looks at the files."""


@dataclass(slots=True)
class Shelf:
    """The page that is shown now, and which version of it that is; the builder lays it down, the server takes it."""

    page: bytes = b""
    version: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def lay(self, page: str) -> None:
        """Put a newer page in place of the one before."""
        with self.lock:
            self.version += 1
            self.page = with_reload(page, self.version).encode("utf-8")

    def answer(self, path: str) -> tuple[bytes, str] | None:
        """What is found at a path, and of which type; there are two: the page and its version."""
        with self.lock:
            if path == "/":
                return self.page, "text/html; charset=utf-8"
            return (str(self.version).encode(), "text/plain; charset=utf-8") if path == "/version" else None


def server_of(shelf: Shelf, port: int = 0) -> ThreadingHTTPServer:
    """A server of what lies on the shelf, for this computer only, at a free port unless one is named.

    It answers nobody who calls it by another name, so that no page from elsewhere can have it read out.
    """

    class Answering(BaseHTTPRequestHandler):
        server_version = "esgreport"
        sys_version = ""

        def do_GET(self) -> None:
            """The page, its version, or nothing."""
            known = {f"{name}:{server.server_port}" for name in (LOOPBACK, "localhost")}
            found = shelf.answer(self.path) if self.headers.get("Host") in known else None
            if found is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            content, kind = found
            self.send_response(HTTPStatus.OK)
            for name, value in (("Content-Type", kind), ("Content-Length", str(len(content))), *_HEADERS):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing: whoever works on a report does not want to read of its requests."""

    server = ThreadingHTTPServer((LOOPBACK, port), Answering)
    return server


_HEADERS = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


def state_of(paths: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """When and how large all files are: of the paths themselves, and of all in them where they are folders."""
    return tuple(sorted(_states(paths)))


def _states(paths: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    for path in paths:
        for file in (path, *(path.rglob("*") if path.is_dir() else ())):
            try:
                known = file.stat()
            except OSError:  # taken away between two looks
                continue
            yield str(file), known.st_mtime_ns, known.st_size


def keep_building(shelf: Shelf, build: Callable[[], str], paths: Iterable[Path], tell: Progress) -> Iterator[int]:
    """Build and lay down a page, then again at each change of a file; yields the version there is after each look.

    What keeps a page from being built is told, and shown in its place.
    """
    watched = tuple(paths)
    before = None
    while True:
        now = state_of(watched)
        if now != before:
            before = now
            start = time.monotonic()
            try:
                shelf.lay(build())
                tell(f"Built in {time.monotonic() - start:.1f} s.")
            except EsgreportError as error:
                shelf.lay(page_of_error(error.message))
                tell(error.message)
        yield shelf.version
        time.sleep(_PAUSE)
