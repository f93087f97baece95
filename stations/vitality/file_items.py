"""Turn the objects of an evidence document into the rule's records."""

from __future__ import annotations

from dataclasses import fields, replace

from field_app_schema.vocab import EvidenceKind, ListingStatus, ObservedState
from stations.vitality.evidence import AlivePolicy, Evidence, ListingFact, Obligation, ReportState
from stations.vitality.file_fields import Item

# Other names people give to the kinds; every visit on site is a site visit to the rule.
KIND_ALIASES = {
    **dict.fromkeys(
        ("unannounced", "cross", "look_back", "supervision", "spot_check", "visit"), EvidenceKind.SITE_VISIT
    ),
    "phone_interview": EvidenceKind.PHONE_CALLBACK,
    "sales_report": EvidenceKind.OWNER_REPORT,
}
STATUS_ALIASES = {"resumed": ListingStatus.ACTIVE, "accepted": ListingStatus.ACTIVE}
_SEEN = (EvidenceKind.SITE_VISIT, EvidenceKind.VIDEO_LINK, EvidenceKind.DOCUMENT_REVIEW)


def read_evidence(item: Item) -> Evidence | None:
    """Read one piece of evidence; None once anything it needs is missing or wrong."""
    kind = item.word("kind", EvidenceKind, KIND_ALIASES)
    if kind is None:
        if item.fields.get("kind") is None:
            item.wrong("kind", "缺少证据种类", "the kind of evidence is missing")
        return None
    monthly = kind in (EvidenceKind.OWNER_REPORT, EvidenceKind.AUTO_FEED)
    delivered, state = item.flag("delivered"), item.word("state", ReportState) if monthly else None
    fact = Evidence(
        id=item.text("id") or item.path,
        kind=kind,
        at=item.day_or_instant("at"),
        observed_state=item.word("observed_state", ObservedState),
        observer=item.text("observer"),
        period=item.month("period") if monthly else None,
        activity=item.number("activity"),
        is_nil=item.flag("is_nil") or False,
        state=state or ReportState.ACCEPTED,
        answered=item.flag("answered"),
        delivered=True if delivered is None else delivered,
        recorded_at=item.instant("recorded_at"),
        withdrawn_at=item.instant("withdrawn_at"),
    )
    return _complete_month(item, fact) if monthly else _complete_look(item, fact)


def _complete_month(item: Item, fact: Evidence) -> Evidence | None:
    if fact.period is None:
        if item.fields.get("period") is None:
            item.wrong("period", "缺少月份", "the month is missing")
        return None
    excused = fact.state in (ReportState.EXCUSED, ReportState.RETURNED)
    if item.fields.get("activity") is None and not fact.is_nil and not excused:
        item.wrong("activity", "请填 activity 或 is_nil", "give activity or is_nil")
        return None
    if fact.is_nil and fact.activity:
        item.wrong("is_nil", "零报告不能有业务量", "a nil report cannot show activity")
        return None
    return fact


def _complete_look(item: Item, fact: Evidence) -> Evidence | None:
    if fact.at is None:
        if item.fields.get("at") is None:
            item.wrong("at", "缺少日期", "the date is missing")
        return None
    unseen = item.fields.get("observed_state") is None
    if unseen and fact.kind in _SEEN:
        item.wrong("observed_state", "缺少所见状态", "what was seen is missing")
        return None
    if unseen and fact.kind is EvidenceKind.PHONE_CALLBACK and item.fields.get("answered") is None:
        item.wrong("answered", "请填 answered 或 observed_state", "give answered or observed_state")
        return None
    return fact


def read_listing(item: Item) -> ListingFact | None:
    """Read one decision on the listing; decisions of one day keep the order of the file."""
    to, day = item.word("to", ListingStatus, STATUS_ALIASES), item.day("effective_on")
    for key in ("to", "effective_on"):
        if item.fields.get(key) is None:
            item.wrong(key, "必填", "required")
    reason_code, successor = item.text("reason_code"), item.text("successor")
    recorded_at = item.instant("recorded_at")
    if to is None or day is None:
        return None
    place = int(item.path.partition("[")[2].rstrip("]"))
    return ListingFact(item.text("id") or item.path, to, day, reason_code, successor, recorded_at, place)


def read_obligation(item: Item) -> Obligation | None:
    """Read from when to when reports are owed; both days included, no `to` means still."""
    start, end = item.day("from"), item.day("to")
    if item.fields.get("from") is None:
        item.wrong("from", "必填", "required")
    if start is None:
        return None
    if end is not None and end < start:
        item.wrong("to", "不能早于 from", "must not be before from")
        return None
    return Obligation(start, end)


def read_policy(whole: Item) -> AlivePolicy:
    """Read the thresholds that differ from the defaults; a name the policy does not have is a fault."""
    policy, given = AlivePolicy(), whole.fields.get("policy")
    if given is None:
        return policy
    if not isinstance(given, dict):
        whole.wrong("policy", "应为对象", "must be an object")
        return policy
    numbers = {f.name for f in fields(AlivePolicy)} - {"rule_version"}
    changed: dict[str, int] = {}
    for name, value in given.items():
        top = 28 if name == "closing_day" else 3650 if name.endswith("_days") else 60
        bottom = 0 if name.endswith("_days") else 1
        if name not in numbers:
            whole.wrong(f"policy.{name}", "没有这个参数", "no such threshold")
        elif isinstance(value, bool) or not isinstance(value, int) or not bottom <= value <= top:
            whole.wrong(f"policy.{name}", f"应为 {bottom} 到 {top} 的整数", f"a whole number from {bottom} to {top}")
        else:
            changed[name] = value
    other = replace(policy, rule_version=policy.rule_version, **changed)
    # An answer by other thresholds must not pass for one of the published rule.
    return policy if other == policy else replace(other, rule_version=f"{policy.rule_version}+")
