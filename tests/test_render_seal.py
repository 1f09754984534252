"""The seal and what `esgreport verify` finds: an untouched report stands, one changed byte does not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from render_document import sample_document

from esgreport.cli import main
from esgreport.errors import VerificationError, WorkbookError
from esgreport.render.html import render_html
from esgreport.render.pdf import Enclosure, render_pdf
from esgreport.render.preflight import preflight
from esgreport.verification import verify

pytest.importorskip("pyhanko", reason="the extra `sign` is not installed")

from esgreport.render.seal import Key, opened_key, sealed

WORDS = "open sesame"


def key_file(folder: Path) -> Path:
    """A key made for the test, with a certificate it signed itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Officine Valdarno Seal")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, now, now + timedelta(days=9))
    certificate = made.sign(key, hashes.SHA256())
    path = folder / "key.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"k", key, certificate, None, BestAvailableEncryption(WORDS.encode()))
    )
    return path


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return opened_key(key_file(tmp_path_factory.mktemp("key")), WORDS)


@pytest.fixture(scope="module")
def bare() -> bytes:
    document = sample_document()
    return render_pdf(render_html(document), document, [Enclosure("facts.json", b"{}", "Data", "Facts")])


def verdicts(path: Path) -> list[tuple[str, str]]:
    return [(look.what, look.verdict) for look in verify(path)]


def test_a_sealed_pdf_is_still_archivable_and_accessible_and_begins_as_it_was(bare: bytes, key: Key) -> None:
    done = sealed(bare, key)
    assert done.startswith(bare)
    assert preflight(done, "en", ["facts.json"]) == ()


def test_a_seal_that_holds_is_said_with_its_owner_and_fingerprint(tmp_path: Path, bare: bytes, key: Key) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(sealed(bare, key))
    seal = verify(path)[-1]
    assert seal.verdict == "ok"
    assert "Officine Valdarno Seal" in seal.said and "SHA-256" in seal.said


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_one_changed_byte_breaks_it(tmp_path: Path, bare: bytes, key: Key, place: float) -> None:
    done = bytearray(sealed(bare, key))
    at = done.index(b"stream", int(len(bare) * place)) + 20
    done[at] ^= 1
    path = tmp_path / "report.pdf"
    path.write_bytes(done)
    assert verify(path)[-1].verdict == "wrong"


def test_what_is_added_behind_a_seal_is_found(tmp_path: Path, bare: bytes, key: Key) -> None:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(sealed(bare, key))), incremental=True)
    writer.add_blank_page(100, 100)
    path = tmp_path / "report.pdf"
    with path.open("wb") as file:
        writer.write(file)
    assert verify(path)[-1].verdict == "wrong"


def test_a_key_that_does_not_open_is_said_without_its_passphrase(tmp_path: Path) -> None:
    path = key_file(tmp_path)
    with pytest.raises(WorkbookError) as error:
        opened_key(path, "wrong words")
    assert error.value.message == "key.p12: no key in PKCS #12 that the passphrase opens."
    assert WORDS not in repr(opened_key(path, WORDS))


# ── the commands ─────────────────────────────────────────────────────────────────────────────────────────────


def run(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(words), env=environment)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    book, out = str(folder / "book.xlsx"), folder / "out"
    assert run("init", book, "--sample").exit_code == 0
    key = str(key_file(folder))
    done = run("build", book, "-o", str(out), "--sign", key, "--audience", "full", ESGREPORT_PASSPHRASE=WORDS)
    assert done.exit_code == 0, done.output
    return out


def test_all_that_was_built_stands_up_to_verification(built: Path) -> None:
    done = run("verify", str(built / "manifest.json"))
    assert done.exit_code == 0, done.output
    assert "✓ report.html: as it was built" in done.output
    assert "✓ report.pdf › facts.json: carried by the PDF, as the manifest names it" in done.output
    assert "✓ report.pdf: sealed and unchanged" in done.output
    assert "? book.xlsx: the file the report was made from is not here" in done.output
    assert run("verify", str(built / "report.pdf")).exit_code == 0


def test_a_changed_page_and_a_missing_file_are_found(built: Path, tmp_path: Path) -> None:
    for file in built.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "report.html").write_bytes(b"<p>better figures</p>")
    (tmp_path / "findings.json").unlink()
    done = run("verify", str(tmp_path / "manifest.json"))
    assert done.exit_code == 6
    assert "✗ report.html: changed since it was built" in done.output
    assert "✗ findings.json: it is not there" in done.output
    assert "2 of" in done.output


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"[]",
        b"{}",
        b'{"inputs": [], "outputs": [{"file": "../secret", "sha256": "x"}]}',
        b'{"inputs": [], "outputs": [{"file": "/etc/passwd", "sha256": "x"}]}',
        b"[" * 100_000,
        b"%PDF-1.7 nothing",
    ],
)
def test_what_is_no_report_is_an_error_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(content)
    with pytest.raises(VerificationError) as error:
        verify(path)
    assert str(path.name) in error.value.message and "\n" not in error.value.message


def test_a_manifest_without_a_pdf_is_verified_too(tmp_path: Path) -> None:
    import hashlib

    (tmp_path / "facts.json").write_bytes(b"{}")
    outputs = [{"file": "facts.json", "sha256": hashlib.sha256(b"{}").hexdigest()}]
    (tmp_path / "manifest.json").write_text(json.dumps({"inputs": [], "outputs": outputs}), encoding="utf-8")
    assert verdicts(tmp_path / "manifest.json") == [("facts.json", "ok")]
