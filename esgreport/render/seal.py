"""An invisible seal on a finished PDF: who closed it, and that nothing was changed since; it changes no page.

PAdES baseline B-B (ETSI EN 319 142-1), certified so that no later change is allowed. Without a time stamp of a service,
since nothing is fetched: the time in it is this computer's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from esgreport.errors import RenderError, WorkbookError

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD = "Seal"


@dataclass(frozen=True, slots=True)
class Key:
    """A key with its certificate, as PKCS #12, and what opens it."""

    name: str
    content: bytes = field(repr=False)
    passphrase: str = field(repr=False)


def opened_key(path: Path, passphrase: str) -> Key:
    """The key in a file.

    Errors: RenderError without the extra `sign`, WorkbookError for a file that is none or that the words do not open.
    """
    try:
        key = Key(path.name, path.read_bytes(), passphrase)
    except OSError as error:
        raise WorkbookError(f"{path}: cannot be read ({error.strerror}).") from None
    _signer(key)
    return key


def sealed(pdf: bytes, key: Key) -> bytes:
    """The PDF with the seal of a key added behind all that is there already."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    how = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    try:
        written = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), how, signer=_signer(key))
    except Exception as error:
        raise RenderError(f"The PDF could not be sealed with {key.name}: {error}.") from error
    return bytes(written.getvalue())


def _signer(key: Key) -> SimpleSigner:
    try:
        from pyhanko.sign.signers import SimpleSigner
    except ImportError:
        message = "Sealing needs pyHanko, which is not installed: pip install 'esgreport[sign]'."
        raise RenderError(message) from None
    signer: SimpleSigner | None
    try:
        signer = SimpleSigner.load_pkcs12_data(key.content, [], key.passphrase.encode("utf-8") or None)
    except ValueError:
        signer = None
    if signer is None or signer.signing_cert is None:
        raise WorkbookError(f"{key.name}: no key in PKCS #12 that the passphrase opens.")
    return signer
