"""Whether what was built is still what was built: hashes of a manifest, the seal of a PDF, the files it carries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from esgreport.errors import VerificationError

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

Verdict = Literal["ok", "unknown", "wrong"]
MANIFEST = "manifest.json"
_LARGEST = 200_000_000
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""How a broken file fails in libraries that trust what they read."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was looked at, how it stands, and that in words."""

    what: str
    verdict: Verdict
    said: str


def verify(path: Path) -> tuple[Look, ...]:
    """What a manifest's files, or a PDF, are found to be; a PDF with a manifest beside it is held against that too.

    Errors: VerificationError for a file that cannot be read, or is neither.
    """
    content = _content(path)
    if content.startswith(b"%PDF-"):
        beside = path.with_name(MANIFEST)
        manifest = _manifest(beside) if beside.is_file() else {}
        known = {path.name: manifest["outputs"][path.name]} if path.name in manifest.get("outputs", {}) else {}
        return (*_outputs(path.parent, known), *_of_pdf(path.name, content, manifest))
    manifest = _manifest(path)
    looks = [*_outputs(path.parent, manifest["outputs"]), *_inputs(path.parent, manifest["inputs"])]
    for name in manifest["outputs"]:
        if name.endswith(".pdf") and (path.parent / name).is_file():
            looks.extend(_of_pdf(name, _content(path.parent / name), manifest))
    return tuple(looks)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise VerificationError(f"{path}: larger than any report.")
        return path.read_bytes()
    except OSError as error:
        raise VerificationError(f"{path}: cannot be read ({error.strerror}).") from None


def _manifest(path: Path) -> Mapping[str, Mapping[str, str]]:
    """The hashes of the files that went in and that came out, by name."""
    try:
        said = json.loads(_content(path))
        pairs = {
            part: {str(each["file"]): str(each["sha256"]) for each in said[part]} for part in ("inputs", "outputs")
        }
    except (ValueError, KeyError, TypeError, RecursionError):
        raise VerificationError(f"{path}: neither a manifest of esgreport nor a PDF.") from None
    strange = next(
        (name for part in pairs.values() for name in part if Path(name).is_absolute() or ".." in Path(name).parts), ""
    )
    if strange:
        raise VerificationError(f"{path}: it names {strange}, which is not a file beside it.")
    return pairs


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _outputs(folder: Path, files: Mapping[str, str]) -> Iterator[Look]:
    for name, digest in files.items():
        if not (folder / name).is_file():
            yield Look(name, "wrong", "it is not there")
        elif _digest(_content(folder / name)) == digest:
            yield Look(name, "ok", "as it was built")
        else:
            yield Look(name, "wrong", "changed since it was built")


def _inputs(folder: Path, files: Mapping[str, str]) -> Iterator[Look]:
    """Inputs need not lie beside a report: one that does not is not looked for elsewhere."""
    for name, digest in files.items():
        if not (folder / name).is_file():
            yield Look(name, "unknown", "the file the report was made from is not here")
        elif _digest(_content(folder / name)) == digest:
            yield Look(name, "ok", "the file the report was made from")
        else:
            yield Look(name, "wrong", "not the file the report was made from")


def _of_pdf(name: str, content: bytes, manifest: Mapping[str, Mapping[str, str]]) -> Iterator[Look]:
    known = {**manifest.get("inputs", {}), **manifest.get("outputs", {})}
    by_name = {file.replace("/", "_"): digest for file, digest in known.items()}
    for carried, inside in _carried(name, content).items():
        if carried not in by_name:
            yield Look(f"{name} › {carried}", "unknown", "carried by the PDF, not named in a manifest beside it")
        elif _digest(inside) == by_name[carried]:
            yield Look(f"{name} › {carried}", "ok", "carried by the PDF, as the manifest names it")
        else:
            yield Look(f"{name} › {carried}", "wrong", "carried by the PDF, but not the file the manifest names")
    yield from _seals(name, content)


def _carried(name: str, content: bytes) -> Mapping[str, bytes]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return {file: versions[0] for file, versions in PdfReader(BytesIO(content)).attachments.items()}
    except (PyPdfError, *_BROKEN) as error:
        raise VerificationError(f"{name}: a PDF that cannot be read ({error}).") from None


def _seals(name: str, content: bytes) -> Iterator[Look]:
    """Each seal: whether it covers the whole file and holds; trust in its certificate is for its reader to give."""
    if b"/ByteRange" not in content:
        yield Look(name, "unknown", "it has no seal")
        return
    try:
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
    except ImportError:
        yield Look(name, "unknown", "it has a seal; to look at it: pip install 'esgreport[sign]'")
        return
    try:
        seals = list(PdfFileReader(BytesIO(content), strict=False).embedded_signatures)
        if not seals:
            yield Look(name, "wrong", "its seal has been taken out")
        for seal in seals:
            yield _of_seal(name, seal)
    except (PdfError, SignatureValidationError, ValidationInfoReadingError, *_BROKEN) as error:
        yield Look(name, "wrong", f"its seal cannot be read ({error})")


def _of_seal(name: str, seal: EmbeddedPdfSignature) -> Look:
    import logging

    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it tells of certificates it has no reason to trust
    found = validate_pdf_signature(seal, ValidationContext(allow_fetching=False, trust_roots=[]))
    who = found.signing_cert.subject.human_friendly
    prints = found.signing_cert.sha256.hex().upper()
    when = f"{found.signer_reported_dt:%Y-%m-%d %H:%M %Z}" if found.signer_reported_dt else "an unknown time"
    if not (found.intact and found.valid):
        return Look(name, "wrong", f"changed since it was sealed ({who})")
    if found.coverage is not SignatureCoverageLevel.ENTIRE_FILE or found.docmdp_ok is False:
        return Look(name, "wrong", f"something was added after it was sealed ({who})")
    return Look(
        name, "ok", f"sealed and unchanged: {who}, by that computer's clock at {when}; certificate SHA-256 {prints}"
    )
