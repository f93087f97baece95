"""Passwords: argon2id with the parameters OWASP names, and what may not be one. The only file that knows argon2."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from field_app_schema.refusals import Refusal

# OWASP password storage cheat sheet: m = 19 MiB, t = 2, p = 1; about 40 ms, and several at once fit in memory.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when the account does not exist or has no password, so that the answer takes the same time.
_NOBODYS = _HASHER.hash(secrets.token_hex(32))

SHORTEST, LONGEST = 10, 200
COMMON = frozenset({
    "1234567890", "12345678910", "0123456789", "9876543210", "1111111111", "0000000000", "8888888888", "6666666666",
    "1122334455", "1234512345", "1q2w3e4r5t", "1qaz2wsx3edc", "qwertyuiop", "qwerty12345", "password12", "password123",
    "password1234", "passw0rd123", "admin12345", "admin123456", "administrator", "abcd123456", "abc1234567",
    "a123456789", "aa12345678", "aaaaaaaaaa", "iloveyou123", "woaini1314", "5201314520", "cunzhan123",
    "cunzhan1234", "letmein1234", "welcome123", "changeme123",
})  # fmt: skip


def hash_password(plain: str, username: str) -> str:
    """Give what is stored of a password; refuses with PASSWORD_WEAK and the reason."""
    reason = _weakness(plain, username)
    if reason:
        raise Refusal("PASSWORD_WEAK", errors={"password": [reason]})
    return _HASHER.hash(plain)


def _weakness(plain: str, username: str) -> str | None:
    low = plain.lower()
    if len(plain) < SHORTEST:
        return f"至少 {SHORTEST} 个字符 / at least {SHORTEST} characters"
    if len(plain) > LONGEST:
        return f"最多 {LONGEST} 个字符 / at most {LONGEST} characters"
    if low in COMMON or len(set(low)) < 4:
        return "太常见或太单调 / too common or too uniform"
    if username.lower() in low:
        return "不能包含用户名 / must not contain the user name"
    return None


def fits(stored: str | None, plain: str) -> bool:
    """Say whether the password is right; takes the same time when there is nothing stored."""
    try:
        _HASHER.verify(stored or _NOBODYS, plain)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return bool(stored)
