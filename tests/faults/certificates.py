"""Certificates for loopback, generated on demand: a good one, and others with one defect each."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import tempfile
import threading
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

#: ``trusting()`` trusts all of them except the last, so that each can fail only because of its defect.
KINDS = ("good", "expired", "wrong host", "self-signed")


def _generate(kind: str) -> bytes:
    """Generate a key and a self-signed certificate, in one PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"cachet_sdk tests: {kind}")])
    now = dt.datetime.now(dt.UTC)
    until = now - dt.timedelta(days=1) if kind == "expired" else now + dt.timedelta(days=1)
    owner: x509.GeneralName = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    if kind == "wrong host":
        owner = x509.DNSName("elsewhere.test")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=9))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([owner]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)


_LOCK = threading.Lock()
_PEMS: dict[str, bytes] = {}


def _pem(kind: str) -> bytes:
    with _LOCK:
        if kind not in _PEMS:
            _PEMS[kind] = _generate(kind)
        return _PEMS[kind]


def certificate(kind: str) -> bytes:
    """Return a certificate without its key, in PEM."""
    return x509.load_pem_x509_certificate(_pem(kind)).public_bytes(serialization.Encoding.PEM)


@cache
def serving(kind: str) -> ssl.SSLContext:
    """Return the TLS settings of a server with this kind of certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "certificate.pem"
        file.write_bytes(_pem(kind))
        context.load_cert_chain(file)
    return context


@cache
def trusting() -> ssl.SSLContext:
    """Return the TLS settings of a client that trusts all kinds except the self-signed one."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata="".join(_pem(kind).decode() for kind in KINDS[:-1]))
    return context
