"""A phone that seals its photos as the real one does: the key, the chain and the very letters it signs."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from flask.testing import FlaskClient

from tests.world import World


@dataclass
class SealingPhone:
    """The phone of one of the people; `head` and `number` are those of the last photo it kept."""

    inspector: int
    device: int
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    number: int = 0
    head: str | None = None

    @property
    def public_key(self) -> str:
        """The SubjectPublicKeyInfo in base64, as WebCrypto exports it."""
        spki = self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return base64.b64encode(spki).decode()

    def sign(self, payload: str) -> str:
        """Sign letters as WebCrypto does: r and s, 32 bytes each."""
        r, s = utils.decode_dss_signature(self.key.sign(payload.encode(), ec.ECDSA(hashes.SHA256())))
        return base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()

    def seal(self, sha256: str, /, **changes: Any) -> dict[str, str]:
        """Keep one more photo: its seal; `changes` make a payload say something else."""
        told = {
            "v": 1, "number": self.number + 1, "sha256": sha256, "station": "JY001", "inspector": self.inspector,
            "device": self.device, "taken_at": "2026-11-20T11:25:00+08:00", "wall": "2026-11-20T03:25:02Z",
            "monotonic_ms": 1000, "signed_time": None,
            "fix": {"lon": 111.342, "lat": 25.2711, "accuracy_m": 12, "age_s": 3}, "previous": self.head,
        } | changes  # fmt: skip
        payload = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        self.number, self.head = self.number + 1, sha256
        return {"payload": payload, "signature": self.sign(payload)}


def phone_of(client: FlaskClient, world: World, person: str = "chen") -> SealingPhone:
    """Give a person's phone with its key registered."""
    caller = world.callers[person]
    phone = SealingPhone(caller.account_id or 0, caller.device_id or 0)
    answer = client.put("/api/v1/my/device/key", json={"public_key": phone.public_key}, headers=world.as_phone(person))
    assert answer.status_code == 200, answer.json
    return phone
