"""Words of a station's story: the evidence ladder, what reviewers decided, photos."""

WORDS: dict[str, tuple[str, str]] = {
    "ladder.title": ("证据梯", "Evidence ladder"),
    "ladder.lead": (
        "从亲眼所见到口头所说,越往上越硬;灰色的一档没有证据或已过期。",
        "From what was seen to what was said, the strongest first; a grey rung has no evidence or it is too old.",
    ),
    "ladder.none": ("没有证据", "no evidence"),
    "ladder.fresh": ("{day},有效到 {until}", "{day}, counts until {until}"),
    "ladder.old": ("{day},{until} 已过期", "{day}, ran out on {until}"),
    "ladder.against": ("反面:{day} {what}", "against: {day} {what}"),
    "timeline.decision": ("审核", "Review"),
    "timeline.by": ("{who} 办理", "by {who}"),
    "timeline.photos": ("照片 {n} 张", "{n} photos"),
    "visit_decision.approved": ("检查通过审核", "Visit approved"),
    "visit_decision.returned": ("检查退回", "Visit returned"),
    "visit_decision.sign_corrected": ("更正牌匾类别", "Sign's class corrected"),
    "visit_decision.reopened": ("重新审核", "Under review again"),
}
