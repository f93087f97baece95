"""Staff signing in with a password: guesses are counted before they are checked, and the pause between them grows."""

from __future__ import annotations

import datetime as dt
import math
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.people.passwords import fits
from stations.people.signing_in import token_hash
from stations.people.tables import Account, StaffSession

# Five guesses at once, then a pause before each further one, doubling: at most eight in any five minutes.
FREE_GUESSES = 5
FIRST_PAUSE = dt.timedelta(seconds=30)
LONGEST_PAUSE = dt.timedelta(minutes=15)
FORGIVEN_AFTER = dt.timedelta(hours=24)


@dataclass(frozen=True)
class Guess:
    """A try at an account, already counted; whether it is right is asked outside any transaction."""

    account_id: int | None
    password_hash: str | None

    def is_right(self, password: str) -> bool:
        """Check the password; as slow for an account that does not exist."""
        return fits(self.password_hash, password)


def take_guess(session: Session, username: str, *, now: dt.datetime) -> Guess:
    """Count one try at an account before it is checked, so that guesses made at once cannot slip through together.

    Must be committed by itself. Refuses with SIGN_IN_PAUSED while the account's pause lasts, even a right password.
    """
    open_account = select(Account).where(Account.username == username, Account.closed_at.is_(None))
    account = session.scalars(open_account.with_for_update()).one_or_none()
    if account is None:
        return Guess(None, None)
    if account.paused_until is not None:
        if now < account.paused_until:
            raise Refusal("SIGN_IN_PAUSED", retry_after_s=math.ceil((account.paused_until - now).total_seconds()))
        if now >= account.paused_until + FORGIVEN_AFTER:
            account.failed_sign_ins = 0
    account.failed_sign_ins += 1
    account.paused_until = _pause_until(account.failed_sign_ins, now)
    return Guess(account.id, account.password_hash)


def _pause_until(failures: int, now: dt.datetime) -> dt.datetime | None:
    if failures < FREE_GUESSES:
        return None
    doublings = min(failures - FREE_GUESSES, 10)  # beyond ten the pause is long since the longest
    pause: dt.timedelta = min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)
    return now + pause


@dataclass(frozen=True)
class NewSession:
    """What only the browser will know (`token`), and what its pages send back with every change."""

    token: str
    csrf_token: str
    expires_at: dt.datetime


def open_session(session: Session, guess: Guess, *, now: dt.datetime, hours: int) -> NewSession:
    """Sign the guesser in: forget the counted guesses and make a session that ends after `hours`."""
    account = session.get_one(Account, guess.account_id)
    account.failed_sign_ins, account.paused_until = 0, None
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
    new = NewSession(secrets.token_urlsafe(32), secrets.token_urlsafe(32), now + dt.timedelta(hours=hours))
    session.add(
        StaffSession(
            token_sha256=token_hash(new.token), account_id=account.id, csrf_token=new.csrf_token, created_at=now,
            expires_at=new.expires_at,
        )
    )  # fmt: skip
    note_act(session, _actor(account), "session.open", "account", str(account.id), now=now)
    return new


def note_wrong_guess(session: Session, guess: Guess, *, now: dt.datetime) -> None:
    """Leave a trace of a wrong password on an account that exists; never of what was typed."""
    if guess.account_id is not None:
        account = session.get_one(Account, guess.account_id)
        note_act(session, _actor(account), "session.refused", "account", str(account.id), now=now)


def close_session(session: Session, token: str) -> None:
    """Sign a browser out; its cookie is worth nothing from the next request on."""
    session.execute(delete(StaffSession).where(StaffSession.token_sha256 == token_hash(token)))


def close_sessions_of(session: Session, account_id: int) -> None:
    """Sign an account out of every browser."""
    session.execute(delete(StaffSession).where(StaffSession.account_id == account_id))


def _actor(account: Account) -> Caller:
    return Caller(account.id, Role(account.role), account.unit_code, unit_path="")
