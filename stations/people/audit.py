"""The audit trail: one appended row an act, in the same transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from stations.people.access import Caller
from stations.people.tables import AuditEvent


def note_act(
    session: Session,
    caller: Caller,
    action: str,
    object_kind: str,
    object_id: str,
    *,
    now: dt.datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str | None = None,
) -> None:
    """Append who did what to which thing; `before` and `after` hold only the fields that matter."""
    session.add(
        AuditEvent(
            at=now,
            actor_id=caller.account_id,
            action=action,
            object_kind=object_kind,
            object_id=object_id,
            before=before,
            after=after,
            reason=reason,
        )
    )
