"""Words of the pages that say how a figure is counted."""

WORDS: dict[str, tuple[str, str]] = {
    "how.title": ("怎么算的", "How this is counted"),
    "how.lead": (
        "每个公布的数:数什么、除以什么、边界怎么算、按哪条规则、通知原文怎么说。",
        "Each published figure: what over what, the boundary cases, which rule, and the notice's own words.",
    ),
    "how.numerator": ("分子", "Numerator"),
    "how.counted": ("数什么", "What is counted"),
    "how.denominator": ("分母", "Denominator"),
    "how.boundary": ("边界", "Boundary cases"),
    "how.ours": (
        "通知没有给出这个数的算法;以上算法由本产品建议,可以修改参数。",
        "No notice says how to count this; the definition is ours and its parameters can be changed.",
    ),
    "how.rule": ("规则", "Rule"),
    "how.rule_code": ("规则编号", "Code of the rule"),
    "how.rule_kind": ("种类", "Kind"),
    "how.document": ("文件", "Document"),
    "how.quote": ("规则的依据", "What the rule rests on"),
    "how.parameters": ("参数", "Parameters"),
    "how.value": ("值", "Value"),
    "how.shipped": ("规则尚未载入,按随产品提供的值计算。", "No rule is loaded; the shipped values are used."),
    "how.notices": ("通知原文", "The notice's own words"),
    "how.no_rule": ("这个数没有参数。", "This figure has no parameters."),
    "how.all": ("全部指标", "All figures"),
}
