"""Keys and signatures of phones: ECDSA on P-256 with SHA-256 (FIPS 186-5), as WebCrypto makes them. Pure."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

_HALF = 32


def read_key(public_key: str) -> ec.EllipticCurvePublicKey | None:
    """Read a SubjectPublicKeyInfo in base64; None for anything but a P-256 key."""
    try:
        found = serialization.load_der_public_key(base64.b64decode(public_key, validate=True))
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return None
    if isinstance(found, ec.EllipticCurvePublicKey) and isinstance(found.curve, ec.SECP256R1):
        return found
    return None


def write_key(key: ec.EllipticCurvePublicKey) -> str:
    """Give a key in the one way in which it is kept and compared."""
    spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(spki).decode()


def holds(public_key: str, payload: str, signature: str) -> bool:
    """Say whether a signature (r and s, 64 bytes in base64, IEEE P1363) is this key's over these very letters."""
    key = read_key(public_key)
    try:
        both = base64.b64decode(signature, validate=True)
        told = payload.encode()
    except (binascii.Error, ValueError):
        return False
    if key is None or len(both) != 2 * _HALF:
        return False
    r, s = int.from_bytes(both[:_HALF], "big"), int.from_bytes(both[_HALF:], "big")
    try:
        key.verify(utils.encode_dss_signature(r, s), told, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
