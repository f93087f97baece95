"""What was kept aside, read by the officers of the sender's unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.quarantine.tables import KeptAside
from stations.people.access import Caller, in_scope


@dataclass(frozen=True)
class KeptPage:
    """One page of what was kept aside, newest first, and how many there are in all."""

    kept: list[KeptAside]
    total: int
    page: int
    page_size: int


def list_kept(session: Session, caller: Caller, *, settled: bool | None, page: int, page_size: int) -> KeptPage:
    """Give one page of what phones of the caller's units sent and could not be accepted."""
    wanted = [in_scope(caller, KeptAside.unit_path)]
    if settled is not None:
        wanted.append(KeptAside.settled_at.is_not(None) if settled else KeptAside.settled_at.is_(None))
    total = session.scalar(select(func.count()).select_from(KeptAside).where(*wanted)) or 0
    rows = session.scalars(
        select(KeptAside).where(*wanted).order_by(KeptAside.received_at.desc(), KeptAside.id.desc())
        .limit(page_size).offset((page - 1) * page_size)
    ).all()  # fmt: skip
    return KeptPage(list(rows), total, page, page_size)


def find_kept_by_id(session: Session, caller: Caller, kept_id: int, *, for_change: bool = False) -> KeptAside:
    """Give one row in the caller's scope; refuses with NOT_FOUND, whatever the cause."""
    wanted = select(KeptAside).where(KeptAside.id == kept_id, in_scope(caller, KeptAside.unit_path))
    if for_change:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    kept = session.scalars(wanted).one_or_none()
    if kept is None:
        raise Refusal("NOT_FOUND")
    return kept


def aside_keys(session: Session, hashes: Sequence[str]) -> set[str]:
    """Give where the store holds bodies of these SHA-256 that were kept aside."""
    rows = session.scalars(select(KeptAside.stored_as).where(KeptAside.body_sha256.in_(hashes)))
    return {stored_as for stored_as in rows if stored_as is not None}
