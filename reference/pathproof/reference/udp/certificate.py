"""A certificate for a server that has none, made in memory."""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

DAYS = 30  # that it is valid


def self_signed(names: Iterable[str]) -> tuple[bytes, bytes]:
    """Make a certificate for host names and addresses, and its key; it is its own authority, both are in PEM.

    Examples
    --------
    >>> certificate, key = self_signed(["localhost", "127.0.0.1"])
    >>> certificate[:27], key[:27]
    (b'-----BEGIN CERTIFICATE-----', b'-----BEGIN PRIVATE KEY-----')
    """
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pathproof server")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName([_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    written = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.PEM), written


def fingerprint(certificate: bytes) -> str:
    """The SHA-256 of the first certificate in PEM, as other tools show it.

    >>> fingerprint(self_signed(["localhost"])[0]).count(":")
    31
    """
    return x509.load_pem_x509_certificates(certificate)[0].fingerprint(hashes.SHA256()).hex(":").upper()


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
