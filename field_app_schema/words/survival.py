"""Words of survival: why a published quarter would be counted otherwise today."""

WORDS: dict[str, tuple[str, str]] = {
    "snapshot_cause.recorded_since": ("存档之后才录入的事实", "Facts recorded since it was published"),
    "snapshot_cause.withdrawn_since": ("存档之后撤回的事实", "Facts withdrawn since it was published"),
    "snapshot_cause.changed_since": ("存档之后更正的事实", "Facts corrected since it was published"),
    "snapshot_cause.rule_changed": ("存活规则或阈值变了", "The alive rule or its thresholds changed"),
    "snapshot_cause.unit_changed": ("站点改属其他单位", "The station belongs to another unit now"),
}
