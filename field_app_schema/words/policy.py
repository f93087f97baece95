"""Words of the policy rules: one for each kind of rule."""

WORDS: dict[str, tuple[str, str]] = {
    "policy_kind.signage_wording": ("标识字样", "Signage wording"),
    "policy_kind.deadline": ("期限", "Deadline"),
    "policy_kind.grade_band": ("评定等级", "Grade band"),
    "policy_kind.fund_threshold": ("资金比例与额度", "Fund threshold"),
    "policy_kind.payout": ("资金拨付率", "Payout rate"),
    "policy_kind.coverage_target": ("覆盖率目标", "Coverage target"),
    "policy_kind.delivery_days": ("配送天数", "Delivery days"),
    "policy_kind.acceptance": ("验收", "Acceptance"),
    "policy_kind.alive_rule": ("在营判定", "Alive rule"),
    "policy_kind.station_transitions": ("站点状态变更", "Changes of a station's status"),
    "policy_kind.visit_limits": ("检查的限度", "Limits of a visit"),
    "policy_kind.monthly_report": ("月报", "Monthly report"),
    "policy_kind.form_burden": ("填报负担", "Form-filling burden"),
    "policy_kind.outlier": ("异常值", "Outlier"),
    "policy_kind.contradiction": ("互相矛盾", "Contradiction"),
    "policy_kind.coverage": ("覆盖的口径", "How coverage is counted"),
    "policy_kind.plausibility": ("检查的可信程度", "Plausibility of visits"),
    "policy_kind.reading": ("对原文的理解", "Reading of a phrase"),
}
