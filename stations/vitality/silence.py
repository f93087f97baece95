"""How many months in a row, up to the last closed one, a station has said nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from field_app_schema.vocab import EvidenceKind
from stations.vitality.dating import Dated, first_day, last_day, month_of
from stations.vitality.evidence import AlivePolicy, Obligation, ReportState
from stations.vitality.voice import has_activity

_MONTHLY = (EvidenceKind.OWNER_REPORT, EvidenceKind.AUTO_FEED)


def silent_run(
    dated: Sequence[Dated],
    obligations: Sequence[Obligation],
    accepted_on: dt.date,
    newest_month: int,
    policy: AlivePolicy,
) -> tuple[int, tuple[str, ...]]:
    """Count silent months backwards from `newest_month`, and name the nil reports among them, newest first.

    Months neither owed nor filed, and excused ones without activity, are passed over. Counting stops at the month of
    acceptance, at a month that spoke, and once the policy's larger threshold is reached.
    """
    if not dated and not obligations:
        return 0, ()
    filed: dict[int, list[Dated]] = {}
    for d in dated:
        if d.fact.kind in _MONTHLY and d.fact.period is not None:
            filed.setdefault(month_of(d.fact.period), []).append(d)
    beginnings = [*filed, *(month_of(o.starts_on) for o in obligations)]
    oldest = max(min(beginnings, default=newest_month + 1), month_of(accepted_on))
    run, ids = 0, []
    for month in range(newest_month, oldest - 1, -1):
        here = filed.get(month, [])
        standing = [d for d in here if d.fact.state not in (ReportState.RETURNED, ReportState.EXCUSED)]
        # A month that spoke has spoken, also where nobody had to: a feed's month is excused from the form.
        if any(has_activity(d.fact) for d in standing):
            break
        if any(d.fact.state is ReportState.EXCUSED for d in here):
            continue
        if standing or _owed(month, obligations):
            run += 1
            ids += [d.fact.id for d in standing]
        if run >= policy.presumed_dead_periods:
            break
    return run, tuple(ids)


def _owed(month: int, obligations: Sequence[Obligation]) -> bool:
    first, last = first_day(month), last_day(month)
    return any(o.starts_on <= last and (o.ends_on is None or o.ends_on >= first) for o in obligations)
