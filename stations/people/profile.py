"""What a person's own screen says of that person: name, role, unit, and what the role may do."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import ACTIONS, Caller
from stations.people.tables import Account
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class Person:
    """Who somebody is."""

    id: int
    name: str
    role: str
    unit_code: str
    unit_name: str


def person_of(account: Account, unit: OrgUnit) -> Person:
    """Give an account as its holder sees it."""
    return Person(account.id, account.display_name, account.role, unit.code, unit.name)


def read_person(session: Session, account_id: int | None) -> Person:
    """Give the person behind an account id; refuses with NOT_SIGNED_IN when there is none."""
    found = session.execute(
        select(Account, OrgUnit).join(OrgUnit, Account.unit_code == OrgUnit.code).where(Account.id == account_id)
    ).one_or_none()
    if found is None:
        raise Refusal("NOT_SIGNED_IN")
    return person_of(*found)


def permissions_of(caller: Caller) -> list[str]:
    """Give the actions of the access table that the caller's role may do, in order of name."""
    return sorted(action for action, roles in ACTIONS.items() if caller.role in roles and action != "anyone")


def find_account_id(session: Session, username: str) -> int:
    """Give the id of an open account by its user name; refuses with ACCOUNT_UNKNOWN."""
    open_account = select(Account.id).where(Account.username == username, Account.closed_at.is_(None))
    account_id = session.scalar(open_account)
    if account_id is None:
        raise Refusal("ACCOUNT_UNKNOWN")
    return account_id
