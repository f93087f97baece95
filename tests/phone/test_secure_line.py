"""A line under TLS whose proxy shows a wrong certificate: nothing is given to it, and nothing is lost."""

from __future__ import annotations

import base64
import hashlib
import shutil
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate
from playwright.sync_api import Playwright

from tests.phone.conftest import Stand, standing
from tests.phone.stand.visiting import held_by, settled, sync

pytestmark = pytest.mark.browser


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # Each connection shows its certificate: none goes on from what an earlier one proved.
    context.num_tickets = 0
    return context


@pytest.fixture
def secure(playwright: Playwright, sqlite_template: Path, tmp_path: Path, tls: ssl.SSLContext) -> Iterator[Stand]:
    shutil.copyfile(sqlite_template, tmp_path / "server.db")
    with standing(playwright, tmp_path, f"sqlite:///{tmp_path / 'server.db'}", tls=tls) as built:
        yield built


def test_a_wrong_certificate_gets_nothing(secure: Stand, tls: ssl.SSLContext) -> None:
    good, wrong = (trustme.CA().issue_cert("127.0.0.1") for _turn in range(2))
    good.configure_cert(tls)
    phone = secure.phone("chen", "chen", f"--ignore-certificate-errors-spki-list={fingerprint(good)}")
    secure.visit(phone, 1)
    secure.line.heal()
    wrong.configure_cert(tls)
    passed = len(secure.line.exchanges)
    settled(phone.page, sync(phone.page))
    assert len(secure.line.exchanges) == passed, "something was told to a server that nobody vouches for"
    assert len(held_by(phone.page).records) == 1
    good.configure_cert(tls)
    sync(phone.page)
    secure.all_arrived(phone)


def fingerprint(leaf: trustme.LeafCert) -> str:
    """Give the hash of a certificate's key, as Chromium takes it."""
    key = load_pem_x509_certificate(leaf.cert_chain_pems[0].bytes()).public_key()
    told = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(told).digest()).decode()
