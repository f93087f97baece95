"""The demonstration's accounts: one of each role, with a password made at the first start and kept in `var/`."""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from field_app_schema.vocab import Role
from stations.people.access import Caller
from stations.people.accounts import NewAccount, create_account
from stations.people.enrolling import make_enrolment
from stations.records.tables import Station

# Letters and digits that are not taken for each other when read from a screen.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
PEOPLE = (
    ("xian", "演示·县联络员", Role.COUNTY, "431125", "江永县 county"),
    ("shi", "演示·永州市", Role.PREFECTURE, "4311", "永州市 prefecture"),
    ("sheng", "演示·湖南省", Role.PROVINCE, "43", "湖南省 province"),
    ("jiancha", "演示·检查员", Role.INSPECTOR, "431125", "检查员 inspector"),
    ("pinggu", "演示·第三方", Role.THIRD_PARTY, "431125", "第三方 third party"),
)
# The shop whose owner can be played: it reports every month, and its newest one is left for the player.
OWNED = "431125V043"
CODE_DAYS = 30


@dataclass(frozen=True)
class DemoAccounts:
    """User names with what each is for, and the one password of this installation's demonstration.

    `phone_code` enrols one phone as the owner of a shop, within thirty days; None in an older demonstration.
    """

    password: str
    people: list[tuple[str, str]]
    phone_code: str | None = None

    def lines(self) -> list[str]:
        """Give what the start prints."""
        told = [f"{username:10} {self.password:16} {what}" for username, what in self.people]
        if self.phone_code:
            told.append(f"{'手机 phone':8} {self.phone_code:16} 站长 owner (/app/#enrol={self.phone_code})")
        return told


def make_accounts(
    session: Session, unit_paths: dict[str, str], now: dt.datetime
) -> tuple[DemoAccounts, dict[str, Caller]]:
    """Make the accounts with a fresh random password; give them and their callers by user name."""
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    founder = Caller(None, Role.PROVINCE, "CN", "/CN/", display_name="演示")
    callers = {}
    for username, shown, role, unit, _what in PEOPLE:
        made = create_account(session, founder, NewAccount(username, shown, role, unit, password), now=now)
        callers[username] = Caller(made.id, role, unit, unit_paths[unit], display_name=shown)
    return DemoAccounts(password, [(username, what) for username, _, _, _, what in PEOPLE]), callers


def add_owner(
    session: Session, county: Caller, station: Station, accounts: DemoAccounts, now: dt.datetime
) -> DemoAccounts:
    """Make the owner of a station, with a code for one phone; an owner needs no password."""
    wanted = NewAccount("zhanzhang", "演示·站长", Role.OWNER, county.unit_code, None, station.id, station.unit_path)
    made = create_account(session, county, wanted, now=now)
    code = make_enrolment(session, county, made.id, now=now, minutes=CODE_DAYS * 24 * 60).code
    return replace(accounts, phone_code=code)


def keep(accounts: DemoAccounts, path: Path) -> None:
    """Write the accounts where only this user reads them."""
    path.write_text(json.dumps(asdict(accounts), ensure_ascii=False))
    os.chmod(path, 0o600)


def read(path: Path) -> DemoAccounts | None:
    """Read the accounts of an earlier start, or None where there is no demonstration."""
    if not path.exists():
        return None
    kept = json.loads(path.read_text())
    people = [(username, what) for username, what in kept["people"]]
    return DemoAccounts(kept["password"], people, kept.get("phone_code"))
