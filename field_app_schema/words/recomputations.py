"""Words of the alive rule's thresholds."""

THRESHOLDS: dict[str, tuple[str, str]] = {
    "rule_version": ("规则版本", "Version of the rule"),
    "site_visit_days": ("现场检查有效天数", "Days a site visit stays fresh"),
    "logistics_trace_days": ("物流轨迹有效天数", "Days a logistics trace stays fresh"),
    "video_link_days": ("视频连线有效天数", "Days a video link stays fresh"),
    "phone_callback_days": ("电话回访有效天数", "Days a phone call-back stays fresh"),
    "document_review_days": ("材料审核有效天数", "Days a document review stays fresh"),
    "fresh_periods": ("月报和自动采集有效月数", "Months a report or feed stays fresh"),
    "strike_gap_days": ("两次关门至少相隔天数", "Days between two closed doors"),
    "dormant_periods": ("连续几个月无业务为休眠", "Silent months until dormant"),
    "presumed_dead_periods": ("连续几个月无业务为疑似停业", "Silent months until presumed dead"),
    "closing_day": ("次月几日月报截止", "Day of the next month on which a month closes"),
}

WORDS: dict[str, tuple[str, str]] = {f"alive_threshold.{name}": said for name, said in THRESHOLDS.items()}
